namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// Q = V + A − mean(A) (Wang et al., 2016, https://arxiv.org/abs/1511.06581), of a value and the advantages that lie side by
/// side, the value first.
/// </summary>
internal sealed class Dueling(int actions) : Layer(1 + actions, actions)
{
    public override void Forward(int batch, float[] x, float[] y)
    {
        for (int s = 0; s < batch; s++)
        {
            ReadOnlySpan<float> advantages = x.AsSpan(s * Inputs + 1, Outputs);
            float mean = 0;
            foreach (float a in advantages)
            {
                mean += a;
            }

            mean /= Outputs;
            float value = x[s * Inputs];
            for (int a = 0; a < Outputs; a++)
            {
                // Q(s, a) = V(s) + A(s, a) − 1/|A| Σ A(s, a')
                y[s * Outputs + a] = value + advantages[a] - mean;
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        for (int s = 0; s < batch && dx is not null; s++)
        {
            // dV = Σ dQ;  dA = dQ − mean(dQ)
            float sum = 0;
            for (int a = 0; a < Outputs; a++)
            {
                sum += dy[s * Outputs + a];
            }

            dx[s * Inputs] = sum;
            for (int a = 0; a < Outputs; a++)
            {
                dx[s * Inputs + 1 + a] = dy[s * Outputs + a] - sum / Outputs;
            }
        }
    }
}

/// <summary>Two layers side by side: the left one reads the first half of a row, the right one the second.</summary>
internal sealed class SideBySide(Linear left, Linear right) : Layer(left.Inputs + right.Inputs, left.Outputs + right.Outputs)
{
    private readonly Half _left = new(left, 0, 0), _right = new(right, left.Inputs, left.Outputs);

    public Linear Left => left;

    public Linear Right => right;

    public override void WeightsChanged()
    {
        left.WeightsChanged();
        right.WeightsChanged();
    }

    public override void Forward(int batch, float[] x, float[] y)
    {
        _left.Forward(batch, x, Inputs, y, Outputs);
        _right.Forward(batch, x, Inputs, y, Outputs);
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        _left.Backward(batch, dy, Outputs, dx, Inputs);
        _right.Backward(batch, dy, Outputs, dx, Inputs);
    }

    /// <summary>A layer and its columns, cut out of the common rows and put back.</summary>
    private sealed class Half(Linear layer, int firstInput, int firstOutput)
    {
        private float[] _x = [], _y = [], _dy = [], _dx = [];

        public void Forward(int batch, float[] x, int inputs, float[] y, int outputs)
        {
            Ensure(ref _x, batch * layer.Inputs);
            Ensure(ref _y, batch * layer.Outputs);
            Columns(batch, x, inputs, firstInput, _x, layer.Inputs, 0, layer.Inputs);
            layer.Forward(batch, _x, _y);
            Columns(batch, _y, layer.Outputs, 0, y, outputs, firstOutput, layer.Outputs);
        }

        public void Backward(int batch, float[] dy, int outputs, float[]? dx, int inputs)
        {
            Ensure(ref _dy, batch * layer.Outputs);
            Ensure(ref _dx, batch * layer.Inputs);
            Columns(batch, dy, outputs, firstOutput, _dy, layer.Outputs, 0, layer.Outputs);
            layer.Backward(batch, _x, _y, _dy, dx is null ? null : _dx);
            if (dx is not null)
            {
                Columns(batch, _dx, layer.Inputs, 0, dx, inputs, firstInput, layer.Inputs);
            }
        }

        private static void Columns(int rows, float[] from, int fromWidth, int fromFirst, float[] to, int toWidth, int toFirst, int count)
        {
            for (int r = 0; r < rows; r++)
            {
                from.AsSpan(r * fromWidth + fromFirst, count).CopyTo(to.AsSpan(r * toWidth + toFirst));
            }
        }
    }
}
