using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class SoundTests
{
    private const int Rate = 44_100;
    private const double CpuClock = 236.25e6 / 11 / 12;

    [TestCase(0x4000, 0x4002, 253, 440.4)]
    [TestCase(0x4004, 0x4006, 253, 440.4)]
    [TestCase(0x4000, 0x4002, 1000, 111.7)]
    public void A_pulse_has_the_pitch_its_period_says(int volume, int period, int value, double hertz)
    {
        short[] sound = Play(Program().Store(volume, 0xBF).Store(period, value & 0xFF).Store(period + 1, value >> 8), frames: 60);
        Assert.That(CpuClock / (16 * (value + 1)), Is.EqualTo(hertz).Within(0.1), "as the wiki computes it");
        Assert.That(Pitch(sound), Is.EqualTo(hertz).Within(0.5));
    }

    [Test]
    public void A_triangle_of_the_same_period_sounds_an_octave_lower()
    {
        short[] sound = Play(Program().Store(0x4008, 0xFF).Store(0x400A, 253).Store(0x400B, 0), frames: 60);
        Assert.That(Pitch(sound), Is.EqualTo(CpuClock / (32 * 254)).Within(0.5));
    }

    [Test]
    public void A_linear_counter_stops_the_triangle_in_quarter_frames()
    {
        // 40 quarter frames are 10 frames.
        short[] sound = Play(Program().Store(0x4008, 40).Store(0x400A, 253).Store(0x400B, 0x08), frames: 20);
        Assert.That(Loudness(sound, 2, 9), Is.GreaterThan(1000));
        Assert.That(Loudness(sound, 13, 19), Is.LessThan(20));
    }

    [Test]
    public void A_length_counter_silences_its_channel_in_half_frames()
    {
        // Index 0 is 10 half frames: 5 frames.
        short[] sound = Play(Program().Store(0x4000, 0x9F).Store(0x4002, 253).Store(0x4003, 0), frames: 20);
        Assert.That(Loudness(sound, 1, 4), Is.GreaterThan(1000));
        Assert.That(Loudness(sound, 8, 19), Is.LessThan(20));
    }

    [Test]
    public void An_envelope_fades_in_fifteen_steps()
    {
        // Divider 3: a step in 4 quarter frames, which is one frame.
        short[] sound = Play(Program().Store(0x4000, 0x83).Store(0x4002, 253).Store(0x4003, 0x08), frames: 30);
        double previous = double.MaxValue;
        for (int frame = 3; frame < 15; frame += 2)
        {
            double loudness = Loudness(sound, frame, frame + 1);
            Assert.That(loudness, Is.LessThan(previous), $"frame {frame}");
            previous = loudness;
        }

        Assert.That(previous, Is.GreaterThan(100), "not gone too early");
        Assert.That(Loudness(sound, 22, 29), Is.LessThan(20), "gone in the end");
    }

    [TestCase(0x00, 0x7F0, false, Description = "shift 0 doubles the period: beyond $7FF")]
    [TestCase(0x08, 0x7F0, true, Description = "downwards nothing is beyond")]
    [TestCase(0x01, 0x600, false, Description = "also while the sweep is not enabled")]
    [TestCase(0x02, 0x600, true)]
    [TestCase(0x08, 7, false, Description = "a period below 8")]
    [TestCase(0x08, 8, true)]
    public void A_sweep_beyond_its_range_mutes_the_pulse(int sweep, int period, bool isHeard)
    {
        short[] sound = Play(Program().Store(0x4000, 0xBF).Store(0x4001, sweep).Store(0x4002, period & 0xFF).Store(0x4003, period >> 8), frames: 10);
        double loudness = Loudness(sound, 3, 9);
        Assert.That(loudness, isHeard ? Is.GreaterThan(250) : Is.LessThan(5));
    }

    [TestCase(true, 0x400 - 0x200 - 1)]
    [TestCase(false, 0x400 - 0x200)]
    public void The_two_pulses_negate_a_sweep_differently(bool isFirst, int expected)
    {
        var pulse = new Pulse(isFirst);
        pulse.Write(1, 0x89, 0);
        pulse.Write(2, 0x00, 0);
        pulse.Write(3, 0x04, 0);
        pulse.ClockSweep(1);
        long tick = pulse.TickAt;
        pulse.Tick();
        Assert.That((pulse.TickAt - tick) / 2 - 1, Is.EqualTo(expected));
    }

    [Test]
    public void Noise_repeats_after_93_or_31_steps_in_its_short_mode_and_else_after_32767()
    {
        ushort value = 1;
        var seen = new HashSet<ushort>();
        while (seen.Add(value))
        {
            value = NoiseSequence.Next(value, isShort: false);
        }

        Assert.That(seen, Has.Count.EqualTo(32767));
        foreach (ushort start in seen)
        {
            Assert.That(NoiseSequence.Jump(start, isShort: true, 93), Is.EqualTo(start));
        }
    }

    [Test]
    public void Many_steps_of_noise_at_once_lead_where_single_steps_do([Values] bool isShort)
    {
        ushort value = 0x1234;
        for (int ticks = 0; ticks < 40_000; ticks++)
        {
            if (ticks % 997 == 0)
            {
                Assert.That(NoiseSequence.Jump(0x1234, isShort, ticks), Is.EqualTo(value), $"{ticks} ticks");
            }

            value = NoiseSequence.Next(value, isShort);
        }
    }

    [Test]
    public void Noise_is_heard_and_has_no_pitch()
    {
        short[] sound = Play(Program().Store(0x400C, 0x3F).Store(0x400E, 0x04).Store(0x400F, 0), frames: 60);
        Assert.That(Loudness(sound, 5, 59), Is.GreaterThan(500));
        foreach (int hertz in new[] { 500, 1000, 2000, 4000 })
        {
            Assert.That(Tone(sound, hertz), Is.LessThan(Loudness(sound, 5, 59) / 5), $"{hertz} Hz");
        }
    }

    [Test]
    public void The_mixer_follows_the_two_curves()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Mixer.Mix(0, 0, 0, 0, 0), Is.Zero);
            Assert.That(Mixer.Mix(15, 15, 0, 0, 0), Is.EqualTo(95.88 / (8128.0 / 30 + 100)).Within(1e-12));
            Assert.That(Mixer.Mix(0, 0, 15, 15, 127), Is.EqualTo(159.79 / (1 / (15 / 8227.0 + 15 / 12241.0 + 127 / 22638.0) + 100)).Within(1e-12));
            Assert.That(Mixer.Mix(15, 15, 15, 15, 127), Is.EqualTo(1).Within(0.01));
        }
    }

    [Test]
    public void A_loud_dmc_makes_the_triangle_quieter()
    {
        ProgramBuilder Tone() => Program().Store(0x4008, 0xFF).Store(0x400A, 253).Store(0x400B, 0);
        double alone = Loudness(Play(Tone(), 30), 10, 29);
        double beside = Loudness(Play(Tone().Store(0x4011, 127), 30), 10, 29);
        Assert.That(beside / alone, Is.EqualTo(
            (Mixer.Mix(0, 0, 15, 0, 127) - Mixer.Mix(0, 0, 0, 0, 127)) / Mixer.Mix(0, 0, 15, 0, 0)).Within(0.02));
    }

    [Test]
    public void The_dmc_moves_its_level_by_two_a_bit()
    {
        // A looped sample of bytes $F0 at $C000: the level falls by 8 and rises by 8, in 8 bits of 54 cycles.
        ProgramBuilder program = Program().Store(0x4011, 64).Store(0x4010, 0x4F).Store(0x4012, 0).Store(0x4013, 0x0F).Store(0x4015, 0x10);
        program.Prg.Slice(0x4000, 256).Fill(0xF0);

        // The triangle stands at 15, which the mixer lets the DMC feel.
        double swing = Mixer.Mix(0, 0, 15, 0, 64) - Mixer.Mix(0, 0, 15, 0, 56);
        double zigzag = 4 / (Math.PI * Math.PI) * swing * short.MaxValue;
        Assert.That(Tone(Play(program, frames: 60), CpuClock / (8 * 54)), Is.EqualTo(zigzag).Within(10).Percent);
    }

    [Test]
    public void Nothing_above_half_the_rate_folds_back()
    {
        // 6,214 Hz: the fifth harmonic, 31,072 Hz, would be heard as 13,028 Hz.
        short[] sound = Play(Program().Store(0x4000, 0xBF).Store(0x4001, 0x08).Store(0x4002, 17).Store(0x4003, 0), frames: 60);
        double hertz = CpuClock / (16 * 18);
        Assert.That(Tone(sound, hertz), Is.GreaterThan(1000));
        Assert.That(Tone(sound, Rate - 5 * hertz), Is.LessThan(Tone(sound, hertz) / 1000));
        Assert.That(Tone(sound, 7 * hertz - Rate), Is.LessThan(Tone(sound, hertz) / 1000));
    }

    /// <summary>"A first-order high-pass filter at 90 Hz, another at 440 Hz, a first-order low-pass filter at 14 kHz." https://www.nesdev.org/wiki/APU_Mixer</summary>
    [TestCase(30)]
    [TestCase(90)]
    [TestCase(440)]
    [TestCase(3_000)]
    [TestCase(14_000)]
    public void The_output_passes_the_three_filters_of_the_console(double hertz)
    {
        // A square wave straight into the buffer: its fundamental is 4/pi of its swing's half.
        const int rate = Nes.HighestSoundRate;
        const double swing = 0.5;
        var buffer = new SampleBuffer(rate, CpuClock);
        var sound = new short[rate];
        int count = 0;
        double half = CpuClock / hertz / 2;
        for (int turn = 1; turn * half < CpuClock; turn++)
        {
            buffer.Set((long)(turn * half), turn % 2 == 0 ? 0 : swing);
            count += buffer.Take(sound.AsSpan(count));
        }

        double expected = 4 / Math.PI * swing / 2 * short.MaxValue * HighPass(90) * HighPass(440) / Math.Sqrt(1 + hertz / 14_000 * (hertz / 14_000));
        Assert.That(Tone(sound.AsSpan(0, count), hertz, rate), Is.EqualTo(expected).Within(3).Percent);

        double HighPass(double corner) => hertz / Math.Sqrt(hertz * hertz + corner * corner);
    }

    [TestCase(8_000)]
    [TestCase(48_000)]
    [TestCase(192_000)]
    public void Samples_come_at_the_rate_that_was_asked(int rate)
    {
        var console = new Nes(Program().Store(0x4000, 0xBF).Store(0x4002, 253).Store(0x4003, 0).Idle().Cartridge(), new NesOptions { SoundRate = rate });
        long total = 0;
        var samples = new short[rate];
        for (int frame = 0; frame < 120; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
            Assert.That(console.SamplesWaiting, Is.GreaterThan(0));
            total += console.TakeSamples(samples);
        }

        Assert.That(total, Is.EqualTo(console.CpuCycles / CpuClock * rate).Within(2));
    }

    [Test]
    public void A_tone_has_no_offset_and_stays_within_bounds()
    {
        short[] sound = Play(Program().Store(0x4000, 0x3F).Store(0x4002, 253).Store(0x4003, 0).Store(0x4004, 0x3F).Store(0x4006, 253).Store(0x4007, 0)
            .Store(0x4008, 0xFF).Store(0x400A, 253).Store(0x400B, 0).Store(0x400C, 0x3F).Store(0x400F, 0).Store(0x4011, 127), frames: 60);
        ReadOnlySpan<short> settled = sound.AsSpan(Rate / 4);
        double sum = 0;
        int peak = 0;
        foreach (short sample in settled)
        {
            sum += sample;
            peak = Math.Max(peak, Math.Abs((int)sample));
        }

        Assert.That(sum / settled.Length, Is.Zero.Within(20));
        Assert.That(peak, Is.InRange(5_000, 32_000));
    }

    [Test]
    public void A_frame_with_sound_allocates_nothing()
    {
        var console = new Nes(Sounding(11).Cartridge(), new NesOptions { SoundRate = Rate });
        var samples = new short[2_000];
        long bytes = Allocations.Fewest(() =>
        {
            console.PowerOn();
            for (int frame = 0; frame < 20; frame++)
            {
                console.FrameAdvance(JoypadButtons.None);
                console.TakeSamples(samples);
            }
        });
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void Sound_that_nobody_takes_gives_way_to_newer_sound()
    {
        var console = new Nes(Program().Store(0x4000, 0xBF).Store(0x4002, 253).Store(0x4003, 0).Idle().Cartridge(), new NesOptions { SoundRate = Rate });
        for (int frame = 0; frame < 300; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        Assert.That(console.SamplesWaiting, Is.InRange(Rate / 4, Rate));
        Assert.That(Pitch(Play(console, 1)), Is.EqualTo(440.4).Within(1));
    }

    [Test]
    public void Without_being_asked_there_is_no_sound()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge());
        console.FrameAdvance(JoypadButtons.None);
        Assert.That(console.SamplesWaiting, Is.Zero);
        Assert.That(console.TakeSamples(new short[100]), Is.Zero);
    }

    [Test]
    public void A_rate_out_of_range_is_refused([Values(-1, 100, 1_000_000)] int rate) =>
        Assert.That(() => new Nes(Program().Cartridge(), new NesOptions { SoundRate = rate }),
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains(rate.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Test]
    public void Sound_changes_nothing_but_the_sound([Range(0, 19)] int seed)
    {
        Cartridge cartridge = Sounding(seed).Cartridge();
        var silent = new Nes(cartridge);
        var sounding = new Nes(cartridge, new NesOptions { SoundRate = Rate });
        var plain = new Nes(cartridge, new NesOptions { SoundRate = Rate, Plain = true });
        var thawed = new Nes(cartridge);
        var state = new byte[silent.StateSize];
        short[] one = new short[Rate], other = new short[Rate];
        for (int frame = 0; frame < 40; frame++)
        {
            if (frame == 20)
            {
                silent.Reset();
                sounding.Reset();
                plain.Reset();
            }

            var buttons = (JoypadButtons)(frame * 37);
            silent.FrameAdvance(buttons);
            sounding.FrameAdvance(buttons);
            plain.FrameAdvance(buttons);
            Assert.That(sounding.StateHash(), Is.EqualTo(silent.StateHash()), $"frame {frame}, sound");
            Assert.That(plain.StateHash(), Is.EqualTo(silent.StateHash()), $"frame {frame}, the plain machine");
            int count = sounding.TakeSamples(one);
            Assert.That(plain.TakeSamples(other), Is.EqualTo(count));
            Assert.That(other.AsSpan(0, count).SequenceEqual(one.AsSpan(0, count)), $"frame {frame}: the plain machine sounds the same");
            sounding.SaveState(state);
            thawed.LoadState(state);
            Assert.That(thawed.StateHash(), Is.EqualTo(silent.StateHash()), $"frame {frame}, thawed");
        }
    }

    [Test]
    public void A_loaded_state_goes_on_with_the_sound_it_had()
    {
        Cartridge cartridge = Program().Store(0x4000, 0xBF).Store(0x4002, 253).Store(0x4003, 0).Idle().Cartridge();
        var console = new Nes(cartridge, new NesOptions { SoundRate = Rate });
        var state = new byte[console.StateSize];
        Play(console, 30);
        console.SaveState(state);
        Play(console, 100);
        console.LoadState(state);
        Assert.That(Pitch(Play(console, 60)), Is.EqualTo(440.4).Within(1));
        console.PowerOn();
        Assert.That(Pitch(Play(console, 60)), Is.EqualTo(440.4).Within(1));
    }

    // All channels on, no pulse swept away.
    private static ProgramBuilder Program() => new ProgramBuilder().Emit(0x78).Store(0x4015, 0x0F).Store(0x4001, 0x08).Store(0x4005, 0x08);

    /// <summary>Noise that writes to every sound register again and again.</summary>
    private static ProgramBuilder Sounding(int seed)
    {
        if (seed < 10)
        {
            return ProgramBuilder.Noise(seed);
        }

        var random = new Random(seed);
        ProgramBuilder program = new ProgramBuilder().Emit(0x78);
        for (int i = 0; i < 1500; i++)
        {
            int register = random.Next(6) == 0 ? 0x4015 : 0x4000 + random.Next(0x18);
            if (register is not (0x4014 or 0x4016))
            {
                program.Store(register, register == 0x4015 ? random.Next(256) | 0x05 : random.Next(256));
            }

            if (random.Next(4) == 0)
            {
                program.Emit(0xA2, (byte)random.Next(256), 0xCA, 0xD0, 0xFD);
            }
        }

        return program.Emit(0x4C, 0x00, 0x80).Vector(0xFFFE, 0x8000);
    }

    private static short[] Play(ProgramBuilder program, int frames) =>
        Play(new Nes(program.Idle().Cartridge(), new NesOptions { SoundRate = Rate }), frames);

    private static short[] Play(Nes console, int frames)
    {
        var samples = new short[console.SamplesWaiting + (frames + 1) * Rate / 60];
        int count = 0;
        for (int frame = 0; frame < frames; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
            count += console.TakeSamples(samples.AsSpan(count));
        }

        return samples.AsSpan(0, count).ToArray();
    }

    /// <summary>Rises from deep below zero to above it, a second, between the first and the last of the second half.</summary>
    private static double Pitch(ReadOnlySpan<short> sound)
    {
        ReadOnlySpan<short> part = sound[(sound.Length / 2)..];
        double depth = 0;
        foreach (short sample in part)
        {
            depth = Math.Min(depth, sample * 0.5);
        }

        double first = -1, last = -1;
        int periods = 0;
        bool isBelow = false;
        for (int i = 1; i < part.Length; i++)
        {
            isBelow |= part[i] < depth;
            if (isBelow && part[i] >= 0)
            {
                isBelow = false;
                double at = i - part[i] / (double)(part[i] - part[i - 1]);
                periods += first < 0 ? 0 : 1;
                first = first < 0 ? at : first;
                last = at;
            }
        }

        return periods * Rate / (last - first);
    }

    /// <summary>Root mean square of some frames.</summary>
    private static double Loudness(ReadOnlySpan<short> sound, int firstFrame, int lastFrame)
    {
        double sum = 0;
        int from = firstFrame * Rate / 60, to = Math.Min(lastFrame * Rate / 60, sound.Length);
        foreach (short sample in sound[from..to])
        {
            sum += (double)sample * sample;
        }

        return Math.Sqrt(sum / (to - from));
    }

    /// <summary>The amplitude at one frequency, over the last half second, under a Blackman window.</summary>
    private static double Tone(ReadOnlySpan<short> sound, double hertz, int rate = Rate)
    {
        ReadOnlySpan<short> part = sound[^(rate / 2)..];
        double real = 0, imaginary = 0;
        for (int i = 0; i < part.Length; i++)
        {
            double turn = 2 * Math.PI * i / part.Length;
            double value = part[i] * (0.42 - 0.5 * Math.Cos(turn) + 0.08 * Math.Cos(2 * turn));
            real += value * Math.Cos(2 * Math.PI * hertz / rate * i);
            imaginary += value * Math.Sin(2 * Math.PI * hertz / rate * i);
        }

        return Math.Sqrt(real * real + imaginary * imaginary) * 2 / (0.42 * part.Length);
    }
}
