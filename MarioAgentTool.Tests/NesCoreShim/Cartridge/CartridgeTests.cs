using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class CartridgeTests
{
    [Test]
    public void An_ines_header_is_read_field_by_field()
    {
        byte[] image = new ProgramBuilder().Image();
        image[6] = 0x03;
        Cartridge cartridge = Cartridge.Load(image, "game.nes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cartridge.Name, Is.EqualTo("game.nes"));
            Assert.That(cartridge.Format, Is.EqualTo(RomFormat.INes));
            Assert.That(cartridge.Mapper, Is.Zero);
            Assert.That(cartridge.BoardName, Is.EqualTo("NROM"));
            Assert.That(cartridge.PrgRomSize, Is.EqualTo(32768));
            Assert.That(cartridge.ChrRomSize, Is.EqualTo(8192));
            Assert.That(cartridge.Mirroring, Is.EqualTo(Mirroring.Vertical));
            Assert.That(cartridge.HasBattery, Is.True);
            Assert.That(cartridge.Region, Is.EqualTo(Region.Ntsc));
            Assert.That(cartridge.Sha1, Does.Match("^[0-9A-F]{40}$"));
        }
    }

    [Test]
    public void A_nes_20_header_is_read_field_by_field()
    {
        byte[] image = new ProgramBuilder().Image();
        image[4] = 15 << 2;
        image[5] = 13 << 2;
        image[7] = 0x08;
        image[9] = 0xFF;
        image[10] = 0x07;
        image[12] = 0x01;
        Cartridge cartridge = Cartridge.Load(image, "game.nes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cartridge.Format, Is.EqualTo(RomFormat.Nes20));
            Assert.That(cartridge.PrgRomSize, Is.EqualTo(32768), "2^15 by exponent");
            Assert.That(cartridge.ChrRomSize, Is.EqualTo(8192), "2^13 by exponent");
            Assert.That(cartridge.Header.PrgRamSize, Is.EqualTo(8192));
            Assert.That(cartridge.Region, Is.EqualTo(Region.Pal));
        }
    }

    [Test]
    public void Bytes_after_the_rom_data_are_tolerated() =>
        Assert.That(() => Cartridge.Load([.. new ProgramBuilder().Image(), 1, 2, 3], "trailing"), Throws.Nothing);

    [Test]
    public void A_signature_in_the_unused_header_bytes_is_not_a_mapper()
    {
        byte[] image = new ProgramBuilder().Image();
        "DiskDude!"u8.CopyTo(image.AsSpan(7));
        Assert.That(Cartridge.Load(image, "signed").Mapper, Is.Zero);
    }

    [TestCase((byte)0x04, (byte)0, Description = "bit 2 of byte 7: an archaic header, whose byte 7 is rubbish")]
    [TestCase((byte)0x0C, (byte)0)]
    [TestCase((byte)0x00, (byte)1, Description = "a tail that is not clean")]
    public void Only_a_clean_header_has_a_second_half_of_the_mapper_a_region_and_a_RAM_size(byte low, byte tail)
    {
        byte[] image = new ProgramBuilder().Image();
        image[7] = (byte)(0x40 | low);
        image[8] = 4;
        image[9] = 1;
        image[15] = tail;
        Cartridge cartridge = Cartridge.Load(image, "archaic");
        Assert.That((cartridge.Mapper, cartridge.Region, cartridge.Header.PrgRamSize), Is.EqualTo((0, Region.Ntsc, 8192)));
    }

    [Test]
    public void A_header_that_looks_like_NES_20_and_promises_too_much_is_iNES_if_that_fits()
    {
        byte[] image = new ProgramBuilder().Image();
        "NES\u001A\u0002\u0001\0I by d.o.g."u8.CopyTo(image);
        Assert.That(image[7] & 0x0C, Is.EqualTo(0x08), "it looks like it");
        Cartridge cartridge = Cartridge.Load(image, "signed");
        Assert.That((cartridge.Format, cartridge.Mapper, cartridge.PrgRomSize), Is.EqualTo((RomFormat.INes, 0, 32768)));
    }

    [TestCase((byte)0xFF, 0x00, 8192, Description = "2 MiB that nobody has")]
    [TestCase((byte)0x04, 0x00, 8192, Description = "NROM has no lines for more than 8 KiB")]
    [TestCase((byte)0x04, 0x10, 32768, Description = "SXROM")]
    [TestCase((byte)0x02, 0x10, 16384, Description = "SOROM")]
    [TestCase((byte)0xFF, 0x10, 8192)]
    public void The_RAM_size_of_an_iNES_header_is_believed_as_far_as_a_board_has_lines_for_it(byte size, int flags, int expected)
    {
        byte[] image = new ProgramBuilder().Image();
        image[6] = (byte)(flags | 0x02);
        image[8] = size;
        Cartridge cartridge = Cartridge.Load(image, "ram");
        Assert.That(cartridge.Header.PrgRamSize, Is.EqualTo(expected));
        Assert.That(new Nes(cartridge).BatteryRam.Length, Is.EqualTo(expected));
    }

    [Test]
    public void The_largest_RAM_that_a_NES_20_header_can_name_shrinks_to_what_the_board_addresses()
    {
        byte[] image = new ProgramBuilder().Image();
        image[7] = 0x08;
        image[10] = image[11] = 0xFF;
        Assert.That(new Nes(Cartridge.Load(image, "ram")).BatteryRam.Length, Is.EqualTo(8192));
        Assert.That(new Nes(Cartridge.Load(image, "ram")).StateSize, Is.LessThan(32 * 1024));
    }

    [Test]
    public void A_trainer_lies_at_7000_when_the_power_comes_on()
    {
        byte[] plain = new ProgramBuilder().Idle().Image();
        var trainer = new byte[512];
        new Random(1).NextBytes(trainer);
        byte[] image = [.. plain[..16], .. trainer, .. plain[16..]];
        image[6] |= 0x04;
        var console = new Nes(Cartridge.Load(image, "trained"));
        console.Poke(0x7000, (byte)~trainer[0]);
        console.PowerOn();
        Assert.That(Enumerable.Range(0x7000, 512).Select(at => console.Peek((ushort)at)), Is.EqualTo(trainer));
        Assert.That((console.Peek(0x6FFF), console.Peek(0x7200), console.Peek(0x8000)), Is.EqualTo((0, 0, plain[16])));
    }

    [TestCase((byte)1, (byte)0, "VS System")]
    [TestCase((byte)0x0B, (byte)1, "VS System")]
    [TestCase((byte)0x0B, (byte)3, "decimal mode")]
    [TestCase((byte)0x0B, (byte)9, "console type 9")]
    public void A_game_for_another_console_is_refused_by_its_name(byte flags, byte kind, string message)
    {
        byte[] image = new ProgramBuilder().Image();
        image[7] = flags;
        image[13] = kind;
        Assert.That(() => Cartridge.Load(image, "other"), Throws.InstanceOf<UnsupportedBoardException>().With.Message.Contains(message));
    }

    [Test]
    public void A_PlayChoice_game_is_an_NES_game()
    {
        byte[] image = new ProgramBuilder().Image();
        image[7] = 2;
        Assert.That(() => Cartridge.Load([.. image, .. new byte[8224]], "playchoice"), Throws.Nothing);
    }

    [TestCase("PK\u0003\u0004", "a zip archive")]
    [TestCase("7z\u00BC\u00AF", "a 7z archive")]
    [TestCase("FDS\u001A", "a disk image")]
    [TestCase("UNIF", "a UNIF image")]
    [TestCase("NESM\u001A", "music")]
    public void Other_files_are_called_by_their_name(string start, string message)
    {
        byte[] image = new byte[100];
        System.Text.Encoding.Latin1.GetBytes(start).CopyTo(image, 0);
        Assert.That(() => Cartridge.Load(image, "other"), Throws.InstanceOf<InvalidRomException>().With.Message.Contains(message));
    }

    [TestCase(0, (byte)'X', "offset 0")]
    [TestCase(4, (byte)0, "0 bytes of PRG")]
    [TestCase(4, (byte)3, "truncated")]
    public void A_damaged_image_is_refused_with_place_and_value(int at, byte value, string message)
    {
        byte[] image = new ProgramBuilder().Image();
        image[at] = value;
        Assert.That(() => Cartridge.Load(image, "bad.nes"), Throws.InstanceOf<InvalidRomException>().With.Message.Contains(message).And.Message.Contains("bad.nes"));
    }

    [TestCase((byte)0xFC, "accepts")]
    [TestCase((byte)(10 << 2), "multiples of 8192")]
    public void An_impossible_nes_20_size_is_refused(byte exponent, string message)
    {
        byte[] image = new ProgramBuilder().Image();
        image[7] = 0x08;
        image[9] = 0x0F;
        image[4] = exponent;
        Assert.That(() => Cartridge.Load(image, "bad.nes"), Throws.InstanceOf<InvalidRomException>().With.Message.Contains(message));
    }

    [Test]
    public void A_few_bytes_are_not_a_rom() =>
        Assert.That(() => Cartridge.Load("NES"u8, "stub"), Throws.InstanceOf<InvalidRomException>().With.Message.Contains("3 bytes"));

    [Test]
    public void An_unknown_board_is_refused_by_number_and_name()
    {
        byte[] image = new ProgramBuilder().Image();
        image[6] = 0x50;
        Assert.That(() => Cartridge.Load(image, "other.nes"), Throws.InstanceOf<UnsupportedBoardException>().With.Message.Contains("mapper 5 (MMC5)"));
        image[7] = 0xF0;
        Assert.That(() => Cartridge.Load(image, "other.nes"), Throws.InstanceOf<UnsupportedBoardException>().With.Message.Contains("mapper 245, which"));
    }

    [Test]
    public void Every_header_is_either_read_or_refused_by_name()
    {
        var random = new Random(7);
        byte[] image = new ProgramBuilder().Image();
        for (int i = 0; i < 20_000; i++)
        {
            random.NextBytes(image.AsSpan(4, 12));
            image[6] &= (byte)(random.Next(2) == 0 ? 0x0F : 0xFF);
            image[7] &= (byte)(random.Next(2) == 0 ? 0x0F : 0xFF);
            try
            {
                Cartridge.Load(image, "random");
            }
            catch (Exception e) when (e is InvalidRomException or UnsupportedBoardException)
            {
                // Named, as promised.
            }
        }
    }

    [Test]
    public void An_nrom_128_cart_mirrors_its_single_bank_into_both_slots()
    {
        byte[] image = new ProgramBuilder().Emit(0x12, 0x34).Image();
        image[4] = 1;
        var console = new Nes(Cartridge.Load(image, "nrom-128"));
        Assert.That(console.Peek(0x8000), Is.EqualTo(0x12));
        Assert.That(console.Peek(0xC001), Is.EqualTo(0x34));
    }

    [Test]
    public void Chr_ram_replaces_missing_chr_rom()
    {
        byte[] image = new ProgramBuilder().Idle().Image();
        image[5] = 0;
        Assert.That(() => new Nes(Cartridge.Load(image, "chr-ram")).FrameAdvance(JoypadButtons.None), Throws.Nothing);
    }
}
