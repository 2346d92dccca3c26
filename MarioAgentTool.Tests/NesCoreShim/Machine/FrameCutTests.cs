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

    private static Nes Trail(NesOptions options) => new(Cartridge.Load(TestRoms.ReadFromRepository("NesCoreShim/Trail/Trail.nes"), "Trail.nes"), options);
}
