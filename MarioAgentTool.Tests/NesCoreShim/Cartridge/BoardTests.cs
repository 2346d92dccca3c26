using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>What each board maps for what is written to its registers; every bank begins with its number.</summary>
public sealed class BoardTests
{
    private Nes _console = null!;
    private long _cycle;

    [Test]
    public void Nrom_ignores_writes()
    {
        Insert(new BoardImage(0, prgKib: 32, chrKib: 8));
        Write(0x8000, 1);
        Assert.That(Prg(), Is.EqualTo(new[] { 0, 1, 2, 3 }));
    }

    [Test]
    public void Uxrom_switches_the_lower_half_and_keeps_the_last_bank()
    {
        Insert(new BoardImage(2, chrKib: 0));
        Write(0x8000, 5);
        Assert.That(Prg(), Is.EqualTo(new[] { 10, 11, 14, 15 }));
    }

    [TestCase(2, 2, 0)]
    [TestCase(2, 1, 3)]
    [TestCase(3, 2, 0)]
    [TestCase(7, 2, 0)]
    public void A_submapper_says_whether_the_rom_answers_a_write_too(int mapper, int submapper, int bank)
    {
        BoardImage image = new BoardImage(mapper, prgKib: 128).Nes20(submapper);
        for (int at = 0x100; at < image.Prg.Length; at += 8192)
        {
            image.Prg[at] = 0;
        }

        Insert(image);
        Write(0x8100, 3);
        Assert.That(mapper == 3 ? _console.PeekPpu(0x0000) / 8 : Prg()[0] / 2, Is.EqualTo(bank));
    }

    [Test]
    public void Cnrom_switches_chr()
    {
        Insert(new BoardImage(3, prgKib: 32, chrKib: 32));
        Write(0x8000, 2);
        Assert.That(Chr(), Is.EqualTo(Enumerable.Range(16, 8)));
    }

    [Test]
    public void Axrom_switches_32_kib_and_the_only_nametable()
    {
        Insert(new BoardImage(7, chrKib: 0));
        Write(0x8000, 2);
        Assert.That(Prg(), Is.EqualTo(new[] { 8, 9, 10, 11 }));
        Assert.That(Nametables(), Is.EqualTo("0000"));
        Write(0x8000, 0x10);
        Assert.That(Nametables(), Is.EqualTo("1111"));
    }

    [Test]
    public void Gxrom_and_color_dreams_have_their_fields_exchanged()
    {
        BoardImage gxrom = new(66, prgKib: 128, chrKib: 32), dreams = new(11, prgKib: 128, chrKib: 128);
        gxrom.Prg.Fill(0xFF);
        dreams.Prg.Fill(0xFF);
        for (int bank = 0; bank < 16; bank++)
        {
            gxrom.Prg[bank * 8192] = dreams.Prg[bank * 8192] = (byte)bank;
        }

        Insert(gxrom);
        Write(0x8001, 0x23);
        Assert.That(Prg(), Is.EqualTo(new[] { 8, 9, 10, 11 }));
        Assert.That(Chr()[0], Is.EqualTo(24));
        Insert(dreams);
        Write(0x8001, 0x52);
        Assert.That(Prg(), Is.EqualTo(new[] { 8, 9, 10, 11 }));
        Assert.That(Chr()[0], Is.EqualTo(40));
    }

    [Test]
    public void Mmc1_has_three_prg_modes()
    {
        Insert(new BoardImage(1));
        WriteMmc1(0xE000, 3);
        Assert.That(Prg(), Is.EqualTo(new[] { 6, 7, 14, 15 }), "at power-on the last bank is fixed");
        WriteMmc1(0x8000, 0x08);
        Assert.That(Prg(), Is.EqualTo(new[] { 0, 1, 6, 7 }), "the first fixed");
        WriteMmc1(0x8000, 0x00);
        Assert.That(Prg(), Is.EqualTo(new[] { 4, 5, 6, 7 }), "32 KiB");
    }

    [Test]
    public void Mmc1_has_two_chr_modes_and_four_mirrorings()
    {
        Insert(new BoardImage(1));
        WriteMmc1(0xA000, 5);
        WriteMmc1(0xC000, 7);
        Assert.That(Chr(), Is.EqualTo(Enumerable.Range(16, 8)), "8 KiB");
        foreach ((int mode, string nametables) in new[] { (0x10, "0000"), (0x11, "1111"), (0x12, "0101"), (0x13, "0011") })
        {
            WriteMmc1(0x8000, mode);
            Assert.That(Chr(), Is.EqualTo(new[] { 20, 21, 22, 23, 28, 29, 30, 31 }), "4 KiB");
            Assert.That(Nametables(), Is.EqualTo(nametables));
        }
    }

    [Test]
    public void Mmc1_ignores_the_second_of_two_writes_in_a_row_but_not_a_reset()
    {
        Insert(new BoardImage(1));
        for (int bit = 0; bit < 5; bit++)
        {
            Write(0xE000, 2 >> bit);
            _cycle -= 9;
            Write(0xE000, 0xF);
        }

        Assert.That(Prg()[0], Is.EqualTo(4), "only the first write of each pair counts");
        WriteMmc1(0x8000, 0);
        Write(0x8000, 1);
        _cycle -= 9;
        Write(0x8000, 0x80);
        WriteMmc1(0xE000, 1);
        Assert.That(Prg(), Is.EqualTo(new[] { 2, 3, 14, 15 }));
    }

    [Test]
    public void Mmc1_takes_its_ram_off_the_bus_and_puts_it_back()
    {
        Insert(new BoardImage(1));
        _console.Poke(0x6000, 0x5A);
        WriteMmc1(0xE000, 0x10);
        Assert.That(() => _console.Poke(0x6000, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        WriteMmc1(0xE000, 0x00);
        Assert.That(_console.Peek(0x6000), Is.EqualTo(0x5A));
    }

    [Test]
    public void Surom_reaches_512_kib_through_the_chr_register()
    {
        Insert(new BoardImage(1, prgKib: 512, chrKib: 0));
        WriteMmc1(0xE000, 1);
        Assert.That(Prg(), Is.EqualTo(new[] { 2, 3, 30, 31 }));
        WriteMmc1(0xA000, 0x10);
        Assert.That(Prg(), Is.EqualTo(new[] { 34, 35, 62, 63 }));
    }

    [TestCase(8192, 8192, 0, 0x08)]
    [TestCase(8192, 8192, 128, 0x10)]
    [TestCase(0, 32768, 0, 0x04)]
    public void Sorom_szrom_and_sxrom_switch_their_ram(int ram, int nvRam, int chrKib, int line)
    {
        Insert(new BoardImage(1, chrKib: chrKib).Nes20(0, ram, nvRam, chrKib == 0 ? 8192 : 0));
        _console.Poke(0x6000, 1);
        WriteMmc1(0xA000, line);
        _console.Poke(0x6000, 2);
        Assert.That(_console.BatteryRam.Length, Is.EqualTo(nvRam));
        Assert.That(_console.BatteryRam[ram == 0 ? 8192 : 0], Is.EqualTo(2), "the second bank is the battery's");
        WriteMmc1(0xA000, 0);
        Assert.That(_console.Peek(0x6000), Is.EqualTo(1));
    }

    [Test]
    public void Mmc1_a12_draws_its_grey_bar()
    {
        var console = new Nes(TestRoms.Load("MMC1_A12/mmc1_a12.nes"));
        for (int frame = 0; frame < 60; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        int grey = Enumerable.Range(0, 240).Count(line => (console.Screen[line * 256] & 0x0F) == 0);
        Assert.That(grey, Is.EqualTo(16).Within(2), "its RAM answers only while A12 is low: the bar ends where it stopped to count");
    }

    [Test]
    public void Mmc3_exchanges_its_prg_and_chr_halves()
    {
        Insert(new BoardImage(4));
        for (int register = 0; register < 8; register++)
        {
            Write(0x8000, register);
            Write(0x8001, register < 6 ? 16 + register * 8 : 3 + register);
        }

        Assert.That(Prg(), Is.EqualTo(new[] { 9, 10, 14, 15 }));
        Assert.That(Chr(), Is.EqualTo(new[] { 16, 17, 24, 25, 32, 40, 48, 56 }));
        Write(0x8000, 0xC0);
        Assert.That(Prg(), Is.EqualTo(new[] { 14, 10, 9, 15 }));
        Assert.That(Chr(), Is.EqualTo(new[] { 32, 40, 48, 56, 16, 17, 24, 25 }));
        Write(0xA000, 0);
        Assert.That(Nametables(), Is.EqualTo("0101"));
        Write(0xA000, 1);
        Assert.That(Nametables(), Is.EqualTo("0011"));
    }

    [Test]
    public void Mmc3_has_six_bank_lines_and_eight_for_an_image_that_needs_them([Values(512, 1024, 2048)] int prgKib)
    {
        Insert(new BoardImage(4, prgKib));
        Write(0x8000, 6);
        Write(0x8001, 0xC5);
        Assert.That(Prg()[0], Is.EqualTo(0xC5 % (prgKib / 8)));
    }

    [Test]
    public void Mmc3_protects_its_ram_and_leaves_four_screens_alone()
    {
        var image = new BoardImage(4);
        image.Header[6] |= 0x08;
        Insert(image);
        _console.Poke(0x6000, 7);
        Write(0xA001, 0xC0);
        Assert.That(() => _console.Poke(0x6000, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(_console.Peek(0x6000), Is.EqualTo(7));
        Write(0xA000, 1);
        Assert.That(Nametables(), Is.EqualTo("0123"));
    }

    [TestCase(9, new[] { 5, 13, 14, 15 })]
    [TestCase(10, new[] { 10, 11, 14, 15 })]
    public void Mmc2_and_mmc4_switch_chr_when_certain_tiles_have_been_fetched(int mapper, int[] prg)
    {
        Insert(new BoardImage(mapper));
        Write(0xA000, 5);
        Write(0xB000, 1);
        Write(0xC000, 2);
        Write(0xD000, 3);
        Write(0xE000, 4);
        Assert.That(Prg(), Is.EqualTo(prg));
        Assert.That(new[] { Chr()[0], Chr()[4] }, Is.EqualTo(new[] { 8, 16 }));
        _console.Board.PatternFetched(0x0FD8);
        _console.Board.PatternFetched(0x1FDB);
        Assert.That(new[] { Chr()[0], Chr()[4] }, Is.EqualTo(new[] { 4, 12 }));
        _console.Board.PatternFetched(0x0FEB);
        Assert.That(Chr()[0], Is.EqualTo(mapper == 9 ? 4 : 8), "MMC2's left latch looks at one row only");
        Write(0xF000, 1);
        Assert.That(Nametables(), Is.EqualTo("0011"));
    }

    [Test]
    public void Nes_20_sizes_of_prg_ram_are_obeyed()
    {
        Insert(new BoardImage(0, prgKib: 32, chrKib: 8).Nes20());
        Assert.That(() => _console.Poke(0x6000, 1), Throws.InstanceOf<ArgumentOutOfRangeException>(), "none");
        Insert(new BoardImage(0, prgKib: 32, chrKib: 8).Nes20(prgRam: 2048));
        _console.Poke(0x6001, 9);
        Assert.That(_console.Peek(0x7801), Is.EqualTo(9), "2 KiB four times");
    }

    [Test]
    public void Battery_ram_outlives_the_power_and_can_be_put_back()
    {
        var image = new BoardImage(4);
        image.Header[6] |= 0x02;
        Insert(image);
        _console.Poke(0x7FFF, 0x42);
        byte[] saved = _console.BatteryRam.ToArray();
        _console.PowerOn();
        Assert.That(_console.Peek(0x7FFF), Is.EqualTo(0x42));
        Insert(image);
        Assert.That(_console.Peek(0x7FFF), Is.Zero);
        _console.LoadBatteryRam(saved);
        Assert.That(_console.Peek(0x7FFF), Is.EqualTo(0x42));
        Assert.That(() => _console.LoadBatteryRam(new byte[3]), Throws.ArgumentException.With.Message.Contains("3 bytes").And.Message.Contains("8192"));
    }

    [TestCase(5, 0, "mapper 5")]
    [TestCase(4, 1, "submapper 1 of mapper 4")]
    [TestCase(4, 3, "submapper 3 of mapper 4")]
    public void What_is_not_implemented_is_refused_by_number(int mapper, int submapper, string message) =>
        Assert.That(() => new BoardImage(mapper).Nes20(submapper).Cartridge("other.nes"), Throws.InstanceOf<UnsupportedBoardException>()
            .With.Message.Contains(message).And.Message.Contains("other.nes").And.Message.Contains("this core runs"));

    [Test]
    public void A_state_keeps_the_banks([Values(0, 1, 2, 3, 4, 7, 9, 10, 11, 66)] int mapper)
    {
        Cartridge cartridge = new BoardImage(mapper, prgKib: mapper == 0 ? 32 : 128).WithTurmoil(mapper, [0x8000, 0x8001, 0xA000, 0xB000, 0xC000, 0xE000]).Cartridge();
        Nes straight = new(cartridge), thawed = new(cartridge);
        var state = new byte[thawed.StateSize];
        for (int frame = 0; frame < 30; frame++)
        {
            straight.FrameAdvance(JoypadButtons.None);
            thawed.FrameAdvance(JoypadButtons.None);
            thawed.SaveState(state);
            thawed = new Nes(cartridge);
            thawed.LoadState(state);
            Assert.That(thawed.StateHash(), Is.EqualTo(straight.StateHash()), $"frame {frame}");
        }
    }

    private void Insert(BoardImage image)
    {
        _console = new Nes(image.Cartridge());
        _cycle = 0;
    }

    private void Write(int address, int value) => _console.Board.WriteRegister(address, (byte)value, _cycle += 10);

    private void WriteMmc1(int address, int value)
    {
        for (int bit = 0; bit < 5; bit++)
        {
            Write(address, value >> bit & 1);
        }
    }

    private int[] Prg() => [.. Enumerable.Range(4, 4).Select(i => (int)_console.Peek((ushort)(i * 8192)))];

    private int[] Chr() => [.. Enumerable.Range(0, 8).Select(i => (int)_console.PeekPpu((ushort)(i * 1024)))];

    /// <summary>Which page of nametable memory stands at $2000, $2400, $2800 and $2C00.</summary>
    private unsafe string Nametables()
    {
        string pages = "";
        for (int i = 8; i < 12; i++)
        {
            byte* page = _console.Board.PpuRead[i] + i * 1024;
            fixed (byte* ciram = _console.Ciram)
            {
                pages += (page - ciram) / 1024;
            }
        }

        return pages;
    }
}
