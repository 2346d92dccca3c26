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
    public void A_state_of_any_board_is_refused_by_any_other_and_in_any_other_layout([Values(1, 2, 3, 4, 7, 9, 10, 11, 66)] int mapper)
    {
        var console = new Nes(PlainAndFastTests.Turmoil(mapper, seed: 8));
        Run(console, 4);
        var state = new byte[console.StateSize];
        console.SaveState(state);
        ulong after = Run(console, 4)[^1];
        foreach (int board in new[] { 1, 2, 3, 4, 7, 9, 10, 11, 66 })
        {
            // The same ROM on another board, and the same board with CHR RAM.
            var other = new Nes(PlainAndFastTests.Turmoil(board, seed: board == mapper ? 11 : 8));
            Run(other, 4);
            ulong before = other.StateHash();
            Assert.That(() => other.LoadState(state), Refused("belongs to the cartridge"), $"mapper {board}");
            Assert.That(other.StateHash(), Is.EqualTo(before), $"mapper {board}");
        }

        var pal = new Nes(console.Cartridge, new NesOptions { Region = Region.Pal });
        Assert.That(() => pal.LoadState(state), Refused("Ntsc timing; this one keeps Pal timing"));
        Assert.That(() => console.LoadState(state.AsSpan(0, state.Length - 1)), Refused("truncated"));
        console.LoadState(state);
        Assert.That(Run(console, 4)[^1], Is.EqualTo(after), "its own state is taken");
    }

    [Test]
    public void A_forged_state_is_refused_or_runs_but_harms_nothing([Range(0, 7)] int seed)
    {
        // Its fingerprint is right; what it says no machine ever wrote.
        var random = new Random(seed);
        Cartridge cartridge = (seed < 6 ? ProgramBuilder.Noise(seed) : ProgramBuilder.SyntheticGame()).Cartridge();
        var console = new Nes(cartridge);
        Run(console, 20 + seed);
        var state = new byte[console.StateSize];
        console.SaveState(state);
        const int frameCount = 9, memories = 2048 + 576 + 2048 + 8192;
        int refused = 0;
        for (int i = 0; i < 150; i++)
        {
            byte[] forged = (byte[])state.Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                Forge(forged.AsSpan(StateHeader.Length + frameCount, forged.Length - StateHeader.Length - frameCount - memories), random);
            }

            StateHeader.Write(forged, cartridge, Region.Ntsc, forged.AsSpan(StateHeader.Length));
            ulong before = console.StateHash();
            try
            {
                console.LoadState(forged);
                Run(console, 2);
            }
            catch (InvalidStateException)
            {
                refused++;
                Assert.That(console.StateHash(), Is.EqualTo(before), "a refused state changes nothing");
            }
        }

        Assert.That(refused, Is.InRange(1, 149));
    }

    [Test]
    public void A_sample_address_beyond_the_bus_is_brought_back()
    {
        // A looping sample: every end starts it anew.
        Cartridge cartridge = new ProgramBuilder().Store(0x4010, 0x4F).Store(0x4015, 0x10).Idle().Cartridge();
        var console = new Nes(cartridge);
        Run(console, 3);
        var state = new byte[console.StateSize];
        console.SaveState(state);

        // $4012 was never written: the sample starts at $C000.
        int start = state.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x00, 0xC0, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00]);
        Assert.That(start, Is.Positive);
        state[start + 3] = 0x7F;
        StateHeader.Write(state, cartridge, Region.Ntsc, state.AsSpan(StateHeader.Length));
        console.LoadState(state);
        Assert.That(() => Run(console, 3), Throws.Nothing);
    }

    [TestCase(0)]
    [TestCase(7)]
    [TestCase(32)]
    [TestCase(15353)]
    public void The_checksum_is_the_same_in_lanes_and_word_by_word(int length)
    {
        var data = new byte[length];
        new Random(length).NextBytes(data);
        Assert.That(Hashing.Checksum(data), Is.EqualTo(Hashing.ChecksumFrom(0, data, new ulong[8])));
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

    private static void Forge(Span<byte> registers, Random random)
    {
        int at = random.Next(registers.Length - sizeof(long));
        switch (random.Next(4))
        {
            case 0:
                registers[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                registers[at] = (byte)random.Next(256);
                break;
            case 2:
                BitConverter.TryWriteBytes(registers[at..], random.Next(2) == 0 ? int.MinValue : int.MaxValue);
                break;
            default:
                BitConverter.TryWriteBytes(registers[at..], random.NextInt64(long.MinValue, long.MaxValue));
                break;
        }
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
