using System.Diagnostics;
using System.Globalization;
using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>
/// Bytes that mean nothing, as ROMs, programs and states: only the documented exceptions come out, every frame ends, and nothing
/// outside the console changes. The seeds are fixed; <c>NES_FUZZ_SECONDS</c> goes on with new ones for so long, for each test.
/// </summary>
public sealed class FuzzTests
{
    // A frame has 29,780 CPU cycles on an NTSC console and up to 35,464 elsewhere; it ends at an instruction boundary, which an OAM DMA with a DMC's fetches puts off the furthest.
    // Where FCEUX's boot is asked for, the frame after a power-on or reset is twice that and a line.
    private const long LongestFrame = 35_464 + 1_200, LongestFirstFrame = 2 * LongestFrame;

    private static readonly int[] Mappers = [0, 0, 1, 2, 3, 4, 7, 9, 10, 11, 66];

    [Test]
    public void Random_bytes_are_a_ROM_or_are_refused() => Fuzz(400, random =>
    {
        var image = new byte[random.Next(4) == 0 ? random.Next(64) : random.Next(100_000)];
        random.NextBytes(image);
        if (random.Next(8) != 0 && image.Length >= 16)
        {
            "NES\u001A"u8.CopyTo(image);
            image[4] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
            image[5] = (byte)random.Next(random.Next(2) == 0 ? 4 : 256);
            if (random.Next(2) == 0)
            {
                image[6] &= 0x0F;
                image.AsSpan(7, 9).Clear();
            }
        }

        if (TryLoad(image) is { } cartridge)
        {
            Run(new Nes(cartridge), random, frames: 2);
        }
    });

    [Test]
    public void Random_programs_end_every_frame_and_run_alike_on_the_plain_machine() => Fuzz(60, random =>
    {
        Cartridge cartridge = RandomProgram(random);
        NesOptions options = RandomOptions(random);
        Nes console = new(cartridge, options), plain = new(cartridge, options with { Plain = true, SoundRate = 0 });
        int seed = random.Next();
        Random one = new(seed), other = new(seed);
        for (int frame = 0; frame < 8; frame++)
        {
            Run(console, one, frames: 1);
            Run(plain, other, frames: 1);
            Assert.That(console.StateHash(), Is.EqualTo(plain.StateHash()), () => $"frame {frame}, {options}, state bytes {Differences(console, plain)}");
        }
    });

    [Test]
    public void Damaged_states_are_refused_and_change_nothing() => Fuzz(40, random =>
    {
        Cartridge cartridge = RandomProgram(random);
        var console = new Nes(cartridge, RandomOptions(random));
        Run(console, random, frames: 3);
        byte[] state = Save(console);
        for (int i = 0; i < 20; i++)
        {
            byte[] damaged = random.Next(4) == 0 ? state.AsSpan(0, random.Next(state.Length)).ToArray() : (byte[])state.Clone();
            for (int flips = random.Next(1, 4); flips > 0 && damaged.Length > 0; flips--)
            {
                damaged[random.Next(2) == 0 ? random.Next(damaged.Length) : random.Next(Math.Min(damaged.Length, StateHeader.Length))] ^= (byte)(1 << random.Next(8));
            }

            ulong before = console.StateHash();
            if (!TryLoad(console, damaged))
            {
                Assert.That(console.StateHash(), Is.EqualTo(before), "a refused state changes nothing");
            }
        }

        Run(console, random, frames: 2);
    });

    [Test]
    public void Forged_states_are_refused_or_run() => Fuzz(40, random =>
    {
        Cartridge cartridge = RandomProgram(random);

        // A PPU that may sleep may be said to sleep in any frame.
        var console = new Nes(cartridge, RandomOptions(random) with { LikeFceux = false });
        Run(console, random, frames: 3);
        byte[] state = Save(console);
        for (int i = 0; i < 25; i++)
        {
            byte[] forged = (byte[])state.Clone();
            Span<byte> body = forged.AsSpan(StateHeader.Length);
            if (random.Next(20) == 0)
            {
                random.NextBytes(body);
            }

            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                Forge(body, random);
            }

            StateHeader.Write(forged, cartridge, console.Region, body);
            ulong before = console.StateHash();
            if (TryLoad(console, forged))
            {
                Run(console, random, frames: 2, random.Next(3) == 0);
                byte[] again = Save(console);
                ulong hash = console.StateHash();
                Assert.That(TryLoad(console, again), "what a forged state has led to can be saved and loaded");
                Assert.That(console.StateHash(), Is.EqualTo(hash));
            }
            else
            {
                Assert.That(console.StateHash(), Is.EqualTo(before), "a refused state changes nothing");
            }
        }
    });

    [Test]
    public void An_interrupt_from_before_all_time_is_refused()
    {
        // From it, skipping JMP * would count to the far end of time.
        Cartridge cartridge = new ProgramBuilder().Emit(0x78).Idle().Cartridge();
        var console = new Nes(cartridge);
        console.FrameAdvance(JoypadButtons.None);
        byte[] state = Save(console);
        Span<byte> body = state.AsSpan(StateHeader.Length);
        int nmiAt = body.IndexOf(BitConverter.GetBytes(Cpu.Never));
        BitConverter.TryWriteBytes(body[nmiAt..], long.MinValue);
        StateHeader.Write(state, cartridge, console.Region, body);
        Assert.That(TryLoad(console, state), Is.False);
    }

    // Everything the body runs on is made from the seed, so a failure's seed repeats it.
    private static void Fuzz(int seeds, Action<Random> body)
    {
        string? asked = System.Environment.GetEnvironmentVariable("NES_FUZZ_SECONDS");
        double seconds = asked is null ? 0 : double.Parse(asked, CultureInfo.InvariantCulture);
        int seed = 0;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            var timer = Stopwatch.StartNew();
            try
            {
                for (; seed < seeds || timer.Elapsed.TotalSeconds < seconds; seed++)
                {
                    using var witness = new Witness();
                    body(new Random(seed));
                    witness.AssertUnchanged();
                }
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        { IsBackground = true };
        thread.Start();

        // A hang shows as a seed that stays.
        int last = -1;
        while (!thread.Join(TimeSpan.FromSeconds(30)))
        {
            Assert.That(Volatile.Read(ref seed), Is.Not.EqualTo(last), "the seed that hangs");
            last = Volatile.Read(ref seed);
        }

        Assert.That(failure, Is.Null, $"seed {seed}");
        TestContext.Out.WriteLine($"{seed} seeds");
    }

    private static Cartridge? TryLoad(byte[] image)
    {
        try
        {
            return Cartridge.Load(image, "fuzz");
        }
        catch (Exception e) when (e is InvalidRomException or UnsupportedBoardException)
        {
            return null;
        }
    }

    private static bool TryLoad(Nes console, byte[] state)
    {
        try
        {
            console.LoadState(state);
            return true;
        }
        catch (InvalidStateException)
        {
            return false;
        }
    }

    private static string Differences(Nes one, Nes other)
    {
        byte[] a = Save(one), b = Save(other);
        return string.Join(", ", Enumerable.Range(StateHeader.Length, a.Length - StateHeader.Length).Where(i => a[i] != b[i]).Take(12).Select(i => $"{i}: {a[i]:X2} and {b[i]:X2}"));
    }

    private static byte[] Save(Nes console)
    {
        var state = new byte[console.StateSize];
        console.SaveState(state);
        return state;
    }

    private static void Run(Nes console, Random random, int frames, bool render = true)
    {
        for (; frames > 0; frames--)
        {
            bool restarted = console.CpuCycles == 0;
            if (random.Next(30) == 0)
            {
                console.Reset();
                restarted = true;
            }

            long before = console.CpuCycles;
            console.FrameAdvance((JoypadButtons)random.Next(256), (JoypadButtons)random.Next(256), render);
            Assert.That(console.CpuCycles - before, Is.InRange(0, restarted ? LongestFirstFrame : LongestFrame), "cycles in a frame");
        }
    }

    /// <summary>A sound header over bytes that are none: jams, wild jumps, writes to every register.</summary>
    private static Cartridge RandomProgram(Random random)
    {
        int prg = 1 << random.Next(5), chr = random.Next(5) is var c && c == 0 ? 0 : 1 << (c - 1);
        int trainer = random.Next(8) == 0 ? 512 : 0;
        var image = new byte[16 + trainer + prg * 16384 + chr * 8192];
        if (random.Next(2) == 0)
        {
            random.NextBytes(image);
        }
        else
        {
            // Registers and interrupts come up more often here.
            byte[] noise = ProgramBuilder.Noise(random.Next()).Image();
            for (int at = 16; at < image.Length; at++)
            {
                image[at] = noise[16 + (at - 16) % (noise.Length - 16)];
            }
        }

        Span<byte> header = image.AsSpan(0, 16);
        header.Clear();
        "NES\u001A"u8.CopyTo(header);
        int mapper = Mappers[random.Next(Mappers.Length)];
        header[4] = (byte)prg;
        header[5] = (byte)chr;
        header[6] = (byte)(mapper << 4 | random.Next(16) & ~4 | (trainer != 0 ? 4 : 0));
        header[7] = (byte)(mapper & 0xF0);
        header[9] = (byte)(random.Next(8) == 0 ? 1 : 0);
        if (random.Next(3) == 0)
        {
            // NES 2.0: a submapper, memories of every size, every region.
            header[7] |= 0x08;
            header[8] = (byte)(random.Next(6) << 4);
            header[9] = 0;
            header[10] = (byte)random.Next(256);
            header[11] = (byte)random.Next(256);
            header[12] = (byte)random.Next(4);
        }

        return TryLoad(image) ?? ProgramBuilder.Noise(random.Next()).Cartridge();
    }

    private static NesOptions RandomOptions(Random random) => new()
    {
        RamPattern = new[] { (byte)(random.Next(2) * 0xFF) },
        SoundRate = random.Next(3) == 0 ? random.Next(Nes.LowestSoundRate, Nes.HighestSoundRate) : 0,
        LikeFceux = random.Next(8) == 0,
        CompileAfter = random.Next(4),
        FrameCut = random.Next(4) == 0 ? FrameCut.EvenCycles : FrameCut.VerticalBlank,
    };

    private static void Forge(Span<byte> body, Random random)
    {
        // The chips' registers lie before the memories, or where random points.
        int at = random.Next(body.Length - sizeof(long) + 1);
        const int registers = 520;
        at = random.Next(2) == 0 ? random.Next(Math.Min(registers, body.Length - sizeof(long))) : at;
        switch (random.Next(5))
        {
            case 0:
                body[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                body[at] = (byte)random.Next(256);
                break;
            case 2:
                BitConverter.TryWriteBytes(body[at..], random.Next(2) == 0 ? int.MinValue : int.MaxValue);
                break;
            case 3:
                BitConverter.TryWriteBytes(body[at..], random.Next(3) switch { 0 => long.MinValue, 1 => long.MaxValue, _ => Cpu.Never });
                break;
            default:
                BitConverter.TryWriteBytes(body[at..], random.NextInt64(long.MinValue, long.MaxValue));
                break;
        }
    }

    /// <summary>Consoles made before and after everything else: a write beyond one's memory would be likely to hit them.</summary>
    private sealed class Witness : IDisposable
    {
        private static readonly Cartridge Game = ProgramBuilder.SyntheticGame().Cartridge();
        private readonly Nes _console = new(Game);
        private readonly ulong _hash;

        public Witness()
        {
            _console.FrameAdvance(JoypadButtons.A);
            _hash = Hash();
        }

        public void AssertUnchanged() => Assert.That(Hash(), Is.EqualTo(_hash), "another console's memory");

        public void Dispose() => GC.KeepAlive(_console);

        private ulong Hash() =>
            _console.StateHash() ^ Hashing.Fingerprint(_console.Screen) ^ Hashing.Fingerprint(Game.Prg.Span) ^ Hashing.Fingerprint(Game.Chr!.Span);
    }
}
