using System.Numerics;
using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>Whose mean and variance <see cref="BatchNormRelu"/> normalises by.</summary>
internal enum NormalBy
{
    /// <summary>The batch's own, which the running ones then take in: a PyTorch module in training mode.</summary>
    Batch,

    /// <summary>Each sample's own, as if it came alone; the running ones are left as they are.</summary>
    Sample,

    /// <summary>The running ones: a PyTorch module after eval().</summary>
    Running,
}

/// <summary>
/// BatchNorm (Ioffe and Szegedy, 2015, https://arxiv.org/abs/1502.03167), then ReLU: y = max(0, γ (x − μ)/√(σ² + ε) + β), μ and σ²
/// of one channel over all samples and pixels. The running statistics are PyTorch's: a tenth of each batch's is mixed in, the
/// variance with n − 1.
/// </summary>
internal sealed unsafe class BatchNormRelu : Layer
{
    // PyTorch's defaults.
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    // Sums over rows are cut into as many parts on every machine, so that a worker more changes no bit.
    private const int Parts = 8;

    // Rows added up in single precision before their sum goes to the double one.
    private const int Block = 32;

    private readonly Parameter _gamma, _beta;
    private readonly float[] _runningMean, _runningVariance, _batchesTracked;
    private readonly int _width, _rowsPerSample;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _sumPart, _squarePart, _normalisePart, _productPart, _backwardPart;
    private readonly double[] _sums, _products;
    private readonly float[] _mean, _inverse, _meanGradient, _meanProduct;

    // The call in progress.
    private int _rows;
    private float* _x, _y, _dy, _dx;

    public BatchNormRelu(Parameter gamma, Parameter beta, Statistics running, int rowsPerSample, WorkerPool pool)
        : base(gamma.Length * rowsPerSample, gamma.Length * rowsPerSample)
    {
        _gamma = gamma;
        _beta = beta;
        (_runningMean, _runningVariance, _batchesTracked) = (running.Mean, running.Variance, running.Batches);
        _width = gamma.Length;
        _rowsPerSample = rowsPerSample;
        _pool = pool;
        (_sums, _products) = (new double[Parts * _width], new double[Parts * _width]);
        (_mean, _inverse, _meanGradient, _meanProduct) = (new float[_width], new float[_width], new float[_width], new float[_width]);
        (_sumPart, _squarePart, _normalisePart, _productPart, _backwardPart) = (SumPart, SquarePart, NormalisePart, ProductPart, BackwardPart);
    }

    public Parameter Gamma => _gamma;

    public Parameter Beta => _beta;

    public Statistics Running => new(_runningMean, _runningVariance, _batchesTracked);

    /// <summary>How the coming <see cref="Forward"/> normalises. A backward call after <see cref="NormalBy.Sample"/> is of one sample.</summary>
    public NormalBy By { get; set; }

    public override void Forward(int batch, float[] x, float[] y)
    {
        fixed (float* x0 = x, y0 = y)
        {
            int together = By == NormalBy.Sample ? 1 : batch;
            for (int s = 0; s < batch; s += together)
            {
                _rows = together * _rowsPerSample;
                _x = x0 + (long)s * Inputs;
                _y = y0 + (long)s * Inputs;
                if (By == NormalBy.Running)
                {
                    UseRunning();
                }
                else
                {
                    Measure(track: By == NormalBy.Batch);
                }

                Run(_normalisePart);
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        fixed (float* x0 = x, y0 = y, dy0 = dy, dx0 = dx)
        {
            _rows = batch * _rowsPerSample;
            _x = x0;
            _y = y0;
            _dy = dy0;
            _dx = dx is null ? null : dx0;

            // Through ReLU:  dy ← dy · [y > 0];  x̂ = (x − μ)/σ;  dβ = Σ dy;  dγ = Σ dy x̂
            Run(_productPart);
            for (int c = 0; c < _width; c++)
            {
                double sum = Total(_sums, c), product = Total(_products, c);
                _beta.Gradient[c] = (float)sum;
                _gamma.Gradient[c] = (float)product;

                // The running statistics do not depend on x.
                _meanGradient[c] = By == NormalBy.Running ? 0 : (float)(sum / _rows);
                _meanProduct[c] = By == NormalBy.Running ? 0 : (float)(product / _rows);
            }

            if (_dx is not null)
            {
                Run(_backwardPart);
            }
        }
    }

    private void Measure(bool track)
    {
        // μ = mean(x);  σ² = mean((x − μ)²)
        Run(_sumPart);
        for (int c = 0; c < _width; c++)
        {
            _mean[c] = (float)(Total(_sums, c) / _rows);
        }

        Run(_squarePart);
        for (int c = 0; c < _width; c++)
        {
            double squares = Total(_sums, c);
            _inverse[c] = (float)(1 / Math.Sqrt(squares / _rows + Epsilon));
            if (track)
            {
                // E ← (1 − m) E + m μ;  V ← (1 − m) V + m σ² n/(n − 1)
                _runningMean[c] += Momentum * (_mean[c] - _runningMean[c]);
                _runningVariance[c] += Momentum * ((float)(squares / (_rows - 1)) - _runningVariance[c]);
            }
        }

        _batchesTracked[0] += track ? 1 : 0;
    }

    private void UseRunning()
    {
        for (int c = 0; c < _width; c++)
        {
            _mean[c] = _runningMean[c];
            _inverse[c] = (float)(1 / Math.Sqrt(_runningVariance[c] + (double)Epsilon));
        }
    }

    private double Total(double[] parts, int channel)
    {
        double total = 0;
        for (int part = 0; part < Parts; part++)
        {
            total += parts[part * _width + channel];
        }

        return total;
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

    private void SumPart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        Array.Clear(_sums, part * width, width);
        float* sum = stackalloc float[lanes];
        for (int first = from; first < to; first += Block)
        {
            int end = Math.Min(first + Block, to), c = 0;
            for (; c + lanes <= width; c += lanes)
            {
                Vector<float> s = default;
                for (int r = first; r < end; r++)
                {
                    s += Lanes.Load(_x + (long)r * width + c);
                }

                Lanes.Store(sum, s);
                AddTo(_sums, part * width + c, sum, lanes);
            }

            for (; c < width; c++)
            {
                float s = 0;
                for (int r = first; r < end; r++)
                {
                    s += _x[(long)r * width + c];
                }

                _sums[part * width + c] += s;
            }
        }
    }

    private void SquarePart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        Array.Clear(_sums, part * width, width);
        float* sum = stackalloc float[lanes];
        fixed (float* mean = _mean)
        {
            for (int first = from; first < to; first += Block)
            {
                int end = Math.Min(first + Block, to), c = 0;
                for (; c + lanes <= width; c += lanes)
                {
                    Vector<float> s = default, m = Lanes.Load(mean + c);
                    for (int r = first; r < end; r++)
                    {
                        Vector<float> off = Lanes.Load(_x + (long)r * width + c) - m;
                        s += off * off;
                    }

                    Lanes.Store(sum, s);
                    AddTo(_sums, part * width + c, sum, lanes);
                }

                for (; c < width; c++)
                {
                    float s = 0;
                    for (int r = first; r < end; r++)
                    {
                        float off = _x[(long)r * width + c] - mean[c];
                        s += off * off;
                    }

                    _sums[part * width + c] += s;
                }
            }
        }
    }

    private void NormalisePart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        fixed (float* mean = _mean, inverse = _inverse, gamma = _gamma.Values, beta = _beta.Values)
        {
            for (int r = from; r < to; r++)
            {
                float* x = _x + (long)r * width, y = _y + (long)r * width;
                int c = 0;
                for (; c + lanes <= width; c += lanes)
                {
                    Vector<float> normal = (Lanes.Load(x + c) - Lanes.Load(mean + c)) * Lanes.Load(inverse + c);
                    Lanes.Store(y + c, Vector.Max(normal * Lanes.Load(gamma + c) + Lanes.Load(beta + c), Vector<float>.Zero));
                }

                for (; c < width; c++)
                {
                    y[c] = Math.Max((x[c] - mean[c]) * inverse[c] * gamma[c] + beta[c], 0);
                }
            }
        }
    }

    private void ProductPart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        Array.Clear(_sums, part * width, width);
        Array.Clear(_products, part * width, width);
        float* sum = stackalloc float[lanes];
        fixed (float* mean = _mean, inverse = _inverse)
        {
            for (int first = from; first < to; first += Block)
            {
                int end = Math.Min(first + Block, to), c = 0;
                for (; c + lanes <= width; c += lanes)
                {
                    Vector<float> s = default, p = default, m = Lanes.Load(mean + c), i = Lanes.Load(inverse + c);
                    for (int r = first; r < end; r++)
                    {
                        long at = (long)r * width + c;
                        Vector<int> open = Vector.GreaterThan(Lanes.Load(_y + at), Vector<float>.Zero);
                        Vector<float> d = Vector.ConditionalSelect(open, Lanes.Load(_dy + at), Vector<float>.Zero);
                        Lanes.Store(_dy + at, d);
                        s += d;
                        p += d * ((Lanes.Load(_x + at) - m) * i);
                    }

                    Lanes.Store(sum, s);
                    AddTo(_sums, part * width + c, sum, lanes);
                    Lanes.Store(sum, p);
                    AddTo(_products, part * width + c, sum, lanes);
                }

                for (; c < width; c++)
                {
                    float s = 0, p = 0;
                    for (int r = first; r < end; r++)
                    {
                        long at = (long)r * width + c;
                        float d = _y[at] > 0 ? _dy[at] : 0;
                        _dy[at] = d;
                        s += d;
                        p += d * ((_x[at] - mean[c]) * inverse[c]);
                    }

                    _sums[part * width + c] += s;
                    _products[part * width + c] += p;
                }
            }
        }
    }

    private void BackwardPart(int part, int worker)
    {
        (int from, int to) = RowsOf(part);
        int lanes = Vector<float>.Count, width = _width;
        fixed (float* mean = _mean, inverse = _inverse, gamma = _gamma.Values, meanGradient = _meanGradient, meanProduct = _meanProduct)
        {
            for (int r = from; r < to; r++)
            {
                // dx = γ/σ (dy − mean(dy) − x̂ mean(dy x̂))
                float* x = _x + (long)r * width, dy = _dy + (long)r * width, dx = _dx + (long)r * width;
                int c = 0;
                for (; c + lanes <= width; c += lanes)
                {
                    Vector<float> i = Lanes.Load(inverse + c), normal = (Lanes.Load(x + c) - Lanes.Load(mean + c)) * i;
                    Vector<float> d = Lanes.Load(dy + c) - Lanes.Load(meanGradient + c) - normal * Lanes.Load(meanProduct + c);
                    Lanes.Store(dx + c, d * i * Lanes.Load(gamma + c));
                }

                for (; c < width; c++)
                {
                    float normal = (x[c] - mean[c]) * inverse[c];
                    dx[c] = (dy[c] - meanGradient[c] - normal * meanProduct[c]) * inverse[c] * gamma[c];
                }
            }
        }
    }

    private static void AddTo(double[] sums, int at, float* values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            sums[at + i] += values[i];
        }
    }
}

/// <summary>What a <see cref="BatchNormRelu"/> keeps beside its parameters: no optimiser touches it, every checkpoint holds it.</summary>
/// <param name="Mean">Per channel, 0 at first.</param>
/// <param name="Variance">Per channel, 1 at first.</param>
/// <param name="Batches">One number: batches taken in. (PyTorch counts them in 64 bits; nothing is computed from it.)</param>
internal sealed record Statistics(float[] Mean, float[] Variance, float[] Batches);
