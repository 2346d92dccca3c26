using System.Globalization;
using System.Text;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Lua;

/// <summary>
/// A network as a Lua file that returns a table: layers with their numbers, and all that playing it takes (what it sees, what its actions
/// press, how long they are held). <c>Lua/lib/policy.lua</c> reads it.
/// </summary>
internal static class LuaPolicy
{
    /// <summary>The file's ending.</summary>
    public const string Extension = ".lua";

    private const int Format = 1;

    /// <summary>The text of the file.</summary>
    /// <param name="run">What messages and the file call the run.</param>
    /// <param name="settings">Its settings.</param>
    /// <param name="tensors">Its network, under our names, in order.</param>
    /// <exception cref="SettingsException">Lua cannot play it; says why.</exception>
    public static string Describe(string run, RunSettings settings, IReadOnlyList<StoredTensor> tensors)
    {
        EnvironmentSettings environment = settings.Environment;
        if (environment.Observation != ObservationKind.Tiles)
        {
            throw new SettingsException($"{run} sees {environment.Observation}, and Lua plays networks that see tiles; use the plug-in, or train with --observation tiles.");
        }

        ObservationSpec spec = new TileObserver(environment.Tiles).Spec;
        if (tensors[0].Shape is not [_, int inputs] || inputs != spec.Length)
        {
            throw new SettingsException($"{run}: {tensors[0].Title} does not fit the {spec.Length} numbers that its settings let it see; train it anew with this release.");
        }

        if (settings.Learner == LearnerKind.Dqn)
        {
            tensors = Means(run, settings.Dqn, tensors);
        }

        RomIdentity rom = settings.Rom ?? GameRom.Load(null).Identity;
        ActionSet actions = ActionSet.Parse(environment.ActionSet);
        var lua = new StringBuilder();
        lua.Append(CultureInfo.InvariantCulture, $$"""
            -- A network of Mario Agent Tool for Lua/mario_play.lua and Lua/mario_record.lua.
            -- Run: {{OneLine(run)}}. Game: {{OneLine(rom.Name)}}. Actions: {{actions.Name}}.
            return {
                format = {{Format}},
                rom = { name = {{Quote(rom.Name)}}, sha1 = {{Quote(rom.Sha1)}} },
                stages = { {{string.Join(", ", environment.StartStages().Select(s => Quote(s.ToString())))}} },
                notes = { {{string.Join(", ", Notes(environment).Select(Quote))}} },
                actions = { {{string.Join(", ", actions.Actions.ToArray().Select(a => $"0x{(byte)a:X2}"))}} }, -- A 01, B 02, up 10, down 20, left 40, right 80
                frame_skip = {{environment.FrameSkip}},
                observation = { kind = "tiles", planes = "{{environment.Tiles.Planes.ToString().ToLowerInvariant()}}", place = {{(environment.Tiles.Place ? "true" : "false")}}, one_hot = {{(environment.Tiles.OneHot ? "true" : "false")}}, bytes = {{spec.FrameBytes}}, stack = {{spec.Stack}}, scale = 1 / {{TileObserver.One}} },
            {{Bins(settings)}}    -- weight[output][input], row by row: 32-bit floats, little-endian, base64.
                layers = {

            """);
        if (tensors.Any(t => t.Name.StartsWith("val_fc1.", StringComparison.Ordinal)))
        {
            throw new SettingsException($"{run}: the dueling streams have layers of their own (network.streamUnits), and Lua plays networks whose streams have none; use the plug-in.");
        }

        foreach (string layer in Layers(tensors))
        {
            lua.Append("        ").Append(layer).Append(",\n");
        }

        return lua.Append("    },\n}\n").ToString();
    }

    /// <summary>The network without noise, and of quantiles their mean, which is linear in them.</summary>
    private static IReadOnlyList<StoredTensor> Means(string run, DqnSettings dqn, IReadOnlyList<StoredTensor> tensors)
    {
        if (dqn.Estimate == EstimateKind.ImplicitQuantiles)
        {
            throw new SettingsException($"{run} asks its network for quantiles at any chance (dqn.estimate=implicitQuantiles), which Lua does not; use the plug-in, or train with dqn.estimate=mean or quantiles.");
        }

        tensors = [.. tensors.Where(t => !t.Name.EndsWith("_sigma", StringComparison.Ordinal)).Select(t => t with { Name = t.Name.Replace("_mu", "") })];
        return dqn.Estimate != EstimateKind.Quantiles
            ? tensors
            : [.. tensors.Select(t => t.Name.StartsWith("features.", StringComparison.Ordinal) ? t : MeanOfEach(t, dqn.Atoms))];
    }

    // Rows stand in groups, one an action; each group becomes one row.
    private static StoredTensor MeanOfEach(StoredTensor tensor, int group)
    {
        float[] values = tensor.ToFloats();
        int[] shape = [.. tensor.Shape.Select((size, i) => i == 0 ? size / group : size)];
        int length = values.Length / tensor.Shape[0];
        float[] means = new float[values.Length / group];
        for (int i = 0; i < values.Length; i++)
        {
            means[i / length / group * length + i % length] += values[i] / group;
        }

        return StoredTensor.Of(new NamedTensor(tensor.Name, shape, means));
    }

    private static string Bins(RunSettings settings) => Learners.BinsOf(settings) is not { } bins ? ""
        : FormattableString.Invariant($"    bins = {{ count = {bins.Count}, first = {bins.First:R}, step = {bins.Step:R} }}, -- whose chances the last layer tells: a value is the mean\n");

    // What Lua does otherwise than the run did.
    private static IEnumerable<string> Notes(EnvironmentSettings environment)
    {
        if (environment.Conduct == ConductKind.Gym)
        {
            yield return "The network was trained as gym conducts the game, which writes RAM to skip waiting; here the waiting is played out.";
        }

        if (environment.Clock == ClockKind.NesPy)
        {
            yield return "The network was trained on nes-py's frames, which end elsewhere than a console's; it may play a little worse here.";
        }
    }

    // features.0 is linear, features.1 its LayerNorm if its weight has one dimension, and so on; then head, or value and advantage.
    private static IEnumerable<string> Layers(IReadOnlyList<StoredTensor> tensors)
    {
        StoredTensor[] hidden = [.. tensors.Where(t => t.Name.StartsWith("features.", StringComparison.Ordinal) && t.Name.EndsWith(".weight", StringComparison.Ordinal))];
        for (int i = 0; i < hidden.Length; i++)
        {
            StoredTensor weight = hidden[i], bias = Tensor(weight.Name.Replace(".weight", ".bias"));
            bool isNorm = weight.Shape.Length == 1, isNormed = i + 1 < hidden.Length && hidden[i + 1].Shape.Length == 1;
            string relu = isNorm || !isNormed ? ", relu = true" : "";
            yield return weight.Shape.Length > 2
                ? throw new SettingsException($"{weight.Title} is a convolution, and Lua plays networks of linear layers; use the plug-in.")
                : Layer(isNorm ? "norm" : "linear", bias.Count, [weight], [bias], relu);
        }

        yield return tensors.Any(t => t.Name == "head.weight")
            ? Layer("linear", Tensor("head.bias").Count, [Tensor("head.weight")], [Tensor("head.bias")], "")
            : Layer("dueling", Tensor("value.bias").Count + Tensor("advantage.bias").Count, [Tensor("value.weight"), Tensor("advantage.weight")], [Tensor("value.bias"), Tensor("advantage.bias")], "");

        StoredTensor Tensor(string name) => tensors.FirstOrDefault(t => t.Name == name)
            ?? throw new SettingsException($"the network has no {name}; expected one that mario-agent train made.");
    }

    private static string Layer(string kind, int outputs, StoredTensor[] weights, StoredTensor[] biases, string relu) =>
        FormattableString.Invariant($"{{ kind = \"{kind}\", outputs = {outputs}{relu}, bias = \"{Base64(biases)}\", weight = \"{Base64(weights)}\" }}");

    private static string Base64(StoredTensor[] tensors)
    {
        byte[] bytes = [.. tensors.SelectMany(t => t.ToFloats()).SelectMany(BitConverter.GetBytes)];
        return Convert.ToBase64String(bytes);
    }

    private static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static string Quote(string text) => "\"" + OneLine(text).Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
