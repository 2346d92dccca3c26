using MarioAgentTool.Environment;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>The fused passes beside each method written down plainly, and each vector path beside its scalar twin.</summary>
public class GreyResizeTests
{
    private static readonly ResizeMethod[] Methods = Enum.GetValues<ResizeMethod>();

    [Test]
    public void Every_size_of_every_method_is_exact([ValueSource(nameof(Methods))] ResizeMethod method, [Values(0, 1)] int part)
    {
        var random = new Random(7);
        byte[] screen = new byte[240 * 256];
        for (int size = 16 + part; size <= 224; size += 2)
        {
            random.NextBytes(screen);
            var settings = new PixelSettings { Method = method, Size = size, Lines = size <= 200 ? 200 + size % 41 : 240, FirstLine = 0, Palette = (PaletteKind)(size % 4) };
            byte[] grey = new byte[size * size];
            new PixelObserver(settings).Observe(new Screen { Indices = screen, Width = 256, Height = 240 }, grey);
            Assert.That(grey.AsSpan().SequenceEqual(PlainResize.Of(settings, screen)), Is.True, $"{size} of {settings.Lines} lines");
        }
    }

    [Test]
    public void An_even_grey_stays_what_it_is_at_every_size([Values(0x0F, 0x00, 0x2D, 0x10, 0x30)] int colour, [ValueSource(nameof(Methods))] ResizeMethod method)
    {
        byte[] screen = new byte[240 * 256];
        Array.Fill(screen, (byte)colour);
        for (int size = 16; size <= 200; size++)
        {
            byte[] grey = new byte[size * size];
            var settings = new PixelSettings { Method = method, Size = size };
            new PixelObserver(settings).Observe(new Screen { Indices = screen, Width = 256, Height = 240 }, grey);
            byte expected = (byte)(Palette.Argb(PaletteKind.Ours)[colour] & 255);
            Assert.That(grey.AsSpan().IndexOfAnyExcept(expected), Is.EqualTo(-1), $"{size}");
        }
    }

    [TestCase(84, 224)]
    [TestCase(84, 240)]
    [TestCase(96, 240)]
    [TestCase(128, 224)]
    public void Area_agrees_with_exact_areas_within_two_grey_levels(int size, int lines)
    {
        byte[] screen = new byte[240 * 256], grey = new byte[size * size];
        new Random(1).NextBytes(screen);
        new PixelObserver(new PixelSettings { Size = size, FirstLine = 0, Lines = lines }).Observe(new Screen { Indices = screen, Width = 256, Height = 240 }, grey);
        double worst = 0;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                worst = Math.Max(worst, Math.Abs(grey[y * size + x] - PlainResize.ExactMean(screen, lines, size, x, y)));
            }
        }

        Assert.That(worst, Is.LessThan(2));
    }

    [Test]
    public void Vectors_across_sum_what_one_by_one_does([Range(16, 224, 8)] int size, [Values] bool wide)
    {
        var pass = Pass(256, size, wide);
        short[] row = Noise(ResizePass.PaddedWidth(256), wide), slow = new short[ResizePass.PaddedWidth(size)], fast = new short[slow.Length];
        pass.AcrossFrom(0, row, slow);
        pass.Across(row, fast);
        Assert.That(fast.Take(size), Is.EqualTo(slow.Take(size)));
        if (pass.CanAcross256)
        {
            Array.Clear(fast);
            int done = 0;
            pass.Across256(row, fast, ref done);
            pass.AcrossFrom(done, row, fast);
            Assert.That(fast.Take(size), Is.EqualTo(slow.Take(size)), "AVX2");
        }
    }

    [Test]
    public void Vectors_down_sum_what_one_by_one_does([Range(16, 224, 8)] int size, [Values] bool wide)
    {
        const int stride = 320, mask = 63;
        var pass = Pass(240, size, wide);
        short[] rows = Noise(stride * (mask + 1), wide), slow = new short[256], fast = new short[256];
        for (int output = 0; output < size; output++)
        {
            pass.DownFrom(0, rows, stride, mask, output, slow);
            pass.Down(rows, stride, mask, output, fast);
            Assert.That(fast.AsSpan().SequenceEqual(slow), Is.True, $"row {output}");
            if (System.Runtime.Intrinsics.X86.Avx2.IsSupported)
            {
                pass.Down256(rows, stride, mask, output, fast);
                Assert.That(fast.AsSpan().SequenceEqual(slow), Is.True, $"row {output}, AVX2");
            }
        }
    }

    [Test]
    public void Shades_are_looked_up_alike_at_every_width([Range(1, 70)] int width)
    {
        var shades = new Shades([.. Enumerable.Range(0, 64).Select(i => (short)(i * 511))]);
        byte[] indices = new byte[width];
        new Random(width).NextBytes(indices);
        short[] slow = new short[width], fast = new short[width];
        shades.LookFrom(0, indices, slow);
        shades.Look(indices, fast);
        Assert.That(fast, Is.EqualTo(slow));
        Assert.That(fast, Is.EqualTo(indices.Select(i => (short)((i & 63) * 511))));
    }

    [Test]
    public void The_brighter_of_two_is_taken_one_by_one()
    {
        short[] shades = [.. Enumerable.Range(0, 101).Select(i => (short)i)], others = [.. Enumerable.Range(0, 101).Select(i => (short)(100 - i))];
        Shades.Brighten(shades, others);
        Assert.That(shades, Is.EqualTo(Enumerable.Range(0, 101).Select(i => (short)Math.Max(i, 100 - i))));
    }

    [Test]
    public void Weights_of_an_area_add_up([Range(16, 224, 13)] int size, [Values(224, 240, 256)] int old)
    {
        ResizeTaps exact = ResizeTaps.ExactArea(old, size), whole = ResizeTaps.Area(old, size);
        Assert.That(exact.Weights.Chunk(exact.Count).Select(w => w.Sum()), Has.All.EqualTo(old));
        Assert.That(whole.Weights.Chunk(whole.Count).Select(w => w.Sum()), Has.All.EqualTo(256));
        Assert.That(Enumerable.Range(0, size).Max(i => exact.First[i] + Array.FindLastIndex(exact.Weights[(i * exact.Count)..((i + 1) * exact.Count)], w => w > 0)), Is.EqualTo(old - 1));
    }

    [TestCase(0x000000, 0)]
    [TestCase(0xFFFFFF, 255)]
    [TestCase(0xFF0000, 76)]
    [TestCase(0x00FF00, 150)]
    [TestCase(0x0000FF, 29)]
    [TestCase(0x6888FC, 140, Description = "(104, 136, 252)")]
    public void Greys_are_those_of_BT601(int rgb, int y)
    {
        Assert.That((Luma.Rounded(rgb), Luma.OpenCv(rgb)), Is.EqualTo(((short)y, (short)y)));
        Assert.That(Luma.Torch(rgb), Is.EqualTo(y).Within(0.6), "torchvision's weights end at the fourth digit");
    }

    private static ResizePass Pass(int old, int size, bool wide) => wide
        ? new ResizePass(ResizeTaps.Triangle(old, size, 22, addUp: false), 1 << 21, 22, 0)
        : new ResizePass(ResizeTaps.Area(old, size), 5, 2, -3);

    // Wide weights are met by pixels alone.
    private static short[] Noise(int count, bool wide)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(wide ? 256 : 512))];
    }
}

/// <summary>The four methods as their definitions read, a pixel at a time.</summary>
internal static class PlainResize
{
    public static byte[] Of(PixelSettings settings, byte[] screen)
    {
        int size = settings.Size, lines = settings.Lines;
        var palette = Palette.Argb(settings.Palette).ToArray();
        int[] colours = [.. screen.Skip(settings.FirstLine * 256).Take(lines * 256).Select(i => palette[i & 63])];
        switch (settings.Method)
        {
            case ResizeMethod.Area:
                ResizeTaps columns = ResizeTaps.Area(256, size), rows = ResizeTaps.Area(lines, size);
                long[] sums = Sum([.. colours.Select(c => (long)Luma.Rounded(c))], columns, rows, between: v => v);
                return [.. sums.Select(s => (byte)((s + 0x8000) >> 16))];

            case ResizeMethod.TorchBilinear:
                columns = ResizeTaps.Triangle(256, size, 14, addUp: true);
                rows = ResizeTaps.Triangle(lines, size, 14, addUp: true);
                return TorchDownFirst([.. colours.Select(c => (long)(Luma.Torch(c) * 128 + 0.5f))], columns, rows);

            case ResizeMethod.PillowBilinear:
                columns = ResizeTaps.Triangle(256, size, 22, addUp: false);
                rows = ResizeTaps.Triangle(lines, size, 22, addUp: false);
                sums = Sum([.. colours.Select(c => (long)Luma.OpenCv(c))], columns, rows, between: v => (v + (1 << 21)) >> 22);
                return [.. sums.Select(s => (byte)((s + (1 << 21)) >> 22))];

            default:
                byte[] red = OpenCvArea(colours, 16, size, lines), green = OpenCvArea(colours, 8, size, lines), blue = OpenCvArea(colours, 0, size, lines);
                return [.. red.Select((r, i) => Luma.OpenCv(r, green[i], blue[i]))];
        }
    }

    public static double ExactMean(byte[] screen, int lines, int size, int x, int y)
    {
        double left = (double)x * 256 / size, right = (double)(x + 1) * 256 / size, top = (double)y * lines / size, bottom = (double)(y + 1) * lines / size, sum = 0;
        for (int row = (int)top; row < bottom; row++)
        {
            for (int column = (int)left; column < right; column++)
            {
                int grey = Luma.Rounded(Palette.Argb(PaletteKind.Ours)[screen[row * 256 + column] & 63]);
                sum += grey * (Math.Min(right, column + 1) - Math.Max(left, column)) * (Math.Min(bottom, row + 1) - Math.Max(top, row));
            }
        }

        return sum / ((right - left) * (bottom - top));
    }

    // Across, then down.
    private static long[] Sum(long[] old, ResizeTaps columns, ResizeTaps rows, Func<long, long> between)
    {
        int size = columns.Outputs, lines = old.Length / 256;
        long[] across = new long[lines * size], sums = new long[size * size];
        for (int i = 0; i < across.Length; i++)
        {
            int x = i % size, y = i / size;
            across[i] = between(Enumerable.Range(0, columns.Count).Sum(k => columns.Weights[x * columns.Count + k] is var w and not 0 ? w * old[y * 256 + columns.First[x] + k] : 0));
        }

        for (int i = 0; i < sums.Length; i++)
        {
            int x = i % size, y = i / size;
            sums[i] = Enumerable.Range(0, rows.Count).Sum(k => rows.Weights[y * rows.Count + k] is var w and not 0 ? w * across[(rows.First[y] + k) * size + x] : 0);
        }

        return sums;
    }

    private static byte[] TorchDownFirst(long[] old, ResizeTaps columns, ResizeTaps rows)
    {
        int size = columns.Outputs;
        byte[] grey = new byte[size * size];
        long[] down = new long[256];
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < 256; x++)
            {
                long sum = 1 << 13;
                for (int k = 0; k < rows.Count; k++)
                {
                    sum += rows.Weights[y * rows.Count + k] is var w and not 0 ? w * old[(rows.First[y] + k) * 256 + x] : 0;
                }

                down[x] = sum >> 14;
            }

            for (int x = 0; x < size; x++)
            {
                long sum = 1 << 20;
                for (int k = 0; k < columns.Count; k++)
                {
                    sum += columns.Weights[x * columns.Count + k] is var w and not 0 ? w * down[columns.First[x] + k] : 0;
                }

                grey[y * size + x] = (byte)(sum >> 21);
            }
        }

        return grey;
    }

    // Floats throughout, as OpenCV's tables and loops have them.
    private static byte[] OpenCvArea(int[] colours, int shift, int size, int lines)
    {
        byte[] shrunk = new byte[size * size];
        ResizeTaps columns = ResizeTaps.ExactArea(256, size), rows = ResizeTaps.ExactArea(lines, size);
        float[] across = new float[lines * size];
        for (int i = 0; i < across.Length; i++)
        {
            int x = i % size, y = i / size;
            for (int k = 0; k < columns.Count; k++)
            {
                if (columns.Weights[x * columns.Count + k] is var w and not 0)
                {
                    across[i] += (colours[y * 256 + columns.First[x] + k] >> shift & 255) * (float)(w / 256.0);
                }
            }
        }

        for (int i = 0; i < shrunk.Length; i++)
        {
            int x = i % size, y = i / size;
            float sum = 0;
            for (int k = 0; k < rows.Count; k++)
            {
                if (rows.Weights[y * rows.Count + k] is var w and not 0)
                {
                    sum += (float)((double)w / lines) * across[(rows.First[y] + k) * size + x];
                }
            }

            shrunk[i] = (byte)MathF.Round(sum);
        }

        return shrunk;
    }
}
