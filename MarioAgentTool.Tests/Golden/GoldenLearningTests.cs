using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Golden;

/// <summary>
/// The three notebooks' learning, to the number: learning.json was written by their own code on PyTorch (golden_learning.py), from
/// weights and batches that <see cref="NotebookScript"/> makes again here.
/// </summary>
/// <remarks>
/// "Equal" is within 1e-4 of the number, or of the root mean square of the tensor it stands in where that is greater: an entry next
/// to zero has rounding errors of its neighbours' size. What a later BatchNorm subtracts again has no gradient but rounding, of which
/// Adam makes steps of up to a learning rate: a convolution's bias before its BatchNorm and, in the firm script, the shift of an
/// always open channel before the next one. These cancel in the output; they, and the running means that follow them, are held to
/// those steps only.
/// </remarks>
[TestFixtureSource(typeof(TestBackends), nameof(TestBackends.All))]
public class GoldenLearningTests(TestBackend kind)
{
    private const double Tolerance = 1e-4;
    private const int Probes = 8, Samples = 16;

    private static readonly Lazy<JObject> Golden = new(() => JObject.Parse(File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", "learning.json"))));

    [TestCase("free", "right-only-dqn", 5, 84, -15, 15)]
    [TestCase("free", "tutorial-ddqn", 2, 84, -15, 15)]
    [TestCase("free", "dueling-custom", 7, 96, -10, 25)]
    [TestCase("firm", "right-only-dqn", 5, 84, -15, 15)]
    [TestCase("firm", "tutorial-ddqn", 2, 84, -15, 15)]
    [TestCase("firm", "dueling-custom", 7, 96, -10, 25)]
    public void Values_targets_losses_and_weights_are_the_notebooks(string script, string preset, int actions, int pixels, int low, int high)
    {
        JToken golden = Golden.Value[script]![preset]!;
        ClassicDqnSettings settings = SettingsOf(preset);
        using ClassicDqn learner = Create(settings, actions, pixels);
        int greys = script == "firm" ? 4 : 256;
        double unit = preset == "right-only-dqn" ? 20 : 1;
        NotebookScript.SetWeights(learner.Weights, 1, script == "firm", unit);
        NotebookScript.SetWeights(learner.TargetWeights, 2, script == "firm", unit);
        var batch = new ReplayBatch(settings.BatchSize, 4 * pixels * pixels);
        double[] losses = Numbers(golden["losses"]!);
        var differences = new Differences();
        for (int step = 1; step <= losses.Length; step++)
        {
            NotebookScript.Fill(batch, step, actions, pixels, low, high, greys);
            learner.Update(batch);
            differences.Compare($"loss of update {step}", [losses[step - 1]], [learner.Progress.Loss]);
            if (golden["steps"]![$"{step}"] is not { } kept)
            {
                continue;
            }

            differences.Compare($"targets of update {step}", Numbers(kept["targets"]!), [.. learner.LastTargets.Select(t => (double)t)]);
            differences.Compare($"mean value of update {step}", [Numbers(kept["estimates"]!).Average()], [learner.Progress.MeanQ]);
            differences.Compare($"Q after {step}", Numbers(kept["q"]!), Probe(learner, actions, pixels, greys));
            double drift = settings.Network.BatchNorm ? step * settings.LearningRate : 0;
            Compare(differences, $"after {step}", kept["tensors"]!, learner.Weights, drift, script == "firm");
            if (kept["target"] is { } target)
            {
                Compare(differences, $"of the target network after {step}", target, learner.TargetWeights, 0, script == "firm");
            }
        }

        TestContext.Out.WriteLine(differences.Summary);
        Assert.That(differences.Greatest, Is.LessThan(Tolerance), differences.Summary);
    }

    [Test]
    public void Acting_with_BatchNorm_normalises_by_the_picture_and_moves_the_running_statistics_as_the_notebook_does()
    {
        JToken golden = Golden.Value["free"]!["dueling-custom"]!;
        ClassicDqnSettings settings = SettingsOf("dueling-custom") with { EpsilonStart = 0, EpsilonMin = 0 };
        using ClassicDqn learner = Create(settings, 7, 96);
        NotebookScript.SetWeights(learner.Weights, 1, firm: false, 1);
        NotebookScript.SetWeights(learner.TargetWeights, 2, firm: false, 1);
        var batch = new ReplayBatch(settings.BatchSize, 4 * 96 * 96);
        NotebookScript.Fill(batch, 1, 7, 96, -10, 25, 256);
        learner.Update(batch);

        double[] q = Numbers(golden["acting"]!["q"]!);
        byte[] picture = new byte[4 * 96 * 96];
        int[] action = new int[1];
        for (int i = 0; i < Probes; i++)
        {
            NotebookScript.Pictures(900_000 + i, 1, 96, 256, picture);
            learner.Act(picture, action);
            double[] own = q[(i * 7)..(i * 7 + 7)];
            Assert.That(action[0], Is.EqualTo(Array.IndexOf(own, own.Max())), $"the action of highest value for picture {i}");
        }

        var differences = new Differences();
        Compare(differences, "after acting", golden["acting"]!["running"]!, learner.Weights, settings.LearningRate, firm: false);
        Assert.That(differences.Greatest, Is.LessThan(Tolerance), differences.Summary);
        Assert.That(learner.Weights.First(t => t.Name == "bn1.num_batches_tracked").Values.Span[0], Is.EqualTo((float)golden["acting"]!["batches"]!));
    }

    private static void Compare(Differences differences, string when, JToken golden, IReadOnlyList<NamedTensor> tensors, double drift, bool firm)
    {
        foreach (JProperty property in golden.Children<JProperty>())
        {
            double[] expected = Numbers(property.Value);
            float[] values = tensors.First(t => t.Name == property.Name).Values.ToArray();
            uint stream = NotebookScript.StreamOf(property.Name, 99);
            double[] sampled = [.. Enumerable.Range(0, Samples).Select(i => (double)values[NotebookScript.Mix(stream + (long)i) % (uint)values.Length])];
            if (drift > 0 && Cancels(property.Name, firm))
            {
                double parted = sampled.Zip(expected[2..], (a, b) => Math.Abs(a - b)).Max();
                TestContext.Out.WriteLine(FormattableString.Invariant($"{property.Name} {when}: parted by {parted:0.0e+0}, {parted / drift:0.00} of what Adam can move"));
                Assert.That(parted, Is.LessThanOrEqualTo(2 * drift), $"{property.Name} {when}: two runs may part by two learning rates an update");
                continue;
            }

            double norm = Math.Sqrt(values.Sum(v => (double)v * v)), rms = norm / Math.Sqrt(values.Length);
            differences.Compare($"norm of {property.Name} {when}", [expected[0]], [norm]);

            // A sum of n numbers with errors of their own: judged by their norm times √n.
            differences.Compare($"sum of {property.Name} {when}", [expected[1]], [values.Sum(v => (double)v)], norm * Math.Sqrt(values.Length));
            differences.Compare($"{property.Name} {when}", expected[2..], sampled, rms);
        }
    }

    private static bool Cancels(string name, bool firm) =>
        name is "conv1.bias" or "conv2.bias" or "conv3.bias" || (firm && name is "bn1.bias" or "bn2.bias") || name.EndsWith("running_mean", StringComparison.Ordinal);

    private static double[] Probe(ClassicDqn learner, int actions, int pixels, int greys)
    {
        byte[] pictures = new byte[Probes * 4 * pixels * pixels];
        for (int i = 0; i < Probes; i++)
        {
            NotebookScript.Pictures(900_000 + i, 1, pixels, greys, pictures.AsSpan(i * 4 * pixels * pixels));
        }

        float[] q = new float[Probes * actions];
        learner.QValues(pictures, q);
        return [.. q.Select(v => (double)v)];
    }

    private static double[] Numbers(JToken token) => token.ToObject<double[]>()!;

    private ClassicDqn Create(ClassicDqnSettings settings, int actions, int pixels)
    {
        var input = new InputSpec { FrameBytes = pixels * pixels, Stack = 4, Height = pixels, Width = pixels, Scale = 1 / 255f };
        return new ClassicDqn(input, actions, 1, settings with { ReplayCapacity = settings.BatchSize }, new Seeds(1), kind.Create());
    }

    private static ClassicDqnSettings SettingsOf(string preset) => MarioAgentTool.Training.Presets.Get(preset).Settings.ClassicDqn;

    /// <summary>Relative differences and where the greatest are.</summary>
    private sealed class Differences
    {
        private readonly List<(double Size, string Text)> _all = [];

        public double Greatest => _all.Max(d => d.Size);

        public string Summary => string.Join("\n", _all.OrderByDescending(d => d.Size).Take(8).Select(d => d.Text));

        public void Compare(string what, double[] expected, double[] actual, double? scale = null)
        {
            Assert.That(actual, Has.Length.EqualTo(expected.Length), what);
            double rms = scale ?? Math.Sqrt(expected.Sum(e => e * e) / expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = Math.Abs(actual[i] - expected[i]) / Math.Max(Math.Abs(expected[i]), rms);
                _all.Add((difference, FormattableString.Invariant($"{difference:0.0e+0}  {what} [{i}]: {actual[i]:g9}, the notebook has {expected[i]:g9}")));
            }
        }
    }
}
