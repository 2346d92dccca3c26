using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// Bytes in, Q(s, ·) out. A flat observation goes through hidden layers of equal width; a picture through the convolutions of
/// Mnih et al., "Human-level control through deep reinforcement learning" (2015): 32 of 8 × 8 by 4, 64 of 4 × 4 by 2, 64 of
/// 3 × 3 by 1, then 512 units. Names and shapes are those of the PyTorch Sequential that computes the same.
/// </summary>
internal sealed class QNetwork : IQNetwork
{
    private readonly InputSpec _input;
    private readonly InputLayer _first;
    private readonly List<Layer> _layers = [];
    private readonly NamedTensor[] _tensors;
    private readonly BatchNormRelu[] _norms;
    private readonly NoisyLinear[] _noisy;
    private readonly ImplicitQuantiles? _quantiles;
    private readonly SpectralNorm[] _spectral;
    private readonly DuelingHead? _head;
    private readonly float[][] _outputs;
    private float[] _gradient = [], _nextGradient = [], _taken = [];
    private int[] _actionsTaken = [];
    private byte[] _bytes = [];
    private int _batch;
    private bool _isToLearnFrom, _isOfActions;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from.</param>
    /// <param name="settings">The shape.</param>
    /// <param name="random">First weights are drawn from it.</param>
    /// <param name="pool">Threads to share the work.</param>
    /// <param name="atoms">Numbers to an action: 1 for its value, more for a distribution.</param>
    public QNetwork(InputSpec input, int actions, NetworkSettings settings, RandomStream random, WorkerPool pool, int atoms = 1)
    {
        if (input.FrameBytes < 1 || input.Stack < 1 || (input.Height > 0 && input.Height * input.Width != input.FrameBytes))
        {
            throw new ArgumentException(
                $"An observation of {input.Stack} frames of {input.FrameBytes} bytes ({input.Height} × {input.Width}) is not one this network can read.",
                nameof(input));
        }

        settings.Check();
        if (settings.BatchNorm && input.Height == 0)
        {
            throw new ArgumentException("BatchNorm normalises a picture's channels, and this observation is no picture; set LayerNorm instead.");
        }

        _input = input;
        Actions = actions;
        Outputs = actions * atoms;
        var build = new Builder(Parameters, settings, pool);
        int features;
        if (input.Height > 0)
        {
            (_first, features) = build.Picture(input, _layers);
        }
        else
        {
            (_first, features) = build.Flat(input, _layers);
        }

        _noisy = build.Head(features, actions, atoms, _layers);
        _quantiles = _layers.OfType<ImplicitQuantiles>().SingleOrDefault();
        _head = _layers[_layers.Count - 1] as DuelingHead;
        _spectral = [.. build.Spectral];
        Parameters.Initialise(random);
        foreach (SpectralNorm norm in _spectral)
        {
            norm.Begin();
        }

        _outputs = new float[_layers.Count + 1][];
        _tensors = [.. Parameters.Tensors];
        _norms = [.. _layers.OfType<BatchNormRelu>()];
        string frame = input.Height > 0 ? $"{input.Height}x{input.Width}" : $"{input.FrameBytes}";
        string layers = input.Height == 0 ? $"{settings.HiddenLayers} x {settings.HiddenUnits}"
            : settings.Body == PictureBody.Impala ? $"IMPALA CNN x {settings.BodyWidth}{(settings.SpectralNorm ? ", spectral norm" : "")}" : "nature CNN";
        layers += settings.StreamUnits > 0 ? $", 2 x {settings.StreamUnits}" : input.Height == 0 ? "" : $", {settings.PictureUnits}";
        Shape = $"{input.Stack} x {frame} {(input.Signed ? "signed" : "unsigned")} bytes, {layers}"
            + $"{(settings.LayerNorm ? ", LayerNorm" : settings.BatchNorm ? ", BatchNorm" : "")}{(settings.Dueling ? ", dueling" : "")}{(settings.Noisy ? ", noisy" : "")}, {actions} actions"
            + (atoms == 1 ? "" : $" x {atoms}") + (settings.Cosines == 0 ? "" : $" of {settings.Cosines} cosines");
    }

    public int Actions { get; }

    /// <summary>Numbers to an observation: actions × atoms.</summary>
    public int Outputs { get; }

    /// <summary>The network in a line; checkpoints are refused by it.</summary>
    public string Shape { get; }

    public ParameterSet Parameters { get; } = new();

    /// <summary>The step that meets the bytes.</summary>
    public InputLayer First => _first;

    /// <summary>The steps after it, in order.</summary>
    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The live tensors. Asking for them counts as writing them: what was packed from the weights is packed anew.</summary>
    public IReadOnlyList<NamedTensor> Tensors
    {
        get
        {
            WeightsChanged();
            return _tensors;
        }
    }

    /// <summary>Q(s, ·) for a batch, or what stands for it, to learn from: batch × <see cref="Outputs"/>, valid until the next call.</summary>
    /// <param name="observations">batch × observation length.</param>
    /// <param name="batch">Observations.</param>
    /// <param name="by">Whose statistics a network with BatchNorm goes by; no other network cares.</param>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<byte> observations, int batch, NormalBy by = NormalBy.Batch)
    {
        ReadOnlySpan<float> outputs = Evaluate(observations, batch, by);
        _isToLearnFrom = true;
        return outputs;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Forward(Observations observations, int batch, NormalBy by = NormalBy.Batch) => Forward(observations.Bytes, batch, by);

    /// <inheritdoc/>
    public ReadOnlySpan<float> Forward(Observations observations, ReadOnlySpan<int> actions, int batch, NormalBy by = NormalBy.Batch)
    {
        int atoms = Outputs / Actions, last = _layers.Count - 1;
        Layer.Ensure(ref _taken, batch * atoms);
        if (_head is not null)
        {
            PassToLast(observations.Bytes, batch, by);
            _head.Forward(batch, _outputs[last], actions, _taken);
        }
        else
        {
            ReadOnlySpan<float> all = Evaluate(observations.Bytes, batch, by);
            if (_actionsTaken.Length < batch)
            {
                _actionsTaken = new int[batch];
            }

            actions.Slice(0, batch).CopyTo(_actionsTaken);
            for (int i = 0; i < batch; i++)
            {
                all.Slice((i * Actions + actions[i]) * atoms, atoms).CopyTo(_taken.AsSpan(i * atoms));
            }
        }

        (_isToLearnFrom, _isOfActions) = (true, true);
        return _taken.AsSpan(0, batch * atoms);
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Evaluate(ReadOnlySpan<byte> observations, int batch, NormalBy by = NormalBy.Batch)
    {
        Ensure(ref _outputs[_layers.Count], batch * Outputs);
        Pass(observations, batch, by, _outputs[_layers.Count]);
        return _outputs[_layers.Count].AsSpan(0, batch * Outputs);
    }

    /// <inheritdoc/>
    public void Evaluate(Observations observations, int batch, PassOutputs outputs, NormalBy by = NormalBy.Batch)
        => Pass(observations.Bytes, batch, by, ((HostOutputs)outputs).Values);

    /// <summary>All gradients, from the loss's derivative by the values of the last forward pass.</summary>
    public void Backward(ReadOnlySpan<float> valueGradients)
    {
        BackToFirst(valueGradients, wanted: _first is not BytesToPixels);
        _first.Backward(_batch, _outputs[0], _gradient);
    }

    /// <summary>
    /// Where one observation's Σ w Q(s, ·) comes from: its derivative by what each byte is read as (byte × scale), from the last
    /// forward pass, which was of that observation alone. Parameters' gradients are overwritten on the way.
    /// </summary>
    /// <param name="weights">w, one an action.</param>
    /// <param name="gradient">One number a byte, filled in.</param>
    public void InputGradient(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        if (_batch != 1)
        {
            throw new InvalidOperationException($"The last forward call was of {_batch} observations; it must be of one.");
        }

        BackToFirst(weights, wanted: true);
        _first.InputGradient(_outputs[0], _gradient, gradient);
    }

    private void Pass(ReadOnlySpan<byte> observations, int batch, NormalBy by, float[] outputs)
    {
        PassToLast(observations, batch, by);
        _layers[_layers.Count - 1].Forward(batch, _outputs[_layers.Count - 1], outputs);
    }

    private void PassToLast(ReadOnlySpan<byte> observations, int batch, NormalBy by)
    {
        foreach (BatchNormRelu norm in _norms)
        {
            norm.By = by;
        }

        int length = batch * _input.Length;
        if (_bytes.Length < length)
        {
            _bytes = new byte[length];
        }

        observations.Slice(0, length).CopyTo(_bytes);
        (_batch, _isToLearnFrom, _isOfActions) = (batch, false, false);
        Ensure(ref _outputs[0], batch * _first.Outputs);
        _first.Forward(batch, _bytes, _outputs[0]);
        int last = _layers.Count - 1;
        for (int i = 0; i < last; i++)
        {
            Ensure(ref _outputs[i + 1], batch * _layers[i].Outputs);
            _layers[i].Forward(batch, _outputs[i], _outputs[i + 1]);
        }
    }

    // Leaves the derivative by the first layer's outputs in _gradient, if it is wanted.
    private void BackToFirst(ReadOnlySpan<float> valueGradients, bool wanted)
    {
        if (!_isToLearnFrom)
        {
            throw new InvalidOperationException("A backward pass follows a forward pass that is to be learned from, and the last was not, or there was none.");
        }

        Ensure(ref _gradient, Math.Max(_gradient.Length, _batch * Outputs));
        if (_isOfActions && _head is null)
        {
            Scatter(valueGradients);
        }
        else
        {
            valueGradients.CopyTo(_gradient);
        }

        for (int i = _layers.Count - 1; i >= 0; i--)
        {
            Ensure(ref _nextGradient, _batch * _layers[i].Inputs);
            _layers[i].Backward(_batch, _outputs[i], _outputs[i + 1], _gradient, i > 0 || wanted ? _nextGradient : null);
            (_gradient, _nextGradient) = (_nextGradient, _gradient);
        }
    }

    // Actions that were not taken have no gradient.
    private void Scatter(ReadOnlySpan<float> gradients)
    {
        int atoms = Outputs / Actions;
        _gradient.AsSpan(0, _batch * Outputs).Clear();
        for (int i = 0; i < _batch; i++)
        {
            gradients.Slice(i * atoms, atoms).CopyTo(_gradient.AsSpan((i * Actions + _actionsTaken[i]) * atoms));
        }
    }

    /// <summary>The layers that noise is drawn for, in their order.</summary>
    public IReadOnlyList<NoisyLinear> Noisy => _noisy;

    /// <summary>τ of each quantile of the last pass, batch × atoms; empty for networks that draw none.</summary>
    public ReadOnlySpan<float> Taus => _quantiles is null ? default : _quantiles.Taus;

    /// <summary>Draws the noise of its noisy layers anew, and chances of implicit quantiles; null has layers be their mean and chances stand, as at first.</summary>
    public void Noise(RandomStream? random)
    {
        if (random is null)
        {
            _quantiles?.Silence();
        }
        else
        {
            _quantiles?.Draw(random);
        }

        foreach (NoisyLinear layer in _noisy)
        {
            if (random is null)
            {
                layer.Silence();
            }
            else
            {
                layer.Draw(random);
            }
        }
    }

    /// <summary>The same weights as another network of this shape, and the same running statistics.</summary>
    public void CopyFrom(IQNetwork network)
    {
        var other = (QNetwork)network;
        other.Parameters.Values.AsSpan().CopyTo(Parameters.Values);
        for (int i = 0; i < Parameters.Buffers.Count; i++)
        {
            other.Parameters.Buffers[i].AsSpan().CopyTo(Parameters.Buffers[i]);
        }

        WeightsChanged();
    }

    /// <summary>To be called after an optimiser's step.</summary>
    public void Stepped()
    {
        foreach (SpectralNorm norm in _spectral)
        {
            norm.Iterate();
        }

        WeightsChanged();
    }

    /// <summary>To be called after <see cref="ParameterSet.Values"/> have been written.</summary>
    public void WeightsChanged()
    {
        _first.WeightsChanged();
        foreach (Layer layer in _layers)
        {
            layer.WeightsChanged();
        }
    }

    public void Dispose()
    {
    }

    private static void Ensure(ref float[] array, int length)
    {
        if (array is null || array.Length < length)
        {
            array = new float[length];
        }
    }

    /// <summary>Declares layers in order and counts their places in the Sequential, ReLU and Flatten included.</summary>
    private sealed class Builder(ParameterSet parameters, NetworkSettings settings, WorkerPool pool)
    {
        private readonly List<SpectralNorm> _spectral = [];
        private int _place;

        public IReadOnlyList<SpectralNorm> Spectral => _spectral;

        public (InputLayer First, int Features) Flat(InputSpec input, List<Layer> layers)
        {
            int width = settings.HiddenUnits;
            (Parameter weight, Parameter bias) = Weights(input.Length, width, input.Length);
            var first = new ByteLinear(weight, bias, input, relu: !settings.LayerNorm, pool);
            Activation(layers, width, 1);
            for (int i = 1; i < settings.HiddenLayers; i++)
            {
                Hidden(layers, width, width);
            }

            return (first, width);
        }

        public (InputLayer First, int Features) Picture(InputSpec input, List<Layer> layers)
        {
            if (settings.Body == PictureBody.Impala)
            {
                return (new BytesToPixels(input, pool), Common(ImpalaBody.Add(layers, input, settings, parameters, _spectral, pool), layers));
            }

            ConvolutionShape one = new(input.Stack, input.Height, input.Width, kernel: 8, stride: 4, channels: 32);
            ConvolutionShape two = new(one.Channels, one.OutHeight, one.OutWidth, kernel: 4, stride: 2, channels: 64);
            ConvolutionShape three = new(two.Channels, two.OutHeight, two.OutWidth, kernel: 3, stride: 1, channels: 64);
            var first = new ByteConvolution(Convolve(1, one), input, pool);
            Normalise(layers, 1, one);
            layers.Add(Convolve(2, two));
            Normalise(layers, 2, two);
            layers.Add(Convolve(3, three));
            Normalise(layers, 3, three);
            layers.Add(new Flatten(three.Pixels, three.Channels));
            _place++;
            return (first, Common(three.Outputs, layers));
        }

        public NoisyLinear[] Head(int features, int actions, int atoms, List<Layer> layers)
        {
            if (settings.Noisy || atoms > 1)
            {
                var head = new Head(parameters, settings, pool);
                if (settings.Cosines > 0)
                {
                    head.AddImplicitTo(layers, features, actions, atoms);
                }
                else
                {
                    head.AddTo(layers, features, actions, atoms);
                }

                return [.. head.Noisy];
            }

            PlainHead(features, actions, layers);
            return [];
        }

        private void PlainHead(int features, int actions, List<Layer> layers)
        {
            if (!settings.Dueling)
            {
                Parameter weight = parameters.Uniform("head.weight", features, actions, features);
                layers.Add(new Linear(weight, parameters.Uniform("head.bias", features, actions), features, relu: false, pool));
                return;
            }

            // Declared so that the two weights lie side by side, and the two biases: one multiplication computes both.
            int units = settings.StreamUnits;
            if (units > 0)
            {
                Parameter hidden = parameters.Uniform("val_fc1.weight", features, units, features)
                    .Join(parameters.Uniform("adv_fc1.weight", features, units, features));
                Parameter hiddenBias = parameters.Uniform("val_fc1.bias", features, units)
                    .Join(parameters.Uniform("adv_fc1.bias", features, units));
                layers.Add(new Linear(hidden, hiddenBias, features, relu: true, pool));
                layers.Add(new SideBySide(Stream("val_fc2", units, 1), Stream("adv_fc2", units, actions)));
            }
            else
            {
                Parameter weights = parameters.Uniform("value.weight", features, 1, features)
                    .Join(parameters.Uniform("advantage.weight", features, actions, features));
                Parameter biases = parameters.Uniform("value.bias", features, 1)
                    .Join(parameters.Uniform("advantage.bias", features, actions));
                layers.Add(new Linear(weights, biases, features, relu: false, pool));
            }

            layers.Add(new Dueling(actions));
        }

        // The layer after the convolutions, unless each stream has one of its own.
        private int Common(int features, List<Layer> layers)
        {
            if (settings.StreamUnits > 0)
            {
                return features;
            }

            Hidden(layers, features, settings.PictureUnits);
            return settings.PictureUnits;
        }

        private Linear Stream(string name, int inputs, int outputs) => new(
            parameters.Uniform($"{name}.weight", inputs, outputs, inputs), parameters.Uniform($"{name}.bias", inputs, outputs), inputs, relu: false, pool);

        private void Hidden(List<Layer> layers, int inputs, int outputs)
        {
            (Parameter weight, Parameter bias) = Weights(inputs, outputs, inputs);
            layers.Add(new Linear(weight, bias, inputs, relu: !settings.LayerNorm, pool));
            Activation(layers, outputs, 1);
        }

        // With BatchNorm the layers go by the dueling notebook's names, without by their places in a Sequential.
        private Convolution Convolve(int number, ConvolutionShape shape)
        {
            int[] kernel = [shape.Depth, shape.Kernel, shape.Kernel];
            (Parameter weight, Parameter bias) = settings.BatchNorm
                ? (parameters.Uniform($"conv{number}.weight", shape.PatchLength, [shape.Channels, .. kernel]), parameters.Uniform($"conv{number}.bias", shape.PatchLength, shape.Channels))
                : Weights(shape.PatchLength, shape.Channels, kernel);
            return new Convolution(weight, bias, shape, relu: !settings.LayerNorm && !settings.BatchNorm, pool);
        }

        private void Normalise(List<Layer> layers, int number, ConvolutionShape shape)
        {
            if (!settings.BatchNorm)
            {
                Activation(layers, shape.Channels, shape.Pixels);
                return;
            }

            Parameter gamma = parameters.Constant($"bn{number}.weight", 1, shape.Channels), beta = parameters.Constant($"bn{number}.bias", 0, shape.Channels);
            var running = new Statistics(
                parameters.Buffer($"bn{number}.running_mean", 0, shape.Channels), parameters.Buffer($"bn{number}.running_var", 1, shape.Channels),
                parameters.Buffer($"bn{number}.num_batches_tracked", 0));
            layers.Add(new BatchNormRelu(gamma, beta, running, shape.Pixels, pool));
        }

        private (Parameter Weight, Parameter Bias) Weights(int fanIn, int outputs, params int[] rest)
        {
            string name = $"features.{_place++}";
            return (parameters.Uniform($"{name}.weight", fanIn, [outputs, .. rest]), parameters.Uniform($"{name}.bias", fanIn, outputs));
        }

        private void Activation(List<Layer> layers, int width, int rowsPerSample)
        {
            if (settings.LayerNorm)
            {
                string name = $"features.{_place++}";
                Parameter gamma = parameters.Constant($"{name}.weight", 1, width);
                layers.Add(new LayerNormRelu(gamma, parameters.Constant($"{name}.bias", 0, width), rowsPerSample, pool));
            }

            _place++;
        }
    }
}
