using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>What is left out of the picture is left out of the picture alone.</summary>
public class PictureLayersTests
{
    private const int Frames = 260;

    [Test]
    public void A_machine_runs_the_same_whatever_is_drawn([Values] bool plain)
    {
        Nes whole = Trail(plain), bare = Trail(plain);
        bare.Layers.Background = bare.Layers.Sprites = false;
        bare.Layers.SetFlatTiles(Enumerable.Repeat(0x0F0F0F0Fu, 128).ToArray());
        for (int frame = 0; frame < Frames; frame++)
        {
            Advance(whole, frame);
            Advance(bare, frame);
            Assert.That(bare.StateHash(), Is.EqualTo(whole.StateHash()), $"frame {frame}");
        }

        Assert.That(bare.Screen.ToArray(), Is.Not.EqualTo(whole.Screen.ToArray()));
    }

    [Test]
    public void Line_by_line_and_dot_by_dot_leave_out_the_same([Values] bool background, [Values] bool sprites)
    {
        Nes fast = Trail(plain: false), plain = Trail(plain: true);
        var random = new Random(5);
        uint[] flat = new uint[128];
        for (int frame = 0; frame < Frames; frame++)
        {
            if (frame % 40 == 0)
            {
                for (int row = 0; row < flat.Length; row++)
                {
                    flat[row] = (uint)random.NextInt64(1L << 32) & (uint)random.NextInt64(1L << 32);
                }
            }

            foreach (Nes nes in new[] { fast, plain })
            {
                nes.Layers.Background = background;
                nes.Layers.Sprites = sprites;
                nes.Layers.SetFlatTiles(flat);
                Advance(nes, frame);
            }

            Assert.That(fast.Screen.SequenceEqual(plain.Screen), Is.True, $"frame {frame}");
        }
    }

    [Test]
    public void A_background_flat_all_over_is_one_that_is_hidden()
    {
        Nes flat = Trail(plain: false), hidden = Trail(plain: false);
        flat.Layers.SetFlatTiles(Enumerable.Repeat(uint.MaxValue, 128).ToArray());
        hidden.Layers.Background = false;
        for (int frame = 0; frame < Frames; frame++)
        {
            Advance(flat, frame);
            Advance(hidden, frame);
        }

        Assert.That(flat.Screen.SequenceEqual(hidden.Screen), Is.True);
    }

    [Test]
    public void A_tile_made_flat_shows_the_backdrop_and_its_neighbours_what_they_showed()
    {
        Nes whole = Trail(plain: false), one = Trail(plain: false);
        uint[] flat = new uint[32];
        flat[26] = 1 << 3;
        one.Layers.SetFlatTiles(flat);
        for (int frame = 0; frame < 60; frame++)
        {
            Advance(whole, frame: 0);
            Advance(one, frame: 0);
        }

        int differences = 0;
        for (int i = 0; i < whole.Screen.Length; i++)
        {
            int x = i % 256, y = i / 256;
            if (x / 8 == 3 && y / 8 == 26)
            {
                Assert.That(one.Screen[i], Is.EqualTo(one.PaletteRam[0]));
                differences += one.Screen[i] != whole.Screen[i] ? 1 : 0;
            }
            else
            {
                Assert.That(one.Screen[i], Is.EqualTo(whole.Screen[i]), $"({x}, {y})");
            }
        }

        Assert.That(differences, Is.Positive, "ground was there");
    }

    [Test]
    public void More_rows_than_there_are_are_refused() =>
        Assert.That(() => Trail(plain: false).Layers.SetFlatTiles(new uint[129]), Throws.ArgumentException.With.Message.Contains("129 rows"));

    private static Nes Trail(bool plain) =>
        new(Cartridge.Load(TestRoms.ReadFromRepository("NesCoreShim/Trail/Trail.nes"), "Trail.nes"), new NesOptions { Plain = plain });

    // Start, then to the right with a jump now and then.
    private static void Advance(Nes nes, int frame) =>
        nes.FrameAdvance(frame is > 30 and < 40 ? JoypadButtons.Start : frame % 60 > 30 ? JoypadButtons.Right | JoypadButtons.A : JoypadButtons.Right);
}
