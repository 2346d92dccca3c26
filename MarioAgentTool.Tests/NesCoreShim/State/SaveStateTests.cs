using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class SaveStateTests
{
    [Test]
    public void A_thawed_machine_goes_on_as_if_nothing_had_happened()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        Run(console, 33);
        var state = new byte[console.StateSize];
        Assert.That(console.SaveState(state), Is.EqualTo(console.StateSize));
        ulong[] straight = Run(console, 30);

        console.LoadState(state);
        Assert.That(Run(console, 30), Is.EqualTo(straight), "in the same console");

        var other = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        other.LoadState(state);
        Assert.That(Run(other, 30), Is.EqualTo(straight), "in another one");
    }

    [Test]
    public void Saving_and_loading_between_all_frames_changes_nothing([Range(0, 9)] int seed)
    {
        Cartridge cartridge = ProgramBuilder.Noise(seed).Cartridge();
        var straight = new Nes(cartridge);
        var thawed = new Nes(cartridge);
        var state = new byte[thawed.StateSize];
        for (int frame = 0; frame < 20; frame++)
        {
            straight.FrameAdvance((JoypadButtons)frame);
            thawed.FrameAdvance((JoypadButtons)frame);
            thawed.SaveState(state);
            thawed = new Nes(cartridge);
            thawed.LoadState(state);
            Assert.That(thawed.StateHash(), Is.EqualTo(straight.StateHash()), $"frame {frame}");
        }
    }

    [Test]
    public void What_is_no_state_of_this_machine_is_refused_and_changes_nothing()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge("ours"));
        Run(console, 10);
        var state = new byte[console.StateSize];
        console.SaveState(state);
        var stranger = new Nes(ProgramBuilder.Noise(1).Cartridge("stranger"));
        ulong before = stranger.StateHash();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => stranger.LoadState(state), Refused("belongs to the cartridge"));
            Assert.That(stranger.StateHash(), Is.EqualTo(before));

            ulong now = console.StateHash();
            Assert.That(() => console.LoadState(state.AsSpan(0, state.Length - 1)), Refused("truncated"));
            Assert.That(() => console.LoadState(state.AsSpan(0, 5)), Refused("header"));
            Assert.That(() => console.LoadState(new byte[state.Length]), Refused("begin with"));
            Assert.That(() => console.LoadState(Changed(state, at: 4)), Refused("version"));
            Assert.That(() => console.LoadState(Changed(state, at: 8)), Refused("layout"));
            Assert.That(() => console.LoadState(Changed(state, at: 500)), Refused("damaged"));
            Assert.That(console.StateHash(), Is.EqualTo(now));
        }
    }

    [Test]
    public void Saving_into_too_small_a_span_is_refused()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        Assert.That(() => console.SaveState(new byte[10]), Throws.ArgumentException.With.Message.Contains("10 bytes"));
    }

    private static NUnit.Framework.Constraints.Constraint Refused(string reason) =>
        Throws.InstanceOf<InvalidStateException>().With.Message.Contains(reason);

    private static byte[] Changed(byte[] state, int at)
    {
        var changed = (byte[])state.Clone();
        changed[at] ^= 0x40;
        return changed;
    }

    private static ulong[] Run(Nes console, int frames)
    {
        var hashes = new ulong[frames];
        for (int frame = 0; frame < frames; frame++)
        {
            console.FrameAdvance((JoypadButtons)(frame * 11), render: frame % 2 == 0);
            hashes[frame] = console.StateHash();
        }

        return hashes;
    }
}
