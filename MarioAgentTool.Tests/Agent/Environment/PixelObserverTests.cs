using MarioAgentTool.Environment;

namespace MarioAgentTool.Tests.Agent.Environment;

public class ColourIndexTests
{
    [Test]
    public void A_hosts_colours_find_their_indices_again([Values] PaletteKind kind)
    {
        byte[] indices = [.. Enumerable.Range(0, 64).Select(i => (byte)i)], found = new byte[64];
        int[] argb = [.. Palette.Argb(kind).ToArray()];
        var map = new ColourIndex();
        map.Map(argb, found);
        Assert.That(map.Palette, Is.EqualTo(kind));
        Assert.That(found.Select(i => argb[i]), Is.EqualTo(argb), "the same colours");
        foreach (byte index in indices.Where(i => argb.Count(c => c == argb[i]) == 1))
        {
            Assert.That(found[index], Is.EqualTo(index), $"${index:X2}");
        }

        Assert.That((found[0x0F], found[0x30]), Is.EqualTo(((byte)0x0F, (byte)0x30)), "black and white as the game has them");
    }

    [Test]
    public void A_colour_of_no_palette_counts_as_its_nearest()
    {
        byte[] found = new byte[3];
        int[] colours = Palette.Argb(PaletteKind.NesHawk).ToArray();
        new ColourIndex().Map([colours[0x22], colours[0x16], colours[0x27] + 0x000102], found);
        Assert.That(found, Is.EqualTo(new byte[] { 0x22, 0x16, 0x27 }));
    }

    [Test]
    public void The_palette_is_reconsidered_when_a_new_colour_shows_up()
    {
        var map = new ColourIndex();
        map.Map([Palette.Argb(PaletteKind.NesHawk)[0x0F]], new byte[1]);
        byte[] found = new byte[2];
        map.Map([Palette.Argb(PaletteKind.Fceux)[0x22], Palette.Argb(PaletteKind.Fceux)[0x29]], found);
        Assert.That((map.Palette, found[0], found[1]), Is.EqualTo((PaletteKind.Fceux, (byte)0x22, (byte)0x29)));
    }
}

public class PixelObserverTests
{
    [Test]
    public void The_headless_core_and_BizHawks_crop_show_the_same_picture([Values] ResizeMethod method, [Values(PaletteKind.NesHawk, PaletteKind.Fceux)] PaletteKind shown)
    {
        // Of colours that a palette shows alike only one is drawn.
        byte[] indices = new byte[256 * 240], told = [0x0F, 0x30, 0x22, 0x29, 0x1A, 0x17, 0x27, 0x36, 0x16, 0x00, 0x10];
        var random = new Random(2);
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = told[random.Next(told.Length)];
        }

        int[] argb = [.. indices.Skip(8 * 256).Take(224 * 256).Select(i => Palette.Argb(shown)[i])];
        byte[] core = new byte[84 * 84], bizHawk = new byte[84 * 84];
        var settings = new PixelSettings { Method = method };
        new PixelObserver(settings).Observe(new Screen { Indices = indices, Width = 256, Height = 240 }, core);
        new PixelObserver(settings).Observe(new Screen { Argb = argb, Width = 256, Height = 224, Top = 8 }, bizHawk);
        Assert.That(core, Is.EqualTo(bizHawk));
    }

    [Test]
    public void A_cropped_picture_lends_its_nearest_line()
    {
        // 224 lines from scanline 8 on; the wanted 240 begin at 0. The crop's first line is white, its last grey, all else black.
        byte[] whole = new byte[256 * 240];
        Array.Fill(whole, (byte)0x0F);
        whole.AsSpan(0, 256 * 9).Fill(0x30);
        whole.AsSpan(256 * 231).Fill(0x10);
        byte[] full = new byte[120 * 120], cropped = new byte[120 * 120];
        var settings = new PixelSettings { FirstLine = 0, Lines = 240, Size = 120 };
        new PixelObserver(settings).Observe(new Screen { Indices = whole, Width = 256, Height = 240 }, full);
        new PixelObserver(settings).Observe(new Screen { Indices = whole.AsSpan(256 * 8, 256 * 224), Width = 256, Height = 224, Top = 8 }, cropped);
        Assert.That(cropped, Is.EqualTo(full));
    }

    [Test]
    public void A_zoomed_picture_is_refused() =>
        Assert.That(() => new PixelObserver(new PixelSettings()).Observe(new Screen { Argb = new int[512 * 480], Width = 512, Height = 480 }, new byte[84 * 84]),
            Throws.ArgumentException.With.Message.Contains("512 by 480"));

    [Test]
    public void Growing_is_refused() =>
        Assert.That(() => new PixelObserver(new PixelSettings { Size = 120, Lines = 100 }), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("only shrunk"));

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
