using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class FrameCutTests
{
    private const int Frames = 800;

    [Test]
    public void Even_frames_are_29781_cycles_long()
    {
        Nes console = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles });
        for (int frame = 1; frame <= 500; frame++)
        {
            console.FrameAdvance(JoypadButtons.None, render: false);
            Assert.That(console.CpuCycles, Is.InRange(frame * 29_781L - 114, frame * 29_781L - 114 + 520), $"frame {frame}");
        }
    }

    [Test]
    public void A_machine_cut_evenly_is_the_same_plain_fast_undrawn_and_thawed_at_every_cut(
        [Values(Region.Ntsc, Region.Pal)] Region region, [Range(0, 2)] int seed)
    {
        // A PAL picture takes 33,247 cycles, so that there the cuts fall everywhere in it.
        Nes plain = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles, Region = region, Plain = true });
        Nes fast = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles, Region = region });
        Nes thawed = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles, Region = region });
        var state = new byte[thawed.StateSize];
        var random = new Random(seed);

        for (int frame = 0; frame < Frames; frame++)
        {
            JoypadButtons pad = frame < 60 ? (frame & 1) == 0 ? JoypadButtons.Start : 0 : (JoypadButtons)(random.Next(256) & ~(int)JoypadButtons.Start);
            plain.FrameAdvance(pad, render: false);
            fast.FrameAdvance(pad);
            thawed.SaveState(state);
            thawed.LoadState(state);
            thawed.FrameAdvance(pad, render: false);
            ulong hash = plain.StateHash();
            Assert.That(fast.StateHash(), Is.EqualTo(hash), $"fast, frame {frame}");
            Assert.That(thawed.StateHash(), Is.EqualTo(hash), $"thawed, frame {frame}");
        }
    }

    [Test]
    public void Any_board_cut_evenly_can_be_thawed_at_every_cut(
        [Values(1, 2, 3, 4, 7, 9, 10, 11, 66)] int mapper, [Values] bool likeFceux, [Values(Region.Pal, Region.Dendy)] Region region)
    {
        // Neither region's picture is as long as a cut, so that cuts fall everywhere in it.
        Cartridge cartridge = PlainAndFastTests.Turmoil(mapper, seed: 300 + mapper);
        var options = new NesOptions { FrameCut = FrameCut.EvenCycles, Region = region, LikeFceux = likeFceux };
        Nes plain = new(cartridge, options with { Plain = true }), fast = new(cartridge, options), thawed = new(cartridge, options);
        var state = new byte[thawed.StateSize];
        for (int frame = 0; frame < 40; frame++)
        {
            var pad = (JoypadButtons)(frame * 37);
            plain.FrameAdvance(pad);
            fast.FrameAdvance(pad);
            thawed.FrameAdvance(pad, render: false);
            thawed.SaveState(state);
            thawed = new Nes(cartridge, options);
            thawed.LoadState(state);
            ulong hash = plain.StateHash();
            Assert.That(fast.StateHash(), Is.EqualTo(hash), $"fast, frame {frame}");
            Assert.That(thawed.StateHash(), Is.EqualTo(hash), $"thawed, frame {frame}");
            Assert.That(fast.Screen.SequenceEqual(plain.Screen), Is.True, $"screen, frame {frame}");
        }
    }

    [Test]
    public void A_state_goes_on_under_the_frame_cut_of_the_console_that_loads_it()
    {
        Nes even = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles, Region = Region.Pal }), blank = Trail(new NesOptions { Region = Region.Pal });
        Advance(even, 77);
        Load(from: even, to: blank);
        blank.FrameAdvance(JoypadButtons.None);
        Assert.That(blank.Ppu.Position.Line, Is.EqualTo(241));

        Advance(blank, 33);
        Load(from: blank, to: even);
        for (int frame = 0; frame < 5; frame++)
        {
            even.FrameAdvance(JoypadButtons.None);
            Assert.That((even.CpuCycles + 114) % 29_781, Is.LessThan(520), "cycles beyond a cut");
        }
    }

    [Test]
    public void A_frame_is_no_longer_whatever_number_a_state_gives_it([Values(long.MinValue, -1, long.MaxValue / 29_781, long.MaxValue)] long number)
    {
        Nes console = Trail(new NesOptions { FrameCut = FrameCut.EvenCycles });
        Advance(console, 3);
        var state = new byte[console.StateSize];
        console.SaveState(state);

        // The frame count comes first.
        BitConverter.TryWriteBytes(state.AsSpan(StateHeader.Length), number);
        StateHeader.Write(state, console.Cartridge, console.Region, state.AsSpan(StateHeader.Length));
        console.LoadState(state);
        Assert.That(console.FrameCount, Is.EqualTo(number));
        long before = console.CpuCycles;
        console.FrameAdvance(JoypadButtons.None);
        Assert.That(console.CpuCycles - before, Is.EqualTo(29_781).Within(520));
    }

    private static void Advance(Nes console, int frames)
    {
        for (; frames > 0; frames--)
        {
            console.FrameAdvance(JoypadButtons.None, render: false);
        }
    }

    private static void Load(Nes from, Nes to)
    {
        var state = new byte[from.StateSize];
        from.SaveState(state);
        to.LoadState(state);
    }

    private static Nes Trail(NesOptions options) => new(Cartridge.Load(TestRoms.ReadFromRepository("NesCoreShim/Trail/Trail.nes"), "Trail.nes"), options);
}
