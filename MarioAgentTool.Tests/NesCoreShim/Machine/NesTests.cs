using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class NesTests
{
    [Test]
    public void The_same_inputs_give_the_same_state_on_every_run()
    {
        ulong[] first = Hashes();
        Assert.That(Hashes(), Is.EqualTo(first));
    }

    [Test]
    public void Two_consoles_on_two_threads_do_not_notice_each_other()
    {
        ulong[] alone = Hashes();
        var together = new ulong[4][];
        Parallel.For(0, together.Length, i => together[i] = Hashes());
        Assert.That(together, Is.All.EqualTo(alone));
    }

    [Test]
    public void Different_consoles_side_by_side_do_what_each_does_alone()
    {
        // Games, options and sound all differ; some share a cartridge.
        var cartridges = new Cartridge[4];
        for (int i = 0; i < cartridges.Length; i++)
        {
            cartridges[i] = (i == 0 ? ProgramBuilder.SyntheticGame() : ProgramBuilder.Noise(i)).Cartridge();
        }

        var alone = new ulong[16];
        for (int i = 0; i < alone.Length; i++)
        {
            alone[i] = Play(i);
        }

        var together = new ulong[alone.Length];
        Parallel.For(0, together.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => together[i] = Play(i));
        Assert.That(together, Is.EqualTo(alone));

        ulong Play(int i)
        {
            var options = new NesOptions { RamPattern = new[] { (byte)(i * 85) }, SoundRate = i % 3 == 0 ? 44_100 : 0, Plain = i % 5 == 0 };
            var console = new Nes(cartridges[i % cartridges.Length], options);
            var state = new byte[console.StateSize];
            var samples = new short[2_000];
            ulong hash = 0;
            for (int frame = 0; frame < 30; frame++)
            {
                console.FrameAdvance((JoypadButtons)(frame * i), render: frame % 2 == 0);
                if (frame % 7 == 0)
                {
                    console.SaveState(state);
                }
                else if (frame % 11 == 0)
                {
                    console.LoadState(state);
                }

                int count = console.TakeSamples(samples);
                hash = hash * 31 + console.StateHash() + Hashing.Fingerprint(console.Screen)
                    + Hashing.Fingerprint(System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan(0, count)));
            }

            return hash;
        }
    }

    [Test]
    public void No_static_field_of_the_core_can_be_set_again()
    {
        const System.Reflection.BindingFlags statics =
            System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly;
        Assert.That(
            from type in typeof(Nes).Assembly.GetTypes()
            where !type.Name.StartsWith('<')
            from field in type.GetFields(statics)
            where !field.IsInitOnly && !field.IsLiteral
            select $"{type.Name}.{field.Name}",
            Is.Empty);
    }

    [Test]
    public void Power_off_and_on_leaves_nothing_of_the_last_run([Range(0, 9)] int seed)
    {
        Cartridge cartridge = ProgramBuilder.Noise(seed).Cartridge();
        ulong fresh = new Nes(cartridge).StateHash();
        var console = new Nes(cartridge);
        for (int frame = 0; frame < 20; frame++)
        {
            console.FrameAdvance((JoypadButtons)(frame * 7));
        }

        console.PowerOn();
        Assert.That(console.StateHash(), Is.EqualTo(fresh));
    }

    [Test]
    public void Hues_stand_where_common_palettes_have_them()
    {
        // Sky, grass and brick of a well-known game; televisions differ, within reason.
        AssertColour(0x22, (104, 146), (124, 148), (236, 255));
        AssertColour(0x1A, (0, 56), (130, 168), (0, 32));
        AssertColour(0x17, (136, 200), (62, 92), (0, 24));
    }

    private static void AssertColour(int index, (int From, int To) red, (int From, int To) green, (int From, int To) blue)
    {
        int argb = NesPalette.Argb()[index];
        Assert.That(argb >> 16 & 255, Is.InRange(red.From, red.To), $"red of ${index:X2}");
        Assert.That(argb >> 8 & 255, Is.InRange(green.From, green.To), $"green of ${index:X2}");
        Assert.That(argb & 255, Is.InRange(blue.From, blue.To), $"blue of ${index:X2}");
    }

    [Test]
    public void A_frame_allocates_nothing([Values] bool render)
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        var pixels = new int[256 * 240];
        var state = new byte[console.StateSize];
        long bytes = Allocations.Fewest(() =>
        {
            console.PowerOn();
            RunFrames(console, 60, render, pixels, state);
        });
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void Noise_with_a_valid_header_never_throws_and_always_ends_its_frame([Range(100, 139)] int seed)
    {
        byte[] image = ProgramBuilder.Noise(seed).Image();
        new Random(seed).NextBytes(image.AsSpan(16));
        var console = new Nes(Cartridge.Load(image, $"noise {seed}"));
        for (int frame = 0; frame < 60; frame++)
        {
            console.FrameAdvance((JoypadButtons)seed);
        }

        Assert.That(console.CpuCycles, Is.EqualTo(60 * 29780.5 - 7000).Within(7000), "sixty frames of cycles");
    }

    [Test]
    public void A_jammed_processor_idles_while_the_picture_runs_on()
    {
        var console = new Nes(new ProgramBuilder().Emit(0x02).Cartridge());
        for (int frame = 0; frame < 3; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        Assert.That(console.FrameCount, Is.EqualTo(3));
        Assert.That(console.CpuCycles, Is.EqualTo(241 * 341 / 3 + 2 * 29780).Within(4));
    }

    [Test]
    public void A_frame_ends_where_vertical_blank_begins()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        for (int frame = 0; frame < 10; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
            Assert.That(console.Ppu.Position.Line, Is.EqualTo(241));
            Assert.That(console.Ppu.Position.Dot, Is.InRange(2, 2 + 8 * 3));
        }
    }

    [Test]
    public void A_frame_without_a_look_at_the_pad_is_a_lag_frame()
    {
        var idle = new Nes(new ProgramBuilder().Idle().Cartridge());
        idle.FrameAdvance(JoypadButtons.A);
        var game = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        for (int frame = 0; frame < 10; frame++)
        {
            game.FrameAdvance(JoypadButtons.A);
        }

        Assert.That(idle.IsLagFrame, Is.True);
        Assert.That(game.IsLagFrame, Is.False);
    }

    [Test]
    public void Peeking_changes_nothing()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        for (int frame = 0; frame < 10; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        ulong before = console.StateHash();
        for (int address = 0; address < 0x10000; address++)
        {
            console.Peek((ushort)address);
            console.PeekPpu((ushort)address);
        }

        Assert.That(console.StateHash(), Is.EqualTo(before));
    }

    [Test]
    public void Poking_reaches_ram_and_refuses_rom()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        console.Poke(0x0812, 0x5A);
        Assert.That(console.Ram[0x0012], Is.EqualTo(0x5A), "RAM is mirrored up to $1FFF");
        Assert.That(() => console.Poke(0x8000, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("$8000"));
    }

    [Test]
    public void Reset_keeps_ram_and_power_on_clears_it()
    {
        var console = new Nes(new ProgramBuilder().Idle().Cartridge());
        console.FrameAdvance(JoypadButtons.None);
        console.Poke(0x0300, 0x77);
        console.Reset();
        console.FrameAdvance(JoypadButtons.None);
        Assert.That(console.Peek(0x0300), Is.EqualTo(0x77));
        console.PowerOn();
        Assert.That(console.Peek(0x0300), Is.Zero);
        Assert.That(console.FrameCount, Is.Zero);
    }

    [Test]
    public void The_screen_converts_to_opaque_colours()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        var pixels = new int[256 * 240];
        for (int frame = 0; frame < 10; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        console.CopyArgb(pixels);
        Assert.That(pixels, Is.All.LessThan(0), "alpha 255 makes an int negative");
        Assert.That(pixels[0], Is.EqualTo(NesPalette.Argb()[console.Screen[0]]));
        Assert.That(() => console.CopyArgb(new int[100]), Throws.ArgumentException);
    }

    private static ulong[] Hashes()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        var hashes = new ulong[40];
        for (int frame = 0; frame < hashes.Length; frame++)
        {
            console.FrameAdvance((JoypadButtons)(frame * 37), render: false);
            hashes[frame] = console.StateHash();
        }

        return hashes;
    }

    private static void RunFrames(Nes console, int count, bool render, int[] pixels, byte[] state)
    {
        for (int frame = 0; frame < count; frame++)
        {
            console.FrameAdvance((JoypadButtons)frame, render: render);
            console.CopyArgb(pixels);
            console.SaveState(state);
            console.LoadState(state);
        }
    }
}
