namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// <see cref="Dueling"/> for every atom of a distribution: Rainbow (Hessel et al., 2018, https://arxiv.org/abs/1710.02298) adds logits
/// up as q_i(s, a) = v_i(s) + a_i(s, a) − mean(a_i). A row holds the value's atoms, then those of each action's advantage.
/// </summary>
internal sealed class DistributionalDueling(int actions, int atoms) : Layer((1 + actions) * atoms, actions * atoms)
{
    public int Actions => actions;

    public int Atoms => atoms;

    public override void Forward(int batch, float[] x, float[] y)
    {
        for (int s = 0; s < batch; s++)
        {
            ReadOnlySpan<float> value = x.AsSpan(s * Inputs, atoms), advantages = x.AsSpan(s * Inputs + atoms, Outputs);
            Span<float> result = y.AsSpan(s * Outputs, Outputs);
            for (int i = 0; i < atoms; i++)
            {
                float mean = 0;
                for (int at = i; at < Outputs; at += atoms)
                {
                    mean += advantages[at];
                }

                mean /= actions;
                for (int at = i; at < Outputs; at += atoms)
                {
                    result[at] = value[i] + advantages[at] - mean;
                }
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        for (int s = 0; s < batch && dx is not null; s++)
        {
            // dv_i = Σₐ dq_i;  da_i = dq_i − mean(dq_i)
            ReadOnlySpan<float> gradient = dy.AsSpan(s * Outputs, Outputs);
            Span<float> value = dx.AsSpan(s * Inputs, atoms), advantages = dx.AsSpan(s * Inputs + atoms, Outputs);
            for (int i = 0; i < atoms; i++)
            {
                float sum = 0;
                for (int at = i; at < Outputs; at += atoms)
                {
                    sum += gradient[at];
                }

                value[i] = sum;
                for (int at = i; at < Outputs; at += atoms)
                {
                    advantages[at] = gradient[at] - sum / actions;
                }
            }
        }
    }
}
