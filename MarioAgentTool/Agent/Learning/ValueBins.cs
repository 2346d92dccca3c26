namespace MarioAgentTool.Learning;

/// <summary>The values whose chances a network tells: evenly spaced.</summary>
/// <param name="Count">How many.</param>
/// <param name="First">The lowest of them.</param>
/// <param name="Step">From one to the next.</param>
public readonly record struct ValueBins(int Count, float First, float Step);
