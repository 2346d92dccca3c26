using System.Text.RegularExpressions;
using MarioAgentTool.Cli;
using MarioAgentTool.Cli.Lua;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Environment;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Tests.Cli;
using MarioAgentTool.Tests.Cli.Lua;
using MarioAgentTool.Training;
using NesCoreShim.Movies;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Lua;

/// <summary>Every script in <c>Lua/</c>, on Trail, through the headless host.</summary>
[NonParallelizable]
public class ScriptTests
{
    private const string Runner = """
        local turn = 0
        event.onframestart(function()
            turn = turn + 1
            local mode = mainmemory.read_u8(0x770)
            joypad.set({ Start = mode == 0 and turn % 2 == 0, Right = mode == 1, B = mode == 1, A = mode == 1 and turn % 60 < 30 }, 1)
        end)
        dofile(userdata.get("script"))
        """;

    /// <summary>
    /// A small network that clears 1-1. Should Trail or the observation change, train another:
    /// <c>mario-agent train --threads 1 --set pqn.network.hiddenUnits=32 --out R</c>, and copy settings.json and best.safetensors.
    /// </summary>
    private static readonly string Clearer = Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Lua", "clearer");

    private TemporaryFolder _folder = null!;

    private static string Script(string name) => Path.Combine(Repository.Root, "Lua", name + ".lua");

    private string Policy => _folder["policy.lua"];

    [OneTimeSetUp]
    public void Export()
    {
        _folder = new TemporaryFolder();
        (int code, string output, string error) = CommandLineTests.Run("weights", "export", Clearer, "--out", Policy);
        Assert.That(code, Is.Zero, error);
        Assert.That(output, Does.Contain("mario_play.lua"));
    }

    [OneTimeTearDown]
    public void Clean() => _folder.Dispose();

    // ---- play

    [Test]
    public void The_policy_clears_the_stage_with_the_very_buttons_of_the_agent()
    {
        (IReadOnlyList<Buttons> expected, EpisodeSummary episode) = PlayAsTheAgent(Clearer);
        Assert.That(episode.End, Is.EqualTo(EpisodeEnd.FlagReached), "the network in Lua/clearer no longer clears 1-1; train another");

        using LuaRun run = new();
        run.Host.SetUserData("policy", Policy);
        run.Host.Start(Script("mario_play"));
        var held = new List<Buttons>();
        while (held.Count < expected.Count)
        {
            run.Host.Movie.Record(Path.Combine(run.Folder, "frame.bk2"));
            run.Host.Step();
            held.Add((Buttons)run.Host.Movie.FrameAt(0)!.Value.Pad1);
        }

        Assert.That(held, Is.EqualTo(expected));
        Assert.That(run.Output, Does.Contain($"1-1: FlagReached after {episode.Steps} steps, {episode.Frames} frames, reward {episode.Reward:F2}"));
    }

    [TestCase(false, false, 1, false, PqnEstimate.Mean)]
    [TestCase(true, false, 1, true, PqnEstimate.Histogram)]
    [TestCase(false, true, 3, false, PqnEstimate.Mean)]
    [TestCase(true, true, 1, false, PqnEstimate.Histogram)]
    public void Networks_of_every_shape_choose_as_the_agent_does(bool layerNorm, bool dueling, int stack, bool place, PqnEstimate estimate)
    {
        var settings = new RunSettings
        {
            Environment = new() { Tiles = new() { Stack = stack, Place = place, Planes = place ? TilePlanes.Separate : TilePlanes.Folded }, ActionSet = "complex", FrameSkip = 3 },
            Pqn = new() { Estimate = estimate, Network = new() { HiddenLayers = 3, HiddenUnits = 24, LayerNorm = layerNorm, Dueling = dueling } },
        };
        string run = ARun(settings);
        string policy = _folder[Path.GetFileName(run) + ".lua"];
        Assert.That(CommandLineTests.Run("weights", "export", run, "--out", policy).Code, Is.Zero);

        (IReadOnlyList<Buttons> expected, _) = PlayAsTheAgent(run, frames: 600);
        using LuaRun lua = new();
        lua.Host.SetUserData("policy", policy);
        lua.Host.Movie.Record(Path.Combine(lua.Folder, "a.bk2"));
        lua.RunFile(Script("mario_play"), expected.Count);
        Assert.That(Enumerable.Range(0, expected.Count).Select(i => (Buttons)lua.Host.Movie.FrameAt(i)!.Value.Pad1), Is.EqualTo(expected));
        Assert.That(expected.Distinct().Count(), Is.GreaterThan(1), "more than one action is chosen");
    }

    [Test]
    public void A_network_that_Lua_cannot_play_is_refused_where_that_is_known()
    {
        string pictures = ARun(new RunSettings { Environment = new() { Observation = ObservationKind.Pixels } });
        Assert.That(CommandLineTests.Run("weights", "export", pictures, "--out", Policy).Error, Does.Contain("sees Pixels, and Lua plays networks that see tiles; use the plug-in"));
        Assert.That(CommandLineTests.Run("weights", "export", Path.Combine(Clearer, "best.safetensors"), "--out", Policy).Error, Does.Contain("is a weights file").And.Contain("give the run's folder"));

        string large = ARun(new RunSettings { Pqn = new() { Network = new() { HiddenUnits = 1024 } } }), policy = _folder["large.lua"];
        Assert.That(CommandLineTests.Run("weights", "export", large, "--out", policy).Code, Is.Zero);
        Assert.That(PlayFails(policy), Does.Match(@"large\.lua: the network takes \d+ multiplications a decision, and Lua keeps up to \d+ at full speed; train a smaller one"));

        string text = File.ReadAllText(Policy);
        Assert.That(PlayFails(Written("a.lua", text.Replace("format = 1", "format = 9"))), Does.Contain("format 9; these scripts read format 1"));
        Assert.That(PlayFails(Written("b.lua", text.Replace("kind = \"norm\"", "kind = \"convolution\""))), Does.Contain("layer 2 is convolution; Lua plays networks of linear layers"));
        Assert.That(PlayFails(Written("c.lua", text.Replace("kind = \"tiles\"", "kind = \"pixels\""))), Does.Contain("the network sees pixels"));
        Assert.That(PlayFails(Written("d.lua", "return 5")), Does.Contain("this is no exported network; write one with mario-agent weights export"));
        Assert.That(PlayFails(Written("e.lua", Regex.Replace(text, "outputs = 32", "outputs = 31"))), Does.Contain("numbers; expected").And.Contain("Export the network anew"));
        Assert.That(PlayFails(_folder["none.lua"]), Does.Contain("none.lua").And.Contain("mario-agent weights export RUN --out policy.lua writes one"));
    }

    // ---- record

    [Test]
    public void A_clear_is_written_as_a_movie_that_replays_to_the_clear()
    {
        using LuaRun run = new();
        run.Host.SetUserData("policy", Policy);
        run.Host.SetUserData("out", Path.Combine(run.Folder, "clear.bk2"));
        run.RunFile(Script("mario_record"));
        Assert.That(run.Output, Does.Match(@"1-1: FlagReached after \d+ frames\nCleared on try 1; .*clear\.bk2 holds \d+ frames"));
        RequireClear(Path.Combine(run.Folder, "clear.bk2"));

        Movie movie = MovieFile.Load(Path.Combine(run.Folder, "clear.bk2"));
        Assert.That((movie.Core, movie.Rom.Sha1, movie.IsPal, movie.Comments.Count), Is.EqualTo(("NesHawk", GameRom.Load(file: null).Cartridge.Sha1, false, 1)));
        Assert.That(movie.Frames[^1].Commands, Is.EqualTo(MovieCommands.None));
    }

    [Test]
    public void While_the_user_records_the_clear_is_saved_in_his_movie()
    {
        using LuaRun run = new();
        string path = Path.Combine(run.Folder, "mine.bk2");
        run.Host.Movie.Record(path);
        run.Host.SetUserData("policy", Policy);
        run.RunFile(Script("mario_record"));
        Assert.That(run.Output, Does.Contain("Cleared; the movie is saved as"));
        RequireClear(path);
    }

    [Test]
    public void A_stage_that_is_never_cleared_is_given_up_after_as_many_tries_as_wanted()
    {
        string run = ARun(new RunSettings { Pqn = new() { Network = new() { HiddenUnits = 8 } } });
        string policy = _folder["poor.lua"];
        CommandLineTests.Run("weights", "export", run, "--out", policy);
        (int code, string output, string error) = CommandLineTests.Run("lua", Script("mario_record"), "--userdata", $"policy:{policy};tries:2");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("the stage was not cleared in 2 tries"));
        Assert.That(output.Split('\n').Count(l => l.StartsWith("1-1: ", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    // ---- states

    [Test]
    public void A_state_is_made_for_every_stage_the_game_has_and_is_the_agents_start()
    {
        using LuaRun run = new();
        string folder = Path.Combine(run.Folder, "starts");
        run.Host.SetUserData("folder", folder);
        run.RunFile(Script("mario_states"));

        var has = new Dictionary<StageId, byte[]>();
        foreach (StageId stage in StageId.All)
        {
            NesFrameHost host = NesFrameHost.WithTrail();
            var starter = new StageStarter(stage.World, stage.Stage);
            try
            {
                while (!starter.IsStarted)
                {
                    host.FrameAdvance(starter.Buttons, render: false);
                    starter.AfterFrame(host);
                }

                has[stage] = host.ReadRam().ToArray();
            }
            catch (StageStartException)
            {
                Assert.That(run.Output, Does.Contain($"{stage} is left out: "));
            }
        }

        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileNameWithoutExtension), Is.EquivalentTo(has.Keys.Select(s => s.ToString())));
        foreach ((StageId stage, byte[] ram) in has)
        {
            run.Run($"savestate.load([[{Path.Combine(folder, stage + ".State")}]])");
            Assert.That(run.Host.Nes.Ram[RamMap.Tiles..].SequenceEqual(ram.AsSpan(RamMap.Tiles)), Is.True, $"{stage}, from the tiles on");
            Assert.That(new MarioFrame(run.Host.Nes.Ram).IsListening, Is.True);
        }
    }

    [Test]
    public void A_stage_that_is_none_is_refused() => Assert.That(
        CommandLineTests.Run("lua", Script("mario_states"), "--userdata", "stages:1-1,9-9").Error, Does.Contain("'9-9' is no stage; expected world-stage from 1-1 to 8-4"));

    // ---- log

    [Test]
    public void A_log_is_read_back_and_agrees_with_the_environment()
    {
        string log = Log(frames: 1500);
        (int code, string output, string error) = CommandLineTests.Run("rom", "--log", log);
        Assert.That(code, Is.Zero, output + error);
        Assert.That(output, Does.Match(@"Episodes +[1-9]").And.Match(@"Hit [1-9]").And.Contain("Checked       rewards, endings and observations are as RAM gives them"));
        Assert.That(File.ReadLines(log).Count(), Is.GreaterThan(80));
    }

    [TestCase("reward", "0.5", "the reward is 0.500000, and by RAM ")]
    [TestCase("end", "\"Fell\"", "the step ends as Fell, and by RAM as None")]
    [TestCase("buttons", "[0]", "expected one or more, and as many of both", false)]
    [TestCase("ram", "\"AAAA\"", "\"ram\" is not 2048 bytes", false)]
    [TestCase("observation", "\"AAAA\"", "the observation has 3 bytes; expected 1062")]
    [TestCase("frames", "[\"zz\"]", "is not 11 bytes in hex", false)]
    public void The_first_difference_is_shown_with_its_line(string key, string value, string message, bool compared = true)
    {
        string log = Log(frames: 500);
        string[] lines = File.ReadAllLines(log);
        JObject line = JObject.Parse(lines[5]);
        line[key] = JToken.Parse(value);
        lines[5] = line.ToString(Newtonsoft.Json.Formatting.None);
        File.WriteAllLines(log, lines);

        (int code, string output, string error) = CommandLineTests.Run("rom", "--log", log);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(compared ? output : error, Does.Contain("line 6: ").And.Contain(message));
    }

    [Test]
    public void A_missing_frame_and_another_game_are_noticed()
    {
        string log = Log(frames: 500);
        string[] lines = File.ReadAllLines(log);
        JObject line = JObject.Parse(lines[5]);
        ((JArray)line["frames"]!).RemoveAt(0);
        ((JArray)line["buttons"]!).RemoveAt(0);
        File.WriteAllLines(log, [.. lines[..5], line.ToString(Newtonsoft.Json.Formatting.None), .. lines[6..]]);
        Assert.That(CommandLineTests.Run("rom", "--log", log).Output, Does.Contain("line 6: the step has 3 frames, and goes on"));

        File.WriteAllLines(log, lines.Skip(1));
        Assert.That(CommandLineTests.Run("rom", "--log", log).Error, Does.Contain("the first line is not {\"log\":1,…}"));
        File.WriteAllText(log, "x");
        Assert.That(CommandLineTests.Run("rom", "--log", log).Error, Does.Contain("line 1: no JSON object"));
        Assert.That(CommandLineTests.Run("rom", "--log", log + "x").Error, Does.Contain("does not exist; expected what Lua/mario_log.lua wrote"));
    }

    [Test]
    public void A_loaded_state_and_a_stall_end_the_episode()
    {
        using LuaRun run = new();
        string log = Path.Combine(run.Folder, "a.jsonl");
        run.Host.SetUserData("script", Script("mario_log"));
        run.Host.SetUserData("log", log);
        run.Run("""
            local turn = 0
            event.onframestart(function()
                turn = turn + 1
                joypad.set({ Start = mainmemory.read_u8(0x770) == 0 and turn % 2 == 0 }, 1)
                if turn == 700 then savestate.saveslot(1) end
                if turn == 720 then savestate.loadslot(1) end
            end)
            dofile(userdata.get("script"))
            """, turns: 900);
        run.Host.Finish();
        JObject[] lines = [.. File.ReadLines(log).Select(JObject.Parse)];
        Assert.That(lines.Count(l => (string?)l["end"] == "Stalled"), Is.EqualTo(1), "90 steps of standing about");
        Assert.That(lines.Count(l => l.ContainsKey("episode")), Is.EqualTo(3), "at first, after the stall, after the state");
        Assert.That(CommandLineTests.Run("rom", "--log", log).Code, Is.Zero);
    }

    // ---- HUD

    [Test]
    public void The_HUD_names_the_title_screen()
    {
        using LuaRun run = new();
        run.RunFile(Script("mario_hud"), turns: 60);
        Assert.That(run.Host.Shapes.Select(s => s.Text), Is.EqualTo(new[] { "title" }));
    }

    [Test]
    public void The_HUD_tells_what_RAM_holds_and_hides_part_by_part()
    {
        using LuaRun run = new();
        run.Host.SetUserData("script", Script("mario_hud"));
        run.Run(Runner, turns: 190);
        var frame = new MarioFrame(run.Host.Nes.Ram);
        Assert.That(frame.IsInStage, Is.True);
        string[] texts = [.. run.Host.Shapes.Where(s => s.Kind == "text").Select(s => s.Text)];
        Assert.That(texts.Take(4), Is.EqualTo(new[]
        {
            $"1-1  playing, {frame.FloatState switch { FloatState.Ground => "ground", FloatState.Jumping => "jump", _ => "fall" }}",
            $"x {frame.LevelX}.{frame.XSubpixel:X2}  y {frame.Y}",
            $"speed {frame.XSpeed:+0;-0;+0}, {frame.YSpeed:+0;-0;+0}",
            $"small  lives {frame.Lives}  time {frame.Time}",
        }));
        Assert.That(texts[4], Does.Match(@"^step \d+  reward [+-]\d"));
        int left = frame.LevelX - frame.ScreenLeft, top = frame.Y + 16 - LuaHost.FirstLine;
        Assert.That(run.Host.Shapes.Any(s => (s.Kind, s.X1, s.Y1, s.X2, s.Y2) == ("box", left, top, left + 15, top + 15)), Is.True, "Mario's box");

        int all = Press(run, "X"), withoutGrid = Press(run, "G"), withoutBoxes = Press(run, "E"), withoutReward = Press(run, "R");
        Assert.That(withoutGrid, Is.LessThan(all - 17), "the ground alone is a row of cells");
        Assert.That(withoutBoxes, Is.LessThan(withoutGrid));
        Assert.That(withoutReward, Is.EqualTo(4), "the state alone");
        Assert.That(Press(run, "H"), Is.Zero);
        Assert.That(Press(run, "H"), Is.EqualTo(4));
    }

    // Held for a turn, let go for one: shapes then.
    private static int Press(LuaRun run, string key)
    {
        run.Host.Keys.Add(key);
        run.Host.Step();
        run.Host.Keys.Clear();
        run.Host.Step();
        return run.Host.Shapes.Count;
    }

    [Test]
    public void Every_script_says_what_it_does_and_how_to_run_it()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "Lua", "README.md"));
        foreach (string path in Directory.GetFiles(Path.Combine(Repository.Root, "Lua"), "*.lua"))
        {
            string[] header = [.. File.ReadLines(path).TakeWhile(l => l.StartsWith("--", StringComparison.Ordinal))];
            Assert.That(header.Length, Is.GreaterThan(4), path);
            Assert.That(string.Join('\n', header), Does.Contain("To run it: ").And.Contain("NesHawk and quickerNES"), path);
            Assert.That(readme, Does.Contain(Path.GetFileName(path)));
        }
    }

    // ---- parts

    /// <summary>What the agent holds on each frame from power-on, and its first episode.</summary>
    private static (IReadOnlyList<Buttons> Held, EpisodeSummary Episode) PlayAsTheAgent(string run, int frames = int.MaxValue)
    {
        RunFolder folder = RunFolder.Open(run);
        RunSettings settings = folder.ReadSettings();
        EnvironmentSettings environment = settings.Environment with { NoOpStarts = 0, StickyActions = 0, Reward = settings.Environment.Reward with { StallSteps = 0 } };
        NesFrameHost host = NesFrameHost.WithTrail();
        StartState start = host.RunToStart();
        var session = new GameSession(environment, start, new Seeds(1).Stream("test"));
        using ILearner learner = Learners.CreateToPlay(settings, session.ObservationSpec, session.ActionCount);
        WeightsFile.ReadInto(folder.BestWeights, learner.Weights);
        var held = new List<Buttons>(start.InputsFromPowerOn);
        var values = new float[session.ActionCount];
        session.Begin(host);
        while (session.LastEpisode.End == EpisodeEnd.None && held.Count < frames)
        {
            if (session.AwaitsAction)
            {
                learner.QValues(session.Observation, values);
                session.Act(Array.IndexOf(values, values.Max()));
            }

            held.Add(session.Buttons);
            host.FrameAdvance(session.Buttons, render: false);
            session.AfterFrame(host);
        }

        return (held, session.LastEpisode);
    }

    private string ARun(RunSettings settings)
    {
        RunFolder folder = RunFolder.Create(_folder[Guid.NewGuid().ToString("n")]);
        folder.WriteSettings(settings with { Rom = GameRom.Load(file: null).Identity });
        using ILearner learner = Learners.CreateToPlay(settings);
        WeightsFile.Write(folder.BestWeights, learner.Weights, new Dictionary<string, string>());
        return folder.Path;
    }

    private string Written(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        return _folder[name];
    }

    private static string PlayFails(string policy)
    {
        using LuaRun run = new();
        run.Host.SetUserData("policy", policy);
        return Assert.Throws<LuaScriptException>(() => run.RunFile(Script("mario_play"), turns: 10))!.Message;
    }

    private string Log(int frames)
    {
        using LuaRun run = new();
        string log = _folder["log.jsonl"];
        run.Host.SetUserData("script", Script("mario_log"));
        run.Host.SetUserData("log", log);
        run.Run(Runner, frames);
        run.Host.Finish();
        return log;
    }

    private static void RequireClear(string movie)
    {
        (int code, string output, string error) = CommandLineTests.Run("replay", movie);
        Assert.That(code, Is.Zero, error);
        Assert.That(error, Is.Empty);
        Assert.That(output, Does.Contain("the stage is cleared"));
    }
}
