namespace MarioAgentTool.Learning;

/// <summary>What changes over a run, as functions of the agent step.</summary>
public static class Schedules
{
    /// <summary>A straight line from <paramref name="start"/> at step 0 to <paramref name="final"/> at step <paramref name="decay"/>, level after it.</summary>
    /// <param name="step">Agent steps so far.</param>
    /// <param name="start">Value at the beginning.</param>
    /// <param name="final">Value from <paramref name="decay"/> on.</param>
    /// <param name="decay">Agent steps from start to final; 0 begins at the final value.</param>
    public static float Linear(long step, float start, float final, long decay)
        => step >= decay ? final : start + (final - start) * Math.Max(step, 0) / decay;

    /// <summary>initial / √(1 + step / period): steps of a stochastic approximation that has no end in sight (Robbins and Monro, 1951); constant where the period is 0.</summary>
    /// <param name="step">Agent steps so far.</param>
    /// <param name="initial">Rate at the beginning.</param>
    /// <param name="period">Agent steps after which it is 0.71 of that; half of it after three times as many.</param>
    public static float Easing(long step, float initial, long period)
        => period == 0 ? initial : (float)(initial / Math.Sqrt(1 + (double)Math.Max(step, 0) / period));

    /// <summary>A straight line from <paramref name="initial"/> to zero at step <paramref name="decay"/>; constant where that is 0.</summary>
    /// <param name="step">Agent steps so far.</param>
    /// <param name="initial">Rate at the beginning.</param>
    /// <param name="decay">Agent steps from initial to zero; 0 for a constant rate.</param>
    public static float LearningRate(long step, float initial, long decay)
        => decay == 0 ? initial : Linear(step, initial, 0, decay);
}
