using System.Globalization;
using System.Text;

namespace NesCoreShim.Trail.Levels;

/// <summary>All areas of the game, and the assembly that holds them.</summary>
public sealed class StageSet
{
    /// <summary>Area numbers of the two worlds: the second stage of each has an introduction before it, so that there are five.</summary>
    private static readonly string[] _stageAreas =
        ["1-1", "1-2-introduction", "1-2", "1-3", "1-4", "2-1", "2-2-introduction", "2-2", "2-3", "2-4"];

    private readonly List<Area> _areas;
    private readonly Dictionary<string, byte> _pointers = [];

    private StageSet(List<Area> areas)
    {
        // By kind, in the order of the files: a pointer is the kind in bits 5-6 and a number within the kind.
        _areas = [.. areas.OrderBy(a => a.Kind)];
        foreach (IGrouping<AreaKind, Area> kind in _areas.GroupBy(a => a.Kind))
        {
            int number = 0;
            foreach (Area area in kind)
            {
                if (!_pointers.TryAdd(area.Name, (byte)((int)kind.Key << 5 | number++)))
                {
                    throw new LevelException($"Two rooms are called {area.Name}.");
                }
            }
        }

        foreach (string name in _stageAreas.Where(name => !_pointers.ContainsKey(name)))
        {
            throw new LevelException($"There is no room {name}.");
        }

        foreach (Area area in _areas)
        {
            CheckLinks(area);
            CheckLoops(area);
        }
    }

    /// <summary>The areas in the order of the ROM.</summary>
    public IReadOnlyList<Area> Areas => _areas;

    /// <summary>Reads legend.txt and every other .txt file of a folder.</summary>
    /// <exception cref="LevelException">Something in them cannot be used.</exception>
    public static StageSet Load(string folder)
    {
        string legendFile = Path.Combine(folder, "legend.txt");
        if (!File.Exists(legendFile))
        {
            throw new LevelException($"{legendFile} does not exist; the folder of the levels holds it.");
        }

        var legend = new Legend(File.ReadAllLines(legendFile));
        IEnumerable<string> files = Directory.GetFiles(folder, "*.txt").Where(f => f != legendFile).Order(StringComparer.Ordinal);
        return new StageSet([.. files.SelectMany(f => Parse(Path.GetFileName(f), legend, File.ReadAllLines(f)))]);
    }

    /// <summary>One level file's areas.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="legend">What its characters mean.</param>
    /// <param name="lines">Its text.</param>
    /// <exception cref="LevelException">It cannot be used.</exception>
    public static List<Area> Parse(string file, Legend legend, IReadOnlyList<string> lines) => new LevelReader(file, legend).Read(lines);

    /// <summary>A column as the ROM keeps it: metatiles from the top; $F0-$FC is the one before (at first air) 1-13 times more.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> column)
    {
        var packed = new List<byte>();
        byte previous = 0;
        for (int row = 0; row < column.Length;)
        {
            int run = 0;
            while (row + run < column.Length && column[row + run] == previous)
            {
                run++;
            }

            if (run > 0)
            {
                packed.Add(run == 1 ? previous : (byte)(0xF0 + run - 1));
                row += run;
            }
            else
            {
                previous = column[row++];
                packed.Add(previous);
            }
        }

        return [.. packed];
    }

    /// <summary>The areas for ca65.</summary>
    public string ToAssembly()
    {
        var text = new StringBuilder();
        text.Append("; Made by LevelTool from levels/*.txt; build.sh makes it anew. README.md describes the format.\n\n");
        var columns = new Dictionary<string, int>();
        var bodies = new StringBuilder();
        foreach (Area area in _areas)
        {
            WriteArea(bodies, area, columns);
        }

        text.Append("StagePointers:                  ; of the five areas of each world\n");
        Bytes(text, _stageAreas.Select(name => _pointers[name]));
        text.Append("AreaKinds:                      ; first area of each kind\n");
        Bytes(text, Enum.GetValues<AreaKind>().Select(kind => (byte)_areas.Count(a => a.Kind < kind)));
        text.Append("AreaLow:\n");
        Words(text, '<', _areas.Select(Label));
        text.Append("AreaHigh:\n");
        Words(text, '>', _areas.Select(Label));
        text.Append(bodies);
        text.Append("\n; Columns: metatiles from the top; $F0-$FC is the one before (at first air) 1-13 times more.\n");
        foreach ((string bytes, int number) in columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"Column{number}:\n    .byte {bytes}\n");
        }

        return text.ToString();
    }

    private static string Label(Area area) => "Area_" + area.Name.Replace('-', '_');

    private void WriteArea(StringBuilder text, Area area, Dictionary<string, int> columns)
    {
        string label = Label(area);
        var own = new List<int>();
        var numbers = new List<byte>();
        foreach (byte[] column in area.Columns)
        {
            string bytes = string.Join(", ", Pack(column).Select(b => $"${b:X2}"));
            if (!columns.TryGetValue(bytes, out int number))
            {
                number = columns.Count;
                columns.Add(bytes, number);
            }

            int index = own.IndexOf(number);
            if (index < 0)
            {
                index = own.Count;
                own.Add(number);
            }

            numbers.Add((byte)index);
        }

        int flags = (area.IsCloud ? 0x80 : 0) | (area.IsIntroduction ? 0x40 : 0) | area.Clock;
        text.Append(CultureInfo.InvariantCulture, $"""

            {label}:                         ; {area.Kind}, {area.Pages} pages, {area.Objects.Count} objects, {own.Count} different columns
                .byte ${area.StartY:X2}, {(int)area.Colours}, ${flags:X2}, {area.Pages}, {area.Checkpoint}
                .addr {label}_columns, {label}_low, {label}_high, {label}_objects, {label}_loops
            {label}_columns:

            """);
        Bytes(text, numbers);
        text.Append(CultureInfo.InvariantCulture, $"{label}_low:\n");
        Words(text, '<', own.Select(n => $"Column{n}"));
        text.Append(CultureInfo.InvariantCulture, $"{label}_high:\n");
        Words(text, '>', own.Select(n => $"Column{n}"));
        text.Append(CultureInfo.InvariantCulture, $"{label}_objects:\n");
        IEnumerable<(int Column, int Order, byte[] Bytes)> entries = area.Links
            .Select(l => (l.Column, 0, new byte[] { (byte)l.Column, (byte)l.Page, (byte)(0x80 | _pointers[l.Room]) }))
            .Concat(area.Objects.Select(o => (o.Column, 1, new byte[] { (byte)o.Column, (byte)(o.Parameter << 4 | o.Row), o.Type })));
        foreach ((_, _, byte[] bytes) in entries.OrderBy(e => e.Column).ThenBy(e => e.Order))
        {
            Bytes(text, bytes);
        }

        Bytes(text, [0xFF]);
        text.Append(CultureInfo.InvariantCulture, $"{label}_loops:\n");
        foreach (Loop loop in area.Loops)
        {
            Bytes(text, [(byte)loop.Page, (byte)(loop.Row * 16 + 16), (byte)loop.Group]);
        }

        Bytes(text, [0xFF]);
    }

    private void CheckLinks(Area area)
    {
        foreach (Link link in area.Links)
        {
            Area target = _areas.Find(a => a.Name == link.Room) ?? throw new LevelException($"Room {area.Name} links to {link.Room}, which does not exist.");
            if (link.Page >= target.Pages)
            {
                throw new LevelException($"Room {area.Name} links to page {link.Page} of {link.Room}, which has {target.Pages}.");
            }
        }
    }

    // The tile ring keeps what is on the screen: after a loop it must be what was there four pages before.
    private static void CheckLoops(Area area)
    {
        foreach (Loop loop in area.Loops)
        {
            for (int column = loop.Page * 16 - 24; column < loop.Page * 16; column++)
            {
                if (!area.Columns[column].AsSpan().SequenceEqual(area.Columns[column - 64]))
                {
                    throw new LevelException($"Room {area.Name} loops at page {loop.Page}, but column {column} differs from column {column - 64}, four pages before; the 24 columns before a loop must repeat.");
                }
            }
        }
    }

    private static void Bytes(StringBuilder text, IEnumerable<byte> bytes)
    {
        foreach (byte[] line in bytes.Chunk(16))
        {
            text.Append("    .byte ").AppendJoin(", ", line.Select(b => $"${b:X2}")).Append('\n');
        }
    }

    private static void Words(StringBuilder text, char half, IEnumerable<string> labels)
    {
        foreach (string[] line in labels.Chunk(8))
        {
            text.Append("    .byte ").AppendJoin(", ", line.Select(l => half + l)).Append('\n');
        }
    }
}
