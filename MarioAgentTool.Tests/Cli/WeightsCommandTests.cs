using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Cli;

[NonParallelizable]
public class WeightsCommandTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", "weights");

    // A picture of 36 × 36 has one pixel left after the convolutions: small files.
    private static readonly RunSettings Plain = new()
    {
        Learner = LearnerKind.Dqn,
        Environment = new() { Observation = ObservationKind.Pixels, Pixels = new() { Size = 36 } },
        Dqn = new() { Network = new() { LayerNorm = false, Dueling = false, PictureUnits = 8 } },
    };

    [Test]
    public void Show_lists_names_types_shapes_and_what_stands_beside_them()
    {
        (int code, string output, _) = CommandLineTests.Run("weights", "show", Path.Combine(Golden, "checkpoint.chkpt"));

        Assert.That(code, Is.Zero);
        Assert.That(output, Does.Contain("PyTorch zip archive").And.Contain("Tensors   27").And.Contain("exploration_rate = 0.9353").And.Contain("nothing = None"));
        Assert.That(output, Does.Match(@"model\.1\.num_batches_tracked +int64 +\[\]").And.Match(@"model\.3\.weight +float32 +\[2, 4\]"));
    }

    [TestCase("right-only-dqn", "model.pt")]
    [TestCase("right-only-dqn", "model.pth")]
    [TestCase("tutorial-ddqn", "mario_net_1.chkpt")]
    [TestCase("own", "own.pt")]
    [TestCase("own", "own.safetensors")]
    public void A_run_exported_under_any_names_is_imported_by_another_to_the_last_bit(string names, string name)
    {
        using var folder = new TemporaryFolder();
        RunFolder from = ARun(folder["from"], seed: 1), to = ARun(folder["to"], seed: 2);
        Assert.That(File.ReadAllBytes(to.BestWeights), Is.Not.EqualTo(File.ReadAllBytes(from.BestWeights)));

        (int code, _, string error) = CommandLineTests.Run("weights", "export", from.Path, "--names", names, "--out", folder[name], "--exploration-rate", "0.25");
        Assert.That(code, Is.Zero, error);
        (code, _, error) = CommandLineTests.Run("weights", "import", folder[name], "--run", to.Path);
        Assert.That(code, Is.Zero, error);

        Assert.That(Bytes(to.BestWeights), Is.EqualTo(Bytes(from.BestWeights)));
        StateDict exported = WeightsFile.Read(folder[name]);
        Assert.That(exported.Tensors[0].Name, Is.EqualTo(names switch { "right-only-dqn" => "conv_layers.0.weight", "tutorial-ddqn" => "model.online.0.weight", _ => "features.0.weight" }));
        Assert.That(exported.Tensors, Has.Count.EqualTo(names switch { "right-only-dqn" => 16, "tutorial-ddqn" => 20, _ => 10 }));
    }

    [Test]
    public void Another_shape_is_refused_with_both_named_and_the_run_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        RunFolder from = ARun(folder["from"], 1), to = ARun(folder["to"], 2, Plain with { Dqn = Plain.Dqn with { Network = Plain.Dqn.Network with { PictureUnits = 16 } } });
        byte[] before = File.ReadAllBytes(to.BestWeights);
        CommandLineTests.Run("weights", "export", from.Path, "--names", "tutorial-ddqn", "--out", folder["a.chkpt"], "--exploration-rate", "1");

        (int code, _, string error) = CommandLineTests.Run("weights", "import", folder["a.chkpt"], "--run", to.Path);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error.TrimEnd(), Does.EndWith("a.chkpt: model.online.7.weight has shape [8, 64] where the network has [16, 64] (here features.7.weight); use the settings it was trained with."));
        Assert.That(File.ReadAllBytes(to.BestWeights), Is.EqualTo(before));
    }

    [Test]
    public void A_layer_too_many_is_refused()
    {
        using var folder = new TemporaryFolder();
        RunFolder run = ARun(folder["run"], 1);
        StateDict file = WeightsFile.Read(run.BestWeights);
        WeightsFile.Write(folder["a.pt"], [.. file.Tensors, new StoredTensor("features.9.weight", ElementType.Float32, [1], new byte[4])], new Dictionary<string, string>(), null);

        Assert.That(CommandLineTests.Run("weights", "import", folder["a.pt"], "--run", run.Path).Error, Does.Contain("features.9.weight [1], which the network does not have"));
    }

    [Test]
    public void A_preset_makes_a_new_run_that_plays_with_a_notebooks_network()
    {
        Preset preset = Presets.Get("tutorial-ddqn");
        using var folder = new TemporaryFolder();
        using ILearner learner = Learners.CreateToPlay(preset.Settings with { Seed = 9 });
        WeightsFile.Write(folder["mario_net_1.chkpt"], StateDictNames.TutorialDdqn.Rename([.. learner.Weights.Select(StoredTensor.Of)]), new Dictionary<string, string>(), 0.1);

        (int code, _, string error) = CommandLineTests.Run("weights", "import", folder["mario_net_1.chkpt"], "--preset", preset.Name, "--run", folder["run"]);

        Assert.That(code, Is.Zero, error);
        RunFolder run = RunFolder.Open(folder["run"]);
        Assert.That(run.ReadSettings().Preset, Is.EqualTo(preset.Name));
        Assert.That(Bytes(run.BestWeights), Is.EqualTo(learner.Weights.Select(w => Convert.ToHexString(StoredTensor.Of(w).Bytes.Span))));
        Assert.That(CommandLineTests.Run("weights", "import", folder["mario_net_1.chkpt"], "--preset", preset.Name, "--run", folder["run"]).Error, Does.Contain("already holds a run"));
    }

    [Test]
    public void A_file_changes_its_format_and_its_names()
    {
        using var folder = new TemporaryFolder();
        string chkpt = folder["a.chkpt"], own = folder["a.safetensors"], back = folder["b.chkpt"];
        CommandLineTests.Run("weights", "export", ARun(folder["run"], 1).Path, "--names", "tutorial-ddqn", "--out", chkpt, "--exploration-rate", "0.5");

        Assert.That(CommandLineTests.Run("weights", "import", chkpt, "--out", own).Code, Is.Zero);
        Assert.That(WeightsFile.Read(own).Tensors[0].Name, Is.EqualTo("features.0.weight"));
        Assert.That(CommandLineTests.Run("weights", "export", own, "--names", "tutorial-ddqn", "--out", back).Code, Is.Zero, "the rate comes along");

        Assert.That(File.ReadAllBytes(back), Is.EqualTo(File.ReadAllBytes(chkpt)));
    }

    [Test]
    public void Training_goes_on_from_a_notebooks_network_and_its_epsilon_or_refuses_it_before_there_is_a_folder()
    {
        using var folder = new TemporaryFolder();
        RunSettings tutorial = Presets.Get("tutorial-ddqn").Settings;
        using ILearner learner = Learners.CreateToPlay(tutorial with { Seed = 9 });
        string file = folder["mario_net_1.chkpt"];
        WeightsFile.Write(file, StateDictNames.TutorialDdqn.Rename([.. learner.Weights.Select(StoredTensor.Of)]), new Dictionary<string, string>(), 0.25);
        string[] quick =
        [
            "--frames", "8", "--set", "evaluation.episodes=1", "--set", "evaluation.confirmationEpisodes=1", "--set", "environment.maxSteps=2",
            "--set", "save.unit=steps", "--set", "save.period=1", "--set", "save.name=net_{count}.pt",
        ];

        (int code, _, string error) = CommandLineTests.Run(["train", "--preset", "tutorial-ddqn", "--weights", file, "--out", folder["run"], .. quick]);
        Assert.That(code, Is.Zero, error);
        RunSettings settings = RunFolder.Open(folder["run"]).ReadSettings();
        Assert.That((settings.Weights, settings.ClassicDqn.EpsilonStart), Is.EqualTo((file, 0.25)));
        StateDict kept = WeightsFile.Read(Path.Combine(folder["run"], "net_1.pt"));
        Assert.That(
            StateDictNames.TutorialDdqn.RenameBack(kept.Tensors).Select(t => Convert.ToHexString(t.Bytes.Span)),
            Is.EqualTo(learner.Weights.Select(w => Convert.ToHexString(StoredTensor.Of(w).Bytes.Span))), "nothing is learned in the first two steps");

        (code, _, error) = CommandLineTests.Run(["train", "--preset", "dueling-custom", "--weights", file, "--out", folder["another"], .. quick]);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain("has no tensor conv1.weight").Or.Contain("belongs to a network of another shape"));
        Assert.That(Directory.Exists(folder["another"]), Is.False);
    }

    [TestCase("weights export {run} --out a.onnx", "expected a name that ends in .pt, .pth, .chkpt, .safetensors", 1)]
    [TestCase("weights export {run} --out a.pt --names tutorial-dqn", "Did you mean tutorial-ddqn?", 1)]
    [TestCase("weights export {run} --out a.pt --names dueling-custom", "has no name in dueling-custom", 1)]
    [TestCase("weights export {run} --out a.pt --names notebook", "say which with --names right-only-dqn or --names tutorial-ddqn", 1)]
    [TestCase("weights export {run} --out a.folder/a.chkpt", "--exploration-rate", 1)]
    [TestCase("weights export {run} --out a.chkpt --exploration-rate 2", "expected a chance from 0 to 1", 2)]
    [TestCase("weights import nothing.pt --out a.safetensors", "nothing.pt does not exist", 1)]
    [TestCase("weights import nothing.pt", "one of --run and --out is needed", 2)]
    [TestCase("weights show nothing.pt", "nothing.pt does not exist", 1)]
    [TestCase("weights sohw x", "Did you mean show?", 2)]
    public void What_cannot_be_done_is_said_in_one_sentence(string line, string sentence, int expected)
    {
        using var folder = new TemporaryFolder();
        string run = ARun(folder["run"], 1).Path;

        (int code, _, string error) = CommandLineTests.Run(line.Replace(" a.", " " + folder["a."]).Replace("{run}", run).Split(' '));

        Assert.That(error, Does.Contain(sentence));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
        Assert.That(code, Is.EqualTo(expected));
        Assert.That(Directory.GetFileSystemEntries(folder.Path), Is.EqualTo(new[] { run }), "nothing is written");
    }

    [Test]
    public void Lua_gets_the_mean_of_quantiles_without_noise()
    {
        using var folder = new TemporaryFolder();
        var network = new NetworkSettings { HiddenUnits = 24 };
        RunSettings Tiles(DqnSettings dqn) => new() { Learner = LearnerKind.Dqn, Threads = 1, Dqn = dqn };
        RunFolder run = ARun(folder["run"], 1, Tiles(new() { Estimate = EstimateKind.Quantiles, Atoms = 9, Network = network with { Noisy = true } }));
        Assert.That(CommandLineTests.Run("weights", "export", run.Path, "--out", folder["policy.lua"]).Code, Is.Zero);

        // Its last layer's numbers, biases then weights, put into a plain network of the same features.
        string last = File.ReadLines(folder["policy.lua"]).Last(line => line.Contains("kind = \"dueling\"", StringComparison.Ordinal));
        float[] biases = Floats("bias"), weights = Floats("weight");
        using ILearner noisy = Learners.CreateToPlay(run.ReadSettings()), plain = Learners.CreateToPlay(Tiles(new() { Network = network }));
        WeightsFile.ReadInto(run.BestWeights, noisy.Weights);
        foreach (NamedTensor tensor in plain.Weights)
        {
            float[] values = tensor.Name switch
            {
                "value.weight" => weights[..24],
                "advantage.weight" => weights[24..],
                "value.bias" => biases[..1],
                "advantage.bias" => biases[1..],
                _ => noisy.Weights.First(t => t.Name == tensor.Name).Values.ToArray(),
            };
            values.CopyTo(tensor.Values);
        }

        int actions = biases.Length - 1, length = plain.Weights[0].Shape[1];
        byte[] observations = new byte[20 * length];
        new Random(1).NextBytes(observations);
        float[] expected = new float[20 * actions], actual = new float[20 * actions];
        noisy.QValues(observations, expected);
        plain.QValues(observations, actual);
        Assert.That(actual, Is.EqualTo(expected).Within(1e-5));
        Assert.That(expected.Distinct().Count(), Is.GreaterThan(100));

        float[] Floats(string name)
        {
            string base64 = last[(last.IndexOf($"{name} = \"", StringComparison.Ordinal) + name.Length + 4)..];
            return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(base64[..base64.IndexOf('"')])).ToArray();
        }
    }

    [TestCase("implicitQuantiles", 0, 8, "quantiles at any chance (dqn.estimate=implicitQuantiles)")]
    [TestCase("mean", 16, 0, "the dueling streams have layers of their own")]
    public void Lua_refuses_what_it_cannot_play(string estimate, int streams, int cosines, string sentence)
    {
        using var folder = new TemporaryFolder();
        RunSettings settings = SettingsFile.With(
            new RunSettings { Learner = LearnerKind.Dqn, Threads = 1 }, [$"dqn.estimate={estimate}", $"dqn.network.streamUnits={streams}", $"dqn.network.cosines={cosines}", "dqn.network.hiddenUnits=8"]);
        RunFolder run = ARun(folder["run"], 1, settings);

        (int code, _, string error) = CommandLineTests.Run("weights", "export", run.Path, "--out", folder["policy.lua"]);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain(sentence));
        Assert.That(CommandLineTests.Run("weights", "export", run.Path, "--out", folder["net.pt"]).Code, Is.Zero, "PyTorch takes it");
    }

    [TestCase("weights")]
    [TestCase("weights show")]
    [TestCase("weights import")]
    [TestCase("weights export")]
    public void Help_has_examples(string command) =>
        Assert.That(CommandLineTests.Run([.. command.Split(' '), "--help"]).Output, Does.Contain("Usage:").And.Contain("Examples:").And.Contain($"mario-agent {command}"));

    private static RunFolder ARun(string path, ulong seed, RunSettings? settings = null)
    {
        settings = (settings ?? Plain) with { Seed = seed };
        RunFolder folder = RunFolder.Create(path);
        using ILearner learner = Learners.CreateToPlay(settings);
        WeightsFile.Write(folder.BestWeights, learner.Weights, new Dictionary<string, string> { ["algorithm"] = learner.Algorithm });
        folder.WriteSettings(settings);
        return folder;
    }

    private static string[] Bytes(string path) => [.. WeightsFile.Read(path).Tensors.Select(t => Convert.ToHexString(t.Bytes.Span))];
}
