using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using NesCoreShim;

namespace MarioAgentTool.Cli.Commands;

/// <summary>
/// How fast the core runs stage 1-1 under random buttons, always the same ones. One console on one thread; by user CPU time,
/// so that busy neighbours matter less; the median of five rounds. Any other game takes random buttons where it stands after three seconds.
/// </summary>
internal static class EmulateBenchmark
{
    private const int Rounds = 5, CourseFrames = 600, HoldFrames = 12, StateRepetitions = 1000;

    private static readonly Buttons[] Choices =
        [Buttons.None, Buttons.Right, Buttons.Right | Buttons.A, Buttons.Right | Buttons.B, Buttons.Right | Buttons.A | Buttons.B, Buttons.A, Buttons.Left];

    public static IReadOnlyList<Measurement> Run(GameRom rom, double seconds)
    {
        var host = rom.NewNesHost();
        bool isMario = TryBoot(host, out byte[] start);
        Buttons[] course = Course(withStart: !isMario);
        var state = new byte[host.Nes.StateSize];

        void Play(bool render)
        {
            host.LoadState(start);
            foreach (Buttons buttons in course)
            {
                host.FrameAdvance(buttons, render);
            }
        }

        long skippedBefore = host.Nes.SkippedCycles, allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Play(render: true);
        double skipped = host.Nes.SkippedCycles - skippedBefore, allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        (double cycles, double instructions, double inPlay) = Count(host, start, course);

        double quiet = Measure(() => Play(render: false), CourseFrames, seconds), video = Measure(() => Play(render: true), CourseFrames, seconds);
        double save = Measure(() => Repeat(() => host.Nes.SaveState(state)), StateRepetitions, seconds);
        double load = Measure(() => Repeat(() => host.Nes.LoadState(state)), StateRepetitions, seconds);
        var measurements = new List<Measurement>
        {
            new($"{rom.Name}, no video", quiet, "frames/s"),
            new($"{rom.Name}, video every frame", video, "frames/s"),
            new("one save of a state", 1e6 / save, "us"),
            new("one load of a state", 1e6 / load, "us"),
            new("bytes of a state", host.Nes.StateSize, "bytes"),
            new("CPU cycles skipped in idle loops", 100 * skipped / cycles, "%"),
            new("instructions in a frame, idle loops included", instructions / CourseFrames, ""),
            new("allocated in a frame", allocated / CourseFrames, "bytes"),
        };
        if (isMario)
        {
            measurements.Add(new("frames in which Mario is under control", 100 * inPlay / CourseFrames, "%"));
        }

        return measurements;
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

    private static (double Cycles, double Instructions, double InPlay) Count(NesHost host, byte[] start, Buttons[] course)
    {
        host.LoadState(start);
        long cycles = host.Nes.CpuCycles, instructions = 0;
        int inPlay = 0;
        foreach (Buttons buttons in course)
        {
            instructions += host.Nes.CountInstructions((JoypadButtons)buttons);
            var frame = new MarioFrame(host.ReadRam());
            inPlay += frame.IsInStage && frame.Routine == PlayerRoutine.Control ? 1 : 0;
        }

        return (host.Nes.CpuCycles - cycles, instructions, inPlay);
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
