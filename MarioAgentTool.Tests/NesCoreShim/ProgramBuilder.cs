using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>Assembles small NROM images byte by byte: 32 KiB of PRG at $8000, 8 KiB of CHR.</summary>
internal sealed class ProgramBuilder
{
    private const int PrgSize = 32 * 1024;
    private const int ChrSize = 8 * 1024;

    private readonly byte[] _image = new byte[16 + PrgSize + ChrSize];
    private int _at = 0x8000;

    public ProgramBuilder()
    {
        "NES\u001A"u8.CopyTo(_image);
        _image[4] = PrgSize / 16384;
        _image[5] = ChrSize / 8192;
        Vector(0xFFFC, 0x8000);
    }

    public int Here => _at;

    public Span<byte> Prg => _image.AsSpan(16, PrgSize);

    public Span<byte> Chr => _image.AsSpan(16 + PrgSize, ChrSize);

    public ProgramBuilder Emit(params ReadOnlySpan<byte> code)
    {
        code.CopyTo(Prg[(_at - 0x8000)..]);
        _at += code.Length;
        return this;
    }

    /// <summary>LDA #value, STA address.</summary>
    public ProgramBuilder Store(int address, int value) =>
        Emit(0xA9, (byte)value, 0x8D, (byte)address, (byte)(address >> 8));

    /// <summary>Waits for the PPU's first two vertical blanks, as programs do after power-on.</summary>
    public ProgramBuilder WarmUp() => Emit(0x78, 0xA2, 0xFF, 0x9A, 0x2C, 0x02, 0x20, 0x10, 0xFB, 0x2C, 0x02, 0x20, 0x10, 0xFB);

    /// <summary>JMP *.</summary>
    public ProgramBuilder Idle() => Emit(0x4C, (byte)_at, (byte)(_at >> 8));

    public ProgramBuilder Org(int address)
    {
        _at = address;
        return this;
    }

    public ProgramBuilder Vector(int vector, int target)
    {
        Prg[vector - 0x8000] = (byte)target;
        Prg[vector + 1 - 0x8000] = (byte)(target >> 8);
        return this;
    }

    public byte[] Image() => (byte[])_image.Clone();

    public Cartridge Cartridge(string name = "assembled") => NesCoreShim.Cartridge.Load(_image, name);

    /// <summary>
    /// A program shaped like a late-eighties platform game: the main thread idles, the NMI does everything, a
    /// sprite-0 wait splits the screen, then a few thousand instructions of work follow.
    /// </summary>
    public static ProgramBuilder SyntheticGame()
    {
        var p = new ProgramBuilder();
        var random = new Random(1985);
        random.NextBytes(p.Chr);
        p.WarmUp();

        // Nametables and palette: noise. Sprite page $0200: sprite 0 on line 24, the others by their number.
        p.Emit(0xA9, 0x20, 0x8D, 0x06, 0x20, 0xA9, 0x00, 0x8D, 0x06, 0x20);
        p.Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0x49, 0x5A, 0xC8, 0xD0, 0xF8, 0xCA, 0xD0, 0xF5);
        p.Emit(0xA9, 0x3F, 0x8D, 0x06, 0x20, 0xA9, 0x00, 0x8D, 0x06, 0x20);
        p.Emit(0xA0, 0x20, 0x98, 0x0A, 0x8D, 0x07, 0x20, 0x88, 0xD0, 0xF8);
        p.Emit(0xA2, 0x00, 0x8A, 0x9D, 0x00, 0x02, 0xE8, 0xD0, 0xF9);
        p.Emit(0xA9, 0x18, 0x8D, 0x00, 0x02, 0xA9, 0x58, 0x8D, 0x03, 0x02);
        p.Store(0x2000, 0x90).Store(0x2001, 0x1E).Idle();

        int nmi = p.Here;
        p.Store(0x2003, 0x00).Store(0x4014, 0x02);
        p.Emit(0x2C, 0x02, 0x20);
        p.Store(0x2005, 0x00).Store(0x2005, 0x00);

        // Pads: strobe, eight reads into $10.
        p.Store(0x4016, 0x01).Store(0x4016, 0x00);
        p.Emit(0xA2, 0x08, 0xAD, 0x16, 0x40, 0x4A, 0x66, 0x10, 0xCA, 0xD0, 0xF7);

        // Wait for the old hit to clear, then for the new one; then scroll.
        p.Emit(0xAD, 0x02, 0x20, 0x29, 0x40, 0xD0, 0xF9);
        p.Emit(0xAD, 0x02, 0x20, 0x29, 0x40, 0xF0, 0xF9);
        p.Emit(0xE6, 0x11, 0xA5, 0x11, 0x8D, 0x05, 0x20, 0xA9, 0x00, 0x8D, 0x05, 0x20);

        // Work: mix $0300-$03FF with the pad, and move the sprites a little.
        p.Emit(0xA2, 0x00);
        int loop = p.Here;
        p.Emit(0xBD, 0x00, 0x03, 0x18, 0x65, 0x10, 0x2A, 0x9D, 0x00, 0x03, 0x4D, 0x00, 0x07, 0x99, 0x00, 0x07, 0xC8, 0xE8, 0xD0);
        p.Emit((byte)(loop - p.Here - 1));
        p.Emit(0xEE, 0x07, 0x02, 0xEE, 0x0B, 0x02, 0xCE, 0x0F, 0x02, 0x40);
        p.Vector(0xFFFA, nmi);
        return p;
    }

    /// <summary>Scrolls, addresses and tables written at random moments of a picture full of sprites, for ever.</summary>
    public static ProgramBuilder Splits(int seed)
    {
        var p = new ProgramBuilder();
        var random = new Random(seed);
        p._image[6] = (byte)(seed & 1);
        random.NextBytes(p.Chr);
        p.WarmUp();
        p.Emit(0xA9, 0x20, 0x8D, 0x06, 0x20, 0xA9, 0x00, 0x8D, 0x06, 0x20);
        p.Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0x49, 0x5A, 0xC8, 0xD0, 0xF8, 0xCA, 0xD0, 0xF5);
        p.Emit(0xA9, 0x3F, 0x8D, 0x06, 0x20, 0xA9, 0x00, 0x8D, 0x06, 0x20);
        p.Emit(0xA0, 0x20, 0x98, 0x0A, 0x8D, 0x07, 0x20, 0x88, 0xD0, 0xF8);
        p.Emit(0xA2, 0x00, 0x8A, 0x0A, 0x9D, 0x00, 0x02, 0xE8, 0xD0, 0xF8);
        p.Store(0x2003, 0x00).Store(0x4014, 0x02);
        p.Store(0x2000, 0x00).Store(0x2001, 0x1E).Store(0x2005, 0x00).Store(0x2005, 0x00);
        int loop = p.Here;
        for (int i = 0; i < 300; i++)
        {
            byte value = (byte)random.Next(256);
            _ = random.Next(40) switch
            {
                < 10 => p.Store(0x2005, value),
                < 15 => p.Store(0x2005, value).Store(0x2005, value >> 2),
                < 20 => p.Store(0x2000, value & 3),
                < 22 => p.Store(0x2000, value & 0x3F),
                < 25 => p.Store(0x2006, value & 0x2F),
                < 28 => p.Emit(0xAD, 0x02, 0x20),
                28 => p.Emit(0xAD, 0x04, 0x20),
                29 => p.Emit(0xAD, 0x07, 0x20),
                30 => p.Store(0x2001, value | 0x18),
                31 => p.Store(0x2003, 0),
                _ => p.Emit(0xA2, (byte)(value & 0x3F), 0xCA, 0xD0, 0xFD),
            };
        }

        p.Emit(0x4C, (byte)loop, (byte)(loop >> 8));
        return p;
    }

    /// <summary>
    /// The same with sprites anywhere, of either size, and with writes that a game would keep out of a picture: OAM, the
    /// sprites' size, the address, rendering off and on again.
    /// </summary>
    public static ProgramBuilder WildSplits(int seed)
    {
        var p = new ProgramBuilder();
        var random = new Random(seed);
        const int sprites = 0xF000;
        p._image[6] = (byte)(seed & 1);
        random.NextBytes(p.Chr);
        random.NextBytes(p.Prg.Slice(sprites - 0x8000, 256));
        p.WarmUp().Store(0x2006, 0x20).Store(0x2006, 0x00);
        p.Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0x49, 0x5A, 0xC8, 0xD0, 0xF8, 0xCA, 0xD0, 0xF5);
        p.Store(0x2003, 0x00).Store(0x4014, sprites >> 8).Store(0x2000, 0x00).Store(0x2001, 0x1E);
        int loop = p.Here;
        for (int i = 0; i < 250; i++)
        {
            byte value = (byte)random.Next(256);
            _ = random.Next(32) switch
            {
                < 4 => p.Store(0x2005, value).Store(0x2005, value >> 2),
                < 7 => p.Store(0x2000, value & 0x3F),
                < 10 => p.Store(0x2006, value & 0x2F).Store(0x2006, random.Next(256)),
                < 12 => p.Store(0x2006, value & 0x2F).Store(0x2005, random.Next(256)).Store(0x2005, random.Next(256)).Store(0x2006, random.Next(256)),
                12 => p.Store(0x2005, value),
                13 => p.Store(0x2001, value & 0xE7).Emit(0xEA).Store(0x2001, value | 0x18),
                14 => p.Store(0x2001, value | 0x08),
                15 => p.Store(0x2003, random.Next(3) == 0 ? value : 0),
                16 => p.Store(0x2004, value),
                17 => p.Emit(0xAD, 0x04, 0x20, 0x45, 0x10, 0x85, 0x10),
                18 => p.Emit(0xAD, 0x07, 0x20, 0x45, 0x10, 0x85, 0x10),
                < 22 => p.Emit(0xAD, 0x02, 0x20, 0x45, 0x10, 0x85, 0x10),
                22 => p.Store(0x2003, 0).Store(0x4014, sprites >> 8),
                _ => p.Emit(0xA2, (byte)(value & 0x3F | 1), 0xCA, 0xD0, 0xFD),
            };
        }

        p.Emit(0x4C, (byte)loop, (byte)(loop >> 8));
        return p;
    }

    /// <summary>
    /// Pictures that nothing disturbs once they have begun, another one each frame: sprites of either size anywhere, before and
    /// behind, few or more than a line shows; any scroll, mask and tables; and between two of them some tiles and colours change.
    /// </summary>
    public static ProgramBuilder Pictures(int seed)
    {
        const int tables = 0xE000, pages = 0xF0, frames = 8, columns = 6;
        var p = new ProgramBuilder();
        var random = new Random(seed);
        p._image[6] = (byte)(seed & 1);
        random.NextBytes(p.Chr);

        // Transparent tiles too, and colours that have only one plane.
        for (int tile = 0; tile < 512; tile++)
        {
            if (random.Next(3) == 0)
            {
                p.Chr.Slice(tile * 16 + 8 * random.Next(2), 8).Clear();
            }
        }

        // Eight pages of sprites: from a handful to all 64, in a narrower or a wider part of the screen.
        for (int frame = 0; frame < frames; frame++)
        {
            Span<byte> page = p.Prg.Slice((pages + frame << 8) - 0x8000, 256);
            random.NextBytes(page);
            int shown = random.Next(3) == 0 ? 64 : random.Next(1, 20), height = random.Next(20, 256);
            for (int sprite = 0; sprite < 64; sprite++)
            {
                page[sprite * 4] = sprite < shown ? (byte)(page[sprite * 4] % height) : (byte)0xF8;
                page[sprite * 4 + 3] = random.Next(4) == 0 ? (byte)(page[sprite * 4 + 3] | 0xF0) : page[sprite * 4 + 3];
            }
        }

        // What each frame's NMI writes: control, mask, scroll, the page of sprites, an address's low byte.
        Span<byte> table = p.Prg.Slice(tables - 0x8000, columns * frames);
        random.NextBytes(table);
        for (int frame = 0; frame < frames; frame++)
        {
            table[frame] = (byte)(table[frame] & 0x3B | 0x80);
            table[frames + frame] |= (byte)(random.Next(8) == 0 ? 0x08 : 0x18);
            table[4 * frames + frame] = (byte)(pages + frame);
        }

        p.WarmUp().Store(0x2006, 0x20).Store(0x2006, 0x00);
        p.Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0x49, 0x5A, 0xC8, 0xD0, 0xF8, 0xCA, 0xD0, 0xF5);
        p.Store(0x2006, 0x3F).Store(0x2006, 0x00);
        p.Emit(0xA0, 0x20, 0x98, 0x0A, 0x8D, 0x07, 0x20, 0x88, 0xD0, 0xF8);
        p.Store(0x2000, 0x80).Idle();

        int nmi = p.Here;
        p.Emit(0xE6, 0x11, 0xA5, 0x11, 0x29, frames - 1, 0xAA);
        p.Store(0x2003, 0x00).Emit(0xBD, 4 * frames, tables >> 8, 0x8D, 0x14, 0x40);
        p.Store(0x2006, 0x21 + (seed & 7)).Emit(0xBD, 5 * frames, tables >> 8, 0x8D, 0x06, 0x20);
        p.Emit(0x45, 0x11, 0x8D, 0x07, 0x20, 0x8D, 0x07, 0x20, 0x8D, 0x07, 0x20);
        p.Store(0x2006, 0x3F).Store(0x2006, seed & 0x1F).Emit(0xA5, 0x11, 0x8D, 0x07, 0x20);
        p.Store(0x2006, 0x00).Store(0x2006, 0x00);
        p.Emit(0xBD, 0, tables >> 8, 0x8D, 0x00, 0x20, 0xBD, frames, tables >> 8, 0x8D, 0x01, 0x20);
        p.Emit(0xBD, 2 * frames, tables >> 8, 0x8D, 0x05, 0x20, 0xBD, 3 * frames, tables >> 8, 0x8D, 0x05, 0x20, 0x40);
        return p.Vector(0xFFFA, nmi);
    }

    /// <summary>
    /// Waits for sprite 0's hit and counts until the flag falls; sprite 0 is elsewhere in every frame, of either size and mirrored or not,
    /// over a background with few opaque pixels.
    /// </summary>
    public static ProgramBuilder SpriteZeroHits(int seed)
    {
        const int table = 0xE000, frames = 16;
        var p = new ProgramBuilder();
        var random = new Random(seed);
        p._image[6] = (byte)(seed & 1);
        foreach (ref byte plane in p.Chr)
        {
            plane = (byte)(random.Next(256) & random.Next(256) & random.Next(256));
        }

        // What each frame's NMI writes: sprite 0, and then control, mask and scroll.
        int[] registers = [0x2004, 0x2004, 0x2004, 0x2004, 0x2000, 0x2001, 0x2005, 0x2005];
        Span<byte> values = p.Prg.Slice(table - 0x8000, registers.Length * frames);
        random.NextBytes(values);
        for (int frame = 0; frame < frames; frame++)
        {
            values[frame] %= 230;
            values[3 * frames + frame] |= (byte)(random.Next(4) == 0 ? 0xF0 : 0x00);
            values[4 * frames + frame] = (byte)(values[4 * frames + frame] & 0x3B | 0x80);
            values[5 * frames + frame] = (byte)(values[5 * frames + frame] & 0x06 | 0x18);
        }

        p.WarmUp().Store(0x2006, 0x20).Store(0x2006, 0x00);
        p.Emit(0xA2, 0x08, 0xA0, 0x00, 0x98, 0x8D, 0x07, 0x20, 0x49, 0x5A, 0xC8, 0xD0, 0xF8, 0xCA, 0xD0, 0xF5);
        p.Store(0x2000, 0x80);

        // BIT $2002, BVC; INC $12, BIT $2002, BVS.
        int wait = p.Here;
        p.Emit(0x2C, 0x02, 0x20, 0x50, 0xFB, 0xE6, 0x12, 0x2C, 0x02, 0x20, 0x70, 0xF9, 0x4C, (byte)wait, (byte)(wait >> 8));

        int nmi = p.Here;
        p.Emit(0xE6, 0x11, 0xA5, 0x11, 0x29, frames - 1, 0xAA).Store(0x2003, 0x00).Store(0x2006, 0x00).Store(0x2006, 0x00);
        for (int i = 0; i < registers.Length; i++)
        {
            p.Emit(0xBD, (byte)(i * frames), table >> 8, 0x8D, (byte)registers[i], (byte)(registers[i] >> 8));
        }

        p.Emit(0x40);
        return p.Vector(0xFFFA, nmi);
    }

    /// <summary>
    /// Loops that wait for the NMI's handler, which sets $10, counts $11 and may be entered with anything in X and Y. The last
    /// three do something while they wait.
    /// </summary>
    public static readonly byte[][] Waits =
    [
        [0xA5, 0x10, 0xF0, 0xFC],                                                       // LDA $10, BEQ
        [0xA5, 0x11, 0xC5, 0x11, 0xF0, 0xFC],                                           // LDA $11, CMP $11, BEQ
        [0xA9, 0x00, 0x25, 0x10, 0xF0, 0xFC],                                           // LDA #0, AND $10, BEQ: until $10's bits meet A's, which is never
        [0xAD, 0x10, 0x00, 0x29, 0xFF, 0xF0, 0xF9],                                     // LDA $0010, AND #$FF, BEQ
        [0x24, 0x10, 0x10, 0xFC],                                                       // BIT $10, BPL
        [0xA9, 0x00, 0xA2, 0x04, 0xB5, 0x0F, 0xCA, 0xA6, 0x10, 0xF0, 0xF7],             // LDX #4, LDA $0F,X, DEX, LDX $10, BEQ
        [0x20, 0x00, 0xF0, 0xF0, 0xFB],                                                 // JSR a routine that loads $10, BEQ
        [0xA5, 0x10, 0xD0, 0x07, 0xA2, 0x05, 0xCA, 0xD0, 0xFD, 0xF0, 0xF5],             // a countdown inside
        [0xAD, 0x02, 0x20, 0x0A, 0x0A, 0xA5, 0x10, 0xF0, 0xF7],                         // LDA $2002, ASL, ASL, LDA $10, BEQ
        [0xAD, 0x02, 0x20, 0x29, 0x60, 0xC9, 0x40, 0xD0, 0xF7, 0xA5, 0x10, 0xF0, 0xF3], // both flags asked for
        [0xE6, 0x12, 0xA5, 0x10, 0xF0, 0xFA],                                           // INC $12, LDA $10, BEQ
        [0xA5, 0x10, 0x85, 0x13, 0x49, 0x80, 0x85, 0x13, 0xA5, 0x10, 0xF0, 0xF4],       // writes that alternate
        [0xAD, 0x16, 0x40, 0xA5, 0x10, 0xF0, 0xF9],                                     // reads a pad
    ];

    /// <summary>Waits in the given way, or in random ones, while interrupts come and go.</summary>
    public static ProgramBuilder Waiting(int seed, int wait = -1)
    {
        var p = new ProgramBuilder();
        var random = new Random(seed);
        random.NextBytes(p.Chr);
        p.WarmUp();
        p.Emit(0xA2, 0x00, 0x8A, 0x0A, 0x9D, 0x00, 0x02, 0xE8, 0xD0, 0xF8);
        p.Store(0x2003, 0x00).Store(0x4014, 0x02).Store(0x2001, random.Next(2) == 0 ? 0x1E : 0x00).Store(0x2000, 0x80);
        if (wait < 0)
        {
            p.Store(0x4017, random.Next(2) == 0 ? 0x00 : 0x40).Store(0x4010, random.Next(256)).Store(0x4013, 2).Store(0x4015, 0x10).Emit(0x58);
        }

        int loop = p.Here;
        for (int i = 0; i < (wait < 0 ? 6 : 1); i++)
        {
            p.Emit(Waits[wait < 0 ? random.Next(Waits.Length) : wait]).Emit(0xA9, 0x00, 0x85, 0x10);
            if (wait < 0)
            {
                // LDX or LDY, countdown or count-up.
                bool y = random.Next(2) == 0;
                byte step = (y, random.Next(2)) switch { (true, 0) => 0x88, (true, _) => 0xC8, (false, 0) => 0xCA, _ => 0xE8 };
                p.Emit(y ? (byte)0xA0 : (byte)0xA2, (byte)random.Next(256), step, 0xD0, 0xFD);
            }
        }

        p.Emit(0x4C, (byte)loop, (byte)(loop >> 8));

        // The NMI's handler, the IRQ's, and the routine.
        p.Org(0xE000).Emit(0x48, 0xA9, 0x80, 0x85, 0x10, 0xE6, 0x11, 0x68, 0x40);
        p.Org(0xE100).Emit(0x48, 0xAD, 0x15, 0x40, 0xA9, 0x10, 0x8D, 0x15, 0x40, 0x68, 0x40);
        p.Org(0xF000).Emit(0xA5, 0x10, 0x60);
        return p.Vector(0xFFFA, 0xE000).Vector(0xFFFE, 0xE100);
    }

    /// <summary>
    /// MMC3, tall sprites: line 98 finds seven of them, fetched from table 0, line 99 none, and free places fetch from table 1, which
    /// clocks the board earlier. On line 99 the board's interrupt is due, and v is loaded at another moment of it each frame.
    /// </summary>
    /// <param name="offset">Cycles later than otherwise: the moments are five cycles apart.</param>
    public static ProgramBuilder TallSpriteClocks(int offset)
    {
        const int sprites = 0xF000, moments = 61, lines = 101, lastRow = 98;
        var p = new ProgramBuilder();
        p._image[6] |= 0x40;
        Span<byte> page = p.Prg.Slice(sprites - 0x8000, 256);
        page.Fill(0xF8);
        for (int sprite = 0; sprite < 7; sprite++)
        {
            page[sprite * 4] = lastRow - 15;
        }

        p.WarmUp().Store(0x4017, 0x40).Store(0x2000, 0xA0).Store(0x2001, 0x1E).Emit(0x58);
        int loop = p.Here;
        p.Emit(0xE6, 0x10, 0x4C, (byte)loop, (byte)(loop >> 8));

        // OAM; the interrupt after so many lines; then about so many, and five cycles for each of the last frames.
        p.Org(0xE000).Store(0x2003, 0x00).Store(0x4014, sprites >> 8);
        p.Store(0xC000, lines - 1).Store(0xC001, 0).Store(0xE000, 0).Store(0xE001, 0).Emit(0x58);
        p.Emit(0xE6, 0x11, 0xA5, 0x11, 0xC9, moments, 0xD0, 0x04, 0xA9, 0x00, 0x85, 0x11).Emit(0xA6, 0x11, 0xE8, 0xCA, 0xD0, 0xFD);
        p.Emit(0xA2, 0x05, 0xA0, 0x0B, 0xCA, 0xD0, 0xFD, 0x88, 0xD0, 0xFA);
        p.Emit([.. Enumerable.Repeat((byte)0xEA, offset / 2)]).Emit(offset % 2 == 0 ? [0xA5, 0x11] : [0xAD, 0x11, 0x00]);
        p.Store(0x2006, 0x01).Store(0x2006, 0x00).Emit(0x40);
        p.Org(0xE100).Emit(0x48).Store(0xE000, 0).Emit(0xE6, 0x12, 0x68, 0x40);
        return p.Vector(0xFFFA, 0xE000).Vector(0xFFFE, 0xE100);
    }

    /// <summary>Random code that pokes at every register, with rendering mostly on. It never means anything.</summary>
    public static ProgramBuilder Noise(int seed)
    {
        var p = new ProgramBuilder();
        var random = new Random(seed);
        p._image[6] = (byte)(seed & 1);
        random.NextBytes(p.Chr);
        ReadOnlySpan<byte> hot =
        [
            0x20, 0x20, 0x20, 0x40, 0x40, 0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x10, 0x14, 0x15, 0x17,
            0x1E, 0x2C, 0x4C, 0x80, 0x8D, 0x90, 0xA9, 0xAD, 0xEE,
        ];
        for (int i = 0; i < PrgSize; i++)
        {
            // Halting opcodes are kept rare: a stopped CPU tests little.
            byte value;
            do
            {
                value = random.Next(3) == 0 ? hot[random.Next(hot.Length)] : (byte)random.Next(256);
            }
            while (((value & 0x1F) == 0x12 || (value & 0x9F) == 0x02) && random.Next(60) != 0);
            p.Prg[i] = value;
        }

        p.WarmUp();
        for (int i = 0; i < 40; i++)
        {
            byte value = (byte)random.Next(256);
            _ = random.Next(8) switch
            {
                0 => p.Store(0x2001, value | 0x1E),
                1 => p.Store(0x2000, value | 0x80),
                2 => p.Store(0x2005, value).Store(0x2005, value >> 1),
                3 => p.Store(0x2006, random.Next(0x24, 0x40)).Store(0x2006, value),
                4 => p.Store(0x2007, value).Store(0x2007, ~value),
                5 => p.Store(0x4014, value & 7),
                6 => p.Store(0x4010, value).Store(0x4013, value & 3).Store(0x4015, value | 0x10),
                _ => p.Emit(0xA2, value, 0xCA, 0xD0, 0xFD),
            };
        }

        // Wait for a PPUSTATUS flag in one of the usual ways, some entered in their middle; then idle with interrupts on.
        for (int i = 0; i < 3; i++)
        {
            _ = random.Next(8) switch
            {
                0 => p.Emit(0xAD, 0x02, 0x20, 0x29, 0x40, 0xF0, 0xF9),
                1 => p.Emit(0xAD, 0x02, 0x20, 0x29, 0x40, 0xD0, 0xF9),
                2 => p.Emit(0xAD, 0x02, 0x20, 0x29, 0xE0, 0xF0, 0xF9),
                3 => p.Emit(0x2C, 0x02, 0x20, 0x50, 0xFB),
                4 => p.Emit(0x2C, 0x02, 0x20, 0x70, 0xFB),
                5 => p.Emit(0xAD, 0x02, 0x20, 0x10, 0xFB),
                6 => p.Emit(0xA9, 0x00, 0xF0, 0x03, 0xAD, 0x02, 0x20, 0x29, 0x20, 0xF0, 0xF9),
                _ => p.Emit(0x2C, 0x02, 0x20, 0x10, 0xFB),
            };
        }

        if (random.Next(2) == 0)
        {
            p.Emit(0x58).Idle();
        }

        p.Vector(0xFFFA, 0x8000 + random.Next(0x7F00));
        p.Vector(0xFFFC, 0x8000);
        p.Vector(0xFFFE, 0x8000 + random.Next(0x7F00));
        return p;
    }
}
