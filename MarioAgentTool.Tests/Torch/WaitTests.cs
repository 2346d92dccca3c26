using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning;
using MarioAgentTool.Torch;

namespace MarioAgentTool.Tests.Torch;

/// <summary>
/// A GPU works while the host goes on, until the host waits for all that it has asked for: so an update asks for everything first and waits once.
/// What is counted here, on the processor, is the same on a GPU.
/// </summary>
public class WaitTests
{
    private const int Steps = 64;

    private static readonly InputSpec Flat = new() { FrameBytes = 40, Signed = true, Scale = 1 / 64f };

    [Test]
    public void An_update_waits_once_and_records_one_pass([ValueSource(typeof(LearnersTests), nameof(LearnersTests.All))] string algorithm, [Values(FramePlacement.Host, FramePlacement.Device)] FramePlacement frames)
    {
        (Traffic traffic, long updates) = Run(algorithm, frames);
        Assert.That(updates, Is.GreaterThanOrEqualTo(16));
        Assert.Multiple(() =>
        {
            Assert.That(traffic.Waits, Is.EqualTo(updates + Looks(algorithm)), "waits");
            Assert.That(traffic.RecordedPasses, Is.EqualTo(updates), "passes recorded");
        });
    }

    [Test]
    public void What_was_acted_on_is_sent_once_and_kept_in_the_rollout()
    {
        (Traffic traffic, long updates) = Run("PQN", FramePlacement.Device);

        // A step sends its observations, an update which of them it learns from, their actions and dL/dQ; a rollout's last values are of observations that come next.
        Assert.That(traffic.Uploads, Is.EqualTo(3 * updates + Steps));
    }

    // Places of s and of s', new frames and their places, dL/dQ; then the noise of three passes, and the chances of their quantiles.
    [TestCase("Double DQN", 5)]
    [TestCase("Rainbow", 5 + 3)]
    [TestCase("Munchausen QR-DQN", 5 + 3)]
    [TestCase("Munchausen IQN", 5 + 3 + 3)]
    [TestCase("classic Double DQN", 5)]
    public void An_update_sends_little_beside_its_new_frames(string algorithm, int uploads)
    {
        (Traffic traffic, long updates) = Run(algorithm, FramePlacement.Device);

        // To act: the observations, the noise, the chances.
        int toAct = algorithm switch { "Munchausen IQN" => 3, "Rainbow" or "Munchausen QR-DQN" => 2, _ => 1 };
        Assert.That(traffic.Uploads, Is.LessThanOrEqualTo(uploads * updates + toAct * Steps));
    }

    [Test]
    public void Passes_are_asked_for_without_waiting_and_outputs_last_until_the_next_into_the_same_place()
    {
        using TorchBackend backend = OnProcessor.Backend();
        using IQNetwork network = backend.Network(Flat, 3, new NetworkSettings { HiddenUnits = 16 }, new RandomStream(1));
        using PassOutputs first = backend.Outputs(4 * 3), second = backend.Outputs(4 * 3);
        Observations ones = Filled(1), twos = Filled(2);
        long waits = backend.Device.Waits;
        network.Evaluate(ones, 4, first);
        network.Evaluate(twos, 4, second);
        Assert.That(backend.Device.Waits, Is.EqualTo(waits), "asked for");
        float[] ofOnes = first.Read().ToArray();
        Assert.That(second.Read().ToArray(), Is.Not.EqualTo(ofOnes));
        Assert.That(backend.Device.Waits, Is.EqualTo(waits + 1), "both read");
        Assert.That(network.Forward(twos, 4).ToArray(), Is.EqualTo(second.Read().ToArray()));
        Assert.That(first.Read().ToArray(), Is.EqualTo(ofOnes));
    }

    [Test]
    public void Numbers_sent_before_the_host_waits_do_not_overwrite_each_other([Values(1, 8, 9, 30)] int uploads)
    {
        var device = new TorchDevice(TorchSharp.torch.CPU);
        using var buffer = new UploadBuffer(TorchSharp.torch.ScalarType.Float32, device);
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < uploads; i++)
            {
                // Later ones are longer: memory grows.
                float[] values = [.. Enumerable.Range(0, i + 1).Select(v => v + 100f * i)];
                using TorchSharp.torch.Tensor sent = buffer.ToDevice<float>(values, values.Length);
                Assert.That(sent.data<float>().ToArray(), Is.EqualTo(values));
            }

            // Eight go without waiting.
            Assert.That(device.Waits, Is.EqualTo((round + 1) * ((uploads - 1) / 8) + round));
            device.Wait();
        }

        Assert.That(device.Uploads, Is.EqualTo(2 * uploads));
    }

    private static (Traffic Traffic, long Updates) Run(string algorithm, FramePlacement frames)
    {
        TorchBackend backend = OnProcessor.Backend(frames);
        using ILearner learner = LearnersTests.Create(algorithm, 1, backend);
        var corridor = new Corridor(LearnersTests.Walkers);
        corridor.Run(learner, Steps);
        (long updates, Traffic before) = (learner.Progress.Updates, Traffic.Of(backend.Device));
        corridor.Run(learner, Steps);
        Traffic traffic = Traffic.Of(backend.Device).Since(before);
        TestContext.Out.WriteLine($"{algorithm}: {traffic}, {learner.Progress.Updates - updates} updates, {Steps} steps");
        return (traffic, learner.Progress.Updates - updates);
    }

    // Waits for values that are no update's: a step asks for those to act by unless all its actions are random, a rollout for its last.
    private static int Looks(string algorithm) => algorithm.StartsWith("classic", StringComparison.Ordinal) ? 0 : Steps + Rollouts(algorithm);

    private static int Rollouts(string algorithm) => algorithm == "PQN" ? Steps / 16 : 0;

    private static Observations Filled(byte value)
    {
        var observations = new Observations(4, Flat.Length);
        observations.Overwrite().Fill(value);
        return observations;
    }

    private sealed record Traffic(long Uploads, long Fetches, long Waits, long RecordedPasses)
    {
        public static Traffic Of(TorchDevice device) => new(device.Uploads, device.Fetches, device.Waits, device.RecordedPasses);

        public Traffic Since(Traffic before)
            => new(Uploads - before.Uploads, Fetches - before.Fetches, Waits - before.Waits, RecordedPasses - before.RecordedPasses);
    }
}
