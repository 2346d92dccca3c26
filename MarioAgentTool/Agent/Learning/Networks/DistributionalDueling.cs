using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// <see cref="Dueling"/> for every atom of a distribution: Rainbow (Hessel et al., 2018, https://arxiv.org/abs/1710.02298) adds logits
/// up as q_i(s, a) = v_i(s) + a_i(s, a) − mean(a_i). A row holds the value's atoms, then those of each action's advantage.
/// </summary>
internal sealed class DistributionalDueling(int actions, int atoms) : Layer((1 + actions) * atoms, actions * atoms)
{
    public int Actions => actions;

    public int Atoms => atoms;

    private readonly float[] _common = new float[atoms], _mean = new float[atoms];

    public override void Forward(int batch, float[] x, float[] y)
    {
        for (int s = 0; s < batch; s++)
        {
            ReadOnlySpan<float> value = x.AsSpan(s * Inputs, atoms), advantages = x.AsSpan(s * Inputs + atoms, Outputs);
            Array.Clear(_mean, 0, atoms);
            for (int at = 0; at < Outputs; at += atoms)
            {
                Lanes.Add(_mean, advantages.Slice(at, atoms));
            }

            // v_i − mean(a_i), common to all actions
            value.CopyTo(_common);
            Lanes.AddScaled(_common, _mean, -1f / actions);
            Span<float> result = y.AsSpan(s * Outputs, Outputs);
            advantages.CopyTo(result);
            for (int at = 0; at < Outputs; at += atoms)
            {
                Lanes.Add(result.Slice(at, atoms), _common);
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
            value.Clear();
            for (int at = 0; at < Outputs; at += atoms)
            {
                Lanes.Add(value, gradient.Slice(at, atoms));
            }

            gradient.CopyTo(advantages);
            for (int at = 0; at < Outputs; at += atoms)
            {
                Lanes.AddScaled(advantages.Slice(at, atoms), value, -1f / actions);
            }
        }
    }
}
