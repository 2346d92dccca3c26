using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>y = x Wᵀ + b, optionally then ReLU. W is outputs × inputs, as PyTorch's Linear keeps it.</summary>
internal sealed unsafe class Linear : Layer
{
    // Multiplications that take some 60 microseconds alone. Below, waking the crew costs more than it saves: choosing an action for one
    // console stays on the caller's thread; for 64, and training steps, do not.
    private const long WorthSharing = 3_000_000;

    // Packing a weight costs about as much as this many multiplications.
    private const int PackingCost = 24;

    // Rows of the turned dx that are computed before they are turned back.
    private const int RowsAtOnce = 48;

    private readonly Parameter _weight, _bias;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardChunk, _weightChunk, _inputChunk;
    private readonly float[] _panels;
    private readonly float[][] _turned;
    private float[] _inputPanels = [], _gradientPanels = [];
    private bool _stale = true;

    // The call in progress.
    private int _batch, _perChunk;
    private float[] _x = [], _y = [], _dy = [];
    private float[]? _dx;

    public Linear(Parameter weight, Parameter bias, int inputs, bool relu, WorkerPool pool)
        : base(inputs, bias.Length)
    {
        if (weight.Length != inputs * bias.Length)
        {
            throw new ArgumentException($"{weight.Name} has {weight.Length} values; {bias.Length} × {inputs} are needed.", nameof(weight));
        }

        _weight = weight;
        _bias = bias;
        _relu = relu;
        _pool = pool;
        _panels = new float[Gemm.PackedLength(inputs, bias.Length)];
        _turned = new float[pool.Workers][];
        _turned.AsSpan().Fill([]);
        _forwardChunk = ForwardChunk;
        _weightChunk = WeightChunk;
        _inputChunk = InputChunk;
    }

    public Parameter Weight => _weight;

    public Parameter Bias => _bias;

    public bool Relu => _relu;

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y)
    {
        (_batch, _x, _y) = (batch, x, y);
        _pool.Run(Divide(Outputs, Gemm.PanelWidth), _forwardChunk);
        _stale = false;
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        if (_relu)
        {
            Lanes.MaskByPositive(dy.AsSpan(0, batch * Outputs), y);
        }

        // db = Σ dy
        Lanes.SumRows(dy, batch, Outputs, _bias.Gradient);
        (_batch, _x, _dy, _dx) = (batch, x, dy, dx);

        // dW = dyᵀ x
        Ensure(ref _inputPanels, Gemm.PackedLength(batch, Inputs));
        Gemm.Pack(x, Inputs, 1, batch, Inputs, _inputPanels);
        _pool.Run(Divide(Outputs, RowsAtOnce), _weightChunk);

        if (dx is not null)
        {
            Ensure(ref _gradientPanels, Gemm.PackedLength(Outputs, batch));
            Gemm.Pack(dy, 1, Outputs, Outputs, batch, _gradientPanels);
            _pool.Run(Divide(Inputs, RowsAtOnce), _inputChunk);
        }
    }

    // Chunks are runs of whole groups: panels of the result's columns, or rows.
    private int Divide(int count, int group)
    {
        int groups = (count + group - 1) / group;
        long work = (long)Inputs * Outputs * (_batch + (_stale ? PackingCost : 0));
        int chunks = work >= WorthSharing ? Math.Min(groups, 2 * _pool.Workers) : 1;
        int each = (groups + chunks - 1) / chunks;
        _perChunk = each * group;
        return (groups + each - 1) / each;
    }

    private void ForwardChunk(int chunk, int worker)
    {
        int from = chunk * _perChunk;
        int count = Math.Min(_perChunk, Outputs - from);
        Span<float> panels = _panels.AsSpan(from * Inputs);
        if (_stale)
        {
            Gemm.Pack(_weight.Values.Slice(from * Inputs), 1, Inputs, Inputs, count, panels);
        }

        Gemm.Multiply(
            _batch, count, Inputs, _x, Inputs, 1, panels, _y.AsSpan(from), Outputs, bias: _bias.Values.Slice(from, count), relu: _relu);
    }

    private void WeightChunk(int chunk, int worker)
    {
        int from = chunk * _perChunk;
        int count = Math.Min(_perChunk, Outputs - from);
        Gemm.Multiply(count, Inputs, _batch, _dy.AsSpan(from), 1, Outputs, _inputPanels, _weight.Gradient.Slice(from * Inputs), Inputs);
    }

    // dxᵀ = Wᵀ dyᵀ: the panels of forward, read along their rows, are Wᵀ; what comes out is turned round.
    private void InputChunk(int chunk, int worker)
    {
        int width = Gemm.PackedLength(1, _batch);
        Ensure(ref _turned[worker], RowsAtOnce * width);
        int end = Math.Min((chunk + 1) * _perChunk, Inputs);
        fixed (float* turned = _turned[worker], dx = _dx)
        {
            for (int from = chunk * _perChunk; from < end; from += RowsAtOnce)
            {
                int rows = Math.Min(RowsAtOnce, end - from);
                Gemm.MultiplyPanels(rows, _batch, Outputs, _panels, Inputs, from, _gradientPanels, turned, width);
                Lanes.TransposeStrided(turned, width, rows, _batch, dx + from, Inputs);
            }
        }
    }
}
