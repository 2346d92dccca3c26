namespace MarioAgentTool.Plugin;

/// <summary>
/// A series and its exponential mean, started without a bias towards zero: m = Σ kⁿ⁻ⁱ yᵢ / Σ kⁿ⁻ⁱ. It is carried on as points come.
/// </summary>
/// <param name="raw">What is smoothed.</param>
internal sealed class SmoothedSeries(CurveSeries raw)
{
    private double _keep, _sum, _weight;

    /// <summary>As it was measured.</summary>
    public CurveSeries Raw => raw;

    /// <summary>Its mean; empty while nothing is smoothed.</summary>
    public CurveSeries Mean { get; } = new(raw.Name);

    /// <summary>Takes in what has come since.</summary>
    /// <param name="keep">k, the share of the past that each point keeps: 0 for no smoothing, below 1.</param>
    public void Update(double keep)
    {
        if (keep != _keep || Mean.Count > raw.Count)
        {
            Mean.Clear();
            (_keep, _sum, _weight) = (keep, 0, 0);
        }

        for (int i = Mean.Count; keep > 0 && !raw.IsDots && i < raw.Count; i++)
        {
            _sum = _sum * keep + raw.Y(i);
            _weight = _weight * keep + 1;
            Mean.Add(raw.X(i), _sum / _weight);
        }
    }
}
