using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>A machine at a stage's first playable frame, and the buttons that led there from power-on, one entry a frame.</summary>
/// <param name="State">The machine, as the host that made it freezes it.</param>
/// <param name="InputsFromPowerOn">Where RAM was written to reach another stage, these alone do not lead there.</param>
public sealed record StartState(byte[] State, Buttons[] InputsFromPowerOn);
