using NesCoreShim;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Trail;

/// <summary>Trail in a console, with names for what the tests ask its memory.</summary>
internal sealed class TrailGame
{
    private static readonly Cartridge _cartridge = Cartridge.Load(TrailRom.Image, TrailRom.Name);

    public TrailGame(byte ramFill = 0) => Nes = new Nes(_cartridge, new NesOptions { RamPattern = new[] { ramFill } });

    public Nes Nes { get; }

    public byte this[int address]
    {
        get => Nes.Ram[address];
        set => Nes.Poke((ushort)address, value);
    }

    public int X => this[0x6D] << 8 | this[0x86];
    public int Y => this[0xCE];
    public int XSpeed => (sbyte)this[0x57];
    public int YSpeed => (sbyte)this[0x9F];
    public int FloatState => this[0x1D];
    public int Routine => this[0x0E];
    public int Mode => this[0x770];
    public int Task => this[0x772];
    public int Lives => this[0x75A];
    public int Clock => this[0x7F8] * 100 + this[0x7F9] * 10 + this[0x7FA];
    public int ScreenLeft => this[0x71A] << 8 | this[0x71C];
    public bool IsPaused => (this[0x776] & 1) != 0;

    public int Score
    {
        get
        {
            int score = 0;
            for (int i = 0; i < 6; i++)
            {
                score = score * 10 + this[0x7DD + i];
            }

            return score * 10;
        }
    }

    /// <summary>The tile at a pixel of the level, by the block buffers' formula.</summary>
    public byte TileAt(int x, int y) => this[TileAddress(x, y)];

    public static int TileAddress(int x, int y) => 0x500 + (x >> 8 & 1) * 0xD0 + (y - 32 >> 4) * 16 + (x >> 4 & 15);

    public void Run(int frames, JoypadButtons pad = JoypadButtons.None)
    {
        for (int i = 0; i < frames; i++)
        {
            Nes.FrameAdvance(pad, render: false);
        }
    }

    /// <summary>Runs until the condition holds. Returns the frames it took; fails the test past the limit.</summary>
    public int RunUntil(Func<bool> condition, int limit, JoypadButtons pad = JoypadButtons.None)
    {
        for (int i = 0; i < limit; i++)
        {
            if (condition())
            {
                return i;
            }

            Run(1, pad);
        }

        Assert.Fail($"nothing happened in {limit} frames: mode {Mode}, task {Task}, routine {Routine:X2}, x {X}, y {Y}, clock {Clock}");
        return limit;
    }

    /// <summary>As environments choose a stage: by writing it while the title shows.</summary>
    /// <param name="world">1 or 2.</param>
    /// <param name="stage">1-4.</param>
    /// <param name="area">From 0, counting the introductions.</param>
    public static TrailGame StartedAt(int world, int stage, int area)
    {
        var game = new TrailGame();
        game.RunUntil(() => game.Mode == 0 && game.Task == 3, 60);
        game[0x75F] = (byte)(world - 1);
        game[0x75C] = (byte)(stage - 1);
        game[0x760] = (byte)area;
        game.Run(2, JoypadButtons.Start);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8, 600);
        return game;
    }

    /// <summary>Puts him somewhere on the screen's page, in the air.</summary>
    public void Place(int column, int row)
    {
        this[0x86] = (byte)(column * 16);
        this[0x6D] = (byte)(column >> 4);
        this[0xCE] = (byte)(row * 16);
        this[0xB5] = 1;
        this[0x57] = 0;
        this[0x9F] = 0;
        this[0x1D] = 2;
    }

    /// <summary>Scrolls on until a column is on the screen, carrying him high above it.</summary>
    public void FlyTo(int column)
    {
        for (int i = 0; i < 3000 && X < column * 16; i++)
        {
            this[0xB5] = 0;
            this[0xCE] = 0x80;
            this[0x9F] = 0;
            this[0x1D] = 2;
            this[0x745] = 0;
            Run(1, JoypadButtons.Right | JoypadButtons.B);
        }
    }

    /// <summary>From power-on through title and card to the first frame under control.</summary>
    public static TrailGame Started(byte ramFill = 0)
    {
        var game = new TrailGame(ramFill);
        game.RunUntil(() => game.Mode == 0 && game.Task == 3, 60);
        game.Run(2, JoypadButtons.Start);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8 && game.Clock == 400, 400);
        return game;
    }
}
