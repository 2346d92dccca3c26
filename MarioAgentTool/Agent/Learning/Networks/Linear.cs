using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>y = x Wᵀ + b, optionally then ReLU. W is outputs × inputs, as PyTorch's Linear keeps it.</summary>
internal sealed class Linear : Layer
{
    // Multiplications that take about 0.3 ms alone. Below, waking the crew costs more than it saves: choosing actions for 64
    // consoles stays on the caller's thread, training steps do not.
    private const long WorthSharing = 16_000_000;

    // Packing a weight costs about as much as this many multiplications.
    private const int PackingCost = 24;

    private readonly Parameter _weight, _bias;
    private readonly bool _relu;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardChunk, _backwardChunk;
    private readonly float[] _forwardPanels;
    private float[] _backwardPanels = [], _inputPanels = [];
    private bool _stale = true;

    // The call in progress.
    private int _batch, _panelsPerChunk;
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
        _forwardPanels = new float[Gemm.PackedLength(inputs, bias.Length)];
        _forwardChunk = ForwardChunk;
        _backwardChunk = BackwardChunk;
    }

    public Parameter Weight => _weight;

    public Parameter Bias => _bias;

    public bool Relu => _relu;

    public override void WeightsChanged() => _stale = true;

    public override void Forward(int batch, float[] x, float[] y)
    {
        (_batch, _x, _y) = (batch, x, y);
        _pool.Run(Divide(Outputs), _forwardChunk);
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
        Ensure(ref _inputPanels, Gemm.PackedLength(batch, Inputs));
        Ensure(ref _backwardPanels, dx is null ? 0 : Gemm.PackedLength(Outputs, Inputs));
        (_batch, _x, _dy, _dx) = (batch, x, dy, dx);
        _pool.Run(Divide(Inputs), _backwardChunk);
    }

    // Chunks are groups of whole panels: columns of the result.
    private int Divide(int columns)
    {
        int panels = Gemm.Panels(columns);
        long work = (long)Inputs * Outputs * (_batch + (_stale ? PackingCost : 0));
        int chunks = work >= WorthSharing ? Math.Min(panels, 2 * _pool.Workers) : 1;
        _panelsPerChunk = (panels + chunks - 1) / chunks;
        return (panels + _panelsPerChunk - 1) / _panelsPerChunk;
    }

    private void ForwardChunk(int chunk, int worker)
    {
        int from = chunk * _panelsPerChunk * Gemm.PanelWidth;
        int count = Math.Min(_panelsPerChunk * Gemm.PanelWidth, Outputs - from);
        Span<float> panels = _forwardPanels.AsSpan(from * Inputs);
        if (_stale)
        {
            Gemm.Pack(_weight.Values.Slice(from * Inputs), 1, Inputs, Inputs, count, panels);
        }

        Gemm.Multiply(
            _batch, count, Inputs, _x, Inputs, 1, panels, _y.AsSpan(from), Outputs, bias: _bias.Values.Slice(from, count), relu: _relu);
    }

    private void BackwardChunk(int chunk, int worker)
    {
        int from = chunk * _panelsPerChunk * Gemm.PanelWidth;
        int count = Math.Min(_panelsPerChunk * Gemm.PanelWidth, Inputs - from);

        // dW = dyᵀ x
        Span<float> panels = _inputPanels.AsSpan(from * _batch);
        Gemm.Pack(_x.AsSpan(from), Inputs, 1, _batch, count, panels);
        Gemm.Multiply(Outputs, count, _batch, _dy, 1, Outputs, panels, _weight.Gradient.Slice(from), Inputs);

        // dx = dy W
        if (_dx is not null)
        {
            panels = _backwardPanels.AsSpan(from * Outputs);
            Gemm.Pack(_weight.Values.Slice(from), Inputs, 1, Outputs, count, panels);
            Gemm.Multiply(_batch, count, Outputs, _dy, Outputs, 1, panels, _dx.AsSpan(from), Inputs);
        }
    }
}
