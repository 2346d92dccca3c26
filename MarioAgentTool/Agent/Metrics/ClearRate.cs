namespace MarioAgentTool.Metrics;

/// <summary>How many of so many episodes cleared the stage, and what that says about the chance of it.</summary>
/// <param name="Clears">Episodes that cleared.</param>
/// <param name="Episodes">Episodes played.</param>
public readonly record struct ClearRate(int Clears, int Episodes)
{
    // The normal distribution's: 95 % lie within so many deviations.
    private const double Z = 1.959964;

    /// <summary>0 to 1; 0 where none was played.</summary>
    public double Share => Episodes == 0 ? 0 : Clears / (double)Episodes;

    /// <summary>Lower end of the 95 % interval (Wilson, 1927), which stays sensible at none of n and at n of n.</summary>
    public double Low => Episodes == 0 ? 0 : Centre - Spread;

    /// <summary>Upper end of it.</summary>
    public double High => Episodes == 0 ? 1 : Centre + Spread;

    /// <summary>Clears of episodes: <c>97/100</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Clears}/{Episodes}");

    private double Centre => (Share + Z * Z / (2 * Episodes)) / (1 + Z * Z / Episodes);

    private double Spread => Z * Math.Sqrt((Share * (1 - Share) + Z * Z / (4.0 * Episodes)) / Episodes) / (1 + Z * Z / Episodes);
}
