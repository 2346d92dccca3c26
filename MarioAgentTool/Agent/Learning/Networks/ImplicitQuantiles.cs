using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// IQN's head: Dabney, Ostrovski, Silver and Munos, "Implicit Quantile Networks for Distributional Reinforcement Learning" (2018,
/// https://arxiv.org/abs/1806.06923). It is asked for the quantile at any chance τ, and asked for N of them, drawn anew for every
/// observation.
/// <code>
///   φ_j(τ) = ReLU(Σᵢ cos(π i τ) w_ij + b_j),  i = 0 … n − 1          equation 4
///   Z_τ(x, a) = f(ψ(x) ⊙ φ(τ))_a                                      ψ: what comes in,  f: the layers that follow
/// </code>
/// A row that comes out is actions × N.
/// </summary>
internal sealed class ImplicitQuantiles : Layer
{
    private readonly Linear _embedding;
    private readonly Chain _head;
    private readonly int _cosines, _actions, _quantiles;
    private float[] _cos = [], _embedded = [], _product = [], _productGradient = [], _taus = [];
    private float[]? _given;
    private readonly RandomStream _random = new(0);
    private (ulong, ulong, ulong, ulong)? _start;
    private int _chosen;

    /// <param name="embedding">n cosines to as many numbers as come in, with ReLU.</param>
    /// <param name="head">f: from as many numbers to one an action.</param>
    /// <param name="quantiles">N.</param>
    public ImplicitQuantiles(Linear embedding, IReadOnlyList<Layer> head, int quantiles)
        : base(embedding.Outputs, head[head.Count - 1].Outputs * quantiles)
    {
        (_embedding, _head, _cosines, _quantiles) = (embedding, new Chain([.. head]), embedding.Inputs, quantiles);
        _actions = _head.Outputs;
    }

    public Linear Embedding => _embedding;

    public IReadOnlyList<Layer> Head => _head.Layers;

    public int Quantiles => _quantiles;

    /// <summary>τ of the last forward pass, batch × N.</summary>
    public ReadOnlySpan<float> Taus => _taus.AsSpan(0, _chosen);

    /// <summary>From now on τ is drawn evenly from 0 to 1, in each pass the same for the same row.</summary>
    public void Draw(RandomStream random) => (_start, _given) = ((random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64()), null);

    /// <summary>From now on τ stands at the middles of N equal parts, for every observation: means come without chance.</summary>
    public void Silence() => (_start, _given) = (null, null);

    /// <summary>From now on τ is as given, for batches of the size they were given for.</summary>
    internal void Take(float[] taus) => _given = taus;

    /// <summary>Fills <see cref="Taus"/> for a pass of so many observations.</summary>
    public void ChooseTaus(int batch)
    {
        _chosen = batch * _quantiles;
        Ensure(ref _taus, _chosen);
        if (_start is { } start)
        {
            _random.State = start;
        }

        for (int i = 0; i < _chosen; i++)
        {
            _taus[i] = _given is not null ? _given[i] : _start is not null ? _random.NextSingle() : (i % _quantiles + 0.5f) / _quantiles;
        }
    }

    public override void WeightsChanged()
    {
        _embedding.WeightsChanged();
        _head.WeightsChanged();
    }

    public override void Forward(int batch, float[] x, float[] y)
    {
        ChooseTaus(batch);
        int rows = batch * _quantiles;
        Ensure(ref _cos, rows * _cosines);
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < _cosines; i++)
            {
                _cos[row * _cosines + i] = (float)Math.Cos(Math.PI * i * _taus[row]);
            }
        }

        Ensure(ref _embedded, rows * Inputs);
        Ensure(ref _product, rows * Inputs);
        _embedding.Forward(rows, _cos, _embedded);
        for (int row = 0; row < rows; row++)
        {
            // ψ(x) ⊙ φ(τ)
            Kernels.Lanes.Multiply(x.AsSpan(row / _quantiles * Inputs, Inputs), _embedded.AsSpan(row * Inputs, Inputs), _product.AsSpan(row * Inputs, Inputs));
        }

        float[] z = _head.Forward(rows, _product);
        for (int row = 0; row < rows; row++)
        {
            for (int a = 0; a < _actions; a++)
            {
                y[Place(row, a)] = z[row * _actions + a];
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        int rows = batch * _quantiles;
        float[] dz = _head.Gradient(rows);
        for (int row = 0; row < rows; row++)
        {
            for (int a = 0; a < _actions; a++)
            {
                dz[row * _actions + a] = dy[Place(row, a)];
            }
        }

        Ensure(ref _productGradient, rows * Inputs);
        _head.Backward(rows, _product, _productGradient);
        dx.AsSpan(0, dx is null ? 0 : batch * Inputs).Clear();
        for (int row = 0; row < rows; row++)
        {
            // dψ += dz ⊙ φ;  dφ = dz ⊙ ψ, in the place of dz
            Span<float> gradient = _productGradient.AsSpan(row * Inputs, Inputs);
            int sample = row / _quantiles * Inputs;
            if (dx is not null)
            {
                Kernels.Lanes.AddProduct(dx.AsSpan(sample, Inputs), gradient, _embedded.AsSpan(row * Inputs, Inputs));
            }

            Kernels.Lanes.Multiply(gradient, x.AsSpan(sample, Inputs), gradient);
        }

        _embedding.Backward(rows, _cos, _embedded, _productGradient, null);
    }

    // Rows are observations × N, results observations × actions × N.
    private int Place(int row, int action) => (row / _quantiles * _actions + action) * _quantiles + row % _quantiles;
}
