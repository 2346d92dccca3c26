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

    /// <summary>
    /// BatchNorm before each ReLU of the convolutions, as the dueling notebook has it; not together with <see cref="LayerNorm"/>.
    /// </summary>
    public bool BatchNorm { get; init; }

    /// <summary>
    /// Units in a hidden layer of its own for each of the dueling head's streams, in place of the common layer after the
    /// convolutions; 0 for the common layer. 512 in Wang et al. (2016), 256 in the dueling notebook.
    /// </summary>
    public int StreamUnits { get; init; }

    /// <summary>A head that estimates the state's value and the actions' advantages apart.</summary>
    public bool Dueling { get; init; } = true;

    /// <summary>Refuses shapes that nobody could build, naming the setting.</summary>
    internal void Check()
    {
        if (BatchNorm && LayerNorm)
        {
            throw new ArgumentException($"{nameof(BatchNorm)} and {nameof(LayerNorm)} are both true; one normalises.");
        }

        if (StreamUnits > 0 && !Dueling)
        {
            throw new ArgumentException($"{nameof(StreamUnits)} is {StreamUnits}; without {nameof(Dueling)} there are no streams, so make it 0.");
        }
    }
}
