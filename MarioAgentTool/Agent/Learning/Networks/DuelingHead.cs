using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// Q = V + A − mean(A) (Wang et al., 2016, https://arxiv.org/abs/1511.06581). Both streams are one layer deep and lie side by
/// side, the value first, so one multiplication computes them.
/// </summary>
internal sealed class DuelingHead(Linear valueAndAdvantage) : Layer(valueAndAdvantage.Inputs, valueAndAdvantage.Outputs - 1)
{
    private float[] _streams = [], _gradient = [];

    public override void WeightsChanged() => valueAndAdvantage.WeightsChanged();

    public override void Forward(int batch, float[] x, float[] y)
    {
        int wide = Outputs + 1;
        Ensure(ref _streams, batch * wide);
        valueAndAdvantage.Forward(batch, x, _streams);
        for (int s = 0; s < batch; s++)
        {
            ReadOnlySpan<float> advantages = _streams.AsSpan(s * wide + 1, Outputs);
            float mean = 0;
            foreach (float a in advantages)
            {
                mean += a;
            }

            mean /= Outputs;
            float value = _streams[s * wide];
            for (int a = 0; a < Outputs; a++)
            {
                // Q(s, a) = V(s) + A(s, a) − 1/|A| Σ A(s, a')
                y[s * Outputs + a] = value + advantages[a] - mean;
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        int wide = Outputs + 1;
        Ensure(ref _gradient, batch * wide);
        for (int s = 0; s < batch; s++)
        {
            // dV = Σ dQ;  dA = dQ − mean(dQ)
            float sum = 0;
            for (int a = 0; a < Outputs; a++)
            {
                sum += dy[s * Outputs + a];
            }

            _gradient[s * wide] = sum;
            for (int a = 0; a < Outputs; a++)
            {
                _gradient[s * wide + 1 + a] = dy[s * Outputs + a] - sum / Outputs;
            }
        }

        valueAndAdvantage.Backward(batch, x, _streams, _gradient, dx);
    }
}
