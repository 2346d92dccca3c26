using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary>
/// How fast the core runs stage 1-1 under random buttons, always the same ones. One console on one thread; by user CPU time,
/// so that busy neighbours matter less; the median of five rounds.
/// </summary>
internal static class EmulateBenchmark
{
    private const int Rounds = 5, CourseFrames = 600, HoldFrames = 12;

    private static readonly Buttons[] Choices =
        [Buttons.None, Buttons.Right, Buttons.Right | Buttons.A, Buttons.Right | Buttons.B, Buttons.Right | Buttons.A | Buttons.B, Buttons.A, Buttons.Left];

    public static IReadOnlyList<Measurement> Run(GameRom rom, double seconds)
    {
        var host = rom.NewNesHost();
        StartState start = Boot.ToStart(host, new EnvironmentSettings());
        Buttons[] course = Course();
        var state = new byte[host.Nes.StateSize];

        void Play(bool render, bool freeze)
        {
            host.LoadState(start.State);
            foreach (Buttons buttons in course)
            {
                host.FrameAdvance(buttons, render);
                if (freeze)
                {
                    host.Nes.SaveState(state);
                    host.Nes.LoadState(state);
                }
            }
        }

        double quiet = Measure(() => Play(render: false, freeze: false), seconds), video = Measure(() => Play(render: true, freeze: false), seconds);
        double frozen = Measure(() => Play(render: false, freeze: true), seconds);
        return
        [
            new($"{rom.Name}, no video", quiet, "frames/s"),
            new($"{rom.Name}, video every frame", video, "frames/s"),
            new($"{rom.Name}, state saved and loaded every frame", frozen, "frames/s"),
            new("one save and load of a state", 1e6 / frozen - 1e6 / quiet, "us"),
            new("bytes of a state", host.Nes.StateSize, "bytes"),
        ];
    }

    private static Buttons[] Course()
    {
        RandomStream random = new Seeds(1).Stream("bench emulate");
        var course = new Buttons[CourseFrames];
        for (int i = 0; i < course.Length; i++)
        {
            course[i] = i % HoldFrames == 0 ? Choices[random.NextInt(Choices.Length)] : course[i - 1];
        }

        return course;
    }

    private static double Measure(Action play, double seconds)
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
            rates[round] = courses * CourseFrames / used;
        }

        Array.Sort(rates);
        return rates[Rounds / 2];
    }
}
