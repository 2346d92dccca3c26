using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

public class PqnTests
{
    [Test]
    public void Lambda_returns_of_a_scripted_rollout_are_those_worked_out_by_hand()
    {
        // γ = 1/2, λ = 1/4;  V is maxₐ Q(s', a).  Two environments, four steps:
        //
        //   t            0     1          2           3
        //   A   r        1     2          4           8
        //       end                                            the rollout ends: bootstrapped
        //       V       16    16         16          16
        //       G₃ = 8 + ½·16                              = 16
        //       G₂ = 4 + ½ (¾·16 + ¼·16)                   = 12
        //       G₁ = 2 + ½ (¾·16 + ¼·12)                   = 9.5
        //       G₀ = 1 + ½ (¾·16 + ¼·9.5)                  = 8.1875
        //
        //   B   r        1     2          4           8
        //       end            Truncated  Terminal
        //       V        8     8          (99)        32
        //       G₃ = 8 + ½·32                              = 24
        //       G₂ = 4                                     = 4
        //       G₁ = 2 + ½·8                               = 6
        //       G₀ = 1 + ½ (¾·8 + ¼·6)                     = 4.75
        float[] returns = new float[8];
        Pqn.LambdaReturns(
            4, 2,
            rewards: [1, 1, 2, 2, 4, 4, 8, 8],
            ends: [StepEnd.None, StepEnd.None, StepEnd.None, StepEnd.Truncated, StepEnd.None, StepEnd.Terminal, StepEnd.None, StepEnd.None],
            nextValues: [16, 8, 16, 8, 16, 99, 16, 32],
            discount: 0.5f, lambda: 0.25f, returns);
        Assert.That(returns, Is.EqualTo(new[] { 8.1875f, 4.75f, 9.5f, 6, 12, 4, 16, 24 }));
    }

    [Test]
    public void With_lambda_one_a_return_is_the_discounted_sum_of_what_was_seen()
    {
        float[] returns = new float[3];
        Pqn.LambdaReturns(3, 1, [1, 1, 1], [StepEnd.None, StepEnd.None, StepEnd.Terminal], [50, 50, 50], 0.5f, 1, returns);
        Assert.That(returns, Is.EqualTo(new[] { 1.75f, 1.5f, 1 }));
    }

    [TestCase(0f, 0.5f)]
    [TestCase(0.5f, 0.25f)]
    public void Next_values_reckon_with_holding_on(float sticky, float expected)
    {
        // In state 0, action 1 leads to state 1; there action 0 pays 1, action 1 nothing, and it is over.  γ = 1/2, λ = 0.
        // V(1) = (1 − ς) maxₐ Q(1, a) + ς Q(1, 1), for action 1 is what might be held on to.
        PqnSettings settings = Small with { Sticky = sticky };
        using var pqn = new Pqn(Two, 2, 1, settings, new Seeds(1), 1);
        for (int episode = 0; episode < 1_500; episode++)
        {
            Step(pqn, 0, 1, 1, 0, StepEnd.None, 1);
            int action = episode % 2;
            Step(pqn, 1, action, action, 1 - action, StepEnd.Terminal, 0);
        }

        Assert.That(Values(pqn, 1), Is.EqualTo(new float[] { 1, 0 }).Within(0.05));
        Assert.That(Values(pqn, 0)[1], Is.EqualTo(expected).Within(0.05));
    }

    [Test]
    public void What_was_performed_is_learned_of_where_actions_stick_and_what_was_chosen_where_nobody_reckons_with_it()
    {
        float[] performed = Learn(Small with { Sticky = 0.25f }), chosen = Learn(Small with { Sticky = 0 });
        Assert.That(performed[1], Is.EqualTo(1).Within(0.05));
        Assert.That(performed[0], Is.LessThan(0.9));
        Assert.That(chosen[0], Is.EqualTo(1).Within(0.05));

        static float[] Learn(PqnSettings settings)
        {
            using var pqn = new Pqn(Two, 2, 1, settings, new Seeds(1), 1);
            for (int episode = 0; episode < 2_000; episode++)
            {
                Step(pqn, 0, chosen: 0, performed: 1, 1, StepEnd.Terminal, 0);
            }

            return Values(pqn, 0);
        }
    }

    [TestCase(PqnEstimate.Mean, 1)]
    [TestCase(PqnEstimate.Histogram, 48)]
    [TestCase(PqnEstimate.Auto, 48)]
    public void A_value_is_a_number_or_a_histogram(PqnEstimate estimate, int atoms)
    {
        using var pqn = new Pqn(Two, 2, 1, Small with { Estimate = estimate }, new Seeds(1), 1);
        Assert.That(pqn.Weights.Single(w => w.Name.EndsWith("advantage.bias", StringComparison.Ordinal)).Values.Length, Is.EqualTo(2 * atoms));
    }

    [Test]
    public void Explorers_act_at_random_and_the_others_do_not()
    {
        PqnSettings settings = Small with { EpsilonStart = 0, EpsilonFinal = 0, Explorers = 0.5f, ExplorerEpsilon = 1 };
        using var pqn = new Pqn(Two, 2, 4, settings, new Seeds(1), 1);
        byte[] states = [1, 0, 1, 0, 1, 0, 1, 0];
        int[] actions = new int[4], ones = new int[4];
        for (int i = 0; i < 200; i++)
        {
            pqn.Act(states, actions);
            for (int e = 0; e < 4; e++)
            {
                ones[e] += actions[e];
            }
        }

        Assert.That(ones[..2], Has.All.InRange(60, 140));
        Assert.That(ones[2..], Has.All.EqualTo(0).Or.All.EqualTo(200));
    }

    [TestCase(0, 0.5)]
    [TestCase(100, 0.5)]
    [TestCase(200, 0.75, Description = "halfway: a horizon of 4 steps instead of 2 and 6")]
    [TestCase(300, 5 / 6.0)]
    [TestCase(long.MaxValue, 5 / 6.0)]
    public void The_horizon_grows_by_as_much_with_each_step(long step, double discount) =>
        Assert.That((Small with { HorizonGrowth = 3, HorizonGrowthFrom = 100, HorizonGrowthTo = 300 }).DiscountAt(step), Is.EqualTo(discount).Within(1e-6));

    [Test]
    public void Once_the_horizon_has_grown_the_same_rewards_are_worth_more()
    {
        // A reward of 1 with every step, for ever: 1/(1 − γ).
        PqnSettings settings = Small with { Estimate = PqnEstimate.Mean, HorizonGrowth = 2, HorizonGrowthFrom = 4_000, HorizonGrowthTo = 4_001, LearningRateEasing = 0 };
        using var pqn = new Pqn(Two, 2, 1, settings, new Seeds(1), 1);
        for (int step = 0; step < 4_000; step++)
        {
            Step(pqn, 0, step & 1, step & 1, 1, StepEnd.None, 0);
        }

        Assert.That(Values(pqn, 0), Has.All.EqualTo(2).Within(0.1));
        for (int step = 0; step < 8_000; step++)
        {
            Step(pqn, 0, step & 1, step & 1, 1, StepEnd.None, 0);
        }

        Assert.That(Values(pqn, 0), Has.All.EqualTo(4).Within(0.2));
    }

    [Test]
    public void An_ending_that_costs_becomes_dearer_and_no_other_reward_does()
    {
        // Action 0 ends it and costs 1, action 1 ends it and pays 1; in state 1 a step costs 1 and ends nothing.  γ = 1/2
        PqnSettings settings = Small with { Estimate = PqnEstimate.Mean, FailureGrowth = 3, HorizonGrowthFrom = 4_000, HorizonGrowthTo = 4_001, HorizonGrowth = 1, LearningRateEasing = 0 };
        using var pqn = new Pqn(Two, 2, 1, settings, new Seeds(1), 1);
        Play(3_999);
        Assert.That(Values(pqn, 0), Is.EqualTo(new float[] { -1, 1 }).Within(0.1));
        Play(8_000);
        Assert.That(Values(pqn, 0), Is.EqualTo(new float[] { -3, 1 }).Within(0.2));
        Assert.That(Values(pqn, 1)[0], Is.EqualTo(-1 + 0.5).Within(0.2));

        void Play(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                if (step % 3 == 2)
                {
                    Step(pqn, 1, 0, 0, -1, StepEnd.None, 0);
                }
                else
                {
                    Step(pqn, 0, step % 3, step % 3, step % 3 == 0 ? -1 : 1, StepEnd.Terminal, step % 3 == 0 ? 0 : 1);
                }
            }
        }
    }

    [TestCase(100, 1)]
    [TestCase(200, 2)]
    [TestCase(long.MaxValue, 3)]
    public void It_does_so_by_as_much_with_each_step(long step, double factor) =>
        Assert.That((Small with { FailureGrowth = 3, HorizonGrowthFrom = 100, HorizonGrowthTo = 300 }).FailureFactorAt(step), Is.EqualTo(factor).Within(1e-6));

    [Test]
    public void Bounds_the_wrong_way_round_are_refused() =>
        Assert.That(() => new Pqn(Two, 2, 1, Small with { LowestReturn = 3, HighestReturn = 2 }, new Seeds(1), 1), Throws.ArgumentException.With.Message.Contains("LowestReturn is 3"));

    private static readonly InputSpec Two = new() { FrameBytes = 2, Stack = 1, Scale = 1 };

    private static readonly PqnSettings Small = new()
    {
        Network = new() { HiddenLayers = 1, HiddenUnits = 16 }, Discount = 0.5f, Lambda = 0, RolloutSteps = 16, MinibatchSize = 16, LearningRate = 3e-3f,
        LowestReturn = -1, HighestReturn = 2,
    };

    private static void Step(Pqn pqn, int state, int chosen, int performed, float reward, StepEnd end, int next)
    {
        pqn.Act(One(state), new int[1]);
        pqn.Observe(new StepBatch { Actions = [chosen], Performed = [performed], Rewards = [reward], Ends = [end], NextObservations = One(next), Observations = One(next) });
    }

    private static byte[] One(int state) => state == 0 ? [1, 0] : [0, 1];

    private static float[] Values(Pqn pqn, int state)
    {
        float[] values = new float[2];
        pqn.QValues(One(state), values);
        return values;
    }
}
