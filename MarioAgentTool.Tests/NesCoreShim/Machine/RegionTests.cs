using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class RegionTests
{
    // Dots of a frame by dots of a cycle. Rendering is off, so no NTSC frame is a dot short.
    [TestCase(Region.Ntsc, 262 * 341 / 3.0)]
    [TestCase(Region.Pal, 312 * 341 / 3.2)]
    [TestCase(Region.Dendy, 312 * 341 / 3.0)]
    [TestCase(Region.MultiRegion, 262 * 341 / 3.0)]
    public void A_frame_has_its_regions_length(Region region, double cycles)
    {
        var console = new Nes(new ProgramBuilder().Idle().Cartridge(), new NesOptions { Region = region });
        console.FrameAdvance(JoypadButtons.None);
        long first = console.CpuCycles;
        for (int frame = 0; frame < 100; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        Assert.That((console.CpuCycles - first) / 100.0, Is.EqualTo(cycles).Within(0.05));
    }

    [TestCase(Region.Ntsc, 241)]
    [TestCase(Region.Pal, 241)]
    [TestCase(Region.Dendy, 291)]
    public void Vertical_blank_begins_on_its_regions_line(Region region, int line)
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge(), new NesOptions { Region = region });
        for (int frame = 0; frame < 10; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
            Assert.That(console.Ppu.Position.Line, Is.EqualTo(line));
        }
    }

    [TestCase(Region.Ntsc)]
    [TestCase(Region.Pal)]
    public void A_PPU_that_wakes_late_shows_vertical_blank_two_frames_and_a_line_in(Region region)
    {
        // FCEUX's way: X counts turns of a loop that waits, 7 cycles and 2 for the count.
        Cartridge waits = new ProgramBuilder().Emit(0x78, 0xA2, 0x00, 0xA0, 0x00, 0xE8, 0xD0, 0x01, 0xC8, 0x2C, 0x02, 0x20, 0x10, 0xF7, 0x86, 0x10, 0x84, 0x11).Idle().Cartridge();
        var late = new Nes(waits, new NesOptions { Region = region, LikeFceux = true });
        RegionTiming timing = RegionTiming.Of(region);
        double frame = timing.Lines * 341.0 * timing.PpuDivider / timing.CpuDivider, line = frame / timing.Lines;
        foreach (string pressed in new[] { "power", "reset" })
        {
            long before = late.CpuCycles;
            late.FrameAdvance(JoypadButtons.None);
            late.FrameAdvance(JoypadButtons.None);
            Assert.That(late.CpuCycles - before, Is.EqualTo(3 * frame + line).Within(30), pressed);
            Assert.That(late.Ram[0x10] | late.Ram[0x11] << 8, Is.EqualTo((2 * frame + line) / 12).Within(10), pressed);
            late.Reset();

            // Pressed again at once, it does not sleep longer.
            late.Reset();
        }
    }

    [Test]
    public void A_PPU_that_is_yet_asleep_can_be_frozen()
    {
        Cartridge game = ProgramBuilder.SyntheticGame().Cartridge();
        Nes one = new(game, new NesOptions { LikeFceux = true }), other = new(game, new NesOptions { LikeFceux = true });
        var asleep = new byte[one.StateSize];
        one.SaveState(asleep);
        for (int i = 0; i < 3; i++)
        {
            other.FrameAdvance(JoypadButtons.A);
        }

        other.LoadState(asleep);
        for (int i = 0; i < 5; i++)
        {
            one.FrameAdvance(JoypadButtons.Right);
            other.FrameAdvance(JoypadButtons.Right);
            Assert.That(other.StateHash(), Is.EqualTo(one.StateHash()));
        }

        Assert.That(() => new Nes(game).LoadState(asleep), Throws.InstanceOf<InvalidStateException>().With.Message.Contains("LikeFceux"), "nobody else's PPU sleeps");
    }

    [Test]
    public void The_header_names_the_region_and_an_option_overrules_it()
    {
        byte[] image = new ProgramBuilder().Idle().Image();
        Assert.That(new Nes(Cartridge.Load(image, "unmarked")).Region, Is.EqualTo(Region.Ntsc));
        image[9] = 1;
        Assert.That(new Nes(Cartridge.Load(image, "iNES, PAL")).Region, Is.EqualTo(Region.Pal));
        Assert.That(new Nes(Cartridge.Load(image, "iNES, PAL"), new NesOptions { Region = Region.Ntsc }).Region, Is.EqualTo(Region.Ntsc));
        image[9] = 0;
        image[7] = 0x08;
        foreach ((byte timing, Region region) in new[] { ((byte)0, Region.Ntsc), ((byte)1, Region.Pal), ((byte)2, Region.Ntsc), ((byte)3, Region.Dendy) })
        {
            image[12] = timing;
            Assert.That(new Nes(Cartridge.Load(image, "NES 2.0")).Region, Is.EqualTo(region));
        }
    }

    [Test]
    public void A_region_or_a_frame_cut_that_there_is_not_is_refused()
    {
        Cartridge cartridge = new ProgramBuilder().Idle().Cartridge();
        Assert.That(() => new Nes(cartridge, new NesOptions { Region = (Region)4 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("Ntsc, Pal"));
        Assert.That(() => new Nes(cartridge, new NesOptions { FrameCut = (FrameCut)2 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("EvenCycles"));
    }

    [TestCase(Region.Ntsc, 0x20, 0x20)]
    [TestCase(Region.Pal, 0x20, 0x40)]
    [TestCase(Region.Pal, 0x40, 0x20)]
    [TestCase(Region.Dendy, 0x20, 0x40)]
    [TestCase(Region.Dendy, 0x80, 0x80)]
    [TestCase(Region.Pal, 0xE0, 0xE0)]
    public void Red_and_green_change_places_on_50_Hz_consoles(Region region, int mask, int likeNtsc)
    {
        // Backdrop $30, white, under emphasis.
        Cartridge white = new ProgramBuilder().WarmUp().Store(0x2006, 0x3F).Store(0x2006, 0x00).Store(0x2007, 0x30).Store(0x2006, 0x00).Store(0x2006, 0x00).Store(0x2001, mask).Idle().Cartridge();
        var console = new Nes(white, new NesOptions { Region = region });
        for (int frame = 0; frame < 5; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        var pixels = new int[256 * 240];
        console.CopyArgb(pixels);
        Assert.That(pixels, Is.All.EqualTo(NesPalette.Argb(likeNtsc >> 5)[0x30]));
    }

    [Test]
    public void A_state_of_another_region_is_refused()
    {
        Cartridge cartridge = new ProgramBuilder().Idle().Cartridge();
        var pal = new Nes(cartridge, new NesOptions { Region = Region.Pal });
        var state = new byte[pal.StateSize];
        pal.SaveState(state);
        Assert.That(() => new Nes(cartridge).LoadState(state), Throws.InstanceOf<InvalidStateException>().With.Message.Contains("Pal").And.Message.Contains("Ntsc"));
    }
}
