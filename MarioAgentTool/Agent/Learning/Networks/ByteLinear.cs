using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>y = (scale × bytes) Wᵀ + b, optionally then ReLU, skipping bytes that are zero, forward and backward.</summary>
/// <remarks>
/// 512 maps of 1,016 bytes into 256 units with one byte in eight set take a third of the time of the dense product; real maps, whose
/// set bytes coincide, less. Rerun with <c>bench learn --kernels</c>.
/// </remarks>
internal sealed class ByteLinear : InputLayer
{
    // Rows of a batch that one worker takes: 64 consoles keep two busy.
    private const int RowsAtOnce = 32;

    private readonly Parameter _weight, _bias;
    private readonly bool _signed, _relu;
    private readonly float _scale;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardChunk, _packChunk, _backwardChunk, _unpackChunk;
    private readonly SparseRows _rows = new(), _columns = new();
    private readonly AlignedFloats _transposed;
    private readonly float[] _transposedGradient;
    private AlignedFloats _alignedGradient = new(0);
    private bool _stale = true;

    // The call in progress.
    private int _batch;
    private float[] _y = [];

    public ByteLinear(Parameter weight, Parameter bias, InputSpec input, bool relu, WorkerPool pool)
        : base(input.Length, bias.Length)
    {
        _weight = weight;
        _bias = bias;
        _signed = input.Signed;
        _scale = input.Scale;
        _relu = relu;
        _pool = pool;
        _transposed = new AlignedFloats(weight.Length);
        _transposedGradient = new float[weight.Length];
        _forwardChunk = ForwardChunk;
        _packChunk = PackChunk;
        _backwardChunk = BackwardChunk;
        _unpackChunk = UnpackChunk;
    }

    public Parameter Weight => _weight;

    public Parameter Bias => _bias;

    public bool Relu => _relu;

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, byte[] x, float[] y)
    {
        if (_stale)
        {
            _pool.Run(Chunks(Outputs, 32), _packChunk);
            _stale = false;
        }

        _rows.FromBytes(x, batch, Inputs, _signed, _scale);
        (_batch, _y) = (batch, y);
        _pool.Run(Chunks(batch, RowsAtOnce), _forwardChunk);
    }

    public override void Backward(int batch, float[] y, float[] dy)
    {
        if (_relu)
        {
            Lanes.MaskByPositive(dy.AsSpan(0, batch * Outputs), y);
        }

        // db = Σ dy;  dWᵀ = xᵀ dy, then turned round
        Lanes.SumRows(dy, batch, Outputs, _bias.Gradient);
        _columns.TransposeOf(_rows);
        if (_alignedGradient.Length < batch * Outputs)
        {
            _alignedGradient = new AlignedFloats(batch * Outputs);
        }

        dy.AsSpan(0, batch * Outputs).CopyTo(_alignedGradient.Span);
        _pool.Run(Chunks(Inputs, 64), _backwardChunk);
        _pool.Run(Chunks(Inputs, 64), _unpackChunk);
    }

    public override void InputGradient(float[] y, float[] dy, Span<float> dx)
    {
        if (_relu)
        {
            Lanes.MaskByPositive(dy.AsSpan(0, Outputs), y);
        }

        // dx = dy W
        dx.Slice(0, Inputs).Clear();
        for (int o = 0; o < Outputs; o++)
        {
            Lanes.AddScaled(dx, _weight.Values.Slice(o * Inputs, Inputs), dy[o]);
        }
    }

    private static int Chunks(int count, int each) => (count + each - 1) / each;

    private void PackChunk(int chunk, int worker)
        => Lanes.Transpose(_weight.Values, Outputs, Inputs, _transposed.Span, chunk * 32, Math.Min(chunk * 32 + 32, Outputs));

    private void ForwardChunk(int chunk, int worker)
        => SparseGemm.Multiply(_rows, chunk * RowsAtOnce, Math.Min((chunk + 1) * RowsAtOnce, _batch), _transposed.Span, Outputs, _y, _bias.Values, _relu);

    private void BackwardChunk(int chunk, int worker)
        => SparseGemm.Multiply(_columns, chunk * 64, Math.Min(chunk * 64 + 64, Inputs), _alignedGradient.Span, Outputs, _transposedGradient, default, relu: false);

    private void UnpackChunk(int chunk, int worker)
        => Lanes.Transpose(_transposedGradient, Inputs, Outputs, _weight.Gradient, chunk * 64, Math.Min(chunk * 64 + 64, Inputs));
}
