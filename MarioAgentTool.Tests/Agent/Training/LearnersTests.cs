using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class LearnersTests
{
    private static readonly ObservationSpec Tiles = new TileObserver(new TileSettings()).Spec;

    [TestCase("pqn.rolloutSteps=2000000", "pqn: A rollout of 2000000 steps")]
    [TestCase("pqn.discount=2", "pqn: Discount is 2")]
    [TestCase("pqn.horizonGrowth=0", "pqn: HorizonGrowth is 0")]
    [TestCase("pqn.horizonGrowthTo=1000000", "pqn: HorizonGrowthTo is 1000000")]
    [TestCase("pqn.learningRate=0", "pqn: LearningRate is 0")]
    [TestCase("pqn.adamEpsilon=-1", "pqn: AdamEpsilon is -1")]
    [TestCase("dqn.huberDelta=0", "dqn: HuberDelta is 0")]
    [TestCase("dqn.learningRateDecay=-1", "dqn: LearningRateDecay is -1")]
    public void What_a_learner_refuses_is_named_by_its_section(string assignment, string explanation)
    {
        LearnerKind kind = assignment.StartsWith("pqn", StringComparison.Ordinal) ? LearnerKind.Pqn : LearnerKind.Dqn;
        RunSettings settings = SettingsFile.With(new RunSettings { Learner = kind, Threads = 1 }, [assignment]);

        Assert.That(() => Learners.Create(settings, Tiles, 7, 4), Throws.TypeOf<SettingsException>().With.Message.Contains(explanation));
    }

    [Test]
    public void Values_are_histograms_where_it_is_known_what_returns_can_come_to()
    {
        RunSettings settings = new();
        ValueBins bins = Learners.BinsOf(settings)!.Value;
        float lowest = bins.First - bins.Step / 2, highest = lowest + bins.Count * bins.Step;
        Assert.Multiple(() =>
        {
            // Running for ever at γ = .985, as far as the horizon grows, and then the flag; standing still and then death.
            Assert.That(bins.Count, Is.EqualTo(48));
            Assert.That(highest, Is.EqualTo(10 / 32f / 0.015f + 5).Within(1e-3));
            Assert.That(lowest, Is.LessThan(-2 - 0.02f / 0.015f));
            Assert.That(Learners.BinsOf(SettingsFile.With(settings, ["environment.reward.kind=gym"])), Is.Null);
            Assert.That(Learners.BinsOf(SettingsFile.With(settings, ["environment.reward.kind=gym", "pqn.lowestReturn=-50", "pqn.highestReturn=500"]))!.Value.First, Is.InRange(-50, -30));
            Assert.That(Learners.BinsOf(SettingsFile.With(settings, ["pqn.estimate=mean"])), Is.Null);
            Assert.That(Learners.BinsOf(SettingsFile.With(settings, ["learner=dqn", "dqn.estimate=c51"]))!.Value, Is.EqualTo(new ValueBins(51, -10, 0.4f)));
        });
    }

    [Test]
    public void A_picture_too_small_for_the_network_is_a_setting_to_correct()
    {
        RunSettings settings = new() { Threads = 1, Environment = new() { Observation = ObservationKind.Pixels, Pixels = new() { Size = 20 } } };

        Assert.That(
            () => Learners.Create(settings, new PixelObserver(settings.Environment.Pixels).Spec, 7, 4),
            Throws.TypeOf<SettingsException>().With.Message.Contains("kernel does not fit"));
    }

    [Test]
    public void Whoever_only_plays_needs_no_batch([Values(1, 256)] int batchSize)
    {
        RunSettings settings = new() { Learner = LearnerKind.Dqn, Threads = 1, Dqn = new() { BatchSize = batchSize, NStep = 5 } };

        Assert.That(() => Learners.CreateToPlay(settings, Tiles, 7).Dispose(), Throws.Nothing);
    }

    [TestCase("double-dqn", true)]
    [TestCase("tutorial-ddqn", true)]
    [TestCase("dueling-custom", false)]
    public void Observations_slide_by_one_frame_unless_each_frame_of_a_step_is_stacked(string preset, bool slides)
    {
        EnvironmentSettings environment = Presets.Get(preset).Settings.Environment;

        Assert.That(Learners.InputOf(environment, Tiles).SlidesByOne, Is.EqualTo(slides));
        Assert.That(Learners.InputOf(environment with { FrameSkip = 1 }, Tiles).SlidesByOne, "one frame a step");
    }
}
