namespace MarioAgentTool.Learning.Returns;

/// <summary>The value itself, by half its squared error: PQN's loss (Gallici et al., 2024, https://arxiv.org/abs/2407.04811).</summary>
internal sealed class SquaredError : IRegression
{
    public int Atoms => 1;

    public void Means(ReadOnlySpan<float> outputs, Span<float> values) => outputs.Slice(0, values.Length).CopyTo(values);

    public void MeanGradient(ReadOnlySpan<float> outputs, Span<float> gradient) => gradient.Fill(1);

    public float Loss(ReadOnlySpan<float> outputs, float target, Span<float> gradient, out float value)
    {
        value = outputs[0];

        // L = ½ (Q(s, a) − G)²;  dL/dQ = Q − G
        float error = outputs[0] - target;
        gradient[0] = error;
        return error * error / 2;
    }
}
