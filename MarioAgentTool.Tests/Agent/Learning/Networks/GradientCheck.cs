using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Learning.Networks;

/// <summary>
/// Hand-written derivatives against finite differences of L = Σ r·y for a random r. A derivative lies between the differences
/// taken upwards and downwards. Where a kink of ReLU drives those far apart the place tells little; such places must be few.
/// </summary>
internal static class GradientCheck
{
    private const float Step = 4e-3f;

    public static void Layer(Layer layer, ParameterSet parameters, int batch)
    {
        var random = new RandomStream(11);
        float[] x = Floats(batch * layer.Inputs, random), r = Floats(batch * layer.Outputs, random);
        float[] y = new float[batch * layer.Outputs], dx = new float[batch * layer.Inputs];
        layer.Forward(batch, x, y);
        layer.Backward(batch, x, y, [.. r], dx);
        double Loss()
        {
            float[] output = new float[y.Length];
            layer.WeightsChanged();
            layer.Forward(batch, x, output);
            return output.Zip(r, (a, b) => (double)a * b).Sum();
        }

        Compare("input", x, dx, Loss);
        Compare("parameter", parameters.Values, [.. parameters.Gradients], Loss);
    }

    public static void Network(QNetwork network, byte[] observations, int batch)
    {
        var random = new RandomStream(12);
        float[] r = Floats(batch * network.Outputs, random);
        network.Forward(observations, batch);
        network.Backward(r);
        double Loss()
        {
            network.WeightsChanged();
            return network.Forward(observations, batch).ToArray().Zip(r, (a, b) => (double)a * b).Sum();
        }

        Compare("parameter", network.Parameters.Values, [.. network.Parameters.Gradients], Loss);
    }

    public static float[] Floats(int count, RandomStream random) => [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];

    private static void Compare(string what, float[] values, float[] gradients, Func<double> loss)
    {
        // Some hundred places are enough; a stride that shares no factor with the shapes visits them all in turn.
        int stride = Math.Max(1, values.Length / 150) | 1;
        int kinks = 0, places = 0;
        double middle = loss();
        for (int i = 0; i < values.Length; i += stride, places++)
        {
            float old = values[i];
            values[i] = old + Step;
            double up = (loss() - middle) / (values[i] - old);
            values[i] = old - Step;
            double down = (middle - loss()) / (old - values[i]);
            values[i] = old;
            double tolerance = 0.005 * (1 + Math.Abs(up));
            kinks += Math.Abs(up - down) > 5 * tolerance ? 1 : 0;
            Assert.That(
                gradients[i],
                Is.InRange(Math.Min(up, down) - tolerance, Math.Max(up, down) + tolerance), $"{what} {i}");
        }

        Assert.That(kinks, Is.LessThanOrEqualTo(places / 10), $"{what}: too many kinks to tell");
    }
}
