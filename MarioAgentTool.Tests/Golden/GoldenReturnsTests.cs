using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Golden;

/// <summary>What papers' equations come to on PyTorch (golden_returns.py wrote returns.json), and here.</summary>
public class GoldenReturnsTests
{
    private const double Tolerance = 2e-5;

    private static readonly Lazy<JObject> Golden = new(() => Goldens.Read("returns.json"));

    [Test]
    public void C51_projects_and_learns_as_the_paper_has_it()
    {
        JToken golden = Golden.Value["c51"]!;
        int atoms = (int)golden["atoms"]!, actions = (int)golden["actions"]!;
        var model = new CategoricalReturn(atoms, (float)golden["lowest"]!, (float)golden["highest"]!);
        float[] returns = Numbers(golden["returns"]!), next = Numbers(golden["next"]!);
        float[] values = new float[returns.Length * actions], targets = new float[returns.Length * atoms];
        var policy = new NextPolicy(returns.Length, actions);

        model.Means(next, values);
        policy.Greedily(values);
        model.Targets(returns, Numbers(golden["discounts"]!), next, policy, targets);

        Assert.That(values, Is.EqualTo(Numbers(golden["values"]!)).Within(Tolerance), "Q(s', ·)");
        Assert.That(targets, Is.EqualTo(Numbers(golden["targets"]!)).Within(Tolerance), "m");
        CompareLoss(model, golden);
    }

    [Test]
    public void Quantiles_are_fitted_by_the_quantile_Huber_loss()
    {
        JToken golden = Golden.Value["quantiles"]!;
        CompareLoss(new QuantileReturn((int)golden["atoms"]!, (float)golden["kappa"]!), golden);
    }

    [Test]
    public void Implicit_quantiles_are_fitted_at_the_chances_that_were_drawn()
    {
        JToken golden = Golden.Value["implicitQuantiles"]!;
        CompareLoss(new QuantileReturn((int)golden["atoms"]!, (float)golden["kappa"]!), golden, Numbers(golden["taus"]!));
    }

    [Test]
    public void IQNs_embedding_of_a_chance_and_its_gradients_are_PyTorchs()
    {
        JToken golden = Golden.Value["implicitQuantiles"]!;
        int cosines = (int)golden["cosines"]!, features = (int)golden["features"]!, actions = (int)golden["actions"]!, atoms = (int)golden["atoms"]!;
        float[] x = Numbers(golden["x"]!), y = new float[x.Length / features * actions * atoms], dx = new float[x.Length];
        using var pool = new WorkerPool(1);
        var parameters = new ParameterSet();
        Linear embedding = Dense("embedding", cosines, features, relu: true), head = Dense("head", features, actions, relu: false);
        var layer = new ImplicitQuantiles(embedding, [head], atoms);
        parameters.Initialise(new RandomStream(1));
        foreach (Parameter parameter in parameters.Parameters)
        {
            Numbers(golden["tensors"]![parameter.Name]!).CopyTo(parameter.Values);
        }

        layer.Take(Numbers(golden["taus"]!));
        layer.Forward(x.Length / features, x, y);
        layer.Backward(x.Length / features, x, y, Numbers(golden["dy"]!), dx);

        Assert.That(y, Is.EqualTo(Numbers(golden["y"]!)).Within(Tolerance));
        Assert.That(dx, Is.EqualTo(Numbers(golden["dx"]!)).Within(Tolerance), "dx");
        foreach (Parameter parameter in parameters.Parameters)
        {
            Assert.That(parameter.Gradient.ToArray(), Is.EqualTo(Numbers(golden["derivatives"]![parameter.Name]!)).Within(Tolerance), parameter.Name);
        }

        Linear Dense(string name, int inputs, int outputs, bool relu) => new(
            parameters.Uniform($"{name}.weight", inputs, outputs, inputs), parameters.Uniform($"{name}.bias", inputs, outputs), inputs, relu, pool);
    }

    [Test]
    public void A_spectral_norm_its_power_iteration_and_its_gradient_are_PyTorchs()
    {
        JToken golden = Golden.Value["spectralNorm"]!;
        var parameters = new ParameterSet();
        var norm = new SpectralNorm(parameters, "layer", 18, 4, 2, 3, 3);
        parameters.Initialise(new RandomStream(1));
        Numbers(golden["original"]!).CopyTo(norm.Original.Values);
        Numbers(golden["u"]!).CopyTo(norm.U, 0);
        Numbers(golden["v"]!).CopyTo(norm.V, 0);

        norm.Iterate();
        norm.Apply();
        Numbers(golden["dy"]!).CopyTo(norm.Weight.Gradient);
        norm.Backward();

        Assert.That(norm.U, Is.EqualTo(Numbers(golden["u1"]!)).Within(Tolerance), "u");
        Assert.That(norm.V, Is.EqualTo(Numbers(golden["v1"]!)).Within(Tolerance), "v");
        Assert.That(norm.Weight.Values.ToArray(), Is.EqualTo(Numbers(golden["weight"]!)).Within(Tolerance), "weight");
        Assert.That(norm.Original.Gradient.ToArray(), Is.EqualTo(Numbers(golden["gradient"]!)).Within(Tolerance), "gradient");
    }

    [Test]
    public void Munchausens_target_has_the_log_policy_and_the_entropy()
    {
        JToken golden = Golden.Value["munchausen"]!;
        int actions = (int)golden["actions"]!;
        var munchausen = new Munchausen((float)golden["alpha"]!, (float)golden["tau"]!, (float)golden["floor"]!);
        float[] returns = Numbers(golden["returns"]!), next = Numbers(golden["next"]!), targets = new float[returns.Length];
        var policy = new NextPolicy(returns.Length, actions);

        munchausen.Reward(Numbers(golden["values"]!), golden["taken"]!.ToObject<int[]>(), returns);
        munchausen.Choose(next, policy);
        new MeanReturn(1).Targets(returns, Numbers(golden["discounts"]!), next, policy, targets);

        Assert.That(targets, Is.EqualTo(Numbers(golden["targets"]!)).Within(Tolerance));
    }

    [Test]
    public void Priorities_give_the_papers_chances_and_weights()
    {
        JToken golden = Golden.Value["priorities"]!;
        float[] errors = Numbers(golden["errors"]!), chances = Numbers(golden["chances"]!), weights = Numbers(golden["weights"]!);
        var replay = new ReplayBuffer(new InputSpec { FrameBytes = 1, Scale = 1 }, 1, 20, nStep: 1, discount: 1);
        var priorities = new PrioritisedReplay(replay, (float)golden["alpha"]!);
        for (byte i = 0; i < errors.Length; i++)
        {
            replay.Add(0, [i], i, 0, StepEnd.Terminal, [0]);
            priorities.Added(0);
        }

        // Alike at first, a stratified draw of as many takes each once.
        var each = new ReplayBatch(errors.Length, 1);
        priorities.Sample(new RandomStream(1), 1, each);
        Assert.That(each.Actions, Is.EqualTo(Enumerable.Range(0, errors.Length)));
        priorities.Learned(each, errors);

        const int Draws = 20_000;
        var batch = new ReplayBatch(Draws, 1);
        priorities.Sample(new RandomStream(2), (float)golden["beta"]!, batch);
        double largest = batch.Actions.Max(a => weights[a]);
        Assert.Multiple(() =>
        {
            for (int i = 0; i < errors.Length; i++)
            {
                // One from each of as many equal parts: as many as its share, but for what lies across its two edges.
                Assert.That(batch.Actions.Count(a => a == i), Is.EqualTo(Draws * chances[i]).Within(2), $"draws of {i}");
            }

            Assert.That(batch.Weights, Is.EqualTo(batch.Actions.Select(a => weights[a] / largest)).Within(Tolerance));
        });
    }

    [Test]
    public void A_noisy_layer_and_its_gradients_are_PyTorchs()
    {
        JToken golden = Golden.Value["noisy"]!;
        int inputs = (int)golden["inputs"]!, outputs = (int)golden["outputs"]!;
        float[] x = Numbers(golden["x"]!), dy = Numbers(golden["dy"]!);
        using var pool = new WorkerPool(1);
        var parameters = new ParameterSet();
        var layer = new NoisyLinear(parameters, "layer", inputs, outputs, 0.5f, relu: false, pool);
        parameters.Initialise(new RandomStream(1));
        foreach (Parameter parameter in parameters.Parameters)
        {
            Numbers(golden["tensors"]![parameter.Name["layer.".Length..]]!).CopyTo(parameter.Values);
        }

        float[] y = new float[dy.Length], dx = new float[x.Length];
        layer.Forward(x.Length / inputs, x, y);
        Assert.That(y, Is.EqualTo(Numbers(golden["silent"]!)).Within(Tolerance), "before any noise");

        layer.Take(Numbers(golden["epsilonIn"]!), Numbers(golden["epsilonOut"]!));
        layer.Forward(x.Length / inputs, x, y);
        Assert.That(y, Is.EqualTo(Numbers(golden["y"]!)).Within(Tolerance), "with it");

        layer.Backward(x.Length / inputs, x, y, dy, dx);
        foreach (Parameter parameter in parameters.Parameters)
        {
            Assert.That(parameter.Gradient.ToArray(), Is.EqualTo(Numbers(golden["gradients"]![parameter.Name["layer.".Length..]]!)).Within(Tolerance), parameter.Name);
        }
    }

    [Test]
    public void The_numbers_are_what_the_script_writes()
    {
        PyTorch.Require();
        JObject now = JObject.Parse(PyTorch.Run("golden_returns.py"));
        double[] ours = [.. All(Golden.Value)], theirs = [.. All(now)];
        Assert.That(theirs, Is.EqualTo(ours).Within(1e-6));
    }

    private static void CompareLoss(IReturnModel model, JToken golden, float[]? taus = null)
    {
        int atoms = model.Atoms;
        float[] outputs = Numbers(golden["outputs"]!), targets = Numbers(golden["targets"]!), losses = Numbers(golden["losses"]!);
        float[] gradients = new float[outputs.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            ReadOnlySpan<float> chances = taus is null ? [] : taus.AsSpan(i * atoms, atoms);
            float loss = model.Loss(outputs.AsSpan(i * atoms, atoms), chances, targets.AsSpan(i * atoms, atoms), gradients.AsSpan(i * atoms, atoms), out float error);
            Assert.That(loss, Is.EqualTo(losses[i]).Within(Tolerance), $"loss of row {i}");
            Assert.That(error, Is.EqualTo(golden["errors"] is { } errors ? (float)errors[i]! : losses[i]).Within(Tolerance), $"error of row {i}");
        }

        Assert.That(gradients, Is.EqualTo(Numbers(golden["gradients"]!)).Within(Tolerance), "gradients");
    }

    private static IEnumerable<double> All(JToken tree) => ((JContainer)tree).Descendants().OfType<JValue>().Select(v => (double)v);

    private static float[] Numbers(JToken token) => token.ToObject<float[]>()!;
}
