using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>What all learners promise, in the corridor and on the cliff.</summary>
public class LearnersTests
{
    internal const int Walkers = 8;
    private const float Gamma = 0.9f;

    private static readonly NetworkSettings Small = new() { HiddenUnits = 32 };

    private static readonly DqnSettings Dqn = new()
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

    // Returns lie between 0 and 1 in the corridor, −4 and 1 on the cliff; what is soft needs a temperature well below.
    private static readonly DqnSettings C51 = Dqn with { Estimate = EstimateKind.C51, Atoms = 31, LowestReturn = -2, HighestReturn = 1 };

    private static readonly DqnSettings Rainbow = C51 with
    {
        NStep = 3, PriorityExponent = 0.5f, PriorityCorrectionSteps = 20_000, Network = Small with { Noisy = true, StreamUnits = 32 }, EpsilonFinal = 0.5f,
    };

    private static readonly Dictionary<string, DqnSettings> Dqns = new()
    {
        ["DQN"] = Dqn with { Double = false },
        ["Double DQN"] = Dqn,
        ["Munchausen DQN"] = Dqn with { Double = false, Munchausen = 0.9f },
        ["C51"] = C51 with { Double = false },
        ["QR-DQN"] = Dqn with { Double = false, Estimate = EstimateKind.Quantiles, Atoms = 11 },
        ["prioritised Double DQN"] = Dqn with { PriorityExponent = 0.6f, PriorityCorrectionSteps = 20_000 },
        ["noisy DQN"] = Dqn with { Double = false, Network = Small with { Noisy = true } },
        ["Rainbow"] = Rainbow,
        ["Munchausen QR-DQN"] = Rainbow with { Double = false, Munchausen = 0.9f, Estimate = EstimateKind.Quantiles, Atoms = 8, PriorityExponent = 0.2f },
        ["Munchausen IQN"] = Rainbow with
        {
            Double = false, Munchausen = 0.9f, Estimate = EstimateKind.ImplicitQuantiles, Atoms = 8, PriorityExponent = 0.2f, Network = Rainbow.Network with { Cosines = 16 },
        },
        ["Munchausen C51"] = C51 with { Double = false, Munchausen = 0.9f },
    };

    // What notebooks have, all its actions random.
    private static readonly ClassicDqnSettings Classic = new()
    {
        Network = Small with { LayerNorm = false, Dueling = false }, Discount = Gamma, BatchSize = 16, BurnIn = 20, ReplayCapacity = 500, SyncPeriod = 100, LearningRate = 2e-3f, EpsilonDecay = 1,
    };

    private static readonly Dictionary<string, ClassicDqnSettings> Classics = new()
    {
        ["classic DQN"] = Classic with { Target = TargetKind.Max },
        ["classic Double DQN"] = Classic,
    };

    internal static readonly string[] Algorithms = ["PQN", .. Dqns.Keys], All = [.. Algorithms, .. Classics.Keys];

    // One step ahead and random enough that values of all actions come out, which a soft policy's and n steps' do not.
    private static readonly string[] Exact = ["PQN", "DQN", "Double DQN", "C51", "QR-DQN", "prioritised Double DQN", "noisy DQN"];

    private static ILearner Create(string algorithm, ulong seed = 1, int threads = 1) => Create(algorithm, seed, new ManagedBackend(threads));

    internal static ILearner Create(string algorithm, ulong seed, IBackend backend) => algorithm == "PQN"
        ? new Pqn(Corridor.Input, 2, Walkers, Pqn, new Seeds(seed), backend)
        : Classics.TryGetValue(algorithm, out ClassicDqnSettings? classic) ? new ClassicDqn(Corridor.Input, 2, Walkers, classic, new Seeds(seed), backend)
        : new Dqn(Corridor.Input, 2, Walkers, Dqns[algorithm], new Seeds(seed), backend);

    private static int StepsOf(string algorithm) => algorithm == "PQN" ? 5_000 : 3_000;

    internal static float[] WeightsOf(ILearner learner) => [.. learner.Weights.SelectMany(t => t.Values.ToArray())];

    /// <summary>Saves one learner, replay and all, and loads it as another.</summary>
    /// <returns>The file.</returns>
    internal static byte[] HandOver(ILearner from, ILearner to)
    {
        var file = new MemoryStream();
        from.Save(file, withReplay: true);
        file.Position = 0;
        to.Load(file);
        Assert.That(file.Position, Is.EqualTo(file.Length), "all of it is read");
        return file.ToArray();
    }

    [Test]
    public void The_corridor_is_solved_to_its_optimal_values_by_random_walking([ValueSource(nameof(Exact))] string algorithm)
    {
        int steps = StepsOf(algorithm);
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

    [Test]
    public void Truncated_episodes_are_bootstrapped_through([ValueSource(nameof(Exact))] string algorithm)
    {
        int steps = StepsOf(algorithm);
        // Nobody watches for longer than six steps; taken for endings, those would halve the values on the left.
        using ILearner learner = Create(algorithm);
        new Corridor(Walkers) { Limit = 6 }.Run(learner, steps);
        float[] q = Corridor.Values(learner);
        Assert.Multiple(() =>
        {
            for (int cell = 0; cell < Corridor.Cells - 1; cell++)
            {
                Assert.That(q[cell * 2 + 1], Is.EqualTo(Corridor.OptimalQ(cell, 1, Gamma)).Within(0.05), $"right from cell {cell}");
            }
        });
    }

    [Test]
    public void An_environment_that_restarts_unannounced_counts_as_truncated_there([ValueSource(nameof(Exact))] string algorithm)
    {
        int steps = StepsOf(algorithm);
        // Taken for steps into the first cell, the restarts would teach that walking right leads back.
        using ILearner learner = Create(algorithm);
        var corridor = new Corridor(Walkers);
        for (int i = 0; i < steps; i += 6)
        {
            corridor.Run(learner, 6);
            corridor.Restart();
        }

        float[] q = Corridor.Values(learner);
        Assert.Multiple(() =>
        {
            for (int cell = 0; cell < Corridor.Cells - 1; cell++)
            {
                Assert.That(q[cell * 2 + 1], Is.EqualTo(Corridor.OptimalQ(cell, 1, Gamma)).Within(0.05), $"right from cell {cell}");
            }
        });
    }

    [Test]
    public void The_shortest_way_along_the_cliff_is_found([ValueSource(nameof(Algorithms))] string algorithm)
    {
        using ILearner learner = algorithm == "PQN"
            ? new Pqn(Cliff.Input, Cliff.Actions, Walkers, Pqn with { Estimate = PqnEstimate.Mean, Discount = 0.97f, Lambda = 0.65f, EpsilonFinal = 0.3f, EpsilonDecay = 10_000 }, new Seeds(3), 1)
            : new Dqn(Cliff.Input, Cliff.Actions, Walkers, Dqns[algorithm] with { Discount = 0.97f, EpsilonFinal = 0.1f, EpsilonDecay = 10_000 }, new Seeds(3), 1);
        new Cliff(Walkers).Run(learner, 4_000);

        Assert.That(Cliff.GreedySteps(learner), Is.EqualTo(Cliff.Shortest));
    }

    [Test]
    public void The_corridor_is_walked_right_by_all([ValueSource(nameof(Algorithms))] string algorithm)
    {
        using ILearner learner = Create(algorithm);
        new Corridor(Walkers).Run(learner, 1_500);
        float[] q = Corridor.Values(learner);
        for (int cell = 0; cell < Corridor.Cells - 1; cell++)
        {
            Assert.That(q[cell * 2 + 1], Is.GreaterThan(q[cell * 2]), $"cell {cell}");
        }
    }

    [Test]
    public void Replay_of_another_kind_is_refused()
    {
        using ILearner even = Create("DQN"), weighed = new Dqn(Corridor.Input, 2, Walkers, Dqns["DQN"] with { PriorityExponent = 0.6f }, new Seeds(1), 1);
        new Corridor(Walkers).Run(even, 60);
        var stream = new MemoryStream();
        even.Save(stream, withReplay: true);
        stream.Position = 0;
        Assert.That(() => weighed.Load(stream), Throws.TypeOf<InvalidDataException>().With.Message.Contains("drawn from evenly, this learner's by priority"));
    }

    [Test]
    public void The_defaults_of_both_learn_to_walk_right()
    {
        using var pqn = new Pqn(Corridor.Input, 2, 64, new PqnSettings(), new Seeds(1), 1);
        using var dqn = new Dqn(Corridor.Input, 2, 64, new DqnSettings(), new Seeds(1), 1);
        foreach (ILearner learner in new ILearner[] { pqn, dqn })
        {
            new Corridor(64).Run(learner, 640);
            float[] q = Corridor.Values(learner);
            for (int cell = 0; cell < Corridor.Cells - 1; cell++)
            {
                Assert.That(q[cell * 2 + 1], Is.GreaterThan(q[cell * 2]), $"{learner.Algorithm}, cell {cell}");
            }
        }
    }

    [Test]
    public void One_seed_gives_one_network_on_any_number_of_threads([ValueSource(nameof(All))] string algorithm)
    {
        float[] Learn(ulong seed, int threads)
        {
            using ILearner learner = Create(algorithm, seed, threads);
            new Corridor(Walkers).Run(learner, 300);
            Assert.That(learner.Progress.Updates, Is.GreaterThan(50));
            return WeightsOf(learner);
        }

        float[] once = Learn(1, 1);
        Assert.Multiple(() =>
        {
            Assert.That(Learn(1, 1), Is.EqualTo(once), "again");
            Assert.That(Learn(1, 2), Is.EqualTo(once), "two threads");
            Assert.That(Learn(2, 1), Is.Not.EqualTo(once), "another seed");
        });
    }

    [Test]
    public void Loading_and_going_on_equals_never_having_stopped([ValueSource(nameof(All))] string algorithm)
    {
        using ILearner steady = Create(algorithm);
        using ILearner restored = Create(algorithm, seed: 99);
        var corridor = new Corridor(Walkers) { Limit = 7 };
        corridor.Run(steady, 205);
        HandOver(steady, restored);
        Assert.That(restored.Progress, Is.EqualTo(steady.Progress));

        Corridor other = corridor.Copy();
        corridor.Run(steady, 205);
        other.Run(restored, 205);
        Assert.Multiple(() =>
        {
            Assert.That(restored.Progress, Is.EqualTo(steady.Progress));
            Assert.That(WeightsOf(restored), Is.EqualTo(WeightsOf(steady)));
        });
    }

    [Test]
    public void Without_replay_the_networks_come_back_and_learning_goes_on_from_new_episodes([ValueSource(nameof(All))] string algorithm)
    {
        using ILearner first = Create(algorithm);
        new Corridor(Walkers).Run(first, 205);
        var small = new MemoryStream();
        var large = new MemoryStream();
        first.Save(small, withReplay: false);
        first.Save(large, withReplay: true);
        small.Position = 0;
        using ILearner second = Create(algorithm, seed: 99);
        second.Load(small);
        Assert.Multiple(() =>
        {
            Assert.That(small.Length, Is.LessThan(large.Length));
            Assert.That(WeightsOf(second), Is.EqualTo(WeightsOf(first)));
        });
        new Corridor(Walkers).Run(second, 100);
        Assert.That(second.Progress.Updates, Is.GreaterThan(first.Progress.Updates));

        // Nor does anything linger from before the load: a learner that had lived elsewhere goes on the same way.
        using ILearner third = Create(algorithm, seed: 5);
        new Corridor(Walkers) { Limit = 3 }.Run(third, 77);
        small.Position = 0;
        third.Load(small);
        new Corridor(Walkers).Run(third, 100);
        Assert.That(WeightsOf(third), Is.EqualTo(WeightsOf(second)));
    }

    [Test]
    public void Another_algorithms_file_another_shape_and_half_a_file_are_refused()
    {
        using ILearner pqn = Create("PQN");
        using ILearner dqn = Create("Double DQN");
        using ILearner wide = new Pqn(Corridor.Input, 3, Walkers, Pqn, new Seeds(1), 1);
        var stream = new MemoryStream();
        pqn.Save(stream, withReplay: true);
        byte[] file = stream.ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(() => dqn.Load(new MemoryStream(file)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("PQN").And.Message.Contains("Double DQN"));
            Assert.That(() => wide.Load(new MemoryStream(file)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("2 actions").And.Message.Contains("3 actions"));
            Assert.That(() => pqn.Load(new MemoryStream(file[..(file.Length / 2)])), Throws.TypeOf<EndOfStreamException>());
            Assert.That(() => pqn.Load(new MemoryStream([1, 2, 3, 4, 5])), Throws.TypeOf<InvalidDataException>().With.Message.Contains("MATL"));
        });
    }

    [TestCase("PQN")]
    [TestCase("Double DQN")]
    public void The_greedy_action_is_the_one_the_weights_make_best(string algorithm)
    {
        // No hidden unit matters but the two that see cells 0 and 1; cell 0 favours action 1, cell 1 action 0.
        //   Q(·, 0) = 5 h₁,  Q(·, 1) = 3 h₀
        var plain = new NetworkSettings { HiddenLayers = 1, HiddenUnits = 2, LayerNorm = false, Dueling = false };
        using ILearner learner = algorithm == "PQN"
            ? new Pqn(Corridor.Input, 2, 2, Pqn with { Network = plain, Estimate = PqnEstimate.Mean, EpsilonStart = 0, EpsilonFinal = 0 }, new Seeds(1), 1)
            : new Dqn(Corridor.Input, 2, 2, Dqn with { Network = plain, EpsilonStart = 0, EpsilonFinal = 0 }, new Seeds(1), 1);
        float[][] weights = [[1, 0, 0, 0, 0, 0, 1, 0, 0, 0], [0, 0], [0, 5, 3, 0], [0, 0]];
        foreach ((NamedTensor tensor, float[] values) in learner.Weights.Zip(weights))
        {
            values.CopyTo(tensor.Values);
        }

        byte[] observations = [.. Corridor.Observation(0), .. Corridor.Observation(1)];
        int[] actions = new int[2];
        float[] q = new float[4];
        learner.Act(observations, actions);
        learner.QValues(observations, q);
        Assert.Multiple(() =>
        {
            Assert.That(actions, Is.EqualTo(new[] { 1, 0 }));
            Assert.That(q, Is.EqualTo(new float[] { 0, 3, 5, 0 }));
        });
    }

    [Test]
    public void Acting_and_learning_allocate_nothing([ValueSource(nameof(All))] string algorithm)
    {
        using ILearner learner = Create(algorithm);
        new Corridor(Walkers).Run(learner, 600);
        int[] actions = new int[Walkers];
        float[] rewards = new float[Walkers];
        var ends = new StepEnd[Walkers];
        byte[] observations = [.. Enumerable.Repeat(Corridor.Observation(1), Walkers).SelectMany(o => o)];
        learner.Act(observations, actions);
        long bytes = Allocations.Fewest(() =>
        {
            for (int i = 0; i < 64; i++)
            {
                learner.Observe(new StepBatch { Actions = actions, Rewards = rewards, Ends = ends, NextObservations = observations, Observations = observations });
                learner.Act(observations, actions);
            }
        });
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void Settings_no_run_could_use_are_refused_by_name()
    {
        var seeds = new Seeds(1);
        Assert.Multiple(() =>
        {
            Assert.That(() => new Pqn(Corridor.Input, 2, 1, Pqn with { MinibatchSize = 0 }, seeds, 1), Throws.ArgumentException.With.Message.Contains("MinibatchSize is 0"));
            Assert.That(() => new Dqn(Corridor.Input, 2, 1, Dqn with { Discount = 1.5f }, seeds, 1), Throws.ArgumentException.With.Message.Contains("Discount is 1"));
            Assert.That(() => new Dqn(Corridor.Input, 2, 1, Dqn with { ReplayCapacity = 10, BurnIn = 200 }, seeds, 1), Throws.ArgumentException.With.Message.Contains("BurnIn"));
            Assert.That(() => new Pqn(Corridor.Input, 2, 1, Pqn, seeds, threads: 0), Throws.InstanceOf<ArgumentException>().With.Message.Contains("At least one thread"));
        });
    }
}
