using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// The large network of IMPALA (Espeholt et al., 2018, https://arxiv.org/abs/1802.01561, figure 3): three times a convolution, a
/// pooling and two residual blocks. At its end, whatever the picture's size, 6 × 6 pixels by adaptive max pooling, as in "Beyond the
/// Rainbow" (Clark et al., 2024, https://arxiv.org/abs/2411.03820), whose spectral norm in the residual blocks it has if wanted.
/// </summary>
internal static class ImpalaBody
{
    private const int Pooled = 6;

    /// <summary>Adds its layers for a picture of one plane a frame; returns the features they end with.</summary>
    public static int Add(List<Layer> layers, InputSpec input, NetworkSettings settings, ParameterSet parameters, List<SpectralNorm> norms, WorkerPool pool)
    {
        int factor = settings.BodyWidth;
        (int depth, int height, int width) = (input.Stack, input.Height, input.Width);
        int[] channels = [16 * factor, 32 * factor, 32 * factor];
        for (int block = 0; block < channels.Length; block++)
        {
            int count = channels[block];
            layers.Add(Convolve($"blocks.{block}.conv", depth, height, width, count, relu: false, isNormal: false));
            MaxPool halving = MaxPool.Halving(count, height, width);
            layers.Add(halving);
            (depth, height, width) = (count, halving.OutHeight, halving.OutWidth);
            for (int residual = 0; residual < 2; residual++)
            {
                string name = $"blocks.{block}.res{residual}";
                layers.Add(new Residual(
                    Convolve($"{name}.conv0", count, height, width, count, relu: true, settings.SpectralNorm),
                    Convolve($"{name}.conv1", count, height, width, count, relu: false, settings.SpectralNorm)));
            }
        }

        layers.Add(new Relu(height * width * depth));
        layers.Add(MaxPool.Adaptive(depth, height, width, Pooled));
        layers.Add(new Flatten(Pooled * Pooled, depth));
        return Pooled * Pooled * depth;

        PaddedConvolution Convolve(string name, int depth, int height, int width, int channels, bool relu, bool isNormal)
        {
            ConvolutionShape shape = new(depth, height + 2, width + 2, kernel: 3, stride: 1, channels);
            if (isNormal)
            {
                var norm = new SpectralNorm(parameters, name, shape.PatchLength, channels, depth, 3, 3);
                norms.Add(norm);
                return new PaddedConvolution(new Convolution(norm, parameters.Uniform($"{name}.bias", shape.PatchLength, channels), shape, relu, pool));
            }

            Parameter weight = parameters.Uniform($"{name}.weight", shape.PatchLength, channels, depth, 3, 3);
            return new PaddedConvolution(new Convolution(weight, parameters.Uniform($"{name}.bias", shape.PatchLength, channels), shape, relu, pool));
        }
    }

    /// <summary>max(0, x).</summary>
    internal sealed class Relu(int length) : Layer(length, length)
    {
        public override void Forward(int batch, float[] x, float[] y)
        {
            for (int i = 0; i < batch * Inputs; i++)
            {
                y[i] = Math.Max(x[i], 0);
            }
        }

        public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
        {
            if (dx is not null)
            {
                dy.AsSpan(0, batch * Inputs).CopyTo(dx);
                Lanes.MaskByPositive(dx.AsSpan(0, batch * Inputs), y);
            }
        }
    }

    /// <summary>y = x + conv1(relu(conv0(relu(x)))).</summary>
    internal sealed class Residual(PaddedConvolution conv0, PaddedConvolution conv1) : Layer(conv0.Inputs, conv1.Outputs)
    {
        private readonly Relu _relu = new(conv0.Inputs);
        private float[] _open = [], _middle = [], _gradient = [], _middleGradient = [];

        public PaddedConvolution First => conv0;

        public PaddedConvolution Second => conv1;

        public override void WeightsChanged()
        {
            conv0.WeightsChanged();
            conv1.WeightsChanged();
        }

        public override void Forward(int batch, float[] x, float[] y)
        {
            Ensure(ref _open, batch * Inputs);
            Ensure(ref _middle, batch * conv0.Outputs);
            _relu.Forward(batch, x, _open);
            conv0.Forward(batch, _open, _middle);
            conv1.Forward(batch, _middle, y);
            Lanes.Add(y.AsSpan(0, batch * Outputs), x);
        }

        public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
        {
            // dx = dy + [x > 0] · (what comes back through both convolutions)
            Ensure(ref _gradient, batch * Inputs);
            Ensure(ref _middleGradient, batch * conv0.Outputs);
            if (dx is not null)
            {
                dy.AsSpan(0, batch * Outputs).CopyTo(dx);
            }

            conv1.Backward(batch, _middle, y, dy, _middleGradient);
            conv0.Backward(batch, _open, _middle, _middleGradient, dx is null ? null : _gradient);
            if (dx is not null)
            {
                Lanes.MaskByPositive(_gradient.AsSpan(0, batch * Inputs), _open);
                Lanes.Add(dx.AsSpan(0, batch * Inputs), _gradient);
            }
        }
    }
}
