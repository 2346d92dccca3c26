using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// A square convolution without padding, optionally then ReLU: patches become rows, and rows times weights become pixels with
/// their channels side by side. W is kept as PyTorch's Conv2d keeps it: output × channel × row × column.
/// </summary>
internal sealed class Convolution : Layer
{
    // Patch rows of some 200 output pixels at a time stay in the second-level cache.
    private const int PixelsPerGroup = 200;

    // Weight gradients are sums over samples, cut into as many parts on every machine, so that a worker more changes no bit.
    private const int Parts = 4;

    private readonly Patches _patches;
    private readonly Parameter _weight, _bias;
    private readonly int _channels;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardGroup, _backwardPart;
    private readonly int _samplesPerGroup;
    private readonly float[] _ordered, _forwardPanels, _backwardPanels;
    private readonly float[][] _rows, _gradientPanels, _weightParts, _biasParts;
    private readonly float[] _biasRow;
    private bool _stale = true;

    // The call in progress.
    private int _batch;
    private float[] _x = [], _y = [], _dy = [];
    private float[]? _dx;

    public Convolution(Parameter weight, Parameter bias, Patches patches, bool relu, WorkerPool pool)
        : base(patches.ImageLength, patches.Count * bias.Length)
    {
        _patches = patches;
        _weight = weight;
        _bias = bias;
        _channels = bias.Length;
        _relu = relu;
        _pool = pool;
        _samplesPerGroup = Math.Max(1, PixelsPerGroup / patches.Count);
        _ordered = new float[weight.Length];
        _forwardPanels = new float[Gemm.PackedLength(patches.Length, _channels)];
        _backwardPanels = new float[Gemm.PackedLength(_channels, patches.Length)];
        _biasRow = new float[_channels];
        _rows = Arrays(pool.Workers, _samplesPerGroup * patches.Count * patches.Length);
        _gradientPanels = Arrays(pool.Workers, Gemm.PackedLength(_samplesPerGroup * patches.Count, _channels));
        _weightParts = Arrays(Parts, weight.Length);
        _biasParts = Arrays(Parts, _channels);
        _forwardGroup = ForwardGroup;
        _backwardPart = BackwardPart;
    }

    public Parameter Weight => _weight;

    public Parameter Bias => _bias;

    public Patches Patches => _patches;

    public bool Relu => _relu;

    /// <summary>Output pixels of a sample.</summary>
    public int Pixels => _patches.Count;

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y)
    {
        if (_stale)
        {
            Pack();
        }

        (_batch, _x, _y) = (batch, x, y);
        _pool.Run((batch + _samplesPerGroup - 1) / _samplesPerGroup, _forwardGroup);
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        if (_stale)
        {
            Pack();
        }

        (_batch, _x, _y, _dy, _dx) = (batch, x, y, dy, dx);
        _pool.Run(Parts, _backwardPart);

        for (int part = 1; part < Parts; part++)
        {
            Lanes.Add(_weightParts[0], _weightParts[part]);
            Lanes.Add(_biasParts[0], _biasParts[part]);
        }

        _biasParts[0].AsSpan().CopyTo(_bias.Gradient);

        // From patch × output back to PyTorch's output × channel × row × column.
        int length = _patches.Length;
        Span<float> gradient = _weight.Gradient;
        for (int i = 0; i < length; i++)
        {
            int from = _patches.FromTorchIndex(i) * _channels;
            for (int o = 0; o < _channels; o++)
            {
                gradient[o * length + i] = _weightParts[0][from + o];
            }
        }
    }

    private static float[][] Arrays(int count, int length)
    {
        var arrays = new float[count][];
        for (int i = 0; i < count; i++)
        {
            arrays[i] = new float[length];
        }

        return arrays;
    }

    private void Pack()
    {
        int length = _patches.Length;
        Span<float> weight = _weight.Values;
        for (int i = 0; i < length; i++)
        {
            int to = _patches.FromTorchIndex(i);
            for (int o = 0; o < _channels; o++)
            {
                _ordered[o * length + to] = weight[o * length + i];
            }
        }

        Gemm.Pack(_ordered, 1, length, length, _channels, _forwardPanels);
        Gemm.Pack(_ordered, length, 1, _channels, length, _backwardPanels);
        _bias.Values.CopyTo(_biasRow);
        _stale = false;
    }

    private void ForwardGroup(int group, int worker)
    {
        int first = group * _samplesPerGroup;
        int samples = Math.Min(_samplesPerGroup, _batch - first);
        float[] rows = _rows[worker];
        GatherSamples(first, samples, rows);
        Gemm.Multiply(
            samples * _patches.Count, _channels, _patches.Length, rows, _patches.Length, 1, _forwardPanels,
            _y.AsSpan(first * Outputs), _channels, bias: _biasRow, relu: _relu);
    }

    private void BackwardPart(int part, int worker)
    {
        int from = _batch * part / Parts;
        int to = _batch * (part + 1) / Parts;
        int length = _patches.Length;
        float[] rows = _rows[worker], panels = _gradientPanels[worker];
        Array.Clear(_weightParts[part], 0, _weightParts[part].Length);
        Array.Clear(_biasParts[part], 0, _channels);
        for (int first = from; first < to; first += _samplesPerGroup)
        {
            int samples = Math.Min(_samplesPerGroup, to - first);
            int pixels = samples * _patches.Count;
            Span<float> dy = _dy.AsSpan(first * Outputs, samples * Outputs);
            if (_relu)
            {
                Lanes.MaskByPositive(dy, _y.AsSpan(first * Outputs));
            }

            // db += Σ dy
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                Lanes.Add(_biasParts[part], dy.Slice(pixel * _channels, _channels));
            }

            // dWᵀ += patchesᵀ dy
            GatherSamples(first, samples, rows);
            Gemm.Pack(dy, _channels, 1, pixels, _channels, panels);
            Gemm.Multiply(length, _channels, pixels, rows, 1, length, panels, _weightParts[part], _channels, accumulate: true);

            // dx: every patch's gradient dy W, added back to the pixels it was cut from
            if (_dx is not null)
            {
                Gemm.Multiply(pixels, length, _channels, dy, _channels, 1, _backwardPanels, rows, length);
                for (int s = 0; s < samples; s++)
                {
                    _patches.Scatter(rows.AsSpan(s * _patches.Count * length), _dx.AsSpan((first + s) * Inputs));
                }
            }
        }
    }

    private void GatherSamples(int first, int samples, float[] rows)
    {
        for (int s = 0; s < samples; s++)
        {
            _patches.Gather(_x.AsSpan((first + s) * Inputs), rows.AsSpan(s * _patches.Count * _patches.Length));
        }
    }
}
