using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent eval</c>: examines a run's best network on fresh episodes, stage by stage, under both protocols.</summary>
internal static class EvalCommand
{
    private const int DefaultEpisodes = 100, DefaultNoOps = 30;
    private const double DefaultSticky = 0.25;

    private static readonly string[] ProtocolNames = ["no-op", "sticky"];

    private static readonly Argument<DirectoryInfo> Run = CommonOptions.Run();
    private static readonly Option<int?> Episodes = CommonOptions.Number<int>("--episodes", $"How many to play of each stage, under each protocol. Default: {DefaultEpisodes}.", "a whole number of episodes from 1", n => n > 0);
    private static readonly Option<string?> Only = new("--only")
    {
        Description = "One protocol alone: no-op (random waiting, then undisturbed) or sticky (the previous action held on at random). Default: both.",
        HelpName = "NAME",
        Validators =
        {
            result =>
            {
                if (!ProtocolNames.Contains(result.Tokens[0].Value))
                {
                    result.AddError($"--only {result.Tokens[0].Value} is unknown. {Suggestion.Sentence(result.Tokens[0].Value, ProtocolNames)}");
                }
            },
        },
    };

    private static readonly Option<int?> NoOps = CommonOptions.Number<int>("--noops", $"Most frames of waiting before each episode; drawn anew for each. Default: {DefaultNoOps}.", "a whole number of frames from 0 to 600", n => n is >= 0 and <= 600);
    private static readonly Option<double?> Sticky = CommonOptions.Number<double>("--sticky", "Chance per step that the previous action is held on instead, in the sticky protocol. Default: 0.25.", "a chance above 0 and below 1 (for none, --only no-op)", p => p is > 0 and < 1);
    private static readonly Option<ulong?> Seed = CommonOptions.Number<ulong>("--seed", "Seed of the episodes. Default: 1000.", "a whole number from 0", _ => true);
    private static readonly Option<int?> Threads = CommonOptions.Number<int>("--threads", "Threads; the result is the same on any number. Default: one a core.", "a whole number of threads from 1 to 1024", n => n is >= 1 and <= 1024);
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly WorldOptions World = new();
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text." };

    public static Command Create()
    {
        var command = new Command("eval", "Plays a run's best network greedily on fresh episodes, and counts the clears of each stage.") { Run, Episodes, Only, NoOps, Sticky, Seed, Threads, Rom, Json };
        World.AddTo(command);
        command.SetAction(parsed => Evaluate(parsed));
        Examples.Set(command,
            ("mario-agent eval runs/<run>", "100 episodes of each of the run's stages, under both protocols"),
            ("mario-agent eval runs/<run> --only sticky", "the harder of the two alone"),
            ("mario-agent eval runs/<run> --stages 1-1,1-3", "how it does on these stages"),
            ("mario-agent eval runs/<run> --env SuperMarioBros-1-1-v0 --only no-op --noops 0", "under gym's conduct, every episode from gym's first frame"),
            ("mario-agent eval runs/<run> --episodes 1000 --json", "for a script"));
        return command;
    }

    private static int Evaluate(ParseResult parsed)
    {
        RunFolder folder = RunFolder.Open(parsed.GetRequiredValue(Run).FullName);
        RunSettings settings = folder.ReadSettings();
        settings = settings with { Environment = World.In(settings.Environment, parsed), Threads = parsed.GetValue(Threads) ?? 0 };
        settings.Validate();
        GameRom rom = GameRom.LoadFor(settings, parsed.GetValue(Rom));
        int noOps = parsed.GetValue(NoOps) ?? DefaultNoOps, episodes = parsed.GetValue(Episodes) ?? DefaultEpisodes;
        ulong seed = parsed.GetValue(Seed) ?? 1000;
        Protocol[] protocols = [Protocol.NoOp(noOps), Protocol.StickyActions(noOps, (float)(parsed.GetValue(Sticky) ?? DefaultSticky))];
        string? only = parsed.GetValue(Only);

        using TrainedAgent agent = TrainedAgent.Load(folder, settings, rom.HostsFor(settings.Environment));
        var results = new List<StageResult>();
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < protocols.Length; i++)
        {
            if (only is null || only == ProtocolNames[i])
            {
                results.AddRange(StageResult.Of(protocols[i], agent.Play(episodes, protocols[i], seed)));
            }
        }

        watch.Stop();
        StageResult[] byStage = [.. results.OrderBy(r => r.Stage, StringComparer.Ordinal)];

        // Weights that another program wrote need not say how long they were trained.
        agent.Origin.TryGetValue("steps", out string? steps);
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(new JObject
            {
                ["run"] = folder.Path,
                ["game"] = rom.Name,
                ["world"] = settings.Environment.WorldName,
                ["steps_trained"] = long.TryParse(steps, NumberStyles.None, CultureInfo.InvariantCulture, out long trained) ? trained : null,
                ["seed"] = seed,
                ["results"] = new JArray(byStage.Select(r => r.ToJson())),
                ["clock"] = new JObject { ["seconds"] = watch.Elapsed.TotalSeconds, ["frames"] = agent.Frames, ["frames_per_second"] = agent.Frames / watch.Elapsed.TotalSeconds },
            }.ToString(Formatting.Indented));
            return CommandLine.Success;
        }

        Console.WriteLine(FormattableString.Invariant($"""
            Network  {folder.Path}, after {steps ?? "an unknown number of"} steps
            Game     {rom.Name}, {settings.Environment.WorldName}
            Play     greedy, {episodes} fresh episodes a line, after 0-{noOps} frames of waiting, seed {seed}

            """));
        foreach (string line in StageResult.Table(byStage))
        {
            Console.WriteLine(line);
        }

        Console.WriteLine();
        Console.WriteLine(RunSummary.Cost(agent.Frames, watch.Elapsed.TotalSeconds));
        return CommandLine.Success;
    }
}
