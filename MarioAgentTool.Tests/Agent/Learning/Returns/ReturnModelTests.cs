using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Returns;

/// <summary>Numbers worked out by hand, and losses against finite differences.</summary>
public class ReturnModelTests
{
    [Test]
    public void DQN_takes_its_own_choice_and_Double_DQN_the_online_choice_at_the_target_networks_price()
    {
        // R = 1, γⁿ = 1/2.  Online prefers action 2; the target network prices it at 10, and would itself have liked 0 at 100.
        // The second transition is terminal: R alone.
        float[] online = [3, 4, 5, /* */ 1, 0, 0], target = [100, 50, 10, /* */ 1000, 0, 0];
        Assert.Multiple(() =>
        {
            Assert.That(Targets(online), Is.EqualTo(new float[] { 6, 7 }), "Double DQN");
            Assert.That(Targets(target), Is.EqualTo(new float[] { 51, 7 }), "DQN");
        });

        float[] Targets(float[] chooser)
        {
            float[] targets = new float[2];
            var policy = new NextPolicy(2, 3);
            policy.Greedily(chooser);
            new MeanReturn(1).Targets([1, 7], [0.5f, 0], target, policy, targets);
            return targets;
        }
    }

    [Test]
    public void C51_lays_a_moved_distribution_onto_the_atoms_beside_it()
    {
        //   z        0     1     2           p all on z = 2, but 1/4 on z = 0
        //   R + γz   0.5         1.5         1/4 halfway between 0 and 1, 3/4 halfway between 1 and 2
        float[] logits = [MathF.Log(0.25f), -1000, MathF.Log(0.75f)], m = new float[3];
        var model = new CategoricalReturn(3, 0, 2);
        var policy = new NextPolicy(1, 1);
        policy.Greedily([0]);

        model.Targets([0.5f], [0.5f], logits, policy, m);
        Assert.That(m, Is.EqualTo(new[] { 0.125f, 0.5f, 0.375f }).Within(1e-6));

        // Beyond the ends, the ends; after a terminal step, R alone, here exactly on an atom.
        model.Targets([5], [0.5f], logits, policy, m);
        Assert.That(m, Is.EqualTo(new float[] { 0, 0, 1 }).Within(1e-6));
        model.Targets([1], [0], logits, policy, m);
        Assert.That(m, Is.EqualTo(new float[] { 0, 1, 0 }).Within(1e-6));

        float[] mean = new float[1];
        model.Means(logits, mean);
        Assert.That(mean[0], Is.EqualTo(1.5).Within(1e-6));
    }

    [Test]
    public void C51_of_a_soft_policy_is_the_mixture_of_the_actions()
    {
        var model = new CategoricalReturn(3, 0, 2);
        var policy = new NextPolicy(1, 2);
        (policy.Chances[0], policy.Chances[1], policy.Bonuses[1]) = (0.25f, 0.75f, 1);
        float[] m = new float[3];

        // Action 0 surely returns 0; action 1 surely 1, and its bonus of 1 makes it 2.
        model.Targets([0], [1], [50, 0, 0, /* */ 0, 50, 0], policy, m);
        Assert.That(m, Is.EqualTo(new[] { 0.25f, 0, 0.75f }).Within(1e-6));
    }

    [Test]
    public void A_quantile_is_pulled_up_by_what_lies_above_as_strongly_as_its_chance_says()
    {
        // θ = (0, 0), τ̂ = (1/4, 3/4), κ = 1;  targets −4 and 4.
        //   i = 0:  u = −4 weighs 3/4, u = 4 weighs 1/4:  ½ · (3.5 · ¾ + 3.5 · ¼) = 1.75,  dθ = −½ (−¾ + ¼) = ¼
        var model = new QuantileReturn(2, 1);
        float[] gradient = new float[2], mean = new float[1];
        float loss = model.Loss([0, 0], [], [-4, 4], gradient, out float error);
        Assert.Multiple(() =>
        {
            Assert.That(gradient, Is.EqualTo(new[] { 0.25f, -0.25f }));
            Assert.That((loss, error), Is.EqualTo((3.5f, 3.5f)));
        });
        model.Means([1, 5], mean);
        Assert.That(mean[0], Is.EqualTo(3));
    }

    [Test]
    public void Munchausen_pays_for_the_action_its_policy_would_take_and_not_below_the_floor()
    {
        // τ = 1, q = (ln 3, 0): π = (3/4, 1/4).  τ ln π of action 0 is ln ¾; of action 1, ln ¼ = −1.39 is below the floor of −1.
        var munchausen = new Munchausen(0.5f, 1, -1);
        float[] q = [MathF.Log(3), 0, MathF.Log(3), 0], returns = [10, 10];
        munchausen.Reward(q, [0, 1], returns);
        Assert.That(returns, Is.EqualTo(new[] { 10 + 0.5 * Math.Log(0.75), 10 - 0.5 }).Within(1e-6));

        // Σ π (q − ln π) = log-sum-exp of q, for any policy that is soft in q.
        var policy = new NextPolicy(2, 2);
        munchausen.Choose(q, policy);
        float[] targets = new float[2];
        new MeanReturn(1).Targets([0, 0], [1, 0], q, policy, targets);
        Assert.Multiple(() =>
        {
            Assert.That(policy.Chances, Is.EqualTo(new[] { 0.75f, 0.25f, 0.75f, 0.25f }).Within(1e-6));
            Assert.That(targets, Is.EqualTo(new[] { Math.Log(4), 0 }).Within(1e-6));
        });
    }

    [Test]
    public void Munchausens_policy_survives_a_cold_temperature()
    {
        var policy = new NextPolicy(1, 3);
        new Munchausen(0.9f, 0.03f, -1).Choose([100, 99, -100], policy);
        Assert.That(policy.Chances, Is.EqualTo(new float[] { 1, 0, 0 }).Within(1e-6));
        Assert.That(policy.Bonuses[0], Is.Zero.Within(1e-4));
    }

    [Test]
    public void A_loss_has_the_gradient_of_finite_differences([Values("mean", "C51", "quantiles")] string kind)
    {
        IReturnModel model = kind switch { "mean" => new MeanReturn(0.5f), "C51" => new CategoricalReturn(9, -2, 2), _ => new QuantileReturn(9, 0.5f) };
        var random = new RandomStream(4);
        float[] Floats() => [.. Enumerable.Range(0, model.Atoms).Select(_ => 4 * random.NextSingle() - 2)];
        for (int round = 0; round < 10; round++)
        {
            float[] outputs = Floats(), target = Floats(), gradient = new float[model.Atoms], ignored = new float[model.Atoms];
            if (model is CategoricalReturn)
            {
                float sum = target.Sum(Math.Abs);
                target = [.. target.Select(t => Math.Abs(t) / sum)];
            }

            model.Loss(outputs, [], target, gradient, out _);
            for (int i = 0; i < model.Atoms; i++)
            {
                const float Step = 2e-3f;
                float old = outputs[i];
                outputs[i] = old + Step;
                float up = model.Loss(outputs, [], target, ignored, out _);
                outputs[i] = old - Step;
                float down = model.Loss(outputs, [], target, ignored, out _);
                outputs[i] = old;
                Assert.That(gradient[i], Is.EqualTo((up - down) / (2 * Step)).Within(0.005), $"round {round}, output {i}");
            }
        }
    }

    [TestCase(EstimateKind.Mean, 1)]
    [TestCase(EstimateKind.C51, 11)]
    [TestCase(EstimateKind.Quantiles, 7)]
    public void The_means_gradient_is_its_difference(EstimateKind estimate, int atoms)
    {
        IReturnModel model = new DqnSettings { Estimate = estimate, Atoms = atoms, LowestReturn = -2, HighestReturn = 3 }.ReturnModel();
        float[] outputs = [.. Enumerable.Range(0, atoms).Select(i => MathF.Sin(i * 1.7f))], gradient = new float[atoms], mean = new float[1];
        model.MeanGradient(outputs, gradient);
        for (int i = 0; i < atoms; i++)
        {
            const float Step = 1e-2f;
            float Mean(float moved)
            {
                float[] other = [.. outputs];
                other[i] += moved;
                model.Means(other, mean);
                return mean[0];
            }

            Assert.That(gradient[i], Is.EqualTo((Mean(Step) - Mean(-Step)) / (2 * Step)).Within(1e-3), $"atom {i}");
        }
    }
}
