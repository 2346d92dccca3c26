namespace MarioAgentTool.Cli.Commands;

/// <summary>
/// A small program that keeps a console as busy as a game of its board does: the NMI copies sprites, writes a column of tiles
/// and plays music, banks move every frame, the picture is split, objects walk and look things up, and then the program waits.
/// It is made here, so that anybody can measure every board without owning a game.
/// </summary>
internal sealed record BenchGame(string Name, int Mapper, BenchWait Wait = BenchWait.Flag, int SplitEvery = 0, bool TallSprites = false)
{
    private const int BankSize = 8 * 1024, PrgSize = 128 * 1024, ChrSize = 32 * 1024;
    private const int CodeStart = 0xF000;

    // $00: the NMI's flag. $01: frames. $02: scroll. $03: splits left. $04: a pointer. $0E: a sum that nobody reads.
    private const byte Flag = 0x00, Frames = 0x01, Scroll = 0x02, Splits = 0x03, Pointer = 0x04, Sum = 0x0E;
    private const string Frame = "frame", Sprite = "sprite";
    private const byte X = 0x10, Y = 0x20, Speed = 0x30;

    public static readonly IReadOnlyList<BenchGame> All =
    [
        new("nrom", 0),
        new("nrom-jmp", 0, BenchWait.Jump),
        new("nrom-status", 0, BenchWait.Status),
        new("nrom-busy", 0, BenchWait.None),
        new("mmc1", 1),
        new("mmc1-busy", 1, BenchWait.None),
        new("uxrom", 2),
        new("cnrom", 3),
        new("mmc3", 4, SplitEvery: 192),
        new("mmc3-tall", 4, SplitEvery: 192, TallSprites: true),
        new("mmc3-raster", 4, SplitEvery: 16),
        new("axrom", 7),
        new("mmc2", 9),
        new("mmc4", 10),
        new("color-dreams", 11),
        new("gxrom", 66),
    ];

    private bool HasIrq => Mapper == 4;

    /// <summary>The iNES image.</summary>
    public byte[] Image()
    {
        int prgSize = Mapper is 0 or 3 ? 32 * 1024 : PrgSize;
        int chrSize = Mapper is 0 ? 8 * 1024 : Mapper is 2 or 7 ? 0 : ChrSize;
        var image = new byte[16 + prgSize + chrSize];
        new Random(1983).NextBytes(image.AsSpan(16));
        ReadOnlySpan<byte> header = [0x4E, 0x45, 0x53, 0x1A, (byte)(prgSize / 16384), (byte)(chrSize / 8192), (byte)(Mapper << 4 | 1), (byte)(Mapper & 0xF0)];
        header.CopyTo(image);
        image.AsSpan(8, 8).Clear();
        (byte[] code, int nmi, int irq) = Assemble();
        ReadOnlySpan<byte> vectors = [(byte)nmi, (byte)(nmi >> 8), CodeStart & 0xFF, CodeStart >> 8, (byte)irq, (byte)(irq >> 8)];

        // Every bank ends with the program, so that it is there whatever is switched.
        for (int bank = 16; bank < 16 + prgSize; bank += BankSize)
        {
            code.CopyTo(image.AsSpan(bank + (CodeStart & BankSize - 1)));
            vectors.CopyTo(image.AsSpan(bank + BankSize - 6));
        }

        return image;
    }

    private (byte[] Code, int Nmi, int Irq) Assemble()
    {
        var code = new Assembly(CodeStart);
        Start(code);
        Main(code);
        int nmi = code.Here;
        Nmi(code);
        int irq = code.Here;
        Irq(code);
        return (code.Bytes, nmi, irq);
    }

    private void Start(Assembly code)
    {
        // SEI, CLD, LDX #$FF, TXS; two vertical blanks.
        code.Emit(0x78, 0xD8, 0xA2, 0xFF, 0x9A).Emit(0x2C, 0x02, 0x20, 0x10, 0xFB).Emit(0x2C, 0x02, 0x20, 0x10, 0xFB);
        if (Mapper == 1)
        {
            // 16 KiB banks with the last one fixed, 4 KiB of CHR, vertical mirroring.
            code.Store(0x8000, 0x80);
            WriteMmc1(code, 0x8000, 0x1E);
        }

        // CHR RAM: the two pattern tables, tile numbers as pixels.
        if (Mapper is 2 or 7)
        {
            code.Store(0x2006, 0x00).Store(0x2006, 0x00).Emit(0xA2, 0x20, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0xC8, 0xD0, 0xF9, 0xCA, 0xD0, 0xF6);
        }

        // Both nametables, then the palette.
        code.Store(0x2006, 0x20).Store(0x2006, 0x00).Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0xC8, 0xD0, 0xF9, 0xCA, 0xD0, 0xF6);
        code.Store(0x2006, 0x3F).Store(0x2006, 0x00).Emit(0xA2, 0x20, 0x8A, 0x8D, 0x07, 0x20, 0xCA, 0xD0, 0xF9);

        // Sprites: 24 of them on the screen, the rest below it; sprite 0 on line 24. Tiles alternate between the tables.
        code.Emit(0xA2, 0x00, 0xA9, 0xF8, 0x9D, 0x00, 0x02, 0xE8, 0xE8, 0xE8, 0xE8, 0xD0, 0xF5);
        code.Emit(0xA2, 0x5C, 0x8A, 0x0A, 0x9D, 0x00, 0x02, 0x8A, 0x4A, 0x4A, 0x9D, 0x01, 0x02, 0x8A, 0x29, 0x03, 0x9D, 0x02, 0x02, 0x8A, 0x0A, 0x9D, 0x03, 0x02, 0xCA, 0xCA, 0xCA, 0xCA, 0xD0, 0xE5);
        code.Store(0x0200, 24).Store(0x0201, 1).Store(0x0202, 0).Store(0x0203, 88);
        code.Emit(0xA2, 0x0F, 0x8A, 0x0A, 0x0A, 0x0A, 0x95, X, 0x95, Y, 0x29, 0x03, 0x69, 0x01, 0x95, Speed, 0xCA, 0x10, 0xF0);

        // Sound: four channels, no frame interrupt. Then pictures and NMI; 8 x 8 sprites from the other table.
        code.Store(0x4015, 0x0F).Store(0x4017, 0x40).Store(0x2001, 0x1E).Store(0x2000, Control);
        if (HasIrq)
        {
            code.Emit(0x58);
        }
    }

    private byte Control => (byte)(Wait == BenchWait.Status ? 0x08 : TallSprites ? 0xA0 : 0x88);

    private void Main(Assembly code)
    {
        int main = code.Here;
        switch (Wait)
        {
            case BenchWait.Flag:
                code.Emit(0xA5, Flag, 0xF0, 0xFC, 0xA9, 0x00, 0x85, Flag);
                break;
            case BenchWait.Status:
                // BIT $2002, BPL; what would be the NMI is called.
                code.Emit(0x2C, 0x02, 0x20, 0x10, 0xFB);
                code.Call(Frame);
                break;
            case BenchWait.Jump:
                // Everything happens in the NMI.
                code.Jump(main);
                break;
        }

        if (Wait != BenchWait.Jump)
        {
            Split(code);
            Work(code);
            code.Jump(main);
        }

        code.Place(Frame);
        FrameWork(code);
        code.Emit(0x60);
        PlaceSprite(code);
    }

    private void Nmi(Assembly code)
    {
        code.Emit(0x48, 0x8A, 0x48, 0x98, 0x48);
        code.Call(Frame);
        if (Wait == BenchWait.Jump)
        {
            Split(code);
            Work(code);
        }

        code.Emit(0xE6, Flag, 0x68, 0xA8, 0x68, 0xAA, 0x68, 0x40);
    }

    /// <summary>What a game does in vertical blank.</summary>
    private void FrameWork(Assembly code)
    {
        code.Store(0x2003, 0x00).Store(0x4014, 0x02);

        // Sixteen tiles of a column, top down, and a palette entry.
        code.Store(0x2000, Control | 0x04).Store(0x2006, 0x20).Emit(0xA5, Frames, 0x29, 0x1F, 0x09, 0x80, 0x8D, 0x06, 0x20, 0xA2, 0x0F, 0x8A, 0x65, Frames, 0x8D, 0x07, 0x20, 0xCA, 0x10, 0xF7);
        code.Store(0x2006, 0x3F).Store(0x2006, 0x11).Emit(0xA5, Frames, 0x8D, 0x07, 0x20);
        code.Store(0x2006, 0x00).Store(0x2006, 0x00).Store(0x2000, Control).Store(0x2005, 0x00).Store(0x2005, 0x00);
        MoveBanks(code);
        if (HasIrq)
        {
            code.Store(0xC000, SplitEvery - 1).Store(0xC001, 0).Store(0xE000, 0).Store(0xE001, 0).Emit(0xA9, (byte)(192 / SplitEvery), 0x85, Splits);
        }

        // The pad: strobe and eight reads.
        code.Store(0x4016, 1).Store(0x4016, 0).Emit(0xA2, 0x08, 0xAD, 0x16, 0x40, 0x4A, 0x66, Sum, 0xCA, 0xD0, 0xF7);

        // Music: every eighth frame a note on each channel, otherwise volumes.
        code.Emit(0xE6, Frames, 0xE6, Scroll, 0xA5, Frames, 0x29, 0x07, 0xA2, 0x0C, 0xA8, 0xD0, 0x0C);
        code.Emit(0xA5, Frames, 0x4A, 0x9D, 0x02, 0x40, 0xA9, 0x08, 0x9D, 0x03, 0x40, 0xEA);
        code.Emit(0xA9, 0x3F, 0x9D, 0x00, 0x40, 0xCA, 0xCA, 0xCA, 0xCA, 0x10, 0xE3);
    }

    /// <summary>Shows other banks than in the last frame, in the board's way.</summary>
    private void MoveBanks(Assembly code)
    {
        // LDA frames, LSR three times, AND #3: a bank that stays for eight frames.
        code.Emit(0xA5, Frames, 0x4A, 0x4A, 0x4A, 0x29, 0x03);
        switch (Mapper)
        {
            case 1:
                code.Emit(0x48);
                WriteMmc1(code, 0xA000);
                code.Emit(0x68);
                WriteMmc1(code, 0xE000);
                break;
            case 2 or 3 or 7 or 11 or 66:
                code.Emit(0x8D, 0x00, 0x80);
                break;
            case 4:
                // All eight: 2 KiB, 1 KiB and PRG banks.
                code.Emit(0xA8);
                for (int bank = 0; bank < 8; bank++)
                {
                    code.Emit(0xA2, (byte)bank, 0x8E, 0x00, 0x80, 0x98, 0x09, (byte)(bank * 2 & 0x0F), 0x8D, 0x01, 0x80);
                }

                break;
            case 9 or 10:
                code.Emit(0x8D, 0x00, 0xA0, 0x8D, 0x00, 0xB0, 0x8D, 0x00, 0xD0, 0x49, 0x01, 0x8D, 0x00, 0xC0, 0x8D, 0x00, 0xE0);
                break;
        }
    }

    /// <summary>A status bar: the program waits for sprite 0 and then scrolls what is below; with MMC3 its interrupt does that.</summary>
    private void Split(Assembly code)
    {
        if (!HasIrq && Wait != BenchWait.None)
        {
            // BIT $2002, BVS; LDA $2002, AND #$40, BEQ.
            code.Emit(0x2C, 0x02, 0x20, 0x70, 0xFB).Emit(0xAD, 0x02, 0x20, 0x29, 0x40, 0xF0, 0xF9);
            code.Emit(0xA5, Scroll, 0x8D, 0x05, 0x20, 0xA9, 0x00, 0x8D, 0x05, 0x20);
        }
    }

    private void Irq(Assembly code)
    {
        if (HasIrq)
        {
            // Acknowledge; another scroll by way of $2006 and $2005, another bank; and the next one if there is room.
            code.Emit(0x48).Store(0xE000, 0).Store(0x2006, 0x00).Emit(0xA5, Scroll, 0x8D, 0x05, 0x20).Emit(0xA9, 0x00, 0x8D, 0x06, 0x20);
            code.Store(0x8000, 2).Emit(0xA5, Splits, 0x8D, 0x01, 0x80, 0xC6, Splits, 0xF0, 0x03, 0x8D, 0x01, 0xE0, 0x68);
        }

        code.Emit(0x40);
    }

    /// <summary>Sixteen objects walk, turn, look up where they stand, and become sprites.</summary>
    private void Work(Assembly code)
    {
        const int rounds = 5;
        code.Emit(0xA9, rounds, 0x85, 0x0F);
        int round = code.Here;
        code.Emit(0xA2, 0x0F);
        int next = code.Here;

        // X += speed; at an edge the speed's sign turns. A table in the switched bank is asked by X and Y.
        code.Emit(0xB5, X, 0x18, 0x75, Speed, 0x95, X, 0xC9, 0xF0, 0x90, 0x07, 0xA9, 0x00, 0x38, 0xF5, Speed, 0x95, Speed);
        code.Emit(0xB5, Y, 0x4A, 0x4A, 0x4A, 0x09, 0x80, 0x85, Pointer + 1, 0xA9, 0x00, 0x85, Pointer, 0xB5, X, 0x4A, 0x4A, 0x4A, 0xA8);
        code.Emit(0xB1, Pointer, 0x29, 0x07, 0xC9, 0x03, 0xD0, 0x04, 0xF6, Y, 0xD0, 0x02, 0xD6, Y);
        code.Call(Sprite);
        code.Emit(0xCA, 0x10);
        code.Emit((byte)(next - code.Here - 1));
        code.Emit(0xC6, 0x0F, 0xD0);
        code.Emit((byte)(round - code.Here - 1));
    }

    /// <summary>A subroutine, as games have many: an object's sprite.</summary>
    private static void PlaceSprite(Assembly code) => code.Place(Sprite).Emit(
        0x8A, 0x0A, 0x0A, 0xA8, 0xB5, X, 0x99, 0x07, 0x02, 0xB5, Y, 0xC9, 0xD0, 0x90, 0x02, 0xA9, 0x30, 0x99, 0x04, 0x02, 0x65, Sum, 0x85, Sum, 0x60);

    // A register's five bits, one after another.
    private static void WriteMmc1(Assembly code, int address, int? value = null)
    {
        if (value is { } known)
        {
            code.Emit(0xA9, (byte)known);
        }

        for (int bit = 0; bit < 5; bit++)
        {
            code.Emit(0x8D, (byte)address, (byte)(address >> 8), 0x4A);
        }
    }

    /// <summary>Machine code in the making.</summary>
    private sealed class Assembly(int origin)
    {
        private readonly List<byte> _code = [];
        private readonly Dictionary<string, int> _places = [];
        private readonly List<(int At, string Place)> _calls = [];

        public int Here => origin + _code.Count;

        public byte[] Bytes
        {
            get
            {
                byte[] bytes = [.. _code];
                foreach ((int at, string place) in _calls)
                {
                    bytes[at] = (byte)_places[place];
                    bytes[at + 1] = (byte)(_places[place] >> 8);
                }

                return bytes;
            }
        }

        public Assembly Emit(params ReadOnlySpan<byte> code)
        {
            _code.AddRange(code);
            return this;
        }

        /// <summary>LDA #value, STA address.</summary>
        public Assembly Store(int address, int value) => Emit(0xA9, (byte)value, 0x8D, (byte)address, (byte)(address >> 8));

        public Assembly Jump(int address) => Emit(0x4C, (byte)address, (byte)(address >> 8));

        /// <summary>JSR to a place, wherever it will be.</summary>
        public void Call(string place)
        {
            _calls.Add((_code.Count + 1, place));
            Emit(0x20, 0, 0);
        }

        public Assembly Place(string place)
        {
            _places[place] = Here;
            return this;
        }
    }
}

/// <summary>How a program waits for the next frame.</summary>
internal enum BenchWait
{
    /// <summary>It reads a byte of RAM that the NMI sets.</summary>
    Flag,

    /// <summary><c>JMP *</c>: everything happens in the NMI.</summary>
    Jump,

    /// <summary>It reads PPUSTATUS.</summary>
    Status,

    /// <summary>Not at all: it works all the time.</summary>
    None,
}
