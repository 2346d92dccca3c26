using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Tests.Agent.Training;

public class ObservationPictureTests
{
    private const int Cell = ObservationPicture.Cell;

    private static readonly EnvironmentSettings Tiles = new();

    [Test]
    public void A_tile_of_each_plane_has_its_colour_and_its_name()
    {
        byte[] seen = new byte[TileObserver.FrameBytes];
        Set(TileObserver.SolidPlane, 12, 0, TileObserver.One);
        Set(TileObserver.SolidPlane, 7, 5, TileObserver.Bumpable);
        Set(TileObserver.StompablePlane, 8, 6, TileObserver.One);
        Set(TileObserver.HazardPlane, 8, 2, TileObserver.One);
        Set(TileObserver.PlatformPlane, 0, 16, TileObserver.Goal);
        ObservationPicture picture = Drawn(seen);
        Assert.Multiple(() =>
        {
            Assert.That((Middle(12, 0), Name(12, 0)), Is.EqualTo((Ink("solid"), "solid, 4 left 4 down")));
            Assert.That((Middle(7, 5), Name(7, 5)), Is.EqualTo((Ink("breakable"), "breakable, 1 right 1 up")));
            Assert.That((Middle(8, 6), Name(8, 6)), Is.EqualTo((Ink("stompable"), "stompable, 2 right")));
            Assert.That((Middle(8, 2), Name(8, 2)), Is.EqualTo((Ink("hazard"), "hazard, 2 left")));
            Assert.That((Middle(0, 16), Name(0, 16)), Is.EqualTo((Ink("goal"), "goal, 12 right 8 up")));
            Assert.That((Middle(3, 3), Name(3, 3)), Is.EqualTo((ObservationPicture.Empty, "nothing, 1 left 5 up")));
            Assert.That(Name(8, 4), Is.EqualTo("nothing, here"));
        });

        int Middle(int row, int column) => picture.Pixels[(row * Cell + Cell / 2) * picture.Width + column * Cell + Cell / 2];

        string Name(int row, int column) => picture.Describe(column * Cell + 3, row * Cell + 3, seen);

        void Set(int plane, int row, int column, sbyte value) => seen[plane * TileObserver.PlaneBytes + row * TileObserver.Columns + column] = (byte)value;
    }

    [Test]
    public void Every_number_is_drawn_somewhere_and_named_there()
    {
        for (int at = TileObserver.ObjectOffset; at < TileObserver.FrameBytes; at++)
        {
            byte[] seen = new byte[TileObserver.FrameBytes];
            seen[at] = unchecked((byte)(sbyte)-64);
            ObservationPicture nothing = Drawn(new byte[TileObserver.FrameBytes]), picture = Drawn(seen);
            int[] changed = [.. Enumerable.Range(0, picture.Pixels.Length).Where(i => picture.Pixels[i] != nothing.Pixels[i])];
            Assert.That(changed, Is.Not.Empty, $"byte {at}");
            string expected = at < TileObserver.ScalarOffset ? $"object {(at - TileObserver.ObjectOffset) / 9 + 1} "
                : at < TileObserver.OneHotOffset ? $"{(TileObserver.Scalar)(at - TileObserver.ScalarOffset)}: " : FlagName(at - TileObserver.OneHotOffset);
            string name = picture.Describe(changed[0] % picture.Width, changed[0] / picture.Width, seen);
            Assert.That((at < TileObserver.ScalarOffset ? name : name.Replace(" ", "").Replace(":", ": ")).ToUpperInvariant(), Does.StartWith(expected.ToUpperInvariant()).And.EndsWith("-64"));
        }
    }

    private static string FlagName(int flag)
    {
        int which = Enumerable.Range(0, (int)TileObserver.OneHot.Count).Last(i => TileObserver.OneHotOffsets[i] <= flag);
        return $"{(TileObserver.OneHot)which}flag{flag - TileObserver.OneHotOffsets[which]}: ";
    }

    [Test]
    public void Without_flags_there_are_no_rows_for_them()
    {
        EnvironmentSettings plain = new() { Tiles = new() { OneHot = false } };
        var picture = new ObservationPicture(plain, new TileObserver(plain.Tiles).Spec);
        Assert.That(picture.Height, Is.EqualTo(Drawn(new byte[TileObserver.FrameBytes]).Height - (int)TileObserver.OneHot.Count * Cell));
    }

    [Test]
    public void Heat_is_green_for_and_red_against_and_the_strongest_are_named()
    {
        byte[] seen = new byte[TileObserver.FrameBytes];
        float[] shares = new float[TileObserver.FrameBytes];
        int fire = TileObserver.HazardPlane * TileObserver.PlaneBytes + 8 * TileObserver.Columns + 6;
        seen[fire] = (byte)TileObserver.One;
        shares[fire] = -2;
        shares[TileObserver.ScalarOffset + (int)TileObserver.Scalar.XSpeed] = 1;
        ObservationPicture picture = Drawn(seen);
        picture.DrawHeat(shares);
        (int r, int g) = (picture.Pixels[(8 * Cell + 6) * picture.Width + 6 * Cell + 6] >> 16 & 0xFF, picture.Pixels[(8 * Cell + 6) * picture.Width + 6 * Cell + 6] >> 8 & 0xFF);
        Assert.That(r, Is.GreaterThan(200).And.GreaterThan(2 * g));
        Assert.That(picture.Strongest(seen, shares, 3).Take(2), Is.EqualTo(new[] { ("hazard, 2 right", -2f), ("x speed", 1f) }));
        float[] cells = new float[TileObserver.PlaneBytes];
        Assert.That(picture.TryGetCellShares(shares, cells));
        Assert.That(cells[8 * TileObserver.Columns + 6], Is.EqualTo(-2));
    }

    [Test]
    public void Stacked_greys_stand_side_by_side_as_they_are_the_newest_last()
    {
        EnvironmentSettings world = new() { Observation = ObservationKind.Pixels };
        ObservationSpec spec = new PixelObserver(world.Pixels).Spec;
        byte[] seen = new byte[spec.Length];
        for (int i = 0; i < seen.Length; i++)
        {
            seen[i] = (byte)(10 * (i / spec.FrameBytes) + i % 7);
        }

        ObservationPicture picture = new(world, spec);
        picture.Draw(seen);
        Assert.That((picture.Width, picture.Height), Is.EqualTo((172, 172)));
        int newest = 3 * spec.FrameBytes + 5 * 84 + 6;
        Assert.That(picture.Pixels[(88 + 5) * 172 + 88 + 6] & 0xFF, Is.EqualTo(seen[newest]));
        Assert.That(picture.Describe(88 + 6, 88 + 5, seen), Is.EqualTo($"grey {seen[newest]}"));
        Assert.That(picture.Describe(6, 5, seen), Does.EndWith("3 before the newest"));
        Assert.That(picture.TryGetCellShares(new float[spec.Length], new float[4]), Is.False);
    }

    private static int Ink(string name) => ObservationPicture.Legend.Single(l => l.Name == name).Argb;

    private static ObservationPicture Drawn(byte[] seen)
    {
        ObservationPicture picture = new(Tiles, new TileObserver(Tiles.Tiles).Spec);
        picture.Draw(seen);
        return picture;
    }
}
