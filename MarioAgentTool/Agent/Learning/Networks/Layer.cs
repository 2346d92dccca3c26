namespace MarioAgentTool.Learning.Networks;

/// <summary>
/// One step of a network, with its derivative written by hand. Matrices are row-major, one row a sample. A backward call
/// follows the forward call whose arrays it is given.
/// </summary>
internal abstract class Layer(int inputs, int outputs)
{
    /// <summary>Numbers a sample brings.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Numbers a sample leaves with.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>y from x.</summary>
    public abstract void Forward(int batch, float[] x, float[] y);

    /// <summary>Parameter gradients (overwritten, not added) and dx from dy.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="x">What forward was given.</param>
    /// <param name="y">What forward answered.</param>
    /// <param name="dy">The loss's derivative by y; spoilt on return.</param>
    /// <param name="dx">The loss's derivative by x, filled in; null where nobody needs it.</param>
    public abstract void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx);

    /// <summary>Weights have changed: what was packed from them is stale.</summary>
    public virtual void WeightsChanged()
    {
    }

    /// <summary>An array of at least <paramref name="length"/> floats, the old one where it does.</summary>
    internal static void Ensure(ref float[] array, int length)
    {
        if (array.Length < length)
        {
            array = new float[length];
        }
    }
}

/// <summary>The step that meets the observation's bytes.</summary>
internal abstract class InputLayer(int inputs, int outputs)
{
    /// <summary>Bytes a sample brings.</summary>
    public int Inputs { get; } = inputs;

    /// <summary>Numbers a sample leaves with.</summary>
    public int Outputs { get; } = outputs;

    /// <summary>y from bytes.</summary>
    public abstract void Forward(int batch, byte[] x, float[] y);

    /// <summary>Parameter gradients from dy, of the last forward call; dy is spoilt.</summary>
    public abstract void Backward(int batch, float[] y, float[] dy);

    /// <summary>The loss's derivative by what each byte of one sample was read as, from dy of a forward call of that sample alone; dy is spoilt.</summary>
    public abstract void InputGradient(float[] y, float[] dy, Span<float> dx);

    /// <summary>Weights have changed: what was packed from them is stale.</summary>
    public virtual void WeightsChanged()
    {
    }
}
