using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>
/// A Q-network on a PyTorch device. Its names, its shapes, its first weights and the order of its tensors are those of the managed
/// network it is built from, which also is its copy on the host.
/// </summary>
/// <remarks>
/// All parameters lie in one tensor and all gradients in another; each layer's are views of them, so that optimiser, copy and transfer are
/// a few operations on long vectors however many layers there are. Whatever a pass makes besides is gone when it returns.
/// </remarks>
internal sealed class TorchNetwork : IQNetwork
{
    private readonly QNetwork _host;
    private readonly InputSpec _input;
    private readonly TorchLayers _layers;
    private readonly Tensor[] _statistics;
    private readonly TorchInputs _inputs;
    private readonly TorchDevice _device;
    private readonly UploadBuffer _bytes, _floats, _actions;
    private readonly FetchBuffer _numbers;

    private Tensor? _values;
    private bool _hostIsNewer;

    public TorchNetwork(QNetwork host, InputSpec input, TorchDevice device, TorchInputs inputs, ScalarType precision)
    {
        (_host, _input, _inputs, _device) = (host, input, inputs, device);
        using (NewDisposeScope())
        {
            Parameters = tensor(host.Parameters.Values, device: device.Device).DetachFromDisposeScope();
            Gradients = zeros_like(Parameters).DetachFromDisposeScope();
            _statistics = [.. host.Parameters.Buffers.Select(b => tensor(b, device: device.Device).DetachFromDisposeScope())];
        }

        _layers = new TorchLayers(host, Parameters, Gradients, _statistics, device, precision);
        _bytes = new UploadBuffer(TorchInputs.TypeOf(input), device);
        _floats = new UploadBuffer(ScalarType.Float32, device);
        _actions = new UploadBuffer(ScalarType.Int32, device);
        _numbers = new FetchBuffer(ScalarType.Float32, device);
    }

    public int Outputs => _host.Outputs;

    public string Shape => _host.Shape;

    public ReadOnlySpan<float> Taus => _host.Taus;

    public IReadOnlyList<NamedTensor> Tensors
    {
        get
        {
            ToHost();
            _hostIsNewer = true;
            return _host.Tensors;
        }
    }

    /// <summary>All parameters, one after the other, in the order of the managed network's.</summary>
    public Tensor Parameters { get; }

    /// <summary>dL/dθ in the same order, since the last <see cref="Backward"/>.</summary>
    public Tensor Gradients { get; }

    public ReadOnlySpan<float> Evaluate(ReadOnlySpan<byte> observations, int batch, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor bytes = _bytes.ToDevice(observations.Slice(0, batch * _input.Length), batch, _input.Length);
        _numbers.Fetch(Evaluate(_inputs.Numbers(bytes, _input), by));
        return _numbers.Read<float>();
    }

    public void Evaluate(Observations observations, int batch, PassOutputs outputs, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        ((TorchOutputs)outputs).Fetch(Evaluate(_inputs.Of(observations, batch, _input), by));
    }

    public ReadOnlySpan<float> Forward(Observations observations, int batch, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        _values = Pass(_inputs.Of(observations, batch, _input), by).DetachFromDisposeScope();
        _numbers.Fetch(_values);
        return _numbers.Read<float>();
    }

    public ReadOnlySpan<float> Forward(Observations observations, ReadOnlySpan<int> actions, int batch, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor all = Pass(_inputs.Of(observations, batch, _input), by).view(batch, _host.Actions, -1);
        Tensor taken = _actions.ToDevice(actions.Slice(0, batch), batch).to(ScalarType.Int64).view(batch, 1, 1).expand(batch, 1, all.shape[2]);
        _values = all.gather(1, taken).flatten().DetachFromDisposeScope();
        _numbers.Fetch(_values);
        return _numbers.Read<float>();
    }

    public void Backward(ReadOnlySpan<float> valueGradients)
    {
        Tensor values = _values ?? throw new InvalidOperationException("A backward pass follows a forward pass that is to be learned from, and the last was not, or there was none.");
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = _floats.ToDevice(valueGradients.Slice(0, (int)values.numel()), values.shape);
        Gradients.zero_();
        values.backward([gradient]);
        Forget();
    }

    public void Noise(RandomStream? random)
    {
        _host.Noise(random);
        _layers.NoiseChanged();
    }

    public void CopyFrom(IQNetwork other)
    {
        var source = (TorchNetwork)other;
        source.ToDevice();
        Parameters.copy_(source.Parameters);
        for (int i = 0; i < _statistics.Length; i++)
        {
            _statistics[i].copy_(source._statistics[i]);
        }

        _hostIsNewer = false;
    }

    /// <summary>To be called after an optimiser's step.</summary>
    public void Stepped() => _layers.Stepped();

    /// <summary>What was written on the host goes to the device.</summary>
    public void ToDevice()
    {
        if (!_hostIsNewer)
        {
            return;
        }

        using DisposeScope scope = NewDisposeScope();
        Parameters.copy_(tensor(_host.Parameters.Values));
        for (int i = 0; i < _statistics.Length; i++)
        {
            _statistics[i].copy_(tensor(_host.Parameters.Buffers[i], _statistics[i].shape));
        }

        _hostIsNewer = false;
    }

    public void Dispose()
    {
        Forget();
        _layers.Dispose();
        Parameters.Dispose();
        Gradients.Dispose();
        foreach (Tensor statistic in _statistics)
        {
            statistic.Dispose();
        }

        _bytes.Dispose();
        _floats.Dispose();
        _actions.Dispose();
        _numbers.Dispose();
    }

    // What lies between the layers is gone as soon as it is used.
    private Tensor Evaluate(Tensor x, NormalBy by)
    {
        using IDisposable unrecorded = no_grad();
        return Pass(x, by);
    }

    /// <summary>Q(s, ·) of observations that are on the device. The tensor belongs to the caller's dispose scope.</summary>
    private Tensor Pass(Tensor x, NormalBy by)
    {
        ToDevice();
        Forget();
        Tensor values = _layers.Forward(x, by).to(ScalarType.Float32);
        _device.Passed(values);
        return values;
    }

    private void Forget()
    {
        _values?.Dispose();
        _values = null;
    }

    private void ToHost()
    {
        if (_hostIsNewer)
        {
            return;
        }

        Copy(Parameters, _host.Parameters.Values);
        for (int i = 0; i < _statistics.Length; i++)
        {
            Copy(_statistics[i], _host.Parameters.Buffers[i]);
        }

        void Copy(Tensor from, float[] to)
        {
            _numbers.Fetch(from);
            _numbers.Read<float>().CopyTo(to);
        }
    }
}
