namespace MarioAgentTool.Learning;

/// <summary>The shape of a Q-network. Whether it is convolutional follows from the observation: pictures are, flat vectors are not.</summary>
public sealed record NetworkSettings
{
    /// <summary>Hidden layers for a flat observation. Two: what cleared 1-1 in half a minute.</summary>
    public int HiddenLayers { get; init; } = 2;

    /// <summary>Units in each hidden layer for a flat observation.</summary>
    public int HiddenUnits { get; init; } = 256;

    /// <summary>Units in the layer after the convolutions, for a picture. 512 in Nature DQN.</summary>
    public int PictureUnits { get; init; } = 512;

    /// <summary>LayerNorm before each ReLU. Without it and without a target network, nothing was learned.</summary>
    public bool LayerNorm { get; init; } = true;

    /// <summary>A head that estimates the state's value and the actions' advantages apart.</summary>
    public bool Dueling { get; init; } = true;
}
