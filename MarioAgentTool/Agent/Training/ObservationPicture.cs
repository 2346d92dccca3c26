using MarioAgentTool.Environment;

namespace MarioAgentTool.Training;

/// <summary>
/// An observation as a picture to be enlarged: tiles as coloured cells with the numbers about objects and Mario as bars below them,
/// coarse grids as cells, screens as their greys. Stacked frames go from left to right, then down, the newest last.
/// </summary>
public sealed class ObservationPicture
{
    /// <summary>Pixels of a tile's cell, a line of grid included.</summary>
    public const int Cell = 12;

    /// <summary>What is behind the cells, and the cells of nothing.</summary>
    public const int Paper = unchecked((int)0xFF18181C), Empty = unchecked((int)0xFF34343C);

    private const int Mark = unchecked((int)0xFFE6E6E6), Gap = 4;
    private const int ScalarColumns = TileObserver.Columns - TileObserver.ObjectBytes, ScalarRows = ((int)TileObserver.Scalar.Count + ScalarColumns - 1) / ScalarColumns;
    private const int Scalars = TileObserver.Objects * TileObserver.ObjectBytes, Flags = Scalars + (int)TileObserver.Scalar.Count;
    private const int NumbersTop = TileObserver.Rows * Cell + Gap;

    // Speaks for, speaks against; how much of it the largest share lays over a cell, of 256.
    private const int For = 0x19E68C, Against = 0xFF2D55, MostHeat = 215;

    // By plane of TilePlanes.Separate.
    private static readonly int[] s_inks =
    [
        Argb(150, 150, 150), Argb(200, 140, 60), Argb(250, 220, 80), Argb(90, 200, 90), Argb(230, 60, 60), Argb(90, 150, 240), Argb(230, 120, 230),
    ];

    private static readonly string[] s_planes = ["solid", "breakable", "goal", "stompable", "hazard", "platform", "power-up"];

    private static readonly string[] s_objectNumbers = ["is there", "x away", "y away", "x speed", "y speed", "stompable", "hazard", "platform", "power-up"];

    private readonly ObservationKind _kind;
    private readonly TilePlanes _planes;
    private readonly ObservationSpec _spec;
    private readonly int _frameWidth, _frameHeight, _across, _gridColumns, _gridRows;
    private readonly int[] _blank;
    private readonly float[] _cellHeat;

    /// <param name="world">What kind of observation it is.</param>
    /// <param name="spec">Its layout.</param>
    public ObservationPicture(EnvironmentSettings world, ObservationSpec spec)
    {
        _kind = world.Observation;
        _planes = world.Tiles.Planes;
        _spec = spec;
        (_gridColumns, _gridRows) = _kind switch
        {
            ObservationKind.Tiles => (TileObserver.Columns, TileObserver.Rows),
            ObservationKind.MariO => (2 * GridObserver.Radius + 1, 2 * GridObserver.Radius + 1),
            ObservationKind.ScreenGrid => (GridObserver.ScreenColumns, GridObserver.ScreenRows),
            _ => (0, 0),
        };
        _frameWidth = IsPicture ? spec.Width : _gridColumns * Cell;
        _frameHeight = IsPicture ? spec.Height : _kind == ObservationKind.Tiles ? NumbersTop + (ScalarRows + (world.Tiles.OneHot ? (int)TileObserver.OneHot.Count : 0)) * Cell : _gridRows * Cell;
        _across = (int)Math.Ceiling(Math.Sqrt(spec.Stack));
        int down = (spec.Stack + _across - 1) / _across;
        Width = _across * (_frameWidth + Gap) - Gap;
        Height = down * (_frameHeight + Gap) - Gap;
        Pixels = new int[Width * Height];
        _cellHeat = new float[_gridColumns * _gridRows];
        _blank = Blank();
        Clear();
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>ARGB, row by row, opaque.</summary>
    public int[] Pixels { get; }

    /// <summary>The kinds of things a tile can hold and their colours, ARGB.</summary>
    public static IReadOnlyList<(string Name, int Argb)> Legend { get; } = [.. s_planes.Zip(s_inks, (name, ink) => (name, ink))];

    private bool IsPicture => _kind == ObservationKind.Pixels;

    private int PlaneCount => _planes == TilePlanes.Folded ? TileObserver.FoldedPlanes : TileObserver.SeparatePlanes;

    private int NumbersOffset => PlaneCount * TileObserver.PlaneBytes;

    /// <summary>Draws nothing seen.</summary>
    public void Clear() => _blank.CopyTo(Pixels, 0);

    /// <summary>Draws an observation.</summary>
    /// <param name="observation"><see cref="ObservationSpec.Length"/> bytes.</param>
    public void Draw(ReadOnlySpan<byte> observation)
    {
        Clear();
        for (int i = 0; i < _spec.Stack; i++)
        {
            (int left, int top) = Corner(i);
            ReadOnlySpan<byte> frame = observation.Slice(i * _spec.FrameBytes, _spec.FrameBytes);
            switch (_kind)
            {
                case ObservationKind.Pixels:
                    DrawGreys(left, top, frame);
                    break;
                case ObservationKind.Tiles:
                    DrawTiles(left, top, frame);
                    DrawNumbers(left, top + NumbersTop, frame.Slice(NumbersOffset));
                    break;
                default:
                    DrawGrid(left, top, frame);
                    break;
            }
        }
    }

    /// <summary>Lays shares over what is drawn: green speaks for the action, red against; the largest covers the most.</summary>
    /// <param name="shares">One number a byte of the observation.</param>
    public void DrawHeat(ReadOnlySpan<float> shares)
    {
        float largest = 0;
        for (int i = 0; i < _spec.Stack; i++)
        {
            largest = Math.Max(largest, Largest(FrameOf(shares, i)));
        }

        if (largest == 0)
        {
            return;
        }

        for (int i = 0; i < _spec.Stack; i++)
        {
            (int left, int top) = Corner(i);
            ReadOnlySpan<float> frame = FrameOf(shares, i);
            if (IsPicture)
            {
                for (int at = 0; at < frame.Length; at++)
                {
                    Heat(left + at % _frameWidth, top + at / _frameWidth, 1, frame[at] / largest);
                }

                continue;
            }

            CellShares(frame, _cellHeat);
            for (int cell = 0; cell < _cellHeat.Length; cell++)
            {
                Heat(left + cell % _gridColumns * Cell, top + cell / _gridColumns * Cell, Cell - 1, _cellHeat[cell] / largest);
            }

            for (int n = 0; _kind == ObservationKind.Tiles && n < frame.Length - NumbersOffset; n++)
            {
                (int x, int y) = NumberAt(n);
                Heat(left + x, top + NumbersTop + y, Cell - 1, frame[NumbersOffset + n] / largest);
            }
        }
    }

    /// <summary>Sums the newest frame's shares by cell of the grid; what is no cell is left out.</summary>
    /// <param name="shares">One number a byte of the observation.</param>
    /// <param name="cells">One number a cell, row by row.</param>
    /// <returns>Whether the observation has a grid.</returns>
    public bool TryGetCellShares(ReadOnlySpan<float> shares, Span<float> cells)
    {
        if (IsPicture)
        {
            return false;
        }

        CellShares(FrameOf(shares, _spec.Stack - 1), cells);
        return true;
    }

    /// <summary>What a pixel of the picture stands for, for people; empty for nothing.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="observation">What was drawn.</param>
    public string Describe(int x, int y, ReadOnlySpan<byte> observation)
    {
        int across = x / (_frameWidth + Gap), index = y / (_frameHeight + Gap) * _across + across;
        int inX = x % (_frameWidth + Gap), inY = y % (_frameHeight + Gap);
        if (x < 0 || y < 0 || across >= _across || index >= _spec.Stack || inX >= _frameWidth || inY >= _frameHeight)
        {
            return "";
        }

        string age = index == _spec.Stack - 1 ? "" : $", {_spec.Stack - 1 - index} before the newest";
        ReadOnlySpan<byte> frame = observation.Slice(index * _spec.FrameBytes, _spec.FrameBytes);
        if (IsPicture)
        {
            return $"grey {frame[inY * _frameWidth + inX]}{age}";
        }

        int column = inX / Cell, row = inY / Cell;
        if (_kind != ObservationKind.Tiles)
        {
            return $"{(sbyte)frame[row * _gridColumns + column]}{age}";
        }

        if (inY >= NumbersTop)
        {
            int number = NumberOf(column, (inY - NumbersTop) / Cell);
            return number < 0 ? "" : $"{NameOf(number)}: {(sbyte)frame[NumbersOffset + number]}{age}";
        }

        return row >= TileObserver.Rows ? "" : $"{NamesOf(frame, row * TileObserver.Columns + column)}, {Place(column, row)}{age}";
    }

    /// <summary>The inputs with the largest shares, for people, the largest first.</summary>
    /// <param name="observation">What the network was shown.</param>
    /// <param name="shares">One number a byte of it.</param>
    /// <param name="count">How many.</param>
    public IReadOnlyList<(string Name, float Share)> Strongest(ReadOnlySpan<byte> observation, ReadOnlySpan<float> shares, int count)
    {
        if (_kind != ObservationKind.Tiles)
        {
            return [];
        }

        ReadOnlySpan<byte> frame = observation.Slice((_spec.Stack - 1) * _spec.FrameBytes);
        ReadOnlySpan<float> newest = FrameOf(shares, _spec.Stack - 1);
        CellShares(newest, _cellHeat);
        List<(string Name, float Share)> all = [];
        for (int cell = 0; cell < _cellHeat.Length; cell++)
        {
            if (_cellHeat[cell] != 0)
            {
                all.Add(($"{NamesOf(frame, cell)}, {Place(cell % TileObserver.Columns, cell / TileObserver.Columns)}", _cellHeat[cell]));
            }
        }

        for (int n = 0; n < newest.Length - NumbersOffset; n++)
        {
            all.Add((NameOf(n), newest[NumbersOffset + n]));
        }

        return [.. all.OrderByDescending(input => Math.Abs(input.Share)).Take(count)];
    }

    private static int Argb(int r, int g, int b) => 0xFF << 24 | r << 16 | g << 8 | b;

    private ReadOnlySpan<float> FrameOf(ReadOnlySpan<float> shares, int index) => shares.Slice(index * _spec.FrameBytes, _spec.FrameBytes);

    private (int Left, int Top) Corner(int index) => (index % _across * (_frameWidth + Gap), index / _across * (_frameHeight + Gap));

    // Five objects of nine numbers on the left, what is known about Mario to their right; below a row for each that is told as flags.
    private static (int X, int Y) NumberAt(int number)
    {
        if (number < Scalars)
        {
            return (number % TileObserver.ObjectBytes * Cell, number / TileObserver.ObjectBytes * Cell);
        }

        if (number < Flags)
        {
            int scalar = number - Scalars;
            return ((TileObserver.ObjectBytes + scalar % ScalarColumns) * Cell, scalar / ScalarColumns * Cell);
        }

        (TileObserver.OneHot which, int value) = FlagOf(number);
        return (value * Cell, (ScalarRows + (int)which) * Cell);
    }

    private static int NumberOf(int column, int row)
    {
        if (row >= ScalarRows)
        {
            IReadOnlyList<int> offsets = TileObserver.OneHotOffsets;
            int which = row - ScalarRows;
            return which < (int)TileObserver.OneHot.Count && offsets[which] + column < offsets[which + 1] ? Flags + offsets[which] + column : -1;
        }

        if (column < TileObserver.ObjectBytes)
        {
            return row < TileObserver.Objects ? row * TileObserver.ObjectBytes + column : -1;
        }

        int scalar = row * ScalarColumns + column - TileObserver.ObjectBytes;
        return scalar < (int)TileObserver.Scalar.Count ? Scalars + scalar : -1;
    }

    private static string NameOf(int number)
    {
        if (number >= Flags)
        {
            (TileObserver.OneHot which, int value) = FlagOf(number);
            return $"{Words(which.ToString())} flag {value}";
        }

        return number >= Scalars
            ? Words(((TileObserver.Scalar)(number - Scalars)).ToString())
            : $"object {number / TileObserver.ObjectBytes + 1} {s_objectNumbers[number % TileObserver.ObjectBytes]}";
    }

    private static (TileObserver.OneHot Which, int Value) FlagOf(int number)
    {
        int flag = number - Flags, which = 0;
        while (flag >= TileObserver.OneHotOffsets[which + 1])
        {
            which++;
        }

        return ((TileObserver.OneHot)which, flag - TileObserver.OneHotOffsets[which]);
    }

    // MaximumRightSpeed: maximum right speed.
    private static string Words(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    private static string Place(int column, int row)
    {
        int right = column - TileObserver.ColumnsBehind, down = row - TileObserver.RowsAbove;
        string across = right == 0 ? "" : right > 0 ? $"{right} right" : $"{-right} left", along = down == 0 ? "" : down > 0 ? $"{down} down" : $"{-down} up";
        return across.Length + along.Length == 0 ? "here" : string.Join(" ", new[] { across, along }.Where(part => part.Length > 0));
    }

    private string NamesOf(ReadOnlySpan<byte> frame, int cell)
    {
        List<string> names = [];
        for (int plane = 0; plane < PlaneCount; plane++)
        {
            sbyte value = (sbyte)frame[plane * TileObserver.PlaneBytes + cell];
            if (value != 0)
            {
                (int kind, bool isCoin, bool isBoth) = KindOf(plane, value);
                names.Add(isCoin ? "coin" : s_planes[isBoth ? 1 : kind]);
            }
        }

        return names.Count == 0 ? "nothing" : string.Join(" and ", names.Distinct());
    }

    // Which separate plane a byte belongs to; whether it is one of the small things; whether it is solid as well as breakable.
    private (int Kind, bool IsCoin, bool IsBoth) KindOf(int plane, sbyte value) =>
        _planes == TilePlanes.Separate ? (plane, plane == 2 && value < TileObserver.One, false)
        : plane switch
        {
            TileObserver.SolidPlane => (0, false, value == TileObserver.Bumpable),
            TileObserver.StompablePlane => (3, false, false),
            TileObserver.HazardPlane => (4, false, false),
            _ => value switch
            {
                TileObserver.Coin => (2, true, false),
                TileObserver.PowerUp => (6, false, false),
                TileObserver.Goal => (2, false, false),
                _ => (5, false, false),
            },
        };

    private void DrawTiles(int left, int top, ReadOnlySpan<byte> frame)
    {
        for (int i = 0; i < PlaneCount * TileObserver.PlaneBytes; i++)
        {
            sbyte value = (sbyte)frame[i];
            if (value == 0)
            {
                continue;
            }

            int cell = i % TileObserver.PlaneBytes, x = left + cell % TileObserver.Columns * Cell, y = top + cell / TileObserver.Columns * Cell;
            (int kind, bool isCoin, bool isBoth) = KindOf(i / TileObserver.PlaneBytes, value);

            // Solid ground fills its cell; what lies in front of it is smaller, coins the smallest.
            Square(x, y, isCoin ? 4 : kind == 0 ? 1 : 2, s_inks[kind]);
            if (isBoth)
            {
                Square(x, y, 2, s_inks[1]);
            }
        }

        // Mario's middle, in the lower half of his body.
        Square(left + TileObserver.ColumnsBehind * Cell, top + TileObserver.RowsAbove * Cell, 3, Mark);
    }

    // A bar up or down from the middle of its cell; half a cell is 64, which the network reads as 1.
    private void DrawNumbers(int left, int top, ReadOnlySpan<byte> numbers)
    {
        const int Half = (Cell - 2) / 2;
        for (int n = 0; n < numbers.Length; n++)
        {
            int value = (sbyte)numbers[n];
            if (value == 0)
            {
                continue;
            }

            (int x, int y) = NumberAt(n);
            int length = Math.Max(1, Math.Min(Half, (Math.Abs(value) * Half + 32) / 64));
            Fill(left + x + 3, top + y + (value > 0 ? Half - length : Half + 1), Cell - 7, length, value > 0 ? s_inks[5] : s_inks[1]);
        }
    }

    private void DrawGrid(int left, int top, ReadOnlySpan<byte> grid)
    {
        for (int cell = 0; cell < _gridColumns * _gridRows; cell++)
        {
            if (grid[cell] != 0)
            {
                Square(left + cell % _gridColumns * Cell, top + cell / _gridColumns * Cell, 1, (sbyte)grid[cell] switch { < 0 => s_inks[4], 1 => s_inks[0], _ => Mark });
            }
        }
    }

    private void DrawGreys(int left, int top, ReadOnlySpan<byte> greys)
    {
        for (int i = 0; i < greys.Length; i++)
        {
            Pixels[(top + i / _frameWidth) * Width + left + i % _frameWidth] = Argb(greys[i], greys[i], greys[i]);
        }
    }

    private int[] Blank()
    {
        Pixels.AsSpan().Fill(Paper);
        for (int i = 0; i < _spec.Stack; i++)
        {
            (int left, int top) = Corner(i);
            for (int cell = 0; cell < _gridColumns * _gridRows; cell++)
            {
                Fill(left + cell % _gridColumns * Cell, top + cell / _gridColumns * Cell, Cell - 1, Cell - 1, Empty);
            }

            for (int n = 0; _kind == ObservationKind.Tiles && n < _spec.FrameBytes - NumbersOffset; n++)
            {
                (int x, int y) = NumberAt(n);
                Fill(left + x, top + NumbersTop + y, Cell - 1, Cell - 1, Empty);
            }
        }

        return (int[])Pixels.Clone();
    }

    private void CellShares(ReadOnlySpan<float> frame, Span<float> cells)
    {
        int planes = _kind == ObservationKind.Tiles ? PlaneCount : 1;
        for (int cell = 0; cell < _gridColumns * _gridRows; cell++)
        {
            float sum = 0;
            for (int plane = 0; plane < planes; plane++)
            {
                sum += frame[plane * TileObserver.PlaneBytes + cell];
            }

            cells[cell] = sum;
        }
    }

    private float Largest(ReadOnlySpan<float> frame)
    {
        float largest = 0;
        if (!IsPicture)
        {
            CellShares(frame, _cellHeat);
            foreach (float share in _cellHeat)
            {
                largest = Math.Max(largest, Math.Abs(share));
            }

            frame = _kind == ObservationKind.Tiles ? frame.Slice(NumbersOffset) : default;
        }

        foreach (float share in frame)
        {
            largest = Math.Max(largest, Math.Abs(share));
        }

        return largest;
    }

    private void Heat(int x, int y, int size, float share)
    {
        int alpha = (int)(Math.Abs(share) * MostHeat + 0.5f), over = share > 0 ? For : Against;
        for (int row = y; row < y + size && alpha > 0; row++)
        {
            for (int i = row * Width + x; i < row * Width + x + size; i++)
            {
                int under = Pixels[i];
                Pixels[i] = Argb(Mix(under >> 16, over >> 16), Mix(under >> 8, over >> 8), Mix(under, over));
            }
        }

        int Mix(int from, int to) => ((from & 0xFF) * (256 - alpha) + (to & 0xFF) * alpha) >> 8;
    }

    private void Square(int x, int y, int inset, int ink) => Fill(x + inset, y + inset, Cell - 2 * inset, Cell - 2 * inset, ink);

    private void Fill(int x, int y, int width, int height, int ink)
    {
        for (int row = y; row < y + height; row++)
        {
            Pixels.AsSpan(row * Width + x, width).Fill(ink);
        }
    }
}
