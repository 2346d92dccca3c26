using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>
/// What one backend computes all compute: the same weights in; the same values, losses and updated weights out, within 1e-4. The measure
/// is the managed backend on one thread, which <see cref="Golden.GoldenLearningTests"/> and the layers' own tests hold against PyTorch.
/// </summary>
[TestFixtureSource(typeof(TestBackends), nameof(TestBackends.All))]
public class BackendTests(TestBackend kind)
{
    private const float Tolerance = 1e-4f;
    internal const int Batch = 8, Actions = 5;

    private static readonly InputSpec Flat = new() { FrameBytes = 40, Signed = true, Scale = 1 / 64f };
    private static readonly InputSpec Picture = new() { FrameBytes = 36 * 36, Stack = 2, Height = 36, Width = 36, Scale = 1 / 255f };

    private static readonly NetworkSettings Small = new() { HiddenUnits = 32, PictureUnits = 48 };
    private static readonly NetworkSettings Plain = Small with { LayerNorm = false, Dueling = false };

    private static readonly Dictionary<string, (InputSpec Input, NetworkSettings Settings, int Atoms)> Shapes = new()
    {
        ["tiles"] = (Flat, Small, 1),
        ["tiles, plain"] = (Flat, Plain, 1),
        ["tiles, C51"] = (Flat, Small, 11),
        ["tiles, noisy streams, quantiles"] = (Flat, Small with { Noisy = true, StreamUnits = 24 }, 7),
        ["nature"] = (Picture, Plain, 1),
        ["nature, LayerNorm, dueling"] = (Picture, Small, 1),
        ["nature, BatchNorm, streams"] = (Picture, Small with { LayerNorm = false, BatchNorm = true, StreamUnits = 32 }, 1),
        ["nature, noisy, C51"] = (Picture, Plain with { Dueling = true, Noisy = true }, 11),
        ["IMPALA, noisy, quantiles"] = (Picture, Plain with { Body = PictureBody.Impala, BodyWidth = 1, Dueling = true, Noisy = true }, 8),
        ["IMPALA, spectral norm, implicit quantiles"] = (Picture, Plain with { Body = PictureBody.Impala, SpectralNorm = true, Cosines = 16, Dueling = true, Noisy = true }, 4),
        ["tiles, implicit quantiles"] = (Flat, Small with { Cosines = 16, Dueling = false }, 4),
    };

    private IBackend _reference = null!, _backend = null!;

    [SetUp]
    public void Open() => (_backend, _reference) = (kind.Create(), new ManagedBackend(1));

    [TearDown]
    public void Close()
    {
        // Where the backend cannot be had there is nothing to close.
        _backend?.Dispose();
        _reference?.Dispose();
    }

    [Test]
    public void Values_and_updated_weights_agree([ValueSource(nameof(ShapeNames))] string shape, [Values] bool rectified)
    {
        (InputSpec input, NetworkSettings settings, int atoms) = Shapes[shape];
        using IQNetwork expected = Make(_reference, shape), actual = Make(_backend, shape);
        using INetworkOptimiser expectedOptimiser = rectified ? _reference.RAdam(expected, 1e-8f) : _reference.Adam(expected, 1e-8f);
        using INetworkOptimiser actualOptimiser = rectified ? _backend.RAdam(actual, 1e-8f) : _backend.Adam(actual, 1e-8f);
        RandomStream random = new Seeds(2).Stream("batches"), noise = new Seeds(3).Stream("noise"), sameNoise = new Seeds(3).Stream("noise");
        for (int update = 1; update <= 8; update++)
        {
            Observations states = States(random, input);
            float[] gradient = [.. Enumerable.Range(0, Batch * Actions * atoms).Select(_ => random.NextSingle() - 0.5f)];
            expected.Noise(noise);
            actual.Noise(sameNoise);
            AssertClose(actual.Forward(states, Batch), expected.Forward(states, Batch), $"values at update {update}");
            expected.Backward(gradient);
            actual.Backward(gradient);

            // The limit is below the gradients' length: they are shortened.
            expectedOptimiser.Step(1e-3f, 0.5f);
            actualOptimiser.Step(1e-3f, 0.5f);
            foreach ((NamedTensor wanted, NamedTensor got) in expected.Tensors.Zip(actual.Tensors))
            {
                Assert.That(got.Name, Is.EqualTo(wanted.Name));

                // What a BatchNorm subtracts again has no gradient but rounding, of which Adam makes whole steps; and the running mean follows it.
                if (!settings.BatchNorm || rectified || !(wanted.Name.StartsWith("conv", StringComparison.Ordinal) && wanted.Name.EndsWith("bias", StringComparison.Ordinal) || wanted.Name.EndsWith("running_mean", StringComparison.Ordinal)))
                {
                    AssertClose(got.Values.Span, wanted.Values.Span, $"{wanted.Name} after update {update}");
                }
            }
        }
    }

    [Test]
    public void Of_one_action_each_values_and_gradients_are_those_of_all([ValueSource(nameof(ShapeNames))] string shape)
    {
        (InputSpec input, _, int atoms) = Shapes[shape];
        using IQNetwork expected = Make(_reference, shape), actual = Make(_backend, shape);
        using INetworkOptimiser expectedOptimiser = _reference.RAdam(expected, 1e-8f), actualOptimiser = _backend.RAdam(actual, 1e-8f);
        RandomStream random = new Seeds(2).Stream("batches");
        for (int update = 1; update <= 3; update++)
        {
            Observations states = States(random, input);
            int[] actions = [.. Enumerable.Range(0, Batch).Select(_ => random.NextInt(Actions))];
            float[] gradient = [.. Enumerable.Range(0, Batch * atoms).Select(_ => random.NextSingle() - 0.5f)], scattered = new float[Batch * Actions * atoms];
            float[] all = expected.Forward(states, Batch).ToArray(), wanted = new float[gradient.Length];
            for (int i = 0; i < Batch; i++)
            {
                int at = (i * Actions + actions[i]) * atoms;
                all.AsSpan(at, atoms).CopyTo(wanted.AsSpan(i * atoms));
                gradient.AsSpan(i * atoms, atoms).CopyTo(scattered.AsSpan(at));
            }

            AssertClose(actual.Forward(states, actions, Batch), wanted, $"values at update {update}");
            expected.Backward(scattered);
            actual.Backward(gradient);
            expectedOptimiser.Step(1e-3f, 0.5f);
            actualOptimiser.Step(1e-3f, 0.5f);
            foreach ((NamedTensor want, NamedTensor got) in expected.Tensors.Zip(actual.Tensors))
            {
                AssertClose(got.Values.Span, want.Values.Span, $"{want.Name} after update {update}");
            }
        }
    }

    [Test]
    public void BatchNorm_goes_by_whose_statistics_it_is_told()
    {
        const string Shape = "nature, BatchNorm, streams";
        using IQNetwork expected = Make(_reference, Shape), actual = Make(_backend, Shape);
        RandomStream random = new Seeds(4).Stream("batches");
        foreach (NormalBy by in new[] { NormalBy.Batch, NormalBy.Sample, NormalBy.Running, NormalBy.Batch, NormalBy.Running })
        {
            Observations states = States(random, Picture);
            AssertClose(actual.Forward(states, Batch, by), expected.Forward(states, Batch, by), $"by {by}");
        }

        Assert.That(actual.Tensors.First(t => t.Name == "bn1.num_batches_tracked").Values.Span[0], Is.EqualTo(2));
    }

    [Test]
    public void Written_tensors_and_copies_count_from_the_next_pass_on([ValueSource(nameof(ShapeNames))] string shape)
    {
        (InputSpec input, _, _) = Shapes[shape];
        using IQNetwork network = Make(_backend, shape), other = Make(_backend, shape, seed: 9);
        byte[] states = [.. States(new Seeds(5).Stream("batches"), input).Bytes];
        float[] before = other.Evaluate(states, Batch, NormalBy.Sample).ToArray();
        Assert.That(network.Evaluate(states, Batch, NormalBy.Sample).ToArray(), Is.Not.EqualTo(before));

        network.CopyFrom(other);
        Assert.That(network.Evaluate(states, Batch, NormalBy.Sample).ToArray(), Is.EqualTo(before), "copied");

        foreach (NamedTensor tensor in other.Tensors)
        {
            tensor.Values.Span.Clear();
        }

        Assert.That(other.Evaluate(states, Batch, NormalBy.Sample).ToArray(), Is.All.EqualTo(0), "written");
        Assert.That(network.Evaluate(states, Batch, NormalBy.Sample).ToArray(), Is.EqualTo(before), "the copy is its own");
    }

    [Test]
    public void Passes_asked_for_together_are_those_asked_for_one_by_one_and_only_the_one_to_learn_from_leads_back([ValueSource(nameof(ShapeNames))] string shape)
    {
        (InputSpec input, _, _) = Shapes[shape];
        using IQNetwork network = Make(_backend, shape), other = Make(_backend, shape, seed: 9);
        using PassOutputs outputs = _backend.Outputs(Batch * network.Outputs), others = _backend.Outputs(2 * Batch * network.Outputs);
        RandomStream random = new Seeds(5).Stream("batches");
        Observations states = States(random, input), next = States(random, input);
        network.Evaluate(next, Batch, outputs);
        other.Evaluate(next, Batch, others);
        float[] values = network.Forward(states, Batch).ToArray();
        Assert.That(() => network.Backward(values), Throws.Nothing);
        Assert.That(() => other.Backward(values), Throws.InvalidOperationException.With.Message.Contains("to be learned from"));

        float[] later = outputs.Read().ToArray(), othersLater = others.Read().Slice(0, later.Length).ToArray();
        Assert.That(later, Is.EqualTo(network.Evaluate(next.Bytes, Batch).ToArray()).And.Not.EqualTo(othersLater));
        Assert.That(othersLater, Is.EqualTo(other.Evaluate(next.Bytes, Batch).ToArray()));
        Assert.That(network.Evaluate(states.Bytes, Batch).ToArray(), Is.EqualTo(values));
        Assert.That(() => network.Backward(values), Throws.InvalidOperationException);
    }

    [Test]
    public void A_learner_learns_the_same([ValueSource(typeof(LearnersTests), nameof(LearnersTests.All))] string algorithm)
    {
        using ILearner expected = LearnersTests.Create(algorithm, 1, new ManagedBackend(1)), actual = LearnersTests.Create(algorithm, 1, kind.Create());
        new Corridor(LearnersTests.Walkers).Run(expected, 60);
        new Corridor(LearnersTests.Walkers).Run(actual, 60);
        Assert.Multiple(() =>
        {
            Assert.That(actual.Progress.Updates, Is.EqualTo(expected.Progress.Updates).And.GreaterThan(10));
            Assert.That(actual.Progress.Loss, Is.EqualTo(expected.Progress.Loss).Within(Tolerance));
            Assert.That(actual.Progress.MeanQ, Is.EqualTo(expected.Progress.MeanQ).Within(Tolerance));
            foreach ((NamedTensor wanted, NamedTensor got) in expected.Weights.Zip(actual.Weights))
            {
                AssertClose(got.Values.Span, wanted.Values.Span, wanted.Name);
            }
        });
    }

    [Test]
    public void A_checkpoint_goes_on_under_another_backend([Values] bool towards)
    {
        const string Algorithm = "Rainbow";
        using ILearner first = LearnersTests.Create(Algorithm, 1, towards ? new ManagedBackend(1) : kind.Create());
        using ILearner second = LearnersTests.Create(Algorithm, 7, towards ? kind.Create() : new ManagedBackend(1));
        var corridor = new Corridor(LearnersTests.Walkers);
        corridor.Run(first, 60);
        LearnersTests.HandOver(first, second);
        Corridor same = corridor.Copy();
        corridor.Run(first, 20);
        same.Run(second, 20);
        Assert.Multiple(() =>
        {
            Assert.That(second.Progress.Updates, Is.EqualTo(first.Progress.Updates));
            Assert.That(second.Progress.Loss, Is.EqualTo(first.Progress.Loss).Within(Tolerance));
            foreach ((NamedTensor wanted, NamedTensor got) in first.Weights.Zip(second.Weights))
            {
                AssertClose(got.Values.Span, wanted.Values.Span, wanted.Name);
            }
        });
    }

    internal static IEnumerable<string> ShapeNames => Shapes.Keys;

    internal static InputSpec InputOf(string shape) => Shapes[shape].Input;

    internal static IQNetwork Make(IBackend backend, string shape, ulong seed = 1)
    {
        (InputSpec input, NetworkSettings settings, int atoms) = Shapes[shape];
        return backend.Network(input, Actions, settings, new Seeds(seed).Stream("weights"), atoms);
    }

    internal static Observations States(RandomStream random, InputSpec input)
    {
        var states = new Observations(Batch, input.Length);
        foreach (ref byte b in states.Overwrite())
        {
            b = (byte)random.NextInt(256);
        }

        return states;
    }

    private static void AssertClose(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, string what)
    {
        Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
        float worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]) / Math.Max(1, Math.Abs(expected[i])));
        }

        Assert.That(worst, Is.LessThan(Tolerance), what);
    }
}
