using System.Reflection;
using System.Xml.Linq;
using MarioAgentTool.Support;
using Newtonsoft.Json;

namespace MarioAgentTool.Training;

/// <summary>One of the values a knob takes.</summary>
/// <param name="Name">As settings.json has it.</param>
/// <param name="Description">What it means.</param>
public sealed record KnobChoice(string Name, string Description);

/// <summary>A setting of a run as people meet it.</summary>
/// <param name="Path">As <c>--set</c> takes it: <c>pqn.discount</c>.</param>
/// <param name="Type">The value's, without its question mark.</param>
/// <param name="TakesNull">Whether there may be none.</param>
/// <param name="Description">What it does, in sentences; empty where the documentation file is not there.</param>
/// <param name="Choices">All its values, where they have names; else empty.</param>
public sealed record Knob(string Path, Type Type, bool TakesNull, string Description, IReadOnlyList<KnobChoice> Choices)
{
    /// <summary>What it stands in: <c>pqn.network</c>; empty at the top.</summary>
    public string Section => Path.Substring(0, Math.Max(0, Path.LastIndexOf('.')));

    /// <summary>What may be given, as the end of a sentence that says "expected".</summary>
    public string Expectation =>
        (Choices.Count > 0 ? string.Join(", ", Choices.Select(c => c.Name))
            : Type == typeof(string) ? "a text"
            : Type == typeof(float) || Type == typeof(double) ? "a number"
            : "a whole number") + (TakesNull ? ", or null" : "");

    /// <summary>Whether every word occurs in its path or its description.</summary>
    /// <param name="search">Words with blanks between them; an empty text matches all.</param>
    public bool Matches(string search) => search.Split([' '], StringSplitOptions.RemoveEmptyEntries).All(word =>
        Path.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0 || Description.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
}

/// <summary>
/// Every knob of <see cref="RunSettings"/>, in the order of settings.json. The descriptions are the documentation comments of the
/// settings themselves, which the compiler writes into an XML file beside this assembly.
/// </summary>
public static class SettingsCatalog
{
    // Which preset it was, what was mended, which game: written down by whoever starts a run, and not to be set.
    private static readonly string[] s_written = ["preset", "fixes", "rom"];

    private static readonly Lazy<IReadOnlyList<Knob>> s_all = new(() => [.. Knobs(typeof(RunSettings), "", SettingsComments.Load())]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Knob> All => s_all.Value;

    /// <summary>The knob of that path.</summary>
    /// <exception cref="SettingsException">There is none.</exception>
    public static Knob Get(string path) => All.FirstOrDefault(k => string.Equals(k.Path, path, StringComparison.OrdinalIgnoreCase))
        ?? throw new SettingsException($"There is no setting {path}. {Suggestion.Sentence(path, [.. All.Select(k => k.Path)])}");

    private static IEnumerable<Knob> Knobs(Type section, string prefix, SettingsComments comments)
    {
        foreach (PropertyInfo property in section.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            string path = prefix + SettingsFile.CamelCase(property.Name);
            if (!property.CanWrite || property.IsDefined(typeof(JsonIgnoreAttribute)) || s_written.Contains(path))
            {
                continue;
            }

            Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (type.IsClass && type != typeof(string))
            {
                foreach (Knob inner in Knobs(type, path + ".", comments))
                {
                    yield return inner;
                }

                continue;
            }

            bool takesNull = type != property.PropertyType || type == typeof(string) && IsNullable(property);
            yield return new Knob(path, type, takesNull, comments.Of(property), [.. Choices(type, comments)]);
        }
    }

    private static IEnumerable<KnobChoice> Choices(Type type, SettingsComments comments) =>
        type == typeof(bool) ? [new("true", ""), new("false", "")]
        : type.IsEnum ? Enum.GetNames(type).Select(name => new KnobChoice(SettingsFile.CamelCase(name), comments.Of(type, name)))
        : [];

    // A text's question mark is known to the compiler alone; what it may be left out from is null by default.
    private static bool IsNullable(PropertyInfo property) =>
        property.GetValue(Activator.CreateInstance(property.DeclaringType!)) is null;
}

/// <summary>The documentation comments of this assembly as plain sentences.</summary>
internal sealed class SettingsComments
{
    private readonly Dictionary<string, XElement> _members;

    private SettingsComments(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the file that the compiler wrote; without it there are no descriptions.</summary>
    public static SettingsComments Load()
    {
        string path = Path.ChangeExtension(typeof(SettingsComments).Assembly.Location, ".xml");
        return new(!File.Exists(path) ? [] : XDocument.Load(path).Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => (string)m.Attribute("name")!, m => m.Element("summary")!));
    }

    public string Of(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public string Of(Type type, string value) => Text($"F:{type.FullName}.{value}");

    private string Text(string member) => _members.TryGetValue(member, out XElement? summary)
        ? string.Join(" ", string.Concat(summary.Nodes().Select(Text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        : "";

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } cref => Name(cref),
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    // P: and F: settings and their values, as settings.json writes them; T: and M: what they are called in the code.
    private static string Name(string cref)
    {
        string name = cref.Split('(')[0];
        name = name.Substring(name.LastIndexOf('.') + 1);
        return cref[0] is 'P' or 'F' ? SettingsFile.CamelCase(name) : name;
    }
}
