using System.Globalization;
using System.Runtime.InteropServices;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Tests.Golden;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Learning.Weights;

/// <summary>Networks cross to PyTorch and back and answer the same on a hundred frames (Golden/check_weights.py).</summary>
public class PyTorchTests
{
    private const int Frames = 100;

    private static readonly NetworkSettings Plain = new() { LayerNorm = false, Dueling = false };

    /// <summary>Whose modules, the file's name, input and actions.</summary>
    private static readonly object[] Networks =
    [
        new object[] { "right-only-dqn", "model_SuperMarioBros-1-1-v0_100_iter.pt", Picture(84, 1f), 5, Plain },
        new object[] { "right-only-dqn", "a.pth", Picture(84, 1f), 5, Plain },
        new object[] { "tutorial-ddqn", "mario_net_1.chkpt", Picture(84, 1f / 255), 2, Plain },
        new object[] { "own", "own.pt", new InputSpec { FrameBytes = 120, Signed = true, Scale = 1f / 64 }, 7, new NetworkSettings() },
        new object[]
        {
            "rainbow", "rainbow.pt", new InputSpec { FrameBytes = 120, Signed = true, Scale = 1f / 64 }, 7,
            new DqnSettings { Estimate = EstimateKind.C51, Network = new() { Noisy = true, StreamUnits = 32 } },
        },
        new object[]
        {
            "impala", "impala.pt", Picture(40, 1f / 255), 7,
            new DqnSettings { Estimate = EstimateKind.Quantiles, Atoms = 8, Network = new() { Body = PictureBody.Impala, PictureUnits = 64, LayerNorm = false } },
        },
        new object[] { "dueling-custom", "main_dqn_2-2.pt", Picture(96, 1f / 255), 7, new NetworkSettings { LayerNorm = false, BatchNorm = true, StreamUnits = 256 } },
    ];

    [TestCaseSource(nameof(Networks))]
    public void PyTorch_computes_the_same_from_what_we_write(string kind, string file, InputSpec input, int actions, object settings)
    {
        PyTorch.Require();
        using var folder = new TemporaryFolder();
        using ILearner learner = Learner(input, actions, settings);
        byte[] frames = RandomFrames(input);
        float[] ours = new float[Frames * actions];
        learner.QValues(frames, ours);

        StateDictNames names = StateDictNames.All.FirstOrDefault(n => n.Name == kind) ?? StateDictNames.Own;
        WeightsFile.Write(folder[file], names.Rename([.. learner.Weights.Select(StoredTensor.Of)]), new Dictionary<string, string>(), explorationRate: 0.75);

        Agree(Answers("evaluate", folder, file, kind, input, actions, frames), ours);
    }

    [TestCaseSource(nameof(Networks))]
    public void We_compute_the_same_from_what_PyTorch_writes(string kind, string file, InputSpec input, int actions, object settings)
    {
        PyTorch.Require();
        using var folder = new TemporaryFolder();
        using ILearner learner = Learner(input, actions, settings);
        byte[] frames = RandomFrames(input);

        float[] theirs = Answers("make", folder, file, kind, input, actions, frames);
        WeightsFile.ReadInto(folder[file], learner.Weights);

        float[] ours = new float[Frames * actions];
        learner.QValues(frames, ours);
        Agree(ours, theirs);
    }

    private static InputSpec Picture(int size, float scale) => new() { FrameBytes = size * size, Stack = 4, Height = size, Width = size, Scale = scale };

    private static ILearner Learner(InputSpec input, int actions, object settings) => settings is DqnSettings dqn
        ? new Dqn(input, actions, 1, dqn with { BatchSize = 1, BurnIn = 0, ReplayCapacity = 20 }, new Seeds(3), threads: 1)
        : new ClassicDqn(
            input, actions, 1,
            new ClassicDqnSettings { Network = (NetworkSettings)settings, ActingStatistics = ActingStatistics.Running, BatchSize = 1, ReplayCapacity = 20 }, new Seeds(3), threads: 1);

    private static byte[] RandomFrames(InputSpec input)
    {
        byte[] frames = new byte[Frames * input.Length];
        new Random(5).NextBytes(frames);
        return frames;
    }

    private static float[] Answers(string verb, TemporaryFolder folder, string file, string kind, InputSpec input, int actions, byte[] frames)
    {
        File.WriteAllBytes(folder["frames"], frames);
        string shape = input.Height > 0 ? $"{input.Stack}x{input.Height}x{input.Width}" : $"{input.Length}";
        PyTorch.Run("check_weights.py", verb, folder[file], kind, shape, $"{actions}", input.Scale.ToString("R", CultureInfo.InvariantCulture), folder["frames"], folder["out"]);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["out"])).ToArray();
    }

    // Within 1e-4 of the largest answer: bytes that are not scaled down make answers of some tens.
    private static void Agree(float[] actual, float[] expected)
    {
        float size = Math.Max(1, expected.Max(Math.Abs));
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        Assert.That(expected.Distinct().Count(), Is.GreaterThan(Frames), "the answers tell frames apart");
        float worst = actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"largest answer {size}, largest difference {worst}"));
        Assert.That(worst / size, Is.LessThan(1e-4f));
    }
}
