using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// A square convolution without padding, optionally then ReLU. Pixels have their channels side by side; W is kept as PyTorch's
/// Conv2d keeps it: output × channel × row × column.
/// </summary>
internal sealed unsafe class Convolution : Layer
{
    // Output pixels that are worth handing to another thread.
    private const int PixelsPerGroup = 200;

    // Multiplications that take some 15 µs: below, waking the crew costs more than it saves.
    private const long WorthSharing = 1_000_000;

    // Weight gradients are sums over samples, cut into as many parts on every machine, so that a worker more changes no bit.
    private const int Parts = 4;

    private readonly ConvolutionShape _shape;
    private readonly ConvolutionKernel _kernel;
    private readonly Parameter _weight, _bias;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardGroup, _backwardPart;
    private readonly int _samplesPerGroup;
    private readonly float[][] _pictures, _padded, _scratch, _weightParts, _biasParts;
    private readonly float[] _biasRow;
    private bool _stale = true;

    // The call in progress: samples come as numbers or as bytes.
    private int _batch, _bands;
    private float[] _x = [], _y = [], _dy = [];
    private float[]? _dx;
    private ByteConvolution? _reader;

    /// <summary>One whose weight is <see cref="SpectralNorm.Weight"/>.</summary>
    public Convolution(SpectralNorm norm, Parameter bias, ConvolutionShape shape, bool relu, WorkerPool pool)
        : this(norm.Weight, bias, shape, relu, pool) => Norm = norm;

    public Convolution(Parameter weight, Parameter bias, ConvolutionShape shape, bool relu, WorkerPool pool, KernelPath path = KernelPath.Fastest)
        : base(shape.Inputs, shape.Outputs)
    {
        _shape = shape;
        _kernel = new ConvolutionKernel(shape, path);
        _weight = weight;
        _bias = bias;
        _relu = relu;
        _pool = pool;
        _samplesPerGroup = Math.Max(1, PixelsPerGroup / shape.Pixels);
        _biasRow = new float[shape.Channels];
        _pictures = Arrays(pool.Workers, 0);
        _padded = Arrays(pool.Workers, _kernel.PaddedChannels == shape.Channels ? 0 : shape.Pixels * _kernel.PaddedChannels);
        _scratch = Arrays(pool.Workers, _kernel.ScratchLength);
        _weightParts = Arrays(Parts, weight.Length);
        _biasParts = Arrays(Parts, shape.Channels);
        _forwardGroup = ForwardGroup;
        _backwardPart = BackwardPart;
    }

    public Parameter Weight => _weight;

    public Parameter Bias => _bias;

    /// <summary>What makes the weight of another, if anything does.</summary>
    public SpectralNorm? Norm { get; }

    public ConvolutionShape Shape => _shape;

    public bool Relu => _relu;

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y) => Forward(batch, x, null, y);

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx) => Backward(batch, x, null, y, dy, dx);

    internal void Forward(int batch, float[] x, ByteConvolution? reader, float[] y)
    {
        PackIfStale();
        (_batch, _x, _reader, _y) = (batch, x, reader, y);

        // One picture is shared out where there is nothing else to share.
        _bands = batch == 1 && _shape.Pixels * (long)_weight.Length >= WorthSharing ? Math.Min(_pool.Workers, _shape.OutHeight) : 1;
        _pool.Run(_bands > 1 ? _bands : (batch + _samplesPerGroup - 1) / _samplesPerGroup, _forwardGroup);
    }

    internal void Backward(int batch, float[] x, ByteConvolution? reader, float[] y, float[] dy, float[]? dx)
    {
        PackIfStale();
        (_batch, _x, _reader, _y, _dy, _dx) = (batch, x, reader, y, dy, dx);
        _pool.Run(Parts, _backwardPart);
        for (int part = 1; part < Parts; part++)
        {
            Lanes.Add(_weightParts[0], _weightParts[part]);
            Lanes.Add(_biasParts[0], _biasParts[part]);
        }

        _biasParts[0].AsSpan().CopyTo(_bias.Gradient);
        _kernel.Unpack(_weightParts[0], _weight.Gradient);
        Norm?.Backward();
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

    private void PackIfStale()
    {
        if (_stale)
        {
            Norm?.Apply();
            _kernel.Pack(_weight.Values);
            _bias.Values.CopyTo(_biasRow);
            _stale = false;
        }
    }

    /// <summary>The array and the place in it where a sample's numbers lie; bytes become numbers in the worker's own array.</summary>
    private (float[] Numbers, int At) Picture(int sample, int worker)
    {
        if (_reader is null)
        {
            return (_x, sample * Inputs);
        }

        Ensure(ref _pictures[worker], Inputs);
        _reader.Read(sample, worker, _pictures[worker]);
        return (_pictures[worker], 0);
    }

    private void ForwardGroup(int group, int worker)
    {
        if (_bands > 1)
        {
            ForwardPart(0, worker, group, _bands);
            return;
        }

        int end = Math.Min((group + 1) * _samplesPerGroup, _batch);
        for (int sample = group * _samplesPerGroup; sample < end; sample++)
        {
            ForwardPart(sample, worker, 0, 1);
        }
    }

    private void ForwardPart(int sample, int worker, int part, int parts)
    {
        (float[] numbers, int at) = Picture(sample, worker);
        fixed (float* image = &numbers[at], bias = _biasRow, y = &_y[sample * Outputs])
        {
            _kernel.Forward(image, bias, _relu, y, part, parts, _scratch[worker]);
        }
    }

    private void BackwardPart(int part, int worker)
    {
        int from = _batch * part / Parts, to = _batch * (part + 1) / Parts, channels = _shape.Channels;
        float[] weights = _weightParts[part], biases = _biasParts[part];
        Array.Clear(weights, 0, weights.Length);
        Array.Clear(biases, 0, channels);
        for (int sample = from; sample < to; sample++)
        {
            Span<float> gradient = _dy.AsSpan(sample * Outputs, Outputs);
            if (_relu)
            {
                Lanes.MaskByPositive(gradient, _y.AsSpan(sample * Outputs));
            }

            // db += Σ dy
            for (int pixel = 0; pixel < _shape.Pixels; pixel++)
            {
                Lanes.Add(biases, gradient.Slice(pixel * channels, channels));
            }

            (float[] numbers, int at) = Picture(sample, worker);
            fixed (float* image = &numbers[at], dy = gradient, padded = _padded[worker], sum = weights, dx = _dx)
            {
                _kernel.AddWeightGradient(image, padded is null ? dy : Pad(dy, padded), sum);
                if (dx is not null)
                {
                    _kernel.InputGradient(dy, dx + (long)sample * Inputs);
                }
            }
        }
    }

    private float* Pad(float* dy, float* padded)
    {
        for (int pixel = 0; pixel < _shape.Pixels; pixel++)
        {
            Lanes.Copy(dy + pixel * _shape.Channels, padded + pixel * _kernel.PaddedChannels, _shape.Channels);
        }

        return padded;
    }
}

/// <summary>
/// A convolution that reads bytes: frames one after the other, whose numbers come to lie side by side. They become numbers a
/// picture at a time, in cache, anew in the backward pass: that takes less than writing and reading them.
/// </summary>
internal sealed class ByteConvolution : InputLayer
{
    private readonly Convolution _convolution;
    private readonly InputSpec _input;
    private readonly byte[][] _mixed;
    private byte[] _x = [];

    public ByteConvolution(Convolution convolution, InputSpec input, WorkerPool pool)
        : base(input.Length, convolution.Outputs)
    {
        _convolution = convolution;
        _input = input;
        _mixed = new byte[pool.Workers][];
        _mixed.AsSpan().Fill([]);
    }

    /// <summary>What reads the numbers.</summary>
    public Convolution Inner => _convolution;

    public override void WeightsChanged() => _convolution.WeightsChanged();

    public override void Forward(int batch, byte[] x, float[] y)
    {
        _x = x;
        _convolution.Forward(batch, [], this, y);
    }

    public override void Backward(int batch, float[] y, float[] dy) => _convolution.Backward(batch, [], this, y, dy, null);

    public override void InputGradient(float[] y, float[] dy, Span<float> dx)
    {
        float[] mixed = new float[Inputs];
        _convolution.Backward(1, [], this, y, dy, mixed);
        Lanes.Transpose(mixed, _input.FrameBytes, _input.Stack, dx, 0, _input.FrameBytes);
    }

    /// <summary>A sample's numbers, frames side by side.</summary>
    internal void Read(int sample, int worker, Span<float> numbers)
    {
        if (_mixed[worker].Length < Inputs)
        {
            _mixed[worker] = new byte[Inputs];
        }

        Span<byte> mixed = _mixed[worker].AsSpan(0, Inputs);
        Lanes.Interleave(_x.AsSpan(sample * Inputs, Inputs), _input.Stack, mixed);
        Lanes.FromBytes(mixed, _input.Signed, _input.Scale, numbers);
    }
}
