using System.Globalization;

namespace NesCoreShim.Trail.Levels;

/// <summary>What a character or a name puts into a level.</summary>
/// <param name="Name">One word.</param>
/// <param name="Tile">Metatile.</param>
/// <param name="Object">Object type, or null.</param>
/// <param name="Parameter">0-15, the object's own.</param>
public sealed record LegendEntry(string Name, byte Tile, byte? Object, int Parameter);

/// <summary>The characters and names of <c>legend.txt</c>.</summary>
public sealed class Legend
{
    private readonly Dictionary<char, LegendEntry> _characters = [];
    private readonly Dictionary<string, LegendEntry> _names = [];

    /// <param name="lines">character, metatile, object[:parameter] or -, name; empty lines and those beginning with ; are skipped.</param>
    /// <exception cref="LevelException">A line does not read so, or says again what another has said.</exception>
    public Legend(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == ';')
            {
                continue;
            }

            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 4 || (words[0].Length != 1 && words[0] != "..") || !TryHex(words[1], out byte tile))
            {
                throw new LevelException($"legend.txt({i + 1}): \"{line}\" is not: character, metatile, object or -, name.");
            }

            LegendEntry entry = Parse(words, tile, i + 1);
            if (!_names.TryAdd(entry.Name, entry) || (words[0].Length == 1 && !_characters.TryAdd(words[0][0], entry)))
            {
                throw new LevelException($"legend.txt({i + 1}): {words[0]} or {entry.Name} stands for something already.");
            }
        }
    }

    /// <summary>What a character of a map means, or null.</summary>
    public LegendEntry? this[char character] => _characters.GetValueOrDefault(character);

    /// <summary>What a name means, or null.</summary>
    public LegendEntry? this[string name] => _names.GetValueOrDefault(name);

    private static LegendEntry Parse(string[] words, byte tile, int line)
    {
        if (words[2] == "-")
        {
            return new LegendEntry(words[3], tile, null, 0);
        }

        string[] parts = words[2].Split(':');
        int parameter = 0;
        if (!TryHex(parts[0], out byte type) || parts.Length > 2 || (parts.Length == 2 && (!int.TryParse(parts[1], out parameter) || parameter is < 0 or > 15)))
        {
            throw new LevelException($"legend.txt({line}): {words[2]} is no object; expected a hexadecimal type, perhaps with :0 to :15.");
        }

        return new LegendEntry(words[3], tile, type, parameter);
    }

    private static bool TryHex(string word, out byte value) => byte.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
