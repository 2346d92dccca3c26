using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Learning.Networks;

/// <summary>From features to outputs where those are distributions or noisy: dueling or not, in streams of their own or not.</summary>
internal sealed class Head(ParameterSet parameters, NetworkSettings settings, WorkerPool pool)
{
    private readonly List<NoisyLinear> _noisy = [];

    /// <summary>The layers that noise can be drawn for.</summary>
    public IReadOnlyList<NoisyLinear> Noisy => _noisy;

    /// <summary>Adds one layer that leads from features to quantiles at any chance, with the other layers in it.</summary>
    public void AddImplicitTo(List<Layer> layers, int features, int actions, int quantiles)
    {
        List<Layer> inner = [];
        Parameter weight = parameters.Uniform("cos_embedding.weight", settings.Cosines, features, settings.Cosines);
        var embedding = new Linear(weight, parameters.Uniform("cos_embedding.bias", settings.Cosines, features), settings.Cosines, relu: true, pool);
        AddTo(inner, features, actions, 1);
        layers.Add(new ImplicitQuantiles(embedding, inner, quantiles));
    }

    /// <summary>Adds the layers that lead from features to actions × atoms.</summary>
    public void AddTo(List<Layer> layers, int features, int actions, int atoms)
    {
        if (!settings.Dueling)
        {
            layers.Add(Dense("head", features, actions * atoms));
            return;
        }

        if (atoms > 1 && settings.StreamUnits == 0 && !settings.Noisy)
        {
            layers.Add(new DuelingHead(parameters, features, actions, atoms, pool));
            return;
        }

        layers.Add(new Fork(Stream("val", "value", features, atoms), Stream("adv", "advantage", features, actions * atoms)));
        layers.Add(atoms == 1 ? new Dueling(actions) : new DistributionalDueling(actions, atoms));
    }

    // Named as the plain network's streams are.
    private Layer[] Stream(string prefix, string alone, int features, int outputs) => settings.StreamUnits == 0
        ? [Dense(alone, features, outputs)]
        : [Dense($"{prefix}_fc1", features, settings.StreamUnits, relu: true), Dense($"{prefix}_fc2", settings.StreamUnits, outputs)];

    private Layer Dense(string name, int inputs, int outputs, bool relu = false)
    {
        if (settings.Noisy)
        {
            _noisy.Add(new NoisyLinear(parameters, name, inputs, outputs, settings.NoiseScale, relu, pool));
            return _noisy[_noisy.Count - 1];
        }

        Parameter weight = parameters.Uniform($"{name}.weight", inputs, outputs, inputs);
        return new Linear(weight, parameters.Uniform($"{name}.bias", inputs, outputs), inputs, relu, pool);
    }
}
