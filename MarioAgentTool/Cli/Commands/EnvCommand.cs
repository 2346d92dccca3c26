using System.CommandLine;
using System.Globalization;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent env</c>: gym's environment without Python. Actions in, a line of JSON a step out.</summary>
internal static class EnvCommand
{
    private const string DefaultEnv = "SuperMarioBros-1-1-v0";

    private static readonly Argument<FileInfo?> Input = new("FILE")
    {
        Description = "Action numbers, one a line; - or nothing reads them from the standard input. What follows a # is skipped.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly WorldOptions World = new();
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<string?> Timing = CommonOptions.Region();
    private static readonly Option<string?> PresetName = new("--preset") { Description = "Steps as a preset's: its world, actions, skip and reward. Without it a step is one frame with gym's reward.", HelpName = "NAME" };
    private static readonly Option<string[]> Fix = new("--fix") { Description = "Mends one of the preset's quirks; may be repeated. mario-agent presets lists them.", HelpName = "NAME" };
    private static readonly Option<string?> Actions = new("--actions") { Description = "What the numbers mean: right-only, simple, complex, tutorial, or a list like none,right,right+A. Default: the preset's, else simple.", HelpName = "SET" };
    private static readonly Option<string[]> Set = new("--set") { Description = "A setting of the world by its path, such as environment.frameSkip=4; may be repeated.", HelpName = "KEY=VALUE" };
    private static readonly Option<int?> RandomSteps = CommonOptions.Number<int>("--random", "Draw this many actions instead of reading them.", "a whole number of steps from 1", n => n > 0);
    private static readonly Option<ulong?> Seed = CommonOptions.Number<ulong>("--seed", "Seed of random actions, stages, no-ops and sticky actions. Default: 1.", "a whole number from 0", _ => true);
    private static readonly Option<bool> Rich = new("--rich") { Description = "Add what we know beyond gym's ten keys." };

    public static Command Create()
    {
        var command = new Command("env", "A gym without Python: plays actions and writes, step by step, what gym-super-mario-bros 7.4.0 would return.") { Input };
        World.AddTo(command);
        foreach (Option option in new Option[] { Actions, PresetName, Fix, RandomSteps, Seed, Rich, Rom, Timing, Set })
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(RandomSteps) is not null && result.GetResult(Input) is { Tokens.Count: > 0 })
            {
                result.AddError("--random draws the actions; leave the file out, or --random");
            }
        });
        command.SetAction(parsed => Run(parsed));
        Examples.Set(command,
            ("mario-agent env --random 1000", "a thousand random steps of " + DefaultEnv),
            ("mario-agent env --env SuperMarioBros-4-2-v0 --rom smb.nes actions.txt", "the actions of a file, frame by frame"),
            ("yes 3 | head -300 | mario-agent env --rom smb.nes -", "five seconds of running right"),
            ("mario-agent env --preset right-only-dqn --fix death-unpaid --random 100", "steps of a notebook, one of its quirks mended"));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        EnvironmentSettings settings = Settings(parsed);
        GameRom rom = GameRom.Load(parsed.GetValue(Rom), CommonOptions.GetRegion(parsed, Timing));
        RomChecks.Demand(rom);
        Func<IFrameHost> newHost = rom.HostsFor(settings);
        var seeds = new Seeds(parsed.GetValue(Seed) ?? 1);
        var session = new GameSession(settings, Boot.ToStarts(newHost, settings), seeds.Stream("console"));
        IFrameHost host = newHost();
        session.Begin(host);
        RunToNextAction(session, host);

        using var output = new JsonTextWriter(Console.Out) { CloseOutput = false };
        long step = 0;
        int episode = 1;
        foreach (int action in ReadActions(parsed, session.Actions, seeds))
        {
            // The rich facts are of the frame gym's info is of, which the session may have left behind by the time it asks again.
            StageId stage = session.Start.Stage;
            session.Act(action);
            var facts = parsed.GetValue(Rich) ? new RichFacts() : null;
            RunToNextAction(session, host, facts);
            Write(output, ++step, episode, stage, action, session, facts);
            episode += session.Step.End == EpisodeEnd.None ? 0 : 1;
        }

        return CommandLine.Success;
    }

    private static EnvironmentSettings Settings(ParseResult parsed)
    {
        var run = new RunSettings();
        string[] fixes = parsed.GetValue(Fix) ?? [], set = parsed.GetValue(Set) ?? [];
        if (parsed.GetValue(PresetName) is { } preset)
        {
            run = Fixes.Apply(Presets.Get(preset).Settings, fixes);
            run = run with { Environment = World.In(run.Environment, parsed) };
        }
        else if (fixes.Length > 0)
        {
            throw new SettingsException($"--fix {fixes[0]} mends a preset's quirk; say which preset's with --preset.");
        }
        else
        {
            EnvironmentSettings gym = new() { FrameSkip = 1, NoOpStarts = 0, Reward = new() { Kind = RewardKind.Gym } };
            string id = parsed.GetValue(Stages(parsed)) is null ? DefaultEnv : "SuperMarioBrosRandomStages-v0";
            run = run with { Environment = World.In(EnvironmentId.Parse(id).In(gym), parsed) };
        }

        run = run with { Environment = run.Environment with { ActionSet = parsed.GetValue(Actions) ?? run.Environment.ActionSet } };
        run = SettingsFile.With(run, set);
        if (set.FirstOrDefault(s => !s.TrimStart().StartsWith("environment.", StringComparison.OrdinalIgnoreCase)) is { } other)
        {
            throw new SettingsException($"--set {other}: env plays a world and learns nothing; expected a setting that begins with environment.");
        }

        run.Validate();
        return run.Environment;
    }

    private static Option<string?> Stages(ParseResult parsed) => parsed.GetValue(World.Env) is null ? World.Stages : World.Env;

    private static IEnumerable<int> ReadActions(ParseResult parsed, ActionSet actions, Seeds seeds)
    {
        if (parsed.GetValue(RandomSteps) is { } count)
        {
            RandomStream random = seeds.Stream("actions");
            for (int i = 0; i < count; i++)
            {
                yield return random.NextInt(actions.Count);
            }

            yield break;
        }

        FileInfo? file = parsed.GetValue(Input);
        bool fromFile = file is not null && file.Name != "-";
        using TextReader reader = fromFile ? file!.OpenText() : Console.In;
        string source = fromFile ? file!.Name : "the standard input";
        int line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            int comment = text.IndexOf('#');
            text = (comment < 0 ? text : text[..comment]).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            yield return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int action) && action < actions.Count
                ? action
                : throw new InvalidDataException($"{source}, line {line}: {text} is no action; expected 0 to {actions.Count - 1} ({actions.Name}).");
        }
    }

    private static void RunToNextAction(GameSession session, IFrameHost host, RichFacts? facts = null)
    {
        while (!session.AwaitsAction)
        {
            bool isHeld = session.IsHolding;
            host.FrameAdvance(session.Buttons, session.WantsScreen);
            if (isHeld)
            {
                facts?.Take(new MarioFrame(host.ReadRam()));
            }

            session.AfterFrame(host);
        }
    }

    private static void Write(JsonTextWriter output, long step, int episode, StageId stage, int action, GameSession session, RichFacts? facts)
    {
        GymInfo info = session.Info;
        StepResult result = session.Step;
        output.WriteStartObject();
        Property("step", step);
        Property("episode", episode);
        Property("start", stage.ToString());
        Property("action", action);
        output.WritePropertyName("info");
        output.WriteStartObject();
        Property("coins", info.Coins);
        Property("flag_get", info.FlagGet);
        Property("life", info.Life);
        Property("score", info.Score);
        Property("stage", info.Stage);
        Property("status", info.Status);
        Property("time", info.Time);
        Property("world", info.World);
        Property("x_pos", info.XPos);
        Property("y_pos", info.YPos);
        output.WriteEndObject();
        facts?.Write(output);
        Property("reward", result.Reward);
        Property("done", result.End != EpisodeEnd.None);
        Property("end", IntervalTally.NameOf(result.End));
        output.WriteEndObject();
        output.WriteWhitespace("\n");
        output.Flush();

        void Property(string name, object value)
        {
            output.WritePropertyName(name);
            output.WriteValue(value);
        }
    }
}
