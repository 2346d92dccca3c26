using System.Globalization;

namespace NesCoreShim.Trail.Levels;

/// <summary>Reads a level file: rooms, each with settings, maps drawn one after the other from left to right, and things put by name.</summary>
internal sealed class LevelReader(string file, Legend legend)
{
    /// <summary>A column's number and the end mark share a byte.</summary>
    private const int MostColumns = 240;

    private const byte Plant = 0x0D, Spring = 0x32, StumpTop = 0x12, HollowTop = 0x10, SpringTop = 0x67;

    private readonly List<Area> _areas = [];
    private readonly List<(int Line, LegendEntry What, int Column, int Row)> _put = [];

    public List<Area> Read(IReadOnlyList<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            string line = lines[i].TrimEnd();
            if (line.Length == 0 || line[0] == ';')
            {
                continue;
            }

            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "map")
            {
                i = ReadMap(lines, i + 1);
            }
            else if (words[0] == "room")
            {
                Finish();
                Begin(words, i + 1);
            }
            else
            {
                Set(words, i + 1);
            }
        }

        Finish();
        return _areas;
    }

    private Area Current(int line) => _areas.Count > 0 ? _areas[^1] : throw Wrong(line, "nothing may stand before the first \"room NAME KIND\"");

    private void Begin(string[] words, int line)
    {
        if (words.Length != 3 || !Enum.TryParse(words[2], ignoreCase: true, out AreaKind kind) || !Enum.IsDefined(kind) || int.TryParse(words[2], out _))
        {
            throw Wrong(line, $"expected \"room NAME KIND\", KIND one of {Choices<AreaKind>()}");
        }

        _areas.Add(new Area { Name = words[1], Kind = kind });
    }

    private void Set(string[] words, int line)
    {
        Area area = Current(line);
        switch (words)
        {
            case ["colours", var name] when Enum.TryParse(name, ignoreCase: true, out AreaColours colours) && !int.TryParse(name, out _):
                area.Colours = colours;
                break;
            case ["start", var y]:
                area.StartY = Number(y, 0, 0xB0, line);
                break;
            case ["clock", var units]:
                area.Clock = Number(units, 100, 900, line) / 100;
                break;
            case ["checkpoint", var page]:
                area.Checkpoint = Number(page, 1, 15, line);
                break;
            case ["cloud"]:
                area.IsCloud = true;
                break;
            case ["introduction"]:
                area.IsIntroduction = true;
                break;
            case ["link", var column, var room, var page]:
                area.Links.Add(new Link(Number(column, 0, MostColumns - 1, line), room, Number(page, 0, 15, line)));
                break;
            case ["loop", var page, var row, var group]:
                area.Loops.Add(new Loop(Number(page, 5, 15, line), Number(row, 1, 12, line), Number(group, 1, 3, line)));
                break;
            case ["put", var name, var column, var row]:
                LegendEntry what = legend[name] ?? throw Wrong(line, $"the legend has no {name}");
                _put.Add((line, what, Number(column, 0, MostColumns - 1, line), Number(row, 0, Area.Rows - 1, line)));
                break;
            default:
                throw Wrong(line, $"\"{string.Join(' ', words)}\" is no setting; expected colours ({Choices<AreaColours>()}), start Y, clock UNITS, checkpoint PAGE, cloud, introduction, link COLUMN ROOM PAGE, loop PAGE ROW GROUP, put NAME COLUMN ROW or map");
        }
    }

    private int ReadMap(IReadOnlyList<string> lines, int first)
    {
        Area area = Current(first);
        int count = 0;
        while (first + count < lines.Count && lines[first + count].TrimEnd().Length > 0)
        {
            count++;
        }

        if (count != Area.Rows)
        {
            throw Wrong(first, $"this map is {count} rows high; a map has {Area.Rows}, and an empty line after it");
        }

        int width = lines[first].TrimEnd().Length;
        for (int row = 0; row < Area.Rows; row++)
        {
            int length = lines[first + row].TrimEnd().Length;
            if (length != width)
            {
                throw Wrong(first + row + 1, $"this row is {length} characters wide, the first of its map {width}");
            }
        }

        for (int x = 0; x < width; x++)
        {
            byte[] column = new byte[Area.Rows];
            for (int row = 0; row < Area.Rows; row++)
            {
                char c = lines[first + row][x];
                LegendEntry entry = legend[c] ?? throw Wrong(first + row + 1, $"'{c}' in column {area.Columns.Count} is not in the legend");
                column[row] = entry.Tile;
                if (entry.Object is { } type)
                {
                    area.Objects.Add(new LevelObject(area.Columns.Count, row, type, entry.Parameter));
                }
            }

            area.Columns.Add(column);
        }

        if (area.Columns.Count > MostColumns)
        {
            throw Wrong(first, $"room {area.Name} is {area.Columns.Count} columns long; {MostColumns} fit");
        }

        return first + count - 1;
    }

    // Once a room is complete, what was put by name is checked against it.
    private void Finish()
    {
        if (_areas.Count == 0)
        {
            return;
        }

        Area area = _areas[^1];
        if (area.Columns.Count == 0 || area.Columns.Count % 16 != 0)
        {
            throw new LevelException($"{file}: room {area.Name} is {area.Columns.Count} columns long; whole pages of 16 are needed.");
        }

        foreach ((int line, LegendEntry what, int column, int row) in _put)
        {
            if (what.Object is not { } type)
            {
                throw Wrong(line, $"{what.Name} is a tile; draw it in the map");
            }

            if (column >= area.Columns.Count)
            {
                throw Wrong(line, $"column {column} is outside room {area.Name}, which has {area.Columns.Count}");
            }

            area.Objects.Add(new LevelObject(column, row, type, what.Parameter));
        }

        _put.Clear();
        area.Objects.Sort((a, b) => a.Column != b.Column ? a.Column - b.Column : a.Row - b.Row);
        foreach (LevelObject o in area.Objects)
        {
            Check(area, o);
        }
    }

    private void Check(Area area, LevelObject o)
    {
        string where = $"{file}: room {area.Name}, column {o.Column}, row {o.Row}:";
        byte tile = area.Columns[o.Column][o.Row];
        if (o.Type == Plant && tile is not (StumpTop or HollowTop))
        {
            throw new LevelException($"{where} a plant needs a stump's upper left tile, not {tile:X2}.");
        }

        if (o.Type == Spring)
        {
            if (o.Row == 0 || area.Columns[o.Column][o.Row - 1] is not (0 or SpringTop))
            {
                throw new LevelException($"{where} a spring is two tiles high and needs air above.");
            }

            area.Columns[o.Column][o.Row - 1] = SpringTop;
        }

        if (o.Type < 0x16 && o.Type != Plant && tile is >= 0x10 and < 0x40 or >= 0x51 and < 0x80 or >= 0x88)
        {
            throw new LevelException($"{where} object {o.Type:X2} would be inside tile {tile:X2}.");
        }

        int near = area.Objects.Count(other => other.Type != 0x17 && other.Column >= o.Column && other.Column < o.Column + 16);
        if (near > 5)
        {
            throw new LevelException($"{where} {near} objects begin within 16 columns; five can be about at once.");
        }
    }

    private int Number(string word, int least, int most, int line) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw Wrong(line, $"{word} is not a number from {least} to {most}");

    private LevelException Wrong(int line, string what) => new($"{file}({line}): {what}.");

    private static string Choices<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant();
}
