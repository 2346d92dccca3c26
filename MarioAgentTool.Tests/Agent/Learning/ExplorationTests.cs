using MarioAgentTool.Learning;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Golden;
using MarioAgentTool.Training;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>
/// Epsilon, and when is learned and copied, over scripted runs: against what the notebooks' own code did in them (learning.json).
/// </summary>
public class ExplorationTests
{
    private static readonly InputSpec Input = new() { FrameBytes = 1, Scale = 1 };

    private static readonly Lazy<JObject> Golden = new(() => (JObject)JObject.Parse(
        File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", "learning.json")))["schedules"]!);

    [TestCase("right-only-dqn")]
    [TestCase("tutorial-ddqn")]
    public void Epsilon_updates_and_copies_come_when_the_notebooks_do(string preset)
    {
        JToken golden = Golden.Value[preset]!;
        int steps = (int)golden["steps"]!, every = (int)golden["every"]!;
        using ClassicDqn learner = Small(Presets.Get(preset).Settings.ClassicDqn);
        var epsilon = new List<double>();
        var syncs = new List<int>();
        int firstUpdate = 0;
        var walk = new Walk(learner);
        for (int step = 1; step <= steps; step++)
        {
            long syncsBefore = learner.Syncs;
            walk.Step(StepEnd.None);
            firstUpdate = firstUpdate == 0 && learner.Progress.Updates > 0 ? step : firstUpdate;
            if (learner.Syncs > syncsBefore)
            {
                syncs.Add(step);
            }

            if (step % every == 0)
            {
                epsilon.Add(learner.ExactEpsilon);
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(firstUpdate, Is.EqualTo((int)golden["first_update"]!), "first update");
            Assert.That(learner.Progress.Updates, Is.EqualTo((long)golden["updates"]!), "updates");
            Assert.That(syncs, Is.EqualTo(golden["syncs"]!.ToObject<int[]>()), "copies");
            Assert.That(epsilon, Is.EqualTo(golden["epsilon"]!.ToObject<double[]>()).Within(1e-15), "epsilon");
        });
    }

    [Test]
    public void The_dueling_notebooks_epsilon_frontier_and_copies_are_its_own_over_200_000_steps()
    {
        JToken golden = Golden.Value["dueling-custom"]!;
        int steps = (int)golden["steps"]!, every = (int)golden["every"]!;
        using ClassicDqn learner = Small(Presets.Get("dueling-custom").Settings.ClassicDqn with { BurnIn = int.MaxValue });
        var epsilon = new List<double>();
        var raises = new List<int>();
        var syncs = new List<int>();
        var frontier = new List<(int, float)> { (1, 40) };
        var walk = new Walk(learner);
        int number = 0, inEpisode = 0;
        float furthest = 40;
        for (int step = 1; step <= steps; step++)
        {
            (int x, bool ends) = NotebookScript.Episode(number, ++inEpisode);
            furthest = Math.Max(furthest, x);
            double before = learner.ExactEpsilon;
            long syncsBefore = learner.Syncs;
            walk.Step(ends ? StepEnd.Terminal : StepEnd.None, x, furthest);
            if (learner.ExactEpsilon > before)
            {
                raises.Add(step);
            }

            if (step % every == 0)
            {
                epsilon.Add(learner.ExactEpsilon);
            }

            if (learner.Syncs > syncsBefore)
            {
                syncs.Add(number);
            }

            if (ends)
            {
                (number, inEpisode, furthest) = (number + 1, 0, 40);
                if (learner.Progress.Frontier != frontier[^1].Item2)
                {
                    frontier.Add((number, learner.Progress.Frontier!.Value));
                }
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(epsilon, Is.EqualTo(golden["epsilon"]!.ToObject<double[]>()).Within(1e-13), "epsilon");
            Assert.That(raises, Is.EqualTo(golden["raises"]!.ToObject<int[]>()), "decisions with epsilon raised");
            Assert.That(frontier, Is.EqualTo(golden["frontier"]!.Select(f => ((int)f[0]!, (float)f[1]!))), "frontier");
            Assert.That(syncs, Is.EqualTo(golden["syncs"]!.ToObject<int[]>()), "episodes after which the target was copied");
        });
    }

    [Test]
    public void The_dueling_notebook_learns_from_its_129th_step_on()
    {
        JToken golden = Golden.Value["dueling-custom"]!["burn_in"]!;
        using ClassicDqn learner = Small(Presets.Get("dueling-custom").Settings.ClassicDqn);
        var walk = new Walk(learner);
        int first = 0, of = (int)golden["of"]!;
        for (int step = 1; step <= of; step++)
        {
            walk.Step(step % 50 == 0 ? StepEnd.Terminal : StepEnd.None);
            first = first == 0 && learner.Progress.Updates > 0 ? step : first;
        }

        Assert.That((first, learner.Progress.Updates), Is.EqualTo(((int)golden["first_update"]!, (long)golden["updates"]!)));
    }

    [Test]
    public void Epsilon_stops_at_its_minimum()
    {
        var exploration = new Exploration(new ClassicDqnSettings { EpsilonStart = 0.1 * (1 + 3e-7) });
        var seen = new List<double>();
        for (int i = 0; i < 2; i++)
        {
            exploration.Decide(null, begins: i == 0);
            seen.Add(exploration.Epsilon);
        }

        Assert.That(seen, Is.EqualTo(Golden.Value["tutorial-ddqn"]!["floor"]!.ToObject<double[]>()));
    }

    [Test]
    public void As_described_epsilon_stays_raised_for_the_episode_that_passed_the_frontier()
    {
        var settings = new ClassicDqnSettings { EpsilonStart = 0.1, EpsilonMin = 0.1, Frontier = new() { Rule = FrontierRule.AsDescribed, Start = 100 } };
        var exploration = new Exploration(settings);
        double[] first = [exploration.Decide(null, begins: true), exploration.Decide(90, begins: false), exploration.Decide(110, begins: false), exploration.Decide(90, begins: false)];
        double[] next = [exploration.Decide(120, begins: true), exploration.Decide(50, begins: false)];

        Assert.That(first, Is.EqualTo(new[] { 0.1, 0.1, 0.5, 0.5 * 0.998 }));
        Assert.That(next, Is.EqualTo(new[] { 0.1, 0.1 }), "the episode after it begins at the minimum");
    }

    // The schedules are asked of the real learner, with a network of next to nothing.
    private static ClassicDqn Small(ClassicDqnSettings settings) => new(
        Input, 2, 1, settings with { Network = new() { HiddenLayers = 1, HiddenUnits = 1, LayerNorm = false, Dueling = false }, BatchSize = 1 }, new Seeds(1), threads: 1);

    /// <summary>Acts and observes, one environment.</summary>
    private sealed class Walk(ClassicDqn learner)
    {
        private readonly byte[] _observation = [1];
        private readonly int[] _action = new int[1];
        private readonly float[] _reward = new float[1], _position = new float[1], _furthest = new float[1];
        private readonly StepEnd[] _end = new StepEnd[1];

        public void Step(StepEnd end, float position = 0, float furthest = 0)
        {
            learner.Act(_observation, _action);
            (_end[0], _position[0], _furthest[0]) = (end, position, furthest);
            learner.Observe(new StepBatch
            {
                Actions = _action, Rewards = _reward, Ends = _end, NextObservations = _observation, Observations = _observation, Positions = _position, Furthest = _furthest,
            });
        }
    }
}
