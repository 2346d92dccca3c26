using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Kernels;

/// <summary>A tensor's place in its <see cref="ParameterSet"/>.</summary>
internal sealed class Parameter(ParameterSet set, string name, int[] shape, int offset, int length)
{
    public string Name { get; } = name;

    public int[] Shape { get; } = shape;

    public int Offset { get; } = offset;

    public int Length { get; } = length;

    public Span<float> Values => set.Values.AsSpan(Offset, Length);

    public Span<float> Gradient => set.Gradients.AsSpan(Offset, Length);

    /// <summary>Two tensors that lie side by side, as one.</summary>
    public Parameter Join(Parameter next) => next.Offset == Offset + Length
        ? new Parameter(set, $"{Name} + {next.Name}", [Length + next.Length], Offset, Length + next.Length)
        : throw new ArgumentException($"{Name} and {next.Name} do not lie side by side.", nameof(next));
}

/// <summary>All parameters of a network in one array, and their gradients in another: the optimiser sees two vectors.</summary>
internal sealed class ParameterSet
{
    private readonly List<(Parameter Parameter, float Bound, float Constant)> _parameters = [];
    private readonly List<(string Name, int[] Shape, Parameter? Parameter, float[]? Buffer)> _tensors = [];
    private readonly List<float[]> _buffers = [];
    private int _length;

    /// <summary>What belongs to the network but to no optimiser, in the order of declaration: running statistics.</summary>
    public IReadOnlyList<float[]> Buffers => _buffers;

    public float[] Values { get; private set; } = [];

    public float[] Gradients { get; private set; } = [];

    public IEnumerable<Parameter> Parameters => _parameters.Select(p => p.Parameter);

    /// <summary>Parameters and buffers under their names, live, in the order of declaration; once initialised.</summary>
    public IEnumerable<NamedTensor> Tensors => _tensors.Select(t => new NamedTensor(
        t.Name, t.Shape, t.Parameter is { } p ? Values.AsMemory(p.Offset, p.Length) : t.Buffer));

    /// <summary>
    /// A weight or bias drawn uniformly from ± 1/√fanIn: what PyTorch's Linear and Conv2d do by default (Kaiming uniform with
    /// a = √5 for the weight comes to the same bound).
    /// </summary>
    public Parameter Uniform(string name, int fanIn, params int[] shape) => Add(name, shape, (float)(1 / Math.Sqrt(fanIn)), 0);

    /// <summary>A parameter that starts at one value: LayerNorm's scale at 1, its shift at 0.</summary>
    public Parameter Constant(string name, float value, params int[] shape) => Add(name, shape, 0, value);

    /// <summary>Numbers kept beside the parameters, all of one value at first.</summary>
    public float[] Buffer(string name, float value, params int[] shape)
    {
        float[] values = new float[shape.Aggregate(1, (product, size) => product * size)];
        values.AsSpan().Fill(value);
        _buffers.Add(values);
        _tensors.Add((name, shape, null, values));
        return values;
    }

    /// <summary>Allocates and initialises, in the order of declaration.</summary>
    public void Initialise(RandomStream random)
    {
        Values = new float[_length];
        Gradients = new float[_length];
        foreach ((Parameter parameter, float bound, float constant) in _parameters)
        {
            foreach (ref float value in parameter.Values)
            {
                value = bound > 0 ? bound * (2 * random.NextSingle() - 1) : constant;
            }
        }
    }

    private Parameter Add(string name, int[] shape, float bound, float constant)
    {
        int length = shape.Aggregate(1, (product, size) => product * size);
        var parameter = new Parameter(this, name, shape, _length, length);
        _parameters.Add((parameter, bound, constant));
        _tensors.Add((name, shape, parameter, null));
        _length += length;
        return parameter;
    }
}
