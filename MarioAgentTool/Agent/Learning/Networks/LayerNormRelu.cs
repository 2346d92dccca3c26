using System.Numerics;
using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// LayerNorm (Ba et al., 2016, https://arxiv.org/abs/1607.06450), then ReLU: y = max(0, γ (x − μ)/√(σ² + ε) + β), μ and σ² over
/// the last axis. After a convolution that axis is the channels at one pixel, as PQN's authors have it.
/// </summary>
internal sealed unsafe class LayerNormRelu : Layer
{
    // PyTorch's default.
    private const float Epsilon = 1e-5f;

    // Sums over rows are cut into as many parts on every machine, so that a worker more changes no bit.
    private const int Parts = 8;

    private readonly Parameter _gamma, _beta;
    private readonly int _width, _rowsPerSample;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _forwardPart, _backwardPart;
    private readonly float[] _gammaParts, _betaParts;
    private float[] _mean = [], _inverse = [];

    // The call in progress.
    private int _rows;
    private float[] _x = [], _y = [], _dy = [];
    private float[]? _dx;

    public LayerNormRelu(Parameter gamma, Parameter beta, int rowsPerSample, WorkerPool pool)
        : base(gamma.Length * rowsPerSample, gamma.Length * rowsPerSample)
    {
        _gamma = gamma;
        _beta = beta;
        _width = gamma.Length;
        _rowsPerSample = rowsPerSample;
        _pool = pool;
        _gammaParts = new float[Parts * _width];
        _betaParts = new float[Parts * _width];
        _forwardPart = ForwardPart;
        _backwardPart = BackwardPart;
    }

    public Parameter Gamma => _gamma;

    public Parameter Beta => _beta;

    public override void Forward(int batch, float[] x, float[] y)
    {
        (_rows, _x, _y) = (batch * _rowsPerSample, x, y);
        Ensure(ref _mean, _rows);
        Ensure(ref _inverse, _rows);
        Run(_forwardPart);
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        (_rows, _x, _y, _dy, _dx) = (batch * _rowsPerSample, x, y, dy, dx);
        Run(_backwardPart);
        Lanes.SumRows(_gammaParts, Parts, _width, _gamma.Gradient);
        Lanes.SumRows(_betaParts, Parts, _width, _beta.Gradient);
    }

    private void Run(Action<int, int> part)
    {
        if (_rows * _width >= 32_768)
        {
            _pool.Run(Parts, part);
            return;
        }

        for (int i = 0; i < Parts; i++)
        {
            part(i, 0);
        }
    }

    private (int From, int To) RowsOf(int part) => ((int)((long)_rows * part / Parts), (int)((long)_rows * (part + 1) / Parts));

    private void ForwardPart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        fixed (float* x0 = _x, y0 = _y, gamma = _gamma.Values, beta = _beta.Values)
        {
            for (int r = from; r < to; r++)
            {
                float* x = x0 + (long)r * width;
                float* y = y0 + (long)r * width;

                // μ = mean(x);  σ² = mean((x − μ)²)
                Vector<float> sums = default;
                int i = 0;
                for (; i + lanes <= width; i += lanes)
                {
                    sums += Lanes.Load(x + i);
                }

                float sum = Lanes.Sum(sums);
                for (; i < width; i++)
                {
                    sum += x[i];
                }

                float mean = sum / width;
                var vMean = new Vector<float>(mean);
                sums = default;
                for (i = 0; i + lanes <= width; i += lanes)
                {
                    Vector<float> off = Lanes.Load(x + i) - vMean;
                    sums += off * off;
                }

                sum = Lanes.Sum(sums);
                for (; i < width; i++)
                {
                    sum += (x[i] - mean) * (x[i] - mean);
                }

                float inverse = (float)(1 / Math.Sqrt(sum / width + Epsilon));
                _mean[r] = mean;
                _inverse[r] = inverse;

                for (i = 0; i + lanes <= width; i += lanes)
                {
                    Vector<float> normal = (Lanes.Load(x + i) - vMean) * inverse;
                    Lanes.Store(y + i, Vector.Max(normal * Lanes.Load(gamma + i) + Lanes.Load(beta + i), Vector<float>.Zero));
                }

                for (; i < width; i++)
                {
                    y[i] = Math.Max((x[i] - mean) * inverse * gamma[i] + beta[i], 0);
                }
            }
        }
    }

    private void BackwardPart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        Array.Clear(_gammaParts, part * width, width);
        Array.Clear(_betaParts, part * width, width);
        fixed (float* x0 = _x, y0 = _y, dy0 = _dy, dx0 = _dx, gamma = _gamma.Values, dGamma0 = _gammaParts, dBeta0 = _betaParts)
        {
            float* dGamma = dGamma0 + part * width;
            float* dBeta = dBeta0 + part * width;
            for (int r = from; r < to; r++)
            {
                float* x = x0 + (long)r * width;
                float* y = y0 + (long)r * width;
                float* dy = dy0 + (long)r * width;
                float mean = _mean[r], inverse = _inverse[r];
                var vMean = new Vector<float>(mean);

                // Through ReLU:  dy ← dy · [y > 0];  x̂ = (x − μ)/σ;  dγ += dy x̂;  dβ += dy;  means of γ dy and γ dy x̂.
                Vector<float> sums = default, products = default;
                int i = 0;
                for (; i + lanes <= width; i += lanes)
                {
                    Vector<int> open = Vector.GreaterThan(Lanes.Load(y + i), Vector<float>.Zero);
                    Vector<float> d = Vector.ConditionalSelect(open, Lanes.Load(dy + i), Vector<float>.Zero);
                    Vector<float> normal = (Lanes.Load(x + i) - vMean) * inverse;
                    Lanes.Store(dy + i, d);
                    Lanes.Store(dGamma + i, Lanes.Load(dGamma + i) + d * normal);
                    Lanes.Store(dBeta + i, Lanes.Load(dBeta + i) + d);
                    Vector<float> weighted = d * Lanes.Load(gamma + i);
                    sums += weighted;
                    products += weighted * normal;
                }

                float sum = Lanes.Sum(sums), product = Lanes.Sum(products);
                for (; i < width; i++)
                {
                    float d = y[i] > 0 ? dy[i] : 0;
                    float normal = (x[i] - mean) * inverse;
                    dy[i] = d;
                    dGamma[i] += d * normal;
                    dBeta[i] += d;
                    sum += d * gamma[i];
                    product += d * gamma[i] * normal;
                }

                if (_dx is null)
                {
                    continue;
                }

                // dx = (γ dy − mean(γ dy) − x̂ mean(γ dy x̂)) / σ
                sum /= width;
                product /= width;
                float* dx = dx0 + (long)r * width;
                var vSum = new Vector<float>(sum);
                for (i = 0; i + lanes <= width; i += lanes)
                {
                    Vector<float> normal = (Lanes.Load(x + i) - vMean) * inverse;
                    Lanes.Store(dx + i, (Lanes.Load(dy + i) * Lanes.Load(gamma + i) - vSum - normal * product) * inverse);
                }

                for (; i < width; i++)
                {
                    dx[i] = (dy[i] * gamma[i] - sum - (x[i] - mean) * inverse * product) * inverse;
                }
            }
        }
    }
}
