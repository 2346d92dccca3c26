namespace MarioAgentTool.Learning.Networks;

/// <summary>The highest number of each window, channel by channel; pixels with their channels side by side. Its gradient goes to the first that is highest.</summary>
internal sealed class MaxPool : Layer
{
    private readonly int _channels, _width;
    private readonly (int From, int To)[] _rows, _columns;

    // Of each output, the input it came from.
    private int[] _origins = [];

    private readonly bool _halves;

    private MaxPool(bool halves, int channels, int height, int width, (int From, int To)[] rows, (int From, int To)[] columns)
        : base(height * width * channels, rows.Length * columns.Length * channels)
        => (_halves, _channels, _width, _rows, _columns) = (halves, channels, width, rows, columns);

    /// <summary>Whether it is a <see cref="Halving"/> one.</summary>
    public bool Halves => _halves;

    /// <summary>Rows of the result.</summary>
    public int OutHeight => _rows.Length;

    /// <summary>Columns of the result.</summary>
    public int OutWidth => _columns.Length;

    /// <summary>Windows of 3 × 3, every second pixel, one pixel over each edge: PyTorch's MaxPool2d(3, 2, 1).</summary>
    public static MaxPool Halving(int channels, int height, int width)
    {
        return new(true, channels, height, width, Windows(height), Windows(width));

        static (int, int)[] Windows(int size) =>
            [.. Enumerable.Range(0, (size - 1) / 2 + 1).Select(i => (Math.Max(0, 2 * i - 1), Math.Min(size, 2 * i + 2)))];
    }

    /// <summary>As many windows as the result is to have pixels: PyTorch's AdaptiveMaxPool2d.</summary>
    public static MaxPool Adaptive(int channels, int height, int width, int size)
    {
        return new(false, channels, height, width, Windows(height), Windows(width));

        (int, int)[] Windows(int from) => [.. Enumerable.Range(0, size).Select(i => (i * from / size, ((i + 1) * from + size - 1) / size))];
    }

    public override void Forward(int batch, float[] x, float[] y)
    {
        if (_origins.Length < batch * Outputs)
        {
            _origins = new int[batch * Outputs];
        }

        int to = 0;
        for (int s = 0; s < batch; s++)
        {
            foreach ((int From, int To) rows in _rows)
            {
                foreach ((int From, int To) columns in _columns)
                {
                    Window(s, rows, columns, x, y, to);
                    to += _channels;
                }
            }
        }
    }

    public override void Backward(int batch, float[] x, float[] y, float[] dy, float[]? dx)
    {
        if (dx is null)
        {
            return;
        }

        Array.Clear(dx, 0, batch * Inputs);
        for (int i = 0; i < batch * Outputs; i++)
        {
            dx[_origins[i]] += dy[i];
        }
    }

    private void Window(int sample, (int From, int To) rows, (int From, int To) columns, float[] x, float[] y, int to)
    {
        for (int row = rows.From; row < rows.To; row++)
        {
            for (int column = columns.From; column < columns.To; column++)
            {
                bool first = row == rows.From && column == columns.From;
                int from = sample * Inputs + (row * _width + column) * _channels;
                for (int c = 0; c < _channels; c++)
                {
                    if (first || x[from + c] > y[to + c])
                    {
                        y[to + c] = x[from + c];
                        _origins[to + c] = from + c;
                    }
                }
            }
        }
    }
}
