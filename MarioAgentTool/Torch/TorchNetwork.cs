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
    private readonly HostBuffer _bytes, _floats, _numbers;

    private Tensor? _values;
    private bool _hostIsNewer;

    public TorchNetwork(QNetwork host, InputSpec input, TorchDevice device, TorchInputs inputs, ScalarType precision)
    {
        (_host, _input, _inputs) = (host, input, inputs);
        using (NewDisposeScope())
        {
            Parameters = tensor(host.Parameters.Values, device: device.Device).DetachFromDisposeScope();
            Gradients = zeros_like(Parameters).DetachFromDisposeScope();
            _statistics = [.. host.Parameters.Buffers.Select(b => tensor(b, device: device.Device).DetachFromDisposeScope())];
        }

        _layers = new TorchLayers(host, Parameters, Gradients, _statistics, device, precision);
        _bytes = new HostBuffer(TorchInputs.TypeOf(input), device);
        _floats = new HostBuffer(ScalarType.Float32, device);
        _numbers = new HostBuffer(ScalarType.Float32, device);
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

    /// <summary>Whether passes are recorded for a backward pass. A target network's are not: what lies between its layers is gone as soon as it is used.</summary>
    public bool IsLearning { get; set; }

    /// <summary>All parameters, one after the other, in the order of the managed network's.</summary>
    public Tensor Parameters { get; }

    /// <summary>dL/dθ in the same order, since the last <see cref="Backward"/>.</summary>
    public Tensor Gradients { get; }

    public ReadOnlySpan<float> Forward(ReadOnlySpan<byte> observations, int batch, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        return Forward(_inputs.Numbers(_bytes.ToDevice(observations.Slice(0, batch * _input.Length), batch, _input.Length), _input), by);
    }

    public ReadOnlySpan<float> Forward(Observations observations, int batch, NormalBy by = NormalBy.Batch)
    {
        using DisposeScope scope = NewDisposeScope();
        return Forward(_inputs.Of(observations, batch, _input), by);
    }

    public void Backward(ReadOnlySpan<float> valueGradients)
    {
        if (!IsLearning)
        {
            throw new InvalidOperationException("A backward pass is for an optimiser, and this network has none.");
        }

        Tensor values = _values ?? throw new InvalidOperationException("A backward pass follows a forward pass, and there was none.");
        using DisposeScope scope = NewDisposeScope();
        Tensor gradient = _floats.ToDevice(valueGradients.Slice(0, (int)values.numel()), values.shape);
        Gradients.zero_();
        values.backward([gradient]);
        _values.Dispose();
        _values = null;
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
        _values?.Dispose();
        _layers.Dispose();
        Parameters.Dispose();
        Gradients.Dispose();
        foreach (Tensor statistic in _statistics)
        {
            statistic.Dispose();
        }

        _bytes.Dispose();
        _floats.Dispose();
        _numbers.Dispose();
    }

    /// <summary>Q(s, ·) of observations that are on the device.</summary>
    private ReadOnlySpan<float> Forward(Tensor x, NormalBy by)
    {
        ToDevice();
        _values?.Dispose();
        using IDisposable? unrecorded = IsLearning ? null : no_grad();
        _values = _layers.Forward(x, by).to(ScalarType.Float32).DetachFromDisposeScope();
        return _numbers.ToHost<float>(_values);
    }

    private void ToHost()
    {
        if (_hostIsNewer)
        {
            return;
        }

        _numbers.ToHost<float>(Parameters).CopyTo(_host.Parameters.Values);
        for (int i = 0; i < _statistics.Length; i++)
        {
            _numbers.ToHost<float>(_statistics[i]).CopyTo(_host.Parameters.Buffers[i]);
        }
    }
}
