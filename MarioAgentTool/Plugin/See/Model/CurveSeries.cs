namespace MarioAgentTool.Plugin;

/// <summary>
/// Points from left to right, as many as there are: what a stretch of them reaches from and to is known without looking at each.
/// </summary>
/// <param name="name">For people.</param>
/// <param name="isDots">Few and far between: drawn as dots, never smoothed.</param>
internal sealed class CurveSeries(string name, bool isDots = false)
{
    // A block of a level sums up so many of the level below; level 0 sums up points.
    private const int BlockBits = 4, Block = 1 << BlockBits;

    private readonly List<double> _x = [], _y = [];
    private readonly List<List<(double Low, double High)>> _levels = [];

    /// <summary>For people.</summary>
    public string Name => name;

    /// <summary>Drawn as dots.</summary>
    public bool IsDots => isDots;

    /// <summary>Points.</summary>
    public int Count => _x.Count;

    /// <summary>A point's place.</summary>
    public double X(int index) => _x[index];

    /// <summary>A point's value.</summary>
    public double Y(int index) => _y[index];

    /// <summary>Adds a point; what is not finite is left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies left of the last.</exception>
    public void Add(double x, double y)
    {
        if (double.IsNaN(x + y) || double.IsInfinity(x + y))
        {
            return;
        }

        if (Count > 0 && x < _x[Count - 1])
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, $"{name} goes on from {_x[Count - 1]}; points come from left to right.");
        }

        int index = Count;
        _x.Add(x);
        _y.Add(y);
        for (int level = 0; ; level++)
        {
            index >>= BlockBits;
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            List<(double Low, double High)> blocks = _levels[level];
            if (index == blocks.Count)
            {
                // The first block of a new level sums up all that is below.
                blocks.Add(index == 0 && level > 0 ? Whole(_levels[level - 1]) : (y, y));
            }
            else
            {
                blocks[index] = (Math.Min(blocks[index].Low, y), Math.Max(blocks[index].High, y));
            }

            if (blocks.Count == 1)
            {
                return;
            }
        }
    }

    /// <summary>Index of the first point at x or right of it; <see cref="Count"/> when there is none.</summary>
    public int IndexAt(double x) => Search(point => point < x);

    /// <summary>Index of the first point right of x; <see cref="Count"/> when there is none.</summary>
    public int IndexAfter(double x) => Search(point => point <= x);

    /// <summary>The lowest and highest value of a stretch; null where it is empty.</summary>
    /// <param name="from">First index.</param>
    /// <param name="to">Index after the last.</param>
    public (double Low, double High)? Extent(int from, int to)
    {
        if (from >= to)
        {
            return null;
        }

        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        while (from < to)
        {
            // The largest block that begins here and ends in time.
            int level = -1;
            while (level + 1 < _levels.Count && (from & (1 << BlockBits * (level + 2)) - 1) == 0 && from + (1L << BlockBits * (level + 2)) <= to)
            {
                level++;
            }

            (double blockLow, double blockHigh) = level < 0 ? (_y[from], _y[from]) : _levels[level][from >> BlockBits * (level + 1)];
            low = Math.Min(low, blockLow);
            high = Math.Max(high, blockHigh);
            from += 1 << BlockBits * (level + 1);
        }

        return (low, high);
    }

    /// <summary>
    /// The line through the points of a range, with one neighbour on each side. Where more than two points share a column of pixels,
    /// they become the lowest and the highest of it, so that no spike is lost however many there are.
    /// </summary>
    /// <param name="left">Left end of the range.</param>
    /// <param name="right">Right end of the range.</param>
    /// <param name="columns">Pixels across.</param>
    /// <param name="line">Receives the points, from left to right.</param>
    public void Trace(double left, double right, int columns, List<(double X, double Y)> line)
    {
        line.Clear();
        int from = Math.Max(0, IndexAt(left) - 1), to = Math.Min(Count, IndexAfter(right) + 1);
        if (to - from <= 2 * columns)
        {
            for (int i = from; i < to; i++)
            {
                line.Add((_x[i], _y[i]));
            }

            return;
        }

        double step = (right - left) / columns;
        for (int column = -1; column <= columns; column++)
        {
            int next = column == columns ? to : Math.Min(to, IndexAt(left + (column + 1) * step));
            if (Extent(from, next) is not { } extent)
            {
                continue;
            }

            double middle = left + (column + 0.5) * step;
            double x = column < 0 || column == columns ? _x[from] : middle;

            // In the order that makes the shorter line.
            bool lowFirst = line.Count == 0 || Math.Abs(line[line.Count - 1].Y - extent.Low) <= Math.Abs(line[line.Count - 1].Y - extent.High);
            line.Add((x, lowFirst ? extent.Low : extent.High));
            if (extent.Low != extent.High)
            {
                line.Add((x, lowFirst ? extent.High : extent.Low));
            }

            from = next;
        }
    }

    /// <summary>Forgets all points.</summary>
    public void Clear()
    {
        _x.Clear();
        _y.Clear();
        _levels.Clear();
    }

    private int Search(Func<double, bool> isBefore)
    {
        int from = 0, to = Count;
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = isBefore(_x[middle]) ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private static (double Low, double High) Whole(List<(double Low, double High)> blocks) => (blocks.Min(b => b.Low), blocks.Max(b => b.High));
}
