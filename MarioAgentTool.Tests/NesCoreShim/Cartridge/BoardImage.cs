using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>
/// Images for boards with banks. Every 8 KiB of PRG begins with its own number and every 1 KiB of CHR too; the end of
/// every PRG bank is the same, so that programs survive whatever is switched under them.
/// </summary>
internal sealed class BoardImage
{
    private const int Bank = 8 * 1024;
    private const int Boot = 0x1F00, Program = 0x1B00;

    private readonly byte[] _image;
    private readonly int _prgSize;

    public BoardImage(int mapper, int prgKib = 128, int chrKib = 128, int seed = 0)
    {
        _prgSize = prgKib * 1024;
        _image = new byte[16 + _prgSize + chrKib * 1024];
        new Random(seed).NextBytes(_image.AsSpan(16));
        "NES\u001A"u8.CopyTo(_image);
        _image.AsSpan(4, 12).Clear();
        _image[4] = (byte)(prgKib / 16);
        _image[5] = (byte)(chrKib / 8);
        _image[6] = (byte)((mapper & 0x0F) << 4);
        _image[7] = (byte)(mapper & 0xF0);
        for (int at = 0; at < _prgSize; at += Bank)
        {
            _image[16 + at] = (byte)(at / Bank);
        }

        for (int at = 0; at < chrKib * 1024; at += 1024)
        {
            _image[16 + _prgSize + at] = (byte)(at / 1024);
        }
    }

    public Span<byte> Header => _image.AsSpan(0, 16);

    public Span<byte> Prg => _image.AsSpan(16, _prgSize);

    /// <summary>Makes the header a NES 2.0 one.</summary>
    public BoardImage Nes20(int submapper = 0, int prgRam = 0, int prgNvRam = 0, int chrRam = 0)
    {
        _image[7] = (byte)(_image[7] & 0xF0 | 0x08);
        _image[8] = (byte)(submapper << 4);
        _image[10] = (byte)(Shift(prgNvRam) << 4 | Shift(prgRam));
        _image[11] = (byte)Shift(chrRam);
        return this;
    }

    public Cartridge Cartridge(string name = "banks") => NesCoreShim.Cartridge.Load(_image, name);

    /// <summary>
    /// A program in RAM that switches banks, pokes at the PPU and takes interrupts for ever, in an order that the seed
    /// decides.
    /// </summary>
    public BoardImage WithTurmoil(int seed, ReadOnlySpan<int> registers)
    {
        var random = new Random(seed);
        var code = new List<byte>();
        void Store(int address, int value) => code.AddRange([0xA9, (byte)value, 0x8D, (byte)address, (byte)(address >> 8)]);
        void WriteBoard(ReadOnlySpan<int> registers)
        {
            int register = registers[random.Next(registers.Length)], value = random.Next(256);
            if (_image[6] >> 4 == 1 && _image[7] >> 4 == 0 && random.Next(8) != 0)
            {
                // MMC1: five bits, one after another.
                code.AddRange([0xA9, (byte)value]);
                for (int bit = 0; bit < 5; bit++)
                {
                    code.AddRange([0x8D, (byte)register, (byte)(register >> 8), 0x4A]);
                }
            }
            else if (random.Next(12) == 0)
            {
                code.AddRange([0xEE, (byte)register, (byte)(register >> 8)]);
            }
            else
            {
                Store(register, register is 0xC000 ? value & 0x1F : value);
            }
        }

        // $0300: the interrupt handler, which quiets the APU and the board. $0340: the NMI's. $0380: the rest.
        code.AddRange([0x48, 0xAD, 0x15, 0x40, 0x8D, 0x00, 0xE0, 0xE6, 0x20, 0xA5, 0x20, 0x29, 0x0F, 0x8D, 0x00, 0xC0, 0x8D, 0x01, 0xC0, 0x8D, 0x01, 0xE0, 0x8D, 0x01, 0x80, 0x68, 0x40]);
        Pad(code, 0x40);
        code.AddRange([0x48, 0xA9, 0x00, 0x8D, 0x03, 0x20, 0xA9, 0x03, 0x8D, 0x14, 0x40, 0x8D, 0x05, 0x20, 0x68, 0x40]);
        Pad(code, 0x80);
        if ((seed & 1) == 0)
        {
            // Both nametables from $8000: any tile may stand anywhere, those included that move an MMC2's banks.
            Store(0x2006, 0x20);
            Store(0x2006, 0x00);
            code.AddRange([0xA0, 0x08, 0xA2, 0x00]);
            int page = 0x300 + code.Count + 2;
            code.AddRange([0xBD, 0x00, 0x80, 0x8D, 0x07, 0x20, 0xE8, 0xD0, 0xF7, 0xEE, (byte)page, (byte)(page >> 8), 0x88, 0xD0, 0xF1]);
        }

        Store(0x2000, 0x80 | random.Next(64) & 0x38);
        Store(0x2001, 0x1E);
        code.Add(0x58);
        int loop = 0x300 + code.Count;
        while (code.Count < 0x3E0)
        {
            switch (random.Next(16))
            {
                case 0:
                    Store(0x2000, 0x80 | random.Next(256) & 0x3B);
                    break;
                case 1:
                    Store(0x2001, random.Next(3) == 0 ? 0 : 0x1E);
                    break;
                case 2:
                    Store(0x2005, random.Next(256));
                    break;
                case 3:
                    Store(0x2006, random.Next(0x40));
                    Store(0x2006, random.Next(256));
                    break;
                case 4:
                    code.AddRange([0x8D, 0x07, 0x20, 0xAD, 0x07, 0x20]);
                    break;
                case 5:
                    code.AddRange([0xAD, 0x00, 0x60, 0x65, 0x10, 0x85, 0x10, 0x8D, 0x01, 0x60, 0x6D, 0x00, 0x80, 0x85, 0x11]);
                    break;
                case 6:
                    code.AddRange([0x2C, 0x02, 0x20, 0x10, 0xFB]);
                    break;
                case < 11:
                    code.AddRange([0xA2, (byte)random.Next(256), 0xCA, 0xD0, 0xFD]);
                    break;
                default:
                    WriteBoard(registers);
                    break;
            }
        }

        code.AddRange([0x4C, (byte)loop, (byte)(loop >> 8)]);
        Pad(code, 0x400);
        return WithProgram([.. code], start: 0x380, nmi: 0x340, irq: 0x300);
    }

    /// <summary>Puts a program of up to 1 KiB at the end of every bank; it is copied to $0300 and started there.</summary>
    public BoardImage WithProgram(ReadOnlySpan<byte> program, int start, int nmi, int irq)
    {
        // SEI, LDX #$FF, TXS, wait for two vertical blanks, copy four pages, JMP start.
        ReadOnlySpan<byte> boot =
        [
            0x78, 0xA2, 0xFF, 0x9A, 0x2C, 0x02, 0x20, 0x10, 0xFB, 0x2C, 0x02, 0x20, 0x10, 0xFB, 0xA2, 0x00,
            0xBD, 0x00, 0xFB, 0x9D, 0x00, 0x03, 0xBD, 0x00, 0xFC, 0x9D, 0x00, 0x04, 0xBD, 0x00, 0xFD, 0x9D, 0x00, 0x05,
            0xBD, 0x00, 0xFE, 0x9D, 0x00, 0x06, 0xE8, 0xD0, 0xE5, 0x4C, (byte)start, (byte)(start >> 8),
        ];
        for (int at = 0; at < _prgSize; at += Bank)
        {
            Span<byte> bank = Prg.Slice(at, Bank);
            program.CopyTo(bank[Program..]);
            boot.CopyTo(bank[Boot..]);
            ReadOnlySpan<byte> vectors = [(byte)nmi, (byte)(nmi >> 8), 0x00, 0xFF, (byte)irq, (byte)(irq >> 8)];
            vectors.CopyTo(bank[(Bank - 6)..]);
        }

        return this;
    }

    private static void Pad(List<byte> code, int length) => code.AddRange(Enumerable.Repeat((byte)0xEA, Math.Max(0, length - code.Count)));

    private static int Shift(int size) => size == 0 ? 0 : (int)Math.Log2(size / 64);
}
