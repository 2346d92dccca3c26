using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>What a kernel did with the processor.</summary>
/// <param name="Name">Kernel, shape, and path where it was not the fastest.</param>
/// <param name="Milliseconds">Shortest of many repetitions.</param>
/// <param name="Rate">Thousands of millions a second: of operations, or of bytes read and written where memory is the limit.</param>
/// <param name="ShareOfPeak">Of the multiply-adds that registers alone allow; null where memory is the limit.</param>
internal sealed record KernelTiming(string Name, double Milliseconds, double Rate, double? ShareOfPeak);

/// <summary>Single kernels on one thread, beside the processor's peak: what <c>bench learn --kernels</c> prints.</summary>
internal sealed unsafe partial class KernelBenchmark
{
    private const int WarmUpMilliseconds = 150, Milliseconds = 400, Repetitions = 4;

    private readonly RandomStream _random = new Seeds(1).Stream("bench");
    private readonly List<KernelTiming> _timings = [];
    private double _peak;

    /// <summary>Measures everything.</summary>
    public static IReadOnlyList<KernelTiming> Run(int milliseconds = Milliseconds)
    {
        var benchmark = new KernelBenchmark();
        benchmark.MeasurePeak(milliseconds);
        foreach (KernelPath path in new[] { KernelPath.Avx512, KernelPath.Avx2, KernelPath.Portable }.Where(Tile.Has))
        {
            benchmark.Convolutions(path, milliseconds);
        }

        benchmark.Layers(milliseconds);
        return benchmark._timings;
    }

    /// <summary>Multiply-adds between registers, as many chains as a kernel has; the operations of a round.</summary>
    static partial void PeakNet(ref double operations);

    private void MeasurePeak(int milliseconds)
    {
        double operations = 0;
        PeakNet(ref operations);
        if (operations > 0)
        {
            _peak = operations / Shortest(() => PeakNet(ref operations), milliseconds) / 1e6;
            _timings.Add(new KernelTiming("multiply-adds between registers: the peak", operations / _peak / 1e6, _peak, 1));
        }
    }

    private void Convolutions(KernelPath path, int milliseconds)
    {
        ConvolutionShape[] shapes = [new(4, 84, 84, 8, 4, 32), new(32, 20, 20, 4, 2, 64), new(64, 9, 9, 3, 1, 64)];
        for (int i = 0; i < shapes.Length; i++)
        {
            ConvolutionShape s = shapes[i];
            var kernel = new ConvolutionKernel(s, path);
            float[] weight = Floats(s.Channels * s.PatchLength), image = Floats(s.Inputs), y = new float[s.Outputs], dx = new float[s.Inputs];
            float[] dy = Floats(s.Outputs), sum = new float[weight.Length], bias = Floats(s.Channels), scratch = new float[kernel.ScratchLength];
            kernel.Pack(weight);
            double operations = 2.0 * s.Outputs * s.PatchLength;
            string name = $"{path}: convolution {i + 1}, a picture";
            Time($"{name}, forward", operations, () =>
            {
                fixed (float* x0 = image, b0 = bias, y0 = y)
                {
                    kernel.Forward(x0, b0, relu: true, y0, 0, 1, scratch);
                }
            }, milliseconds);
            Time($"{name}, dW", operations, () =>
            {
                fixed (float* x0 = image, dy0 = dy, sum0 = sum)
                {
                    kernel.AddWeightGradient(x0, dy0, sum0);
                }
            }, milliseconds);
            if (i > 0)
            {
                Time($"{name}, dX", operations, () =>
                {
                    fixed (float* dy0 = dy, dx0 = dx)
                    {
                        kernel.InputGradient(dy0, dx0);
                    }
                }, milliseconds);
            }
        }
    }

    private void Layers(int milliseconds)
    {
        using var pool = new WorkerPool(1);
        foreach ((int inputs, int outputs, int batch) in new[] { (3136, 512, 1), (3136, 512, 32), (256, 256, 512) })
        {
            var parameters = new ParameterSet();
            var layer = new Linear(parameters.Uniform("w", inputs, outputs, inputs), parameters.Uniform("b", inputs, outputs), inputs, relu: true, pool);
            parameters.Initialise(_random);
            float[] x = Floats(batch * inputs), y = new float[batch * outputs], dy = Floats(batch * outputs), dx = new float[batch * inputs];
            string name = $"dense {inputs} to {outputs}, batch {batch}";
            double operations = 2.0 * batch * inputs * outputs;
            Time($"{name}, forward", operations, () => layer.Forward(batch, x, y), milliseconds);
            if (batch > 1)
            {
                Time($"{name}, dW and dX", 2 * operations, () => layer.Backward(batch, x, y, dy, dx), milliseconds);
            }

            if (batch == 32)
            {
                TimeMemory($"{name}, packing the weights", 2.0 * 4 * inputs * outputs, () =>
                {
                    layer.WeightsChanged();
                    layer.Forward(1, x, y);
                }, milliseconds);
                var adam = new Adam(parameters.Values.Length, 1e-8f, pool);
                TimeMemory("Adam, 1.6 million weights", 7.0 * 4 * parameters.Values.Length, () => adam.Step(parameters.Values, parameters.Gradients, 1, 1e-6f), milliseconds);
            }
        }

        Bytes(512, pool, milliseconds);
        Normalisers(pool, milliseconds);
    }

    private void Bytes(int batch, WorkerPool pool, int milliseconds)
    {
        var input = new InputSpec { FrameBytes = 1016, Signed = true, Scale = 1 / 64f };
        var parameters = new ParameterSet();
        var layer = new ByteLinear(parameters.Uniform("w", 1016, 256, 1016), parameters.Uniform("b", 1016, 256), input, relu: false, pool);
        parameters.Initialise(_random);
        byte[] maps = new byte[batch * input.Length];
        for (int i = 0; i < maps.Length; i++)
        {
            maps[i] = (byte)(_random.NextInt(8) == 0 ? 1 + _random.NextInt(255) : 0);
        }

        float[] y = new float[batch * 256], dy = Floats(batch * 256);
        double operations = 2.0 * maps.Count(b => b != 0) * 256;
        Time($"sparse bytes 1016 to 256, batch {batch}, forward", operations, () => layer.Forward(batch, maps, y), milliseconds);
        Time($"sparse bytes 1016 to 256, batch {batch}, dW", operations, () => layer.Backward(batch, y, dy), milliseconds);
    }

    private void Normalisers(WorkerPool pool, int milliseconds)
    {
        var parameters = new ParameterSet();
        var layerNorm = new LayerNormRelu(parameters.Constant("γ", 1, 256), parameters.Constant("β", 0, 256), 1, pool);
        var statistics = new Statistics(new float[32], new float[32], new float[1]);
        var batchNorm = new BatchNormRelu(parameters.Constant("γ2", 1, 32), parameters.Constant("β2", 0, 32), statistics, 529, pool);
        parameters.Initialise(_random);
        foreach ((Layer layer, int batch, string name) in new (Layer, int, string)[] { (layerNorm, 512, "LayerNorm, 512 x 256"), (batchNorm, 128, "BatchNorm, 128 x 529 x 32") })
        {
            int length = batch * layer.Inputs;
            float[] x = Floats(length), y = new float[length], dy = Floats(length), dx = new float[length];
            TimeMemory($"{name}, forward", 8.0 * length, () => layer.Forward(batch, x, y), milliseconds);
            TimeMemory($"{name}, backward", 16.0 * length, () => layer.Backward(batch, x, y, dy, dx), milliseconds);
        }
    }

    private void Time(string name, double operations, Action work, int milliseconds)
    {
        double shortest = Shortest(work, milliseconds), rate = operations / shortest / 1e6;
        _timings.Add(new KernelTiming(name, shortest, rate, _peak > 0 ? rate / _peak : null));
    }

    private void TimeMemory(string name, double bytes, Action work, int milliseconds)
    {
        double shortest = Shortest(work, milliseconds);
        _timings.Add(new KernelTiming(name, shortest, bytes / shortest / 1e6, null));
    }

    // Four at a time: some last only microseconds.
    private static double Shortest(Action work, int milliseconds)
    {
        void Some()
        {
            for (int i = 0; i < Repetitions; i++)
            {
                work();
            }
        }

        LearnBenchmark.WarmUp(Some, Math.Min(milliseconds, WarmUpMilliseconds));
        double shortest = double.MaxValue;
        LearnBenchmark.WarmUp(() => shortest = Math.Min(shortest, LearnBenchmark.Time(Some, 1)[0] / Repetitions), milliseconds);
        return shortest;
    }

    private float[] Floats(int count)
    {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++)
        {
            floats[i] = 2 * _random.NextSingle() - 1;
        }

        return floats;
    }
}
