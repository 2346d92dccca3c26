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

    private static void CompareLoss(IReturnModel model, JToken golden)
    {
        int atoms = model.Atoms;
        float[] outputs = Numbers(golden["outputs"]!), targets = Numbers(golden["targets"]!), losses = Numbers(golden["losses"]!);
        float[] gradients = new float[outputs.Length];
        for (int i = 0; i < losses.Length; i++)
        {
            float loss = model.Loss(outputs.AsSpan(i * atoms, atoms), targets.AsSpan(i * atoms, atoms), gradients.AsSpan(i * atoms, atoms), out _);
            Assert.That(loss, Is.EqualTo(losses[i]).Within(Tolerance), $"loss of row {i}");
        }

        Assert.That(gradients, Is.EqualTo(Numbers(golden["gradients"]!)).Within(Tolerance), "gradients");
    }

    private static IEnumerable<double> All(JToken tree) => ((JContainer)tree).Descendants().OfType<JValue>().Select(v => (double)v);

    private static float[] Numbers(JToken token) => token.ToObject<float[]>()!;
}
