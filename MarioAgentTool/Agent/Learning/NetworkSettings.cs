namespace MarioAgentTool.Learning;

/// <summary>What a picture goes through first.</summary>
public enum PictureBody
{
    /// <summary>The three convolutions of Mnih et al. (2015).</summary>
    Nature,

    /// <summary>The residual blocks of IMPALA (Espeholt et al., 2018): far more to compute, and far more to learn with.</summary>
    Impala,
}

/// <summary>The shape of a Q-network. Whether it is convolutional follows from the observation: pictures are, flat vectors are not.</summary>
public sealed record NetworkSettings
{
    /// <summary>Hidden layers for a flat observation. Two: what cleared 1-1 in half a minute.</summary>
    public int HiddenLayers { get; init; } = 2;

    /// <summary>Units in each hidden layer for a flat observation.</summary>
    public int HiddenUnits { get; init; } = 256;

    /// <summary>What a picture goes through first; flat observations have no use for it.</summary>
    public PictureBody Body { get; init; }

    /// <summary>Factor on IMPALA's 16, 32 and 32 channels; 2 in "Beyond the Rainbow".</summary>
    public int BodyWidth { get; init; } = 1;

    /// <summary>Whether the residual blocks' weights are divided by their greatest singular value, as in "Beyond the Rainbow"; only for <see cref="PictureBody.Impala"/>.</summary>
    public bool SpectralNorm { get; init; }

    /// <summary>
    /// n: cosines that stand for a chance τ where the network is asked for quantiles at any (dqn.estimate=implicitQuantiles); 64 in
    /// Dabney et al. (2018). 0 for every other network.
    /// </summary>
    public int Cosines { get; init; }

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

    /// <summary>Whether the layers after the last features carry learned noise to explore by (Fortunato et al., 2018).</summary>
    public bool Noisy { get; init; }

    /// <summary>σ₀: how strong that noise is at first. 0.5 as in the paper.</summary>
    public float NoiseScale { get; init; } = 0.5f;

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

        if (Body == PictureBody.Impala && (BatchNorm || LayerNorm))
        {
            throw new ArgumentException($"{nameof(Body)} is {Body}, which has no place for {(BatchNorm ? nameof(BatchNorm) : nameof(LayerNorm))}; make that false.");
        }

        if (SpectralNorm && Body != PictureBody.Impala)
        {
            throw new ArgumentException($"{nameof(SpectralNorm)} is true and {nameof(Body)} {Body}, which has no residual blocks; make {nameof(Body)} {nameof(PictureBody.Impala)}.");
        }

        Require.AtLeast(BodyWidth, 1, nameof(BodyWidth));
        Require.AtLeast(Cosines, 0, nameof(Cosines));
        Require.Positive(NoiseScale, nameof(NoiseScale));
    }
}
