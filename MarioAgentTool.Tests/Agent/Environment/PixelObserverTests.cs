using MarioAgentTool.Environment;

namespace MarioAgentTool.Tests.Agent.Environment;

public class LumaTests
{
    [TestCase(0x000000, 0)]
    [TestCase(0xFFFFFF, 255)]
    [TestCase(0xFF0000, 76)]
    [TestCase(0x00FF00, 150)]
    [TestCase(0x0000FF, 29)]
    [TestCase(0x6888FC, 140, Description = "(104, 136, 252)")]
    public void Y_is_that_of_BT601(int rgb, int y) => Assert.That(Luma.Of(unchecked((int)0xFF000000) | rgb), Is.EqualTo(y));

    [Test]
    public void A_cropped_picture_lends_its_nearest_line()
    {
        // 224 lines from scanline 8 on, each its own grey; the wanted 240 begin at 0.
        int[] argb = [.. Enumerable.Range(0, 224 * 256).Select(i => (i / 256) * 0x010101)];
        byte[] luma = new byte[240 * 256];
        Luma.From(new Screen { Argb = argb, Width = 256, Height = 224, Top = 8 }, firstLine: 0, luma);
        Assert.That(luma[0], Is.Zero);
        Assert.That(luma[8 * 256], Is.Zero);
        Assert.That(luma[9 * 256], Is.EqualTo(1));
        Assert.That(luma[231 * 256], Is.EqualTo(223));
        Assert.That(luma[239 * 256], Is.EqualTo(223));
    }

    [Test]
    public void A_zoomed_picture_is_refused() =>
        Assert.That(() => Luma.From(new Screen { Argb = new int[512 * 480], Width = 512, Height = 480 }, 0, new byte[256 * 224]),
            Throws.ArgumentException.With.Message.Contains("512 by 480"));

    [Test]
    public void The_brighter_of_two_is_taken_byte_by_byte()
    {
        byte[] luma = [.. Enumerable.Range(0, 101).Select(i => (byte)i)], other = [.. Enumerable.Range(0, 101).Select(i => (byte)(100 - i))];
        Luma.MaxWith(luma, other);
        Assert.That(luma, Is.EqualTo(Enumerable.Range(0, 101).Select(i => (byte)Math.Max(i, 100 - i))));
    }
}

public class AreaResizeTests
{
    [Test]
    public void Whole_shares_are_plain_means()
    {
        // 64 × 4 to 32 × 2: each new pixel is the mean of two by two.
        byte[] old = [.. Enumerable.Range(0, 64 * 4).Select(i => (byte)(i * 7))], shrunk = new byte[32 * 2];
        new AreaResize(64, 4, 32, 2).Resize(old, shrunk);
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < 32; x++)
            {
                int sum = old[2 * y * 64 + 2 * x] + old[2 * y * 64 + 2 * x + 1] + old[(2 * y + 1) * 64 + 2 * x] + old[(2 * y + 1) * 64 + 2 * x + 1];
                Assert.That(shrunk[y * 32 + x], Is.EqualTo((sum + 2) / 4), $"({x}, {y})");
            }
        }
    }

    [TestCase(84, 224)]
    [TestCase(84, 240)]
    [TestCase(96, 240)]
    [TestCase(128, 224)]
    public void It_agrees_with_exact_areas_within_two_grey_levels(int size, int lines)
    {
        var random = new Random(1);
        byte[] old = new byte[256 * lines], shrunk = new byte[size * size];
        random.NextBytes(old);
        new AreaResize(256, lines, size, size).Resize(old, shrunk);
        double worst = 0;
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                worst = Math.Max(worst, Math.Abs(shrunk[y * size + x] - ExactMean(old, 256, lines, size, x, y)));
            }
        }

        Assert.That(worst, Is.LessThan(2));
    }

    [Test]
    public void An_even_grey_stays_what_it_is_at_every_size([Values(0, 1, 127, 254, 255)] int grey, [Values(224, 240, 200)] int lines)
    {
        byte[] old = new byte[256 * lines];
        Array.Fill(old, (byte)grey);
        for (int size = 16; size <= 200; size++)
        {
            byte[] shrunk = new byte[size * size];
            new AreaResize(256, lines, size, size).Resize(old, shrunk);
            Assert.That(shrunk.AsSpan().IndexOfAnyExcept((byte)grey), Is.EqualTo(-1), $"{size}");
        }
    }

    [Test]
    public void Growing_is_refused() => Assert.That(() => new AreaResize(64, 64, 96, 64), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("only shrinks"));

    private static double ExactMean(byte[] old, int width, int height, int size, int x, int y)
    {
        double left = (double)x * width / size, right = (double)(x + 1) * width / size;
        double top = (double)y * height / size, bottom = (double)(y + 1) * height / size;
        double sum = 0;
        for (int row = (int)top; row < bottom; row++)
        {
            for (int column = (int)left; column < right; column++)
            {
                sum += old[row * width + column] * (Math.Min(right, column + 1) - Math.Max(left, column)) * (Math.Min(bottom, row + 1) - Math.Max(top, row));
            }
        }

        return sum / ((right - left) * (bottom - top));
    }
}

public class PixelObserverTests
{
    [Test]
    public void The_headless_core_and_BizHawks_crop_show_the_same_picture()
    {
        byte[] indices = new byte[256 * 240];
        new Random(2).NextBytes(indices);
        int[] argb = [.. indices.Skip(8 * 256).Take(224 * 256).Select(i => Palette.Luma[i & 63] * 0x010101)];
        byte[] core = new byte[84 * 84], bizHawk = new byte[84 * 84];
        new PixelObserver(new PixelSettings()).Observe(new Screen { Indices = indices, Width = 256, Height = 240 }, core);
        new PixelObserver(new PixelSettings()).Observe(new Screen { Argb = argb, Width = 256, Height = 224, Top = 8 }, bizHawk);
        Assert.That(core, Is.EqualTo(bizHawk));
    }

    [Test]
    public void The_brighter_of_two_frames_keeps_what_flickers()
    {
        byte[] dark = new byte[256 * 240], bright = new byte[256 * 240];
        Array.Fill(dark, (byte)0x0F);
        Array.Fill(bright, (byte)0x20);
        var observer = new PixelObserver(new PixelSettings { MaxOfTwo = true });
        byte[] grey = new byte[84 * 84];
        observer.Remember(new Screen { Indices = bright, Width = 256, Height = 240 });
        observer.Observe(new Screen { Indices = dark, Width = 256, Height = 240 }, grey);
        Assert.That(grey, Has.All.EqualTo(255), "bright the frame before");
        observer.Observe(new Screen { Indices = dark, Width = 256, Height = 240 }, grey);
        Assert.That(grey, Has.All.EqualTo(0), "an observed frame is the next one's frame before");
    }

    [Test]
    public void Layout_and_scale_are_those_of_a_picture()
    {
        var spec = new PixelObserver(new PixelSettings()).Spec;
        Assert.That((spec.Height, spec.Width, spec.Stack, spec.Length, spec.Signed), Is.EqualTo((84, 84, 4, 4 * 84 * 84, false)));
    }
}
