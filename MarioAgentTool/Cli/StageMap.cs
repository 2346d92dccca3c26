using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Metrics;
using NesCoreShim;

namespace MarioAgentTool.Cli;

/// <summary>
/// The course of a stage as a picture. The game itself draws it: he is carried through every room high above the screen, and
/// what the screen shows on the way is laid side by side. Rooms that pipes and vines lead to are the pointers that $0750 takes on.
/// </summary>
internal sealed class StageMap
{
    private const int Width = 256, Top = RamMap.TileTop, Height = 240 - Top, Gap = 8;

    // A minute; the longest rooms take half of it.
    private const int FrameLimit = 3600;

    // Frames without scrolling after which a room is at its end, and frames in which a room has to load.
    private const int Patience = 90, LoadLimit = 300;

    private readonly Nes _nes;
    private readonly List<Room> _rooms = [];
    private readonly Queue<byte> _pending = new();
    private readonly HashSet<int> _known = [];

    private StageMap(Nes nes) => _nes = nes;

    /// <summary>Draws a stage.</summary>
    /// <param name="nes">A console with the game, just switched on.</param>
    /// <param name="world">1-8.</param>
    /// <param name="stage">1-4.</param>
    /// <returns>A PNG: each room a strip of its length and 208 pixels, in the order of their discovery.</returns>
    /// <exception cref="StageStartException">The game does not begin such a stage.</exception>
    public static byte[] Draw(Nes nes, int world, int stage)
    {
        var map = new StageMap(nes);
        int area = new StageId(world, stage).AreaIndex;
        int first = area == stage - 1 || stage != 2 ? area : area - 1; // the second stage's introduction
        map.Begin(world, stage, first);
        map.Fly();
        if (first != area)
        {
            map.Restart(world, stage, area);
            map.Fly();
        }

        while (map._pending.TryDequeue(out byte pointer))
        {
            map.Enter(pointer);
            map.Fly();
        }

        return map.Encode();
    }

    private MarioFrame Frame => new(_nes.Ram);

    private int ScreenLeft => _nes.Ram[RamMap.ScreenLeftPage] << 8 | _nes.Ram[RamMap.ScreenLeftX];

    // From the switch to the first frame of the game mode, where $0750 still names the stage's own area.
    private void Begin(int world, int stage, int area)
    {
        for (int i = 0; i < LoadLimit && Frame.Mode == OperatingMode.Title; i++)
        {
            _nes.Poke(RamMap.World, (byte)(world - 1));
            _nes.Poke(RamMap.Stage, (byte)(stage - 1));
            _nes.Poke(RamMap.Area, (byte)area);
            _nes.FrameAdvance(i % 2 == 0 ? JoypadButtons.Start : JoypadButtons.None);
        }

        _known.Add(_nes.Ram[RamMap.AreaPointer]);
        Load(world, stage);
    }

    // The introduction is left as its log leaves it: for the next area, whose pointer is looked up by losing a life there.
    private void Restart(int world, int stage, int area)
    {
        _nes.Poke(RamMap.Area, (byte)area);
        _nes.Poke(RamMap.HalfwayPage, 0);
        _nes.Poke(RamMap.PlayerRoutine, (byte)PlayerRoutine.LoseLife);
        for (int i = 0; i < LoadLimit && Frame.IsInStage; i++)
        {
            _nes.FrameAdvance(JoypadButtons.None);
        }

        _known.Add(_nes.Ram[RamMap.AreaPointer]);
        Load(world, stage);
    }

    private void Enter(byte pointer)
    {
        _nes.Poke(RamMap.AreaPointer, pointer);
        _nes.Poke(RamMap.AlternateEntrance, 0);
        _nes.Poke(RamMap.HalfwayPage, 0);
        _nes.Poke(RamMap.DisableCard, 1);
        _nes.Poke(RamMap.PlayerRoutine, 0);
        _nes.Poke(RamMap.ModeTask, 0);
        Load(_nes.Ram[RamMap.World] + 1, _nes.Ram[RamMap.Stage] + 1);
    }

    private void Load(int world, int stage)
    {
        for (int i = 0; i < LoadLimit; i++)
        {
            _nes.FrameAdvance(JoypadButtons.None);
            _nes.Poke(RamMap.ScreenTimer, 0);
            if (Frame.IsInStage && Frame.Routine is PlayerRoutine.Control or PlayerRoutine.AreaEntrance)
            {
                break;
            }
        }

        if (!Frame.IsInStage || (Frame.World, Frame.Stage) != (world, stage))
        {
            throw new StageStartException($"The game did not begin {world}-{stage}, but is at {Frame.World}-{Frame.Stage}; this ROM may not have that stage.");
        }
    }

    private void Fly()
    {
        var room = new Room();
        _rooms.Add(room);
        int still = 0, left = -1;
        for (int i = 0; i < FrameLimit && still < Patience; i++)
        {
            _nes.Poke(RamMap.PlayerRoutine, (byte)PlayerRoutine.Control);
            _nes.Poke(RamMap.PlayerYHigh, 0);
            _nes.Poke(RamMap.PlayerY, 0x80);
            _nes.Poke(RamMap.YSpeed, 0);
            _nes.Poke(RamMap.FloatState, (byte)FloatState.Falling);
            _nes.Poke(RamMap.LoopCommand, 0);
            _nes.Poke(RamMap.ScrollLock, 0);
            _nes.Poke(RamMap.InjuryTimer, 0x10);
            _nes.FrameAdvance(JoypadButtons.Right | JoypadButtons.B);
            if (_known.Add(_nes.Ram[RamMap.AreaPointer]))
            {
                _pending.Enqueue(_nes.Ram[RamMap.AreaPointer]);
            }

            still = ScreenLeft == left ? still + 1 : 0;
            left = ScreenLeft;
            if (left >= room.Columns || still == 4)
            {
                room.Take(_nes.Screen, left);
            }
        }
    }

    private byte[] Encode()
    {
        int width = _rooms.Max(r => r.Columns), height = _rooms.Count * (Height + Gap) - Gap;
        byte[] rgb = new byte[width * height * 3];
        ReadOnlySpan<int> colours = NesPalette.Argb();
        for (int i = 0; i < _rooms.Count; i++)
        {
            Room room = _rooms[i];
            for (int x = 0; x < room.Columns; x++)
            {
                for (int y = 0; y < Height; y++)
                {
                    int colour = colours[room.Pixel(x, y)], to = ((i * (Height + Gap) + y) * width + x) * 3;
                    rgb[to] = (byte)(colour >> 16);
                    rgb[to + 1] = (byte)(colour >> 8);
                    rgb[to + 2] = (byte)colour;
                }
            }
        }

        return Png.Encode(rgb, width, height);
    }

    /// <summary>Screens of a room, laid at their places.</summary>
    private sealed class Room
    {
        private readonly List<byte[]> _columns = [];

        public int Columns => _columns.Count;

        public byte Pixel(int x, int y) => _columns[x][y];

        public void Take(ReadOnlySpan<byte> screen, int left)
        {
            for (int x = Math.Max(0, Columns - left); x < Width; x++)
            {
                byte[] column = new byte[Height];
                for (int y = 0; y < Height; y++)
                {
                    column[y] = (byte)(screen[(Top + y) * Width + x] & 0x3F);
                }

                _columns.Add(column);
            }
        }
    }
}
