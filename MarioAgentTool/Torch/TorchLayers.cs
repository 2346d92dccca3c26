using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace MarioAgentTool.Torch;

/// <summary>What each layer of a managed network is in PyTorch. Pictures go through as batch × channel × row × column.</summary>
internal sealed class TorchLayers : IDisposable
{
    // PyTorch's defaults, which the managed layers keep to.
    private const double Momentum = 0.1, Epsilon = 1e-5;

    private readonly List<Func<Tensor, Tensor>> _steps = [];
    private readonly List<Tensor> _parameters = [];
    private readonly Noises _noises;
    private readonly UploadBuffer _taus;
    private readonly List<(Tensor Weight, Tensor U, Tensor V)> _spectral = [];
    private readonly QNetwork _network;
    private readonly Tensor _values, _gradients;
    private readonly Tensor[] _statistics;
    private readonly ScalarType _precision;
    private NormalBy _by;

    /// <param name="network">The network to be like.</param>
    /// <param name="values">All its parameters in one tensor.</param>
    /// <param name="gradients">As many zeros, which backward passes add to.</param>
    /// <param name="statistics">Its running statistics, in their order.</param>
    /// <param name="device">Where those are.</param>
    /// <param name="precision">What is multiplied in; parameters stay as they are.</param>
    public TorchLayers(QNetwork network, Tensor values, Tensor gradients, Tensor[] statistics, TorchDevice device, ScalarType precision)
    {
        (_network, _values, _gradients, _statistics, _precision) = (network, values, gradients, statistics, precision);
        _noises = new Noises(device);
        _taus = new UploadBuffer(ScalarType.Float32, device);
        switch (network.First)
        {
            case ByteLinear first:
                _steps.Add(Linear(first.Weight, first.Bias, first.Inputs, first.Relu));
                break;
            case ByteConvolution first:
                _steps.Add(Convolve(first.Inner, padding: 0));
                break;
        }

        for (int i = 0; i < network.Layers.Count; i++)
        {
            _steps.Add(Step(network.Layers[i], isLast: Outermost(network.Layers, i)));
        }
    }

    /// <summary>The last layer's output.</summary>
    public Tensor Forward(Tensor x, NormalBy by)
    {
        _by = by;
        foreach (Func<Tensor, Tensor> step in _steps)
        {
            x = step(x);
        }

        return x;
    }

    /// <summary>An optimiser has stepped: one step of each spectral norm's power iteration, unrecorded.</summary>
    public void Stepped()
    {
        foreach ((Tensor weight, Tensor u, Tensor v) in _spectral)
        {
            Tensor matrix = weight.flatten(1);
            u.copy_(normalize(matrix.mv(v), dim: 0, eps: 1e-12));
            v.copy_(normalize(matrix.t().mv(u), dim: 0, eps: 1e-12));
        }
    }

    /// <summary>The managed network's layers have drawn noise anew.</summary>
    public void NoiseChanged() => _noises.Changed();

    public void Dispose()
    {
        _noises.Dispose();
        _taus.Dispose();
        foreach (Tensor parameter in _parameters)
        {
            parameter.Dispose();
        }
    }

    // Whether nothing but sums comes after it.
    private static bool Outermost(IReadOnlyList<Layer> layers, int i) => layers.Skip(i + 1).All(l => l is Dueling or DistributionalDueling);

    // The last weights are multiplied exactly: eight bits would leave values of 10 in steps of 1/16.
    private Func<Tensor, Tensor> Step(Layer layer, bool isLast = false) => layer switch
    {
        Linear l => Linear(l.Weight, l.Bias, l.Inputs, l.Relu, isLast),
        NoisyLinear l => Noisy(l, isLast),
        Convolution c => Convolve(c, padding: 0),
        PaddedConvolution c => Convolve(c.Inner, padding: 1),
        MaxPool { Halves: true } => x => max_pool2d(x, 3, stride: 2, padding: 1),
        MaxPool p => x => adaptive_max_pool2d(x, [p.OutHeight, p.OutWidth]),
        ImpalaBody.Relu => x => relu(x),
        ImpalaBody.Residual r => Residual(r),
        LayerNormRelu n => LayerNorm(n),
        BatchNormRelu n => BatchNorm(n),
        Flatten => x => x.flatten(1),
        Dueling d => x => Duel(x, d.Outputs, 1),
        DistributionalDueling d => x => Duel(x, d.Actions, d.Atoms),
        DuelingHead d => Duel(d, isLast),
        SideBySide s => Pair(s, isLast),
        Fork f => Split(f, isLast),
        ImplicitQuantiles q => Implicit(q, isLast),
        _ => throw new NotSupportedException(
            $"The TorchSharp backend has no {layer.GetType().Name} layer; train this network with backend=managed, and tell its makers."),
    };

    private Func<Tensor, Tensor> Linear(Parameter weight, Parameter bias, int inputs, bool isRelu, bool isExact = false)
    {
        Tensor w = Leaf(weight, bias.Length, inputs), b = Leaf(bias, bias.Length);
        ScalarType precision = isExact ? ScalarType.Float32 : _precision;
        return x => Activated(linear(In(precision, x), In(precision, w), In(precision, b)), isRelu);
    }

    // y = (μʷ + σʷ ⊙ f(ε_i) f(ε_j)) x + μᵇ + σᵇ ⊙ f(ε_j)
    private Func<Tensor, Tensor> Noisy(NoisyLinear layer, bool isExact)
    {
        Tensor mu = Leaf(layer.WeightMu, layer.Outputs, layer.Inputs), sigma = Leaf(layer.WeightSigma, layer.Outputs, layer.Inputs);
        Tensor biasMu = Leaf(layer.BiasMu, layer.Outputs), biasSigma = Leaf(layer.BiasSigma, layer.Outputs);
        int noise = _noises.Add(layer);
        ScalarType precision = isExact ? ScalarType.Float32 : _precision;
        return x =>
        {
            Tensor input = _noises.Of(noise, layer.Inputs), output = _noises.Of(noise + layer.Inputs, layer.Outputs);
            Tensor weight = mu + sigma * output.unsqueeze(1) * input, bias = biasMu + biasSigma * output;
            return Activated(linear(In(precision, x), In(precision, weight), In(precision, bias)), layer.Relu);
        };
    }

    // y = x + conv1(relu(conv0(relu(x))))
    private Func<Tensor, Tensor> Residual(ImpalaBody.Residual block)
    {
        Func<Tensor, Tensor> first = Step(block.First), second = Step(block.Second);
        return x => x + second(first(relu(x)));
    }

    private Func<Tensor, Tensor> Convolve(Convolution convolution, long padding)
    {
        ConvolutionShape shape = convolution.Shape;
        Tensor w = Leaf(convolution.Norm?.Original ?? convolution.Weight, shape.Channels, shape.Depth, shape.Kernel, shape.Kernel), b = Leaf(convolution.Bias, shape.Channels);
        long[] stride = [shape.Stride, shape.Stride];
        Func<Tensor> weight = convolution.Norm is { } norm ? Normal(norm, w) : () => w;
        return x => Activated(conv2d(In(_precision, x), In(_precision, weight()), In(_precision, b), strides: stride, padding: [padding, padding]), convolution.Relu);
    }

    // W / σ,  σ = uᵀ W v / (|u| |v|);  a weight that is zero stays so
    private Func<Tensor> Normal(SpectralNorm norm, Tensor weight)
    {
        Tensor u = Statistic(norm.U), v = Statistic(norm.V);
        _spectral.Add((weight, u, v));
        return () =>
        {
            Tensor sigma = u.dot(weight.flatten(1).mv(v)) / (u.norm() * v.norm()).clamp_min(1e-30);
            return weight / where(sigma.eq(0), ones_like(sigma), sigma);
        };
    }

    // f(ψ(x) ⊙ ReLU(W cos(π i τ) + b)), the quantiles of each action side by side
    private Func<Tensor, Tensor> Implicit(ImplicitQuantiles quantiles, bool isLast)
    {
        int cosines = quantiles.Embedding.Inputs, features = quantiles.Inputs, count = quantiles.Quantiles;
        Func<Tensor, Tensor> embed = Linear(quantiles.Embedding.Weight, quantiles.Embedding.Bias, cosines, quantiles.Embedding.Relu);
        Func<Tensor, Tensor>[] head = [.. quantiles.Head.Select((layer, i) => Step(layer, isLast && Outermost(quantiles.Head, i)))];
        return x =>
        {
            quantiles.ChooseTaus((int)x.shape[0]);
            Tensor taus = _taus.ToDevice(quantiles.Taus, quantiles.Taus.Length, 1);
            Tensor cos = (taus * (arange(cosines, ScalarType.Float32, x.device) * Math.PI)).cos();
            Tensor product = (x.unsqueeze(1) * embed(cos).view(-1, count, features)).flatten(0, 1);
            Tensor values = head.Aggregate(product, (y, step) => step(y));
            return values.view(-1, count, quantiles.Outputs / count).transpose(1, 2).flatten(1);
        };
    }

    private Func<Tensor, Tensor> LayerNorm(LayerNormRelu norm)
    {
        int width = norm.Gamma.Length;
        Tensor gamma = Leaf(norm.Gamma, width), beta = Leaf(norm.Beta, width);
        Tensor Normal(Tensor x) => layer_norm(In(ScalarType.Float32, x), [width], gamma, beta, Epsilon);

        // Of a picture, the channels at each pixel.
        return x => x.dim() == 4 ? relu(Normal(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)) : relu(Normal(x));
    }

    private Func<Tensor, Tensor> BatchNorm(BatchNormRelu norm)
    {
        int width = norm.Gamma.Length;
        Tensor gamma = Leaf(norm.Gamma, width), beta = Leaf(norm.Beta, width);
        Tensor mean = Statistic(norm.Running.Mean), variance = Statistic(norm.Running.Variance), batches = Statistic(norm.Running.Batches);
        return x =>
        {
            if (_by == NormalBy.Sample)
            {
                return relu(instance_norm(x, null, null, gamma, beta, use_input_stats: true, Momentum, Epsilon));
            }

            if (_by == NormalBy.Batch)
            {
                using (no_grad())
                {
                    batches.add_(1);
                }
            }

            return relu(batch_norm(x, mean, variance, gamma, beta, training: _by == NormalBy.Batch, Momentum, Epsilon));
        };
    }

    // Q(s, a) = V(s) + A(s, a) − 1/|A| Σ A(s, a'), atom by atom
    private static Tensor Duel(Tensor x, int actions, int atoms)
    {
        Tensor value = x.narrow(1, 0, atoms).unsqueeze(1), advantages = x.narrow(1, atoms, actions * atoms).view(-1, actions, atoms);
        return (value + advantages - advantages.mean([1], keepdim: true)).flatten(1);
    }

    private Func<Tensor, Tensor> Duel(DuelingHead head, bool isLast)
    {
        Func<Tensor, Tensor> value = Linear(head.Value.Weight, head.Value.Bias, head.Inputs, isRelu: false, isLast);
        Func<Tensor, Tensor> advantages = Linear(head.Advantage.Weight, head.Advantage.Bias, head.Inputs, isRelu: false, isLast);
        return x => Duel(cat([value(x), advantages(x)], 1), head.Actions, head.Atoms);
    }

    private Func<Tensor, Tensor> Pair(SideBySide pair, bool isLast)
    {
        Func<Tensor, Tensor> left = Step(pair.Left, isLast), right = Step(pair.Right, isLast);
        return x => cat([left(x.narrow(1, 0, pair.Left.Inputs)), right(x.narrow(1, pair.Left.Inputs, pair.Right.Inputs))], 1);
    }

    private Func<Tensor, Tensor> Split(Fork fork, bool isLast)
    {
        Func<Tensor, Tensor>[][] chains = [.. fork.Chains.Select(chain => chain.Select((layer, i) => Step(layer, isLast && i == chain.Count - 1)).ToArray())];
        return x => cat([.. chains.Select(chain => chain.Aggregate(x, (y, step) => step(y)))], 1);
    }

    private static Tensor Activated(Tensor x, bool isRelu) => isRelu ? relu(x) : x;

    // Mixed precision: multiplications in the shorter type; weights, the last layer and, as in PyTorch's autocast, what normalises in the longer.
    private static Tensor In(ScalarType precision, Tensor x) => x.dtype == precision ? x : x.to(precision);

    /// <summary>A parameter as autograd wants it: a leaf that shares memory with all the others, whose gradient is added up where all gradients lie.</summary>
    private Tensor Leaf(Parameter parameter, params long[] shape)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = _values.narrow(0, parameter.Offset, parameter.Length).view(shape).detach();
        leaf.requires_grad = true;
        leaf.grad = _gradients.narrow(0, parameter.Offset, parameter.Length).view(shape);
        _parameters.Add(leaf.DetachFromDisposeScope());
        return leaf;
    }

    private Tensor Statistic(float[] values)
    {
        for (int i = 0; i < _statistics.Length; i++)
        {
            if (_network.Parameters.Buffers[i] == values)
            {
                return _statistics[i];
            }
        }

        throw new ArgumentException("These statistics are none of the network's.", nameof(values));
    }

    /// <summary>f(ε) of all noisy layers, on the device; drawn on the host, so that every backend has the same, and sent together.</summary>
    private sealed class Noises(TorchDevice device) : IDisposable
    {
        private readonly UploadBuffer _buffer = new(ScalarType.Float32, device);
        private readonly List<NoisyLinear> _layers = [];
        private float[] _host = [];
        private Tensor? _all;

        /// <summary>Gives a layer its part.</summary>
        /// <returns>Where that begins: its inputs' noise, then its outputs'.</returns>
        public int Add(NoisyLinear layer)
        {
            int offset = _host.Length;
            _layers.Add(layer);
            _host = new float[offset + layer.Inputs + layer.Outputs];
            return offset;
        }

        public Tensor Of(int offset, int length) => (_all ??= Send()).narrow(0, offset, length);

        public void Changed()
        {
            _all?.Dispose();
            _all = null;
        }

        public void Dispose()
        {
            Changed();
            _buffer.Dispose();
        }

        private Tensor Send()
        {
            int at = 0;
            foreach (NoisyLinear layer in _layers)
            {
                layer.InputNoise.CopyTo(_host.AsSpan(at));
                layer.OutputNoise.CopyTo(_host.AsSpan(at + layer.Inputs));
                at += layer.Inputs + layer.Outputs;
            }

            using DisposeScope scope = NewDisposeScope();
            return _buffer.ToDevice<float>(_host, _host.Length).DetachFromDisposeScope();
        }
    }
}
