using System.Numerics;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>An optimiser over one flat vector of weights. Moments and counter are its whole state.</summary>
internal interface IOptimiser
{
    /// <summary>Mean of gradients, per weight.</summary>
    float[] FirstMoment { get; }

    /// <summary>Mean of squared gradients, per weight.</summary>
    float[] SecondMoment { get; }

    /// <summary>Steps taken.</summary>
    long Steps { get; set; }

    /// <summary>One step against the gradient.</summary>
    /// <param name="weights">Updated in place.</param>
    /// <param name="gradients">The loss's derivative.</param>
    /// <param name="scale">Multiplies every gradient first: the clipping factor.</param>
    /// <param name="rate">Learning rate now.</param>
    void Step(float[] weights, float[] gradients, float scale, float rate);
}

/// <summary>Adam (Kingma and Ba, 2015, https://arxiv.org/abs/1412.6980), ε outside the root as in PyTorch.</summary>
internal sealed class Adam(int length, float epsilon, WorkerPool pool) : IOptimiser
{
    // Double as in PyTorch: 1 − 0.999f is not 0.001f but 1.3e-5 of it less.
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;

    private readonly MomentStep _kernel = new(length, (float)Beta1, (float)Beta2, (float)(1 - Beta1), (float)(1 - Beta2), pool);

    public float[] FirstMoment => _kernel.First;

    public float[] SecondMoment => _kernel.Second;

    public long Steps { get; set; }

    public void Step(float[] weights, float[] gradients, float scale, float rate)
    {
        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps);
        double correction2 = 1 - Math.Pow(Beta2, Steps);

        // θ ← θ − α/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
        _kernel.Run(weights, gradients, scale, (float)(rate / correction1), (float)(1 / Math.Sqrt(correction2)), epsilon, adaptive: true);
    }
}

/// <summary>
/// Rectified Adam (Liu et al., 2020, https://arxiv.org/abs/1908.03265): plain momentum until the second moment has seen enough
/// to be trusted, then Adam with the step scaled by how far it may be.
/// </summary>
internal sealed class RAdam(int length, float epsilon, WorkerPool pool) : IOptimiser
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;

    private readonly MomentStep _kernel = new(length, Beta1, Beta2, 1 - Beta1, 1 - Beta2, pool);

    public float[] FirstMoment => _kernel.First;

    public float[] SecondMoment => _kernel.Second;

    public long Steps { get; set; }

    /// <summary>r: the rectification, or null while the variance of the second moment is still unbounded (ρ ≤ 5).</summary>
    internal static double? Rectification(long step)
    {
        // ρ∞ = 2/(1 − β₂) − 1;  ρ = ρ∞ − 2 t β₂ᵗ/(1 − β₂ᵗ)
        double power = Math.Pow(Beta2, step);
        double rhoInfinity = 2.0 / (1.0 - Beta2) - 1;
        double rho = rhoInfinity - 2 * step * power / (1 - power);

        // r = √( (ρ−4)(ρ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρ) )
        return rho > 5
            ? Math.Sqrt((rho - 4) * (rho - 2) * rhoInfinity / ((rhoInfinity - 4) * (rhoInfinity - 2) * rho))
            : null;
    }

    public void Step(float[] weights, float[] gradients, float scale, float rate)
    {
        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps);
        double correction2 = 1 - Math.Pow(Beta2, Steps);
        double? r = Rectification(Steps);

        // θ ← θ − α r/(1 − β₁ᵗ) · m √(1 − β₂ᵗ) / (√v + ε), or θ ← θ − α/(1 − β₁ᵗ) · m
        _kernel.Run(
            weights, gradients, scale,
            (float)(rate * (r is null ? 1 : r.Value * Math.Sqrt(correction2)) / correction1), 1, epsilon, adaptive: r is not null);
    }
}

/// <summary>The pass both share: moments and weights in one sweep over memory.</summary>
internal sealed unsafe class MomentStep
{
    private const int ChunkLength = 32_768;

    private readonly WorkerPool _pool;
    private readonly Action<int, int> _chunk;
    private readonly float _keep1, _keep2, _take1, _take2;
    private float[] _weights = [], _gradients = [];
    private float _scale, _step, _rootScale, _epsilon;
    private bool _adaptive;

    /// <param name="length">Weights.</param>
    /// <param name="keep1">β₁: what stays of the first moment.</param>
    /// <param name="keep2">β₂: what stays of the second.</param>
    /// <param name="take1">1 − β₁: what a gradient adds.</param>
    /// <param name="take2">1 − β₂: what its square adds.</param>
    /// <param name="pool">Threads to share the work.</param>
    public MomentStep(int length, float keep1, float keep2, float take1, float take2, WorkerPool pool)
    {
        First = new float[length];
        Second = new float[length];
        (_keep1, _keep2, _take1, _take2) = (keep1, keep2, take1, take2);
        _pool = pool;
        _chunk = Chunk;
    }

    public float[] First { get; }

    public float[] Second { get; }

    /// <summary>θ ← θ − step · m / (√v · rootScale + ε), the division left out unless <paramref name="adaptive"/>.</summary>
    public void Run(float[] weights, float[] gradients, float scale, float step, float rootScale, float epsilon, bool adaptive)
    {
        _weights = weights;
        _gradients = gradients;
        _scale = scale;
        _step = step;
        _rootScale = rootScale;
        _epsilon = epsilon;
        _adaptive = adaptive;
        _pool.Run((First.Length + ChunkLength - 1) / ChunkLength, _chunk);
    }

    private void Chunk(int chunk, int worker)
    {
        int lanes = Vector<float>.Count;
        int end = Math.Min((chunk + 1) * ChunkLength, First.Length);
        int i = chunk * ChunkLength;
        float keep1 = _keep1, keep2 = _keep2, take1 = _take1 * _scale, take2 = _take2 * _scale * _scale;
        float step = _step, rootScale = _rootScale, epsilon = _epsilon;
        var vTake2 = new Vector<float>(take2);
        var vEpsilon = new Vector<float>(epsilon);
        fixed (float* w = _weights, g = _gradients, m = First, v = Second)
        {
            for (; i + lanes <= end; i += lanes)
            {
                // m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²
                Vector<float> gradient = Lanes.Load(g + i);
                Vector<float> first = Lanes.Load(m + i) * keep1 + gradient * take1;
                Vector<float> second = Lanes.Load(v + i) * keep2 + gradient * gradient * vTake2;
                Lanes.Store(m + i, first);
                Lanes.Store(v + i, second);
                Vector<float> change = _adaptive ? first / (Vector.SquareRoot(second) * rootScale + vEpsilon) : first;
                Lanes.Store(w + i, Lanes.Load(w + i) - change * step);
            }

            for (; i < end; i++)
            {
                m[i] = m[i] * keep1 + g[i] * take1;
                v[i] = v[i] * keep2 + g[i] * g[i] * take2;
                float change = _adaptive ? m[i] / ((float)Math.Sqrt(v[i]) * rootScale + epsilon) : m[i];
                w[i] -= change * step;
            }
        }
    }
}

/// <summary>Clipping by the norm of all gradients together.</summary>
internal static unsafe class GradientNorm
{
    /// <summary>√Σg², summed in double precision block by block.</summary>
    public static float Of(ReadOnlySpan<float> gradients)
    {
        int lanes = Vector<float>.Count;
        double total = 0;
        fixed (float* g = gradients)
        {
            for (int start = 0; start < gradients.Length; start += 1024)
            {
                int end = Math.Min(start + 1024, gradients.Length);
                Vector<float> s0 = default, s1 = default;
                int i = start;
                for (; i + 2 * lanes <= end; i += 2 * lanes)
                {
                    s0 += Lanes.Load(g + i) * Lanes.Load(g + i);
                    s1 += Lanes.Load(g + i + lanes) * Lanes.Load(g + i + lanes);
                }

                float rest = Lanes.Sum(s0 + s1);
                for (; i < end; i++)
                {
                    rest += g[i] * g[i];
                }

                total += rest;
            }
        }

        return (float)Math.Sqrt(total);
    }

    /// <summary>The factor that brings <paramref name="norm"/> down to <paramref name="limit"/>; 1 where it is below, or the limit is 0.</summary>
    public static float Factor(float norm, float limit) => limit > 0 && norm > limit ? limit / norm : 1;
}
