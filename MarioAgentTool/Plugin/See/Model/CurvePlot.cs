namespace MarioAgentTool.Plugin;

/// <summary>What is seen of curves that share their x axis: which of them, from where to where, and what lies under a pixel.</summary>
internal sealed class CurvePlot
{
    // The closest look, as a share of everything.
    private const double Closest = 1e-6;

    // Candidates that a hit is sought among on each side; beyond, they share their pixel.
    private const int MostCandidates = 64;

    private double _left, _right;

    /// <summary>The curves; null for none.</summary>
    public CurveBook? Book { get; set; }

    /// <summary>The kinds that are seen, in the order they are drawn.</summary>
    public IReadOnlyList<CurveKind> Shown { get; set; } = CurveBook.Kinds;

    /// <summary>Share of the past that a mean keeps at each point; 0 draws no mean.</summary>
    public double Smoothing { get; set; }

    /// <summary>Everything is seen, and what comes will be.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Left and right end of what is seen.</summary>
    public (double Left, double Right) Range
    {
        get
        {
            (double left, double right) = Whole;

            // Other curves may have come that lie elsewhere.
            IsWhole |= _left >= right || _right <= left;
            return IsWhole ? (left, right) : (_left, _right);
        }
    }

    /// <summary>From the first to the last point of the kinds that are seen; 0 to 1 where there are none.</summary>
    public (double Left, double Right) Whole
    {
        get
        {
            double left = double.PositiveInfinity, right = double.NegativeInfinity;
            foreach (CurveSeries raw in Shown.SelectMany(SeriesOf).Select(s => s.Raw).Where(raw => raw.Count > 0))
            {
                left = Math.Min(left, raw.X(0));
                right = Math.Max(right, raw.X(raw.Count - 1));
            }

            return left > right ? (0, 1) : (left, right > left ? right : left + 1);
        }
    }

    /// <summary>Points of all kinds, seen or not.</summary>
    public int Points => Book is null ? 0 : CurveBook.Kinds.SelectMany(Book.Of).Sum(s => s.Raw.Count);

    /// <summary>The series of a kind, smoothed up to date.</summary>
    public IEnumerable<SmoothedSeries> SeriesOf(CurveKind kind)
    {
        foreach (SmoothedSeries series in Book?.Of(kind) ?? [])
        {
            series.Update(Smoothing);
            yield return series;
        }
    }

    /// <summary>Looks closer or from further away.</summary>
    /// <param name="factor">How many times as much is seen afterwards.</param>
    /// <param name="at">The place that stays where it is.</param>
    public void Zoom(double factor, double at)
    {
        (double left, double right) = Range;
        Look(at - (at - left) * factor, at + (right - at) * factor);
    }

    /// <summary>Moves along.</summary>
    /// <param name="by">To the right.</param>
    public void Pan(double by)
    {
        if (!IsWhole)
        {
            (double wholeLeft, double wholeRight) = Whole;
            by = Math.Min(Math.Max(by, wholeLeft - _left), wholeRight - _right);
            Look(_left + by, _right + by);
        }
    }

    /// <summary>Sees everything.</summary>
    public void Reset() => IsWhole = true;

    /// <summary>Bottom and top of a kind's axis for what is seen: shares from 0 to 1, others by their values, with a little air.</summary>
    public (double Bottom, double Top) HeightOf(CurveKind kind)
    {
        if (kind is CurveKind.ClearRate or CurveKind.Epsilon)
        {
            return (-0.02, 1.05);
        }

        (double left, double right) = Range;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (SmoothedSeries series in SeriesOf(kind))
        {
            if (series.Raw.Extent(series.Raw.IndexAt(left), series.Raw.IndexAfter(right)) is { } extent)
            {
                low = Math.Min(low, extent.Low);
                high = Math.Max(high, extent.High);
            }
        }

        if (low > high)
        {
            return (0, 1);
        }

        double air = high > low ? (high - low) * 0.06 : Math.Max(Math.Abs(high) * 0.1, 0.5);
        return (low - air, high + air);
    }

    /// <summary>The point nearest to a place, within a reach; null for none.</summary>
    /// <param name="kind">Whose panel it is sought in.</param>
    /// <param name="x">Place.</param>
    /// <param name="y">Value.</param>
    /// <param name="reachX">How far away it may lie, in units of x.</param>
    /// <param name="reachY">How far away it may lie, in values.</param>
    public CurveHit? Hit(CurveKind kind, double x, double y, double reachX, double reachY)
    {
        CurveHit? best = null;
        double least = 1;
        foreach (CurveSeries raw in SeriesOf(kind).Select(s => s.Raw))
        {
            int middle = raw.IndexAt(x);
            for (int i = Math.Max(0, middle - MostCandidates); i < Math.Min(raw.Count, middle + MostCandidates); i++)
            {
                double dx = (raw.X(i) - x) / reachX, dy = (raw.Y(i) - y) / reachY, distance = dx * dx + dy * dy;
                if (distance <= least)
                {
                    least = distance;
                    best = new CurveHit(raw, i);
                }
            }
        }

        return best;
    }

    /// <summary>Round numbers across a range: multiples of 1, 2 or 5 times a power of ten.</summary>
    /// <param name="from">Its lower end.</param>
    /// <param name="to">Its upper end.</param>
    /// <param name="most">How many at most, 2 or more.</param>
    public static IReadOnlyList<double> Ticks(double from, double to, int most)
    {
        double rough = (to - from) / Math.Max(1, most - 1);
        if (!(rough > 0) || double.IsInfinity(rough))
        {
            return [];
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(rough))), step = power;
        foreach (double round in new[] { 1.0, 2, 5, 10 })
        {
            step = round * power;
            if (step >= rough * (1 - 1e-9))
            {
                break;
            }
        }

        List<double> ticks = [];
        for (double i = Math.Ceiling(from / step - 1e-9); i * step <= to + step * 1e-9 && ticks.Count < most; i++)
        {
            ticks.Add(i * step);
        }

        return ticks;
    }

    private void Look(double left, double right)
    {
        (double wholeLeft, double wholeRight) = Whole;
        double width = Math.Max(right - left, (wholeRight - wholeLeft) * Closest);
        if (Points == 0 || width >= (wholeRight - wholeLeft) * 0.999)
        {
            Reset();
            return;
        }

        IsWhole = false;
        _left = Math.Min(Math.Max(left, wholeLeft), wholeRight - width);
        _right = _left + width;
    }
}

/// <summary>A point that was pointed at.</summary>
/// <param name="Series">Whose.</param>
/// <param name="Index">Which.</param>
internal sealed record CurveHit(CurveSeries Series, int Index)
{
    /// <summary>Its place.</summary>
    public double X => Series.X(Index);

    /// <summary>Its value.</summary>
    public double Y => Series.Y(Index);
}
