using System.Globalization;
using System.CommandLine;
using MarioAgentTool.Environment;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent eval</c>: examines a run's best network on fresh episodes.</summary>
internal static class EvalCommand
{
    private const int DefaultEpisodes = 100, DefaultNoOps = 30;

    private static readonly Argument<DirectoryInfo> Run = CommonOptions.Run();
    private static readonly Option<int?> Episodes = CommonOptions.Number<int>("--episodes", $"How many to play. Default: {DefaultEpisodes}.", "a whole number of episodes from 1", n => n > 0);
    private static readonly Option<int?> NoOps = CommonOptions.Number<int>("--noops", $"Most frames of waiting before each episode; drawn anew for each. Default: {DefaultNoOps}.", "a whole number of frames from 0 to 600", n => n is >= 0 and <= 600);
    private static readonly Option<double?> Sticky = CommonOptions.Number<double>("--sticky", "Chance that the previous action is held on instead. Default: 0.", "a chance from 0 to less than 1", p => p is >= 0 and < 1);
    private static readonly Option<ulong?> Seed = CommonOptions.Number<ulong>("--seed", "Seed of the episodes. Default: 1000.", "a whole number from 0", _ => true);
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly WorldOptions World = new();
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text." };

    public static Command Create()
    {
        var command = new Command("eval", "Plays a run's best network greedily on fresh episodes and counts the clears.") { Run, Episodes, NoOps, Sticky, Seed, Rom, Json };
        World.AddTo(command);
        command.SetAction(parsed => Evaluate(parsed));
        Examples.Set(command,
            ("mario-agent eval runs/<run>", "100 episodes after 0-30 frames of waiting"),
            ("mario-agent eval runs/<run> --sticky 0.25", "the harder examination"),
            ("mario-agent eval runs/<run> --env SuperMarioBros-1-1-v0 --noops 0", "under gym's conduct, every episode from gym's first frame"),
            ("mario-agent eval runs/<run> --episodes 1000 --json", "for a script"));
        return command;
    }

    private static int Evaluate(ParseResult parsed)
    {
        RunFolder folder = RunFolder.Open(parsed.GetRequiredValue(Run).FullName);
        RunSettings settings = folder.ReadSettings();
        settings = settings with { Environment = World.In(settings.Environment, parsed) };
        settings.Validate();
        GameRom rom = GameRom.LoadFor(settings, parsed.GetValue(Rom));
        int noOps = parsed.GetValue(NoOps) ?? DefaultNoOps;
        float sticky = (float)(parsed.GetValue(Sticky) ?? 0);
        using TrainedAgent agent = TrainedAgent.Load(folder, settings, rom.HostsFor(settings.Environment));
        IReadOnlyList<PlayedEpisode> played = agent.Play(parsed.GetValue(Episodes) ?? DefaultEpisodes, noOps, sticky, parsed.GetValue(Seed) ?? 1000);

        // Weights that another program wrote need not say how long they were trained.
        agent.Origin.TryGetValue("steps", out string? steps);
        int clears = played.Count(p => p.Cleared);
        (double low, double high) = Wilson(clears, played.Count);
        IEnumerable<(string End, int Count)> ends = played.GroupBy(p => p.End).OrderByDescending(g => g.Count()).Select(g => (IntervalTally.NameOf(g.Key), g.Count()));
        PlayedEpisode[] cleared = [.. played.Where(p => p.Cleared)];
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(new JObject
            {
                ["run"] = folder.Path,
                ["game"] = rom.Name,
                ["world"] = settings.Environment.WorldName,
                ["steps_trained"] = long.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out long trained) ? trained : null,
                ["episodes"] = played.Count,
                ["noops"] = noOps,
                ["sticky"] = sticky,
                ["clears"] = clears,
                ["clear_rate"] = clears / (double)played.Count,
                ["clear_rate_95"] = new JArray(low, high),
                ["ends"] = new JObject(ends.Select(e => new JProperty(e.End, e.Count))),
                ["reward"] = played.Average(p => (double)p.Reward),
                ["furthest_x"] = played.Average(p => (double)p.FurthestX),
                ["clear_frames"] = cleared.Length == 0 ? null : cleared.Average(p => (double)p.Frames),
            }.ToString(Formatting.Indented));
            return CommandLine.Success;
        }

        Console.WriteLine(FormattableString.Invariant($"""
            Network       {folder.Path}, after {steps ?? "an unknown number of"} steps
            Game          {rom.Name}, {settings.Environment.WorldName}
            Episodes      {played.Count}, greedy, after 0-{noOps} frames of waiting, {(sticky == 0 ? "no sticky actions" : $"sticky actions {sticky:0.##}")}
            Cleared       {clears} ({100.0 * clears / played.Count:0.#} %; 95 % sure of {100 * low:0}-{100 * high:0} %)
            Endings       {string.Join(", ", ends.Select(e => $"{e.End} {e.Count}"))}
            Furthest x    {played.Average(p => (double)p.FurthestX):0} on average, {played.Min(p => p.FurthestX)} at worst
            Reward        {played.Average(p => (double)p.Reward):0.0} on average
            """));
        if (cleared.Length > 0)
        {
            Console.WriteLine(FormattableString.Invariant($"Clear takes   {cleared.Average(p => (double)p.Frames):0} frames on average, {cleared.Min(p => p.Frames)} at best"));
        }

        return CommandLine.Success;
    }

    // Wilson (1927): the interval for a proportion that stays sensible at 0 and at n of n.
    private static (double Low, double High) Wilson(int successes, int n)
    {
        const double Z = 1.96;
        double p = successes / (double)n, centre = p + Z * Z / (2 * n), spread = Z * Math.Sqrt((p * (1 - p) + Z * Z / (4 * n)) / n);
        return ((centre - spread) / (1 + Z * Z / n), (centre + spread) / (1 + Z * Z / n));
    }
}
