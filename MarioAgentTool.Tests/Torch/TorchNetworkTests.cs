using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Learning;
using MarioAgentTool.Torch;

namespace MarioAgentTool.Tests.Torch;

public class TorchNetworkTests
{
    [Test]
    public void A_network_without_an_optimiser_has_the_same_values_and_records_nothing_to_learn_from()
    {
        using var backend = new TorchBackend(new BackendOptions(1, BackendDevice.Cpu));
        using IQNetwork target = BackendTests.Make(backend, "nature"), online = BackendTests.Make(backend, "nature");
        using INetworkOptimiser optimiser = backend.Adam(online, 1e-8f);
        byte[] states = BackendTests.Bytes(new Seeds(1).Stream("batches"), BackendTests.InputOf("nature"));
        float[] values = online.Forward(states, BackendTests.Batch).ToArray();
        Assert.That(target.Forward(states, BackendTests.Batch).ToArray(), Is.EqualTo(values));
        Assert.That(() => target.Backward(values), Throws.InvalidOperationException.With.Message.Contains("optimiser"));
        Assert.That(() => online.Backward(values), Throws.Nothing);
    }
}
