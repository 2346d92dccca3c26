using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using NesCoreShim;

namespace MarioAgentTool.Cli.Commands;

/// <summary>
/// How fast the core runs a game under random buttons, always the same ones: Super Mario Bros. in stage 1-1, any other where it
/// stands after three seconds. One console on one thread; by user CPU time, so that busy neighbours matter less; the median of
/// five rounds.
/// </summary>
internal static class EmulateBenchmark
{
    private const int Rounds = 5, CourseFrames = 600, HoldFrames = 12, StateRepetitions = 1000;

    private static readonly Buttons[] Choices =
        [Buttons.None, Buttons.Right, Buttons.Right | Buttons.A, Buttons.Right | Buttons.B, Buttons.Right | Buttons.A | Buttons.B, Buttons.A, Buttons.Left];

    /// <summary>All there is to know about one game.</summary>
    public static IReadOnlyList<Measurement> Run(GameRom rom, double seconds)
    {
        var play = new Play(rom.NewNesHost());
        NesHost host = play.Host;
        var state = new byte[host.Nes.StateSize];
        play.Run(render: true);
        double skipped = play.SkippedPercent();
        (double instructions, double inPlay) = play.Count();

        double quiet = Measure(() => play.Run(render: false), CourseFrames, seconds), video = Measure(() => play.Run(render: true), CourseFrames, seconds);
        double save = Measure(() => Repeat(() => host.Nes.SaveState(state)), StateRepetitions, seconds);
        double load = Measure(() => Repeat(() => host.Nes.LoadState(state)), StateRepetitions, seconds);

        // Last, when everything is compiled.
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        play.Run(render: true);
        double allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        var measurements = new List<Measurement>
        {
            new($"{rom.Name}, no video", quiet, "frames/s"),
            new($"{rom.Name}, video every frame", video, "frames/s"),
            new("one save of a state", 1e6 / save, "us"),
            new("one load of a state", 1e6 / load, "us"),
            new("bytes of a state", host.Nes.StateSize, "bytes"),
            new("CPU cycles skipped in idle loops", skipped, "%"),
            new("instructions in a frame, idle loops included", instructions / CourseFrames, ""),
            new("allocated in a frame", allocated / CourseFrames, "bytes"),
        };
        if (play.IsMario)
        {
            measurements.Add(new("frames in which Mario is under control", 100 * inPlay / CourseFrames, "%"));
        }

        return measurements;
    }

    /// <summary>The boards' own games: with and without video, and what is skipped.</summary>
    public static IReadOnlyList<Measurement> RunBoards(IEnumerable<BenchGame> games, double seconds) =>
        [.. games.SelectMany(game =>
        {
            var play = new Play(new NesHost(new Nes(Cartridge.Load(game.Image(), game.Name))));
            return new Measurement[]
            {
                new($"{game.Name}, no video", Measure(() => play.Run(render: false), CourseFrames, seconds), "frames/s"),
                new($"{game.Name}, video every frame", Measure(() => play.Run(render: true), CourseFrames, seconds), "frames/s"),
                new($"{game.Name}, CPU cycles skipped in idle loops", play.SkippedPercent(), "%"),
            };
        })];

    /// <summary>One console a thread, against one console alone; by the clock, as all that the machine has is wanted.</summary>
    public static IReadOnlyList<Measurement> RunThreads(GameRom rom, int threads, double seconds)
    {
        double[] alone = [.. Concurrently(rom, 1, seconds)], together = [.. Concurrently(rom, threads, seconds)];
        string consoles = threads == 1 ? "1 console on 1 thread" : $"{threads} consoles on {threads} threads";
        return
        [
            new($"{rom.Name}, no video, 1 console on 1 thread", alone.Sum(), "frames/s"),
            new($"{rom.Name}, no video, {consoles}", together.Sum(), "frames/s"),
            new("the slowest of them", together.Min(), "frames/s"),
            new("scaling: of one console's speed times the cores in use", 100 * together.Sum() / (alone.Sum() * Math.Min(threads, System.Environment.ProcessorCount)), "%"),
        ];
    }

    private static IEnumerable<double> Concurrently(GameRom rom, int count, double seconds)
    {
        var rates = new double[count];
        using var ready = new Barrier(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            var play = new Play(rom.NewNesHost());
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while (clock.Elapsed.TotalSeconds < Math.Min(1, seconds))
            {
                play.Run(render: false);
            }

            ready.SignalAndWait();
            clock.Restart();
            int courses = 0;
            do
            {
                play.Run(render: false);
                courses++;
            }
            while (clock.Elapsed.TotalSeconds < seconds);
            rates[i] = courses * CourseFrames / clock.Elapsed.TotalSeconds;
        }))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return rates;
    }

    /// <summary>A console, where it starts from, and the buttons it is given.</summary>
    private sealed class Play
    {
        private readonly byte[] _start;
        private readonly Buttons[] _course;

        public Play(NesHost host)
        {
            Host = host;
            IsMario = TryBoot(host, out _start);
            _course = Course(withStart: !IsMario);
        }

        public NesHost Host { get; }

        public bool IsMario { get; }

        public void Run(bool render)
        {
            Host.LoadState(_start);
            foreach (Buttons buttons in _course)
            {
                Host.FrameAdvance(buttons, render);
            }
        }

        public double SkippedPercent()
        {
            Host.LoadState(_start);
            long cycles = Host.Nes.CpuCycles, skipped = Host.Nes.SkippedCycles;
            Run(render: false);
            return 100.0 * (Host.Nes.SkippedCycles - skipped) / (Host.Nes.CpuCycles - cycles);
        }

        public (double Instructions, double InPlay) Count()
        {
            Host.LoadState(_start);
            long instructions = 0;
            int inPlay = 0;
            foreach (Buttons buttons in _course)
            {
                instructions += Host.Nes.CountInstructions((JoypadButtons)buttons);
                var frame = new MarioFrame(Host.ReadRam());
                inPlay += frame.IsInStage && frame.Routine == PlayerRoutine.Control ? 1 : 0;
            }

            return (instructions, inPlay);
        }
    }

    // Another game starts where three seconds of waiting lead; Start is then among the random buttons.
    private static bool TryBoot(NesHost host, out byte[] start)
    {
        const int wait = 180;
        try
        {
            start = Boot.ToStart(host, new EnvironmentSettings()).State;
            return true;
        }
        catch (StageStartException)
        {
            host.Nes.PowerOn();
            for (int i = 0; i < wait; i++)
            {
                host.FrameAdvance(Buttons.None, render: false);
            }

            start = host.SaveState();
            return false;
        }
    }

    private static void Repeat(Action action)
    {
        for (int i = 0; i < StateRepetitions; i++)
        {
            action();
        }
    }

    private static Buttons[] Course(bool withStart)
    {
        RandomStream random = new Seeds(1).Stream("bench emulate");
        var course = new Buttons[CourseFrames];
        for (int i = 0; i < course.Length; i++)
        {
            course[i] = i % HoldFrames == 0 ? Choices[random.NextInt(Choices.Length)] : course[i - 1];
            if (withStart && i % (10 * HoldFrames) == 0)
            {
                course[i] = Buttons.Start;
            }
        }

        return course;
    }

    private static double Measure(Action play, int count, double seconds)
    {
        // Until the JIT has settled on its best code.
        var warmUp = System.Diagnostics.Stopwatch.StartNew();
        while (warmUp.Elapsed.TotalSeconds < Math.Min(1, seconds))
        {
            play();
        }

        var rates = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            TimeSpan before = System.Environment.CpuUsage.UserTime;
            double used;
            int courses = 0;
            do
            {
                play();
                courses++;
                used = (System.Environment.CpuUsage.UserTime - before).TotalSeconds;
            }
            while (used < seconds / Rounds);
            rates[round] = (double)courses * count / used;
        }

        Array.Sort(rates);
        return rates[Rounds / 2];
    }
}
