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
    public void An_unknown_board_is_refused_by_number()
    {
        byte[] image = new ProgramBuilder().Image();
        image[6] = 0x50;
        Assert.That(() => Cartridge.Load(image, "other.nes"), Throws.InstanceOf<UnsupportedBoardException>().With.Message.Contains("mapper 5"));
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
