using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace MarioAgentTool.Torch;

/// <summary>Adam and RAdam over a network's one long vector: the managed formulas, a few operations a step.</summary>
internal sealed class TorchOptimiser : INetworkOptimiser
{
    // Double as in PyTorch: 1 − 0.999f is not 0.001f but 1.3e-5 of it less.
    private const double Beta1 = 0.9, Beta2 = 0.999;

    private readonly TorchNetwork _network;
    private readonly float _epsilon;
    private readonly bool _isRectified;
    private readonly Tensor _first, _second;
    private readonly float[] _hostFirst, _hostSecond;
    private bool _hostIsNewer;

    public TorchOptimiser(TorchNetwork network, float epsilon, bool isRectified)
    {
        (_network, _epsilon, _isRectified) = (network, epsilon, isRectified);
        using DisposeScope scope = NewDisposeScope();
        _first = zeros_like(network.Parameters).DetachFromDisposeScope();
        _second = zeros_like(network.Parameters).DetachFromDisposeScope();
        _hostFirst = new float[network.Parameters.numel()];
        _hostSecond = new float[_hostFirst.Length];
    }

    public long Steps { get; set; }

    public (float[] First, float[] Second) Moments
    {
        get
        {
            if (!_hostIsNewer)
            {
                using DisposeScope scope = NewDisposeScope();
                _first.cpu().data<float>().CopyTo(_hostFirst);
                _second.cpu().data<float>().CopyTo(_hostSecond);
                _hostIsNewer = true;
            }

            return (_hostFirst, _hostSecond);
        }
    }

    public void Step(float rate, float gradientNorm)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        if (_hostIsNewer)
        {
            _first.copy_(tensor(_hostFirst));
            _second.copy_(tensor(_hostSecond));
            _hostIsNewer = false;
        }

        Tensor gradients = _network.Gradients;
        if (gradientNorm > 0)
        {
            gradients.mul_((gradientNorm / gradients.norm()).clamp_max(1));
        }

        Steps++;
        double correction1 = 1 - Math.Pow(Beta1, Steps), correction2 = 1 - Math.Pow(Beta2, Steps);
        _first.mul_(Beta1).add_(gradients, 1 - Beta1);
        _second.mul_(Beta2).addcmul_(gradients, gradients, 1 - Beta2);
        if (!_isRectified)
        {
            // θ ← θ − α/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
            Tensor root = _second.sqrt().mul_(1 / Math.Sqrt(correction2)).add_(_epsilon);
            _network.Parameters.addcdiv_(_first, root, -rate / correction1);
        }
        else if (RAdam.Rectification(Steps) is { } r)
        {
            // θ ← θ − α r/(1 − β₁ᵗ) · m √(1 − β₂ᵗ) / (√v + ε)
            _network.Parameters.addcdiv_(_first, _second.sqrt().add_(_epsilon), -rate * r * Math.Sqrt(correction2) / correction1);
        }
        else
        {
            // θ ← θ − α/(1 − β₁ᵗ) · m
            _network.Parameters.add_(_first, -rate / correction1);
        }

        _network.Stepped();
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
