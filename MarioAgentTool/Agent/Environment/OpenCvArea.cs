namespace MarioAgentTool.Environment;

/// <summary>
/// OpenCV's INTER_AREA on each of three channels, then cv2.cvtColor's grey, to the bit. OpenCV sums single floats, across and
/// then down. Across, its weights are whole 1/256, since 256 columns are shrunk: whole numbers give the same sums. Down, the floats are summed
/// in its order, and rounded as it rounds: halves to the even neighbour.
/// </summary>
internal sealed partial class OpenCvArea : GreyResize
{
    private const int Channels = 3;

    // Sums across reach 255 × 256: less this they fit 16 bits.
    private const int Offset = 0x8000;

    private readonly Shades[] _shades;
    private readonly ResizePass _across;
    private readonly ResizeTaps _down;
    private readonly float[] _weights;
    private readonly int _size, _stride, _mask;
    private readonly short[] _row = new short[ResizePass.PaddedWidth(ScreenWidth)], _scratch = new short[ScreenWidth];
    private readonly short[][] _rings = new short[Channels][];
    private readonly int[][] _rounded = new int[Channels][];

    public OpenCvArea(ReadOnlySpan<int> colours, int lines, int size)
    {
        _shades = [ShadesOf(colours, c => (short)(c >> 16 & 255)), ShadesOf(colours, c => (short)(c >> 8 & 255)), ShadesOf(colours, c => (short)(c & 255))];
        _across = new ResizePass(ResizeTaps.ExactArea(ScreenWidth, size), rounding: 0, shift: 0, offset: -Offset);
        _down = ResizeTaps.ExactArea(lines, size);

        // A sum across stands 256 times too high; a power of two less in the weight makes that good without another rounding.
        _weights = [.. _down.Weights.Select(w => (float)((double)w / lines) / ScreenWidth)];
        _size = size;
        _stride = ResizePass.PaddedWidth(size);
        _mask = RingOf(_down.Count + 1) - 1;
        for (int c = 0; c < Channels; c++)
        {
            _rings[c] = new short[(_mask + 1) * _stride];
            _rounded[c] = new int[_stride];
        }
    }

    public override void Resize(in IndexRows screen, in IndexRows previous, Span<byte> grey)
    {
        int ready = 0;
        for (int y = 0; y < _size; y++)
        {
            int end = Math.Min(_down.First[y] + _down.Count, screen.Count);
            for (; ready < end; ready++)
            {
                // Sky below sky: a row like the one above has its sums.
                bool repeats = ready > 0 && previous.IsEmpty && screen[ready].SequenceEqual(screen[ready - 1]);
                for (int c = 0; c < Channels; c++)
                {
                    var sums = _rings[c].AsSpan((ready & _mask) * _stride, _stride);
                    if (repeats)
                    {
                        _rings[c].AsSpan(((ready - 1) & _mask) * _stride, _stride).CopyTo(sums);
                        continue;
                    }

                    Look(_shades[c], screen, previous, ready, _row, _scratch);
                    _across.Across(_row, sums);
                }
            }

            for (int c = 0; c < Channels; c++)
            {
                int done = 0;
                DownNet(_rings[c], y, _rounded[c], ref done);
                DownFrom(done, _rings[c], y, _rounded[c]);
            }

            var target = grey.Slice(y * _size, _size);
            for (int x = 0; x < target.Length; x++)
            {
                target[x] = Luma.OpenCv(_rounded[0][x], _rounded[1][x], _rounded[2][x]);
            }
        }
    }

    /// <summary>A number at a time.</summary>
    internal void DownFrom(int x, ReadOnlySpan<short> ring, int output, Span<int> rounded)
    {
        int first = _down.First[output], count = _down.Count;
        for (; x < _size; x++)
        {
            // Each product and each sum is rounded to a float by itself: no fused steps, no wider register.
            float sum = 0;
            for (int k = 0; k < count; k++)
            {
                float product = (float)(_weights[output * count + k] * (float)(ring[((first + k) & _mask) * _stride + x] + Offset));
                sum = (float)(sum + product);
            }

            rounded[x] = (int)Math.Round(sum);
        }
    }

    partial void DownNet(ReadOnlySpan<short> ring, int output, Span<int> rounded, ref int done);
}
