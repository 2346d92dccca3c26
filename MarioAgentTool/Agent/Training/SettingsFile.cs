using System.Globalization;
using MarioAgentTool.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace MarioAgentTool.Training;

/// <summary>A setting that does not exist or does not take that value.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>Settings as JSON, and single settings by their path. Whoever mistypes one is told its nearest neighbour.</summary>
public static class SettingsFile
{
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new CamelCaseNamingStrategy() },
        Converters = { new EnumNameConverter() },
        ObjectCreationHandling = ObjectCreationHandling.Replace,
    });

    /// <summary>The settings as indented JSON. Of the learners' sections only the one in use is written.</summary>
    public static string ToJson(RunSettings settings)
    {
        JObject json = ToTree(settings);
        foreach (LearnerKind other in Enum.GetValues(typeof(LearnerKind)))
        {
            if (other != settings.Learner)
            {
                json.Remove(SectionOf(other));
            }
        }

        return json.ToString(Formatting.Indented) + "\n";
    }

    /// <summary>Reads <see cref="ToJson"/>'s text; what it leaves out keeps its default.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">Where it came from, for errors.</param>
    public static RunSettings FromJson(string json, string source)
    {
        JObject tree;
        try
        {
            tree = JObject.Parse(json);
        }
        catch (JsonReaderException e)
        {
            throw new SettingsException($"{source} is not JSON (line {e.LineNumber}, column {e.LinePosition}); correct it or start a new run.");
        }

        RenameWhatWasCalledOtherwise(tree);
        SayWhatWentWithoutSaying(tree);
        JObject known = ToTree(new RunSettings());
        Merge(known, tree, source, "");
        return FromTree(known, source);
    }

    /// <summary>The settings with some of them replaced.</summary>
    /// <param name="settings">What to begin with.</param>
    /// <param name="assignments"><c>path=value</c>: <c>pqn.discount=0.95</c>, <c>consoles=32</c>.</param>
    public static RunSettings With(RunSettings settings, IEnumerable<string> assignments)
    {
        JObject tree = ToTree(settings);
        foreach (string assignment in assignments)
        {
            int equals = assignment.IndexOf('=');
            if (equals <= 0)
            {
                throw new SettingsException($"--set {assignment}: expected key=value, such as consoles=32.");
            }

            string path = assignment.Substring(0, equals).Trim(), value = assignment.Substring(equals + 1).Trim();
            JValue leaf = Leaves(tree).FirstOrDefault(l => string.Equals(l.Path, path, StringComparison.OrdinalIgnoreCase))
                ?? throw new SettingsException($"--set {assignment}: there is no setting {path}. {SuggestPath(path, tree)}");
            leaf.Replace(ParseValue(value));
            settings = FromTree(tree, $"--set {assignment}");
        }

        return settings;
    }

    /// <summary>Every setting by its path, with its present value as <see cref="With"/> takes it.</summary>
    public static Dictionary<string, string> Values(RunSettings settings) => Leaves(ToTree(settings)).ToDictionary(l => l.Path, AsText);

    /// <summary>The value at a path as <see cref="With"/> takes it.</summary>
    /// <exception cref="SettingsException">There is no such setting.</exception>
    public static string Get(RunSettings settings, string path)
    {
        JObject tree = ToTree(settings);
        return AsText(Leaves(tree).FirstOrDefault(l => string.Equals(l.Path, path, StringComparison.OrdinalIgnoreCase))
            ?? throw new SettingsException($"There is no setting {path}. {SuggestPath(path, tree)}"));
    }

    /// <summary>What has to be replaced in some settings, by path, to make others of them. The game is left out.</summary>
    public static IEnumerable<(string Path, string Value)> Differences(RunSettings before, RunSettings after)
    {
        JObject then = ToTree(before with { Rom = null });
        return Leaves(ToTree(after with { Rom = null })).Where(l => then.SelectToken(l.Path) is not JValue old || AsText(old) != AsText(l)).Select(l => (l.Path, AsText(l)));
    }

    /// <summary>The section in which a learner's knobs stand.</summary>
    public static string SectionOf(LearnerKind learner) => CamelCase($"{learner}");

    private static JObject ToTree(RunSettings settings) => JObject.FromObject(settings, Serializer);

    private static RunSettings FromTree(JObject tree, string source)
    {
        RunSettings settings;
        try
        {
            settings = tree.ToObject<RunSettings>(Serializer)!;
        }
        catch (JsonException e)
        {
            // Newtonsoft says what it could not convert, to what, and where.
            throw new SettingsException($"{source}: {e.Message}");
        }

        // What it converts all the same: fractions are rounded where a whole number belongs, and NaN is a number to it.
        foreach (JValue leaf in Leaves(ToTree(settings)))
        {
            if (leaf.Type == JTokenType.Integer && tree.SelectToken(leaf.Path) is JValue { Type: JTokenType.Float } given && (double)given % 1 != 0)
            {
                throw new SettingsException(FormattableString.Invariant($"{source}: {leaf.Path} is {(double)given}; expected a whole number."));
            }

            if (leaf.Type == JTokenType.Float && ((double)leaf is var number) && (double.IsNaN(number) || double.IsInfinity(number)))
            {
                throw new SettingsException(FormattableString.Invariant($"{source}: {leaf.Path} is {number}; expected a finite number."));
            }
        }

        return settings;
    }

    private static void Merge(JObject known, JObject given, string source, string path)
    {
        foreach (JProperty property in given.Properties())
        {
            JProperty match = known.Property(property.Name, StringComparison.OrdinalIgnoreCase) ?? throw new SettingsException(
                $"{source}: there is no setting {path}{property.Name}. {Suggestion.Sentence(property.Name, [.. known.Properties().Select(p => p.Name)])}");
            if (match.Value is JObject section && property.Value is JObject values)
            {
                Merge(section, values, source, $"{path}{match.Name}.");
            }
            else if (match.Value is JObject)
            {
                throw new SettingsException($"{source}: {path}{match.Name} is {property.Value.ToString(Formatting.None)}; expected an object of settings.");
            }
            else
            {
                match.Value = property.Value;
            }
        }
    }

    // Double DQN had a section of its own before it became one of DQN's combinations; its names live on in that one.
    private static void RenameWhatWasCalledOtherwise(JObject tree)
    {
        if (tree["learner"] is JValue { Value: "doubleDqn" })
        {
            tree["learner"] = "dqn";
        }

        if (tree.Property("doubleDqn") is { } section && tree.Property("dqn") is null)
        {
            section.Replace(new JProperty("dqn", section.Value));
        }
    }

    // Runs write their sections whole, so that one which lacks what came later is older than it, and is to go on as it began.
    private static void SayWhatWentWithoutSaying(JObject tree)
    {
        Say(tree.SelectToken("environment.tiles"), "place", "oneHot", false);
        Say(tree["pqn"], "learningRateEasing", "horizonGrowth", 1);

        static void Say(JToken? section, string known, string later, JToken meant)
        {
            if (section is JObject whole && whole.ContainsKey(known) && !whole.ContainsKey(later))
            {
                whole[later] = meant;
            }
        }
    }

    private static IEnumerable<JValue> Leaves(JObject tree) => tree.Descendants().OfType<JValue>();

    // Someone who leaves the section out means the last part of the path.
    private static string SuggestPath(string path, JObject tree)
    {
        string[] paths = [.. Leaves(tree).Select(l => l.Path)];

        // Whoever named a section that exists meant one of its settings.
        string section = path.Substring(0, path.LastIndexOf('.') + 1);
        string[] within = [.. paths.Where(p => section.Length > 0 && p.StartsWith(section, StringComparison.OrdinalIgnoreCase))];
        if (within.Length > 0)
        {
            return Suggestion.Sentence(path, within);
        }

        string Last(string p) => p.Substring(p.LastIndexOf('.') + 1);
        string? nearest = Suggestion.Nearest(path, paths);
        if (nearest is null && Suggestion.Nearest(Last(path), paths.Select(Last)) is { } last)
        {
            nearest = string.Join(" or ", paths.Where(p => Last(p) == last));
        }

        return nearest is null ? "settings.json of any run lists them all." : $"Did you mean {nearest}?";
    }

    private static string AsText(JValue leaf) => leaf.Type == JTokenType.String ? (string)leaf! : leaf.ToString(Formatting.None);

    private static JToken ParseValue(string value)
    {
        if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
        {
            return new JValue(whole);
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            return new JValue(number);
        }

        return value switch
        {
            "true" => new JValue(true),
            "false" => new JValue(false),
            "null" => JValue.CreateNull(),
            _ => new JValue(value),
        };
    }

    /// <summary>Enumerations by their names in camel case; dashes and capitals are forgiven.</summary>
    private sealed class EnumNameConverter : JsonConverter
    {
        public override bool CanConvert(Type objectType) => (Nullable.GetUnderlyingType(objectType) ?? objectType).IsEnum;

        public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
        {
            writer.WriteValue(CamelCase(value!.ToString()!));
        }

        public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
        {
            Type type = Nullable.GetUnderlyingType(objectType) ?? objectType;
            if (reader.Value is null && type != objectType)
            {
                return null;
            }

            string given = Convert.ToString(reader.Value, CultureInfo.InvariantCulture) ?? "";
            string[] names = [.. Enum.GetNames(type).Select(CamelCase)];
            string? name = names.FirstOrDefault(n => string.Equals(n, given.Replace("-", ""), StringComparison.OrdinalIgnoreCase));
            return name is not null
                ? Enum.Parse(type, name, ignoreCase: true)
                : throw new JsonSerializationException($"{reader.Path} cannot be {given}. {Suggestion.Sentence(given, names)}");
        }
    }

    internal static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
