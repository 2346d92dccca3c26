using MarioAgentTool.Learning;

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
}
