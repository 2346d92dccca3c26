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
    public void A_state_of_another_region_is_refused()
    {
        Cartridge cartridge = new ProgramBuilder().Idle().Cartridge();
        var pal = new Nes(cartridge, new NesOptions { Region = Region.Pal });
        var state = new byte[pal.StateSize];
        pal.SaveState(state);
        Assert.That(() => new Nes(cartridge).LoadState(state), Throws.InstanceOf<InvalidStateException>().With.Message.Contains("Pal").And.Message.Contains("Ntsc"));
    }
}
