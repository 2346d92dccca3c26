using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>What both learners promise, in the corridor.</summary>
public class LearnersTests
{
    private const int Walkers = 8;
    private const float Gamma = 0.9f;

    private static readonly NetworkSettings Small = new() { HiddenUnits = 32 };

    private static readonly DoubleDqnSettings Dqn = new()
    {
        Network = Small,
        Discount = Gamma,
        NStep = 1,
        BatchSize = 32,
        LearnEvery = 8,
        BurnIn = 200,
        ReplayCapacity = 4_000,
        TargetUpdatePeriod = 50,
        LearningRate = 2e-3f,
        EpsilonFinal = 1,
    };

    private static readonly PqnSettings Pqn = new()
    {
        Network = Small,
        Discount = Gamma,
        Lambda = 0,
        RolloutSteps = 16,
        MinibatchSize = 32,
        LearningRate = 2e-3f,
        LearningRateDecay = 40_000,
        EpsilonFinal = 1,
    };

    private static ILearner Create(string algorithm, ulong seed = 1, int threads = 1) => algorithm == "PQN"
        ? new Pqn(Corridor.Input, 2, Walkers, Pqn, new Seeds(seed), threads)
        : new DoubleDqn(Corridor.Input, 2, Walkers, Dqn, new Seeds(seed), threads);

    private static float[] WeightsOf(ILearner learner) => [.. learner.Weights.SelectMany(t => t.Values.ToArray())];

    [TestCase("PQN", 5_000)]
    [TestCase("Double DQN", 3_000)]
    public void The_corridor_is_solved_to_its_optimal_values_by_random_walking(string algorithm, int steps)
    {
        using ILearner learner = Create(algorithm);
        new Corridor(Walkers).Run(learner, steps);
        float[] q = Corridor.Values(learner);
        Assert.Multiple(() =>
        {
            for (int cell = 0; cell < Corridor.Cells - 1; cell++)
            {
                for (int action = 0; action < 2; action++)
                {
                    Assert.That(q[cell * 2 + action], Is.EqualTo(Corridor.OptimalQ(cell, action, Gamma)).Within(0.05), $"cell {cell}, action {action}");
                }
            }
        });
    }
}
