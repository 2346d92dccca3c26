using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;
using static MarioAgentTool.Environment.TileObserver;

namespace MarioAgentTool.Tests.Agent.Environment;

public class TileObserverTests
{
    private readonly ScriptedRam _ram = new();
    private readonly byte[] _observation = new byte[FrameBytes];

    [SetUp]
    public void StartOver() => new ScriptedRam().Bytes.CopyTo(_ram.Bytes, 0);

    [Test]
    public void The_layout_is_as_documented()
    {
        var spec = new TileObserver(new TileSettings { Stack = 2 }).Spec;
        Assert.That((ObjectOffset, ScalarOffset, OneHotOffset, FrameBytes), Is.EqualTo((884, 929, 985, 1062)));
        Assert.That((spec.Length, spec.Signed, spec.Scale), Is.EqualTo((2 * 1062, true, 1 / 64f)));
        Assert.That(new TileObserver(new TileSettings { OneHot = false }).Spec.Length, Is.EqualTo(985));
    }

    // Mario at x = 40 stands in column 3; small, his body is in row 10, above the ground's first row 11.
    [TestCase(3, 11, 4, 9, Description = "the ground under his feet")]
    [TestCase(3, 10, 4, 8, Description = "where he is")]
    [TestCase(7, 8, 8, 6, Description = "a block to jump at")]
    [TestCase(15, 10, 16, 8, Description = "the farthest column")]
    [TestCase(0, 2, 1, 0, Description = "the highest row")]
    public void A_block_appears_where_it_is_from_mario(int column, int row, int seenColumn, int seenRow)
    {
        _ram.PutTile(column, row, 0x54);
        Observe();
        Assert.That(Marked(SolidPlane), Is.EqualTo(new[] { (seenColumn, seenRow) }));
    }

    [TestCase(16, 10, Description = "beyond the last column, on the odd page")]
    [TestCase(3, 1, Description = "above the highest row")]
    public void What_lies_outside_the_window_is_not_seen(int column, int row)
    {
        _ram.PutTile(column, row, 0x54);
        Observe();
        Assert.That(Marked(SolidPlane), Is.Empty);
    }

    [Test]
    public void The_ring_is_read_across_its_wrap()
    {
        // x = 0x1F8: the middle is in column 32, the first of page 2, which lies where page 0 was.
        _ram.X = 0x1F8;
        _ram.ParsedColumns = 48;
        _ram.PutTile(31, 11, 0x54);
        _ram.PutTile(32, 11, 0x54);
        _ram.PutTile(44, 11, 0x54);
        Observe();
        Assert.That(Marked(SolidPlane), Is.EqualTo(new[] { (3, 9), (4, 9), (16, 9) }));
    }

    [Test]
    public void Columns_not_parsed_yet_are_empty()
    {
        _ram.ParsedColumns = 8;
        for (int column = 0; column < 32; column++)
        {
            _ram.PutTile(column, 11, 0x54);
        }

        Observe();
        Assert.That(Marked(SolidPlane).Max(cell => cell.Column), Is.EqualTo(8), "level column 7");
        Assert.That(Marked(SolidPlane).Min(cell => cell.Column), Is.EqualTo(1), "level column 0");
    }

    [Test]
    public void Coins_and_hidden_blocks_are_not_solid()
    {
        _ram.PutTile(4, 8, 0xC2);
        _ram.PutTile(5, 8, 0x5F);
        Observe();
        Assert.That(Marked(SolidPlane), Is.Empty);
    }

    [Test]
    public void A_goomba_ahead_is_stompable_and_listed()
    {
        _ram.PutObject(1, ObjectType.Goomba, 40 + 64, 184, xSpeed: -8);
        Observe();
        Assert.That(Marked(StompablePlane), Is.EqualTo(new[] { (7, 8), (8, 8) }), "x 106-117 reaches into columns 6 and 7 of the level");
        Assert.That(Marked(HazardPlane), Is.Empty);
        Assert.That(Listed(0), Is.EqualTo(new sbyte[] { 64, 32, 0, -16, 0, 64, 0, 0, 0 }), "present, 64 pixels ahead, level, walking left, stompable");
        Assert.That(Listed(1), Has.All.Zero);
    }

    [Test]
    public void A_piranha_plant_is_a_hazard_never_stompable()
    {
        _ram.PutObject(0, ObjectType.PiranhaPlant, 96, 144);
        Observe();
        Assert.That(Marked(StompablePlane), Is.Empty);
        Assert.That(Marked(HazardPlane), Is.EqualTo(new[] { (7, 5), (7, 6) }), "24 pixels tall from scanline 144");
        Assert.That(Listed(0)[6], Is.EqualTo(64));
    }

    [Test]
    public void Nothing_is_stompable_under_water()
    {
        _ram.Bytes[RamMap.Swimming] = 1;
        _ram.PutObject(0, ObjectType.Blooper, 96, 144);
        Observe();
        Assert.That(Marked(StompablePlane), Is.Empty);
        Assert.That(Marked(HazardPlane), Is.Not.Empty);
        Assert.That(Of(Scalar.Swimming), Is.EqualTo(64));
    }

    [Test]
    public void A_lift_is_as_wide_as_it_carries()
    {
        _ram.PutObject(0, ObjectType.HorizontalPlatform, 64, 160);
        Observe();
        Assert.That(Marked(PlatformPlane), Is.EqualTo(new[] { (5, 6), (6, 6), (7, 6) }));
        Assert.That(Listed(0)[7], Is.EqualTo(64));
    }

    [Test]
    public void Bowser_covers_two_tiles_by_two()
    {
        // His front half, and the rear half that the game keeps in another slot.
        _ram.PutObject(0, ObjectType.Bowser, 96, 168);
        _ram.PutObject(1, ObjectType.Bowser, 112, 176);
        _ram.Bytes[RamMap.ObjectActive + 1] = 0x80;
        Observe();
        Assert.That(Marked(HazardPlane), Is.EqualTo(new[] { (7, 7), (8, 7), (7, 8), (8, 8) }));
    }

    [Test]
    public void What_draws_mario_is_negative_in_the_plane_of_what_carries_him()
    {
        _ram.PutObject(5, ObjectType.PowerUp, 96, 152);
        _ram.PutTile(8, 5, 0xC2);
        _ram.PutTile(9, 5, Metatile.FlagpoleShaft);
        _ram.PutTile(10, 5, Metatile.Axe);
        Observe();
        Assert.That(Marked(StompablePlane).Concat(Marked(HazardPlane)).Concat(Marked(PlatformPlane)).Concat(Marked(SolidPlane)), Is.Empty);
        Assert.That(Marked(PlatformPlane, PowerUp), Is.EqualTo(new[] { (7, 6) }));
        Assert.That(Marked(PlatformPlane, Coin), Is.EqualTo(new[] { (9, 3) }));
        Assert.That(Marked(PlatformPlane, Goal), Is.EqualTo(new[] { (10, 3), (11, 3) }));
        Assert.That(Listed(0)[8], Is.EqualTo(64));
    }

    [TestCase(0x51, 127, Description = "brick")]
    [TestCase(0x57, 127, Description = "brick with coins")]
    [TestCase(0xC0, 127, Description = "? block")]
    [TestCase(0xC4, 64, Description = "? block, spent")]
    [TestCase(0x61, 64, Description = "stair")]
    [TestCase(0x14, 64, Description = "pipe")]
    public void What_can_be_bumped_is_more_than_solid(int id, int value)
    {
        _ram.PutTile(5, 8, (byte)id);
        Observe();
        Assert.That(Marked(SolidPlane, value), Is.EqualTo(new[] { (6, 6) }));
    }

    [TestCase(40, 0, 0, new[] { 0, 0, 8, 8, 0 }, Description = "x + 8 at a tile's edge, at rest")]
    [TestCase(41, 40, 0, new[] { 1, 0, 16, 8, 0 }, Description = "a pixel on, running")]
    [TestCase(39, -40, 4 * 256 + 128, new[] { 15, 0, 0, 16, 0 }, Description = "a pixel back, running back, falling fast")]
    [TestCase(40, 127, -5 * 256, new[] { 0, 0, 16, 0, 0 }, Description = "beyond either end")]
    [TestCase(40, 2, -256, new[] { 0, 0, 8, 6, 0 }, Description = "hardly moving, rising")]
    public void Of_each_number_that_a_jump_hangs_on_one_flag_is_set(int x, int xSpeed, int ySpeed, int[] expected)
    {
        _ram.X = x;
        _ram.Y = 0xB0;
        _ram.Bytes[RamMap.XSpeed] = (byte)xSpeed;
        (_ram.Bytes[RamMap.YSpeed], _ram.Bytes[RamMap.YSpeedFraction]) = ((byte)(ySpeed >> 8), (byte)ySpeed);
        Observe();
        Assert.That(Flags(), Is.EqualTo(expected));
    }

    [Test]
    public void Steps_that_saw_A_held_are_flags_up_to_ten()
    {
        var observer = new TileObserver(new TileSettings());
        _ram.Held = Buttons.A;
        for (int step = 1; step <= 12; step++)
        {
            observer.Observe(_ram.Frame, _observation);
            Assert.That(Flags()[(int)OneHot.StepsAHeld], Is.EqualTo(Math.Min(step, 10)));
        }
    }

    // Which flag of each group is set; there must be just one.
    private int[] Flags() =>
    [
        .. Enumerable.Range(0, (int)OneHot.Count).Select(i => Enumerable.Range(0, OneHotOffsets[i + 1] - OneHotOffsets[i]).Single(j => _observation[OneHotOffset + OneHotOffsets[i] + j] == One)),
    ];

    [Test]
    public void Seven_planes_hold_one_kind_each()
    {
        var observer = new TileObserver(new TileSettings { Planes = TilePlanes.Separate });
        Assert.That(observer.Spec.FrameBytes, Is.EqualTo(FrameBytes + 3 * PlaneBytes));
        _ram.PutTile(2, 11, 0x54);
        _ram.PutTile(5, 8, 0xC1);
        _ram.PutTile(6, 8, 0xC2);
        _ram.PutTile(7, 8, Metatile.FlagpoleBall);
        _ram.PutObject(0, ObjectType.Goomba, 104, 184);
        _ram.PutObject(1, ObjectType.Spiny, 136, 184);
        _ram.PutObject(2, ObjectType.HorizontalPlatform, 64, 96);
        _ram.PutObject(5, ObjectType.PowerUp, 160, 152);
        byte[] seen = new byte[observer.Spec.FrameBytes];
        observer.Observe(_ram.Frame, seen);
        (int, int)[] In(int plane, int value = 64) => [.. Enumerable.Range(0, PlaneBytes).Where(i => (sbyte)seen[plane * PlaneBytes + i] == value).Select(i => (i % Columns, i / Columns))];
        Assert.That(In(0), Is.EqualTo(new[] { (6, 6), (3, 9) }), "solid, the block too");
        Assert.That(In(1), Is.EqualTo(new[] { (6, 6) }), "breakable");
        Assert.That((In(2), In(2, 16)), Is.EqualTo((new[] { (8, 6) }, new[] { (7, 6) })), "goal and coin");
        Assert.That(In(3), Is.EqualTo(new[] { (7, 8), (8, 8) }), "stompable");
        Assert.That(In(4), Is.EqualTo(new[] { (9, 8), (10, 8) }), "hazard");
        Assert.That(In(5), Is.EqualTo(new[] { (5, 2), (6, 2), (7, 2) }), "platform");
        Assert.That(In(6), Is.EqualTo(new[] { (11, 6) }), "power-up");
    }

    [Test]
    public void A_lifts_motion_is_how_far_it_went_since_the_last_observation()
    {
        var observer = new TileObserver(new TileSettings());
        _ram.PutObject(0, ObjectType.VerticalPlatform, 96, 120, ySpeed: 77);
        observer.Observe(_ram.Frame, _observation);
        Assert.That((Listed(0)[3], Listed(0)[4]), Is.EqualTo(((sbyte)0, (sbyte)0)), "not seen before");
        _ram.PutObject(0, ObjectType.VerticalPlatform, 97, 116, ySpeed: 77);
        observer.Observe(_ram.Frame, _observation);
        Assert.That((Listed(0)[3], Listed(0)[4]), Is.EqualTo(((sbyte)8, (sbyte)-32)));
        _ram.PutObject(0, ObjectType.VerticalPlatform, 97, 20, ySpeed: 77);
        observer.Observe(_ram.Frame, _observation);
        Assert.That(Listed(0)[4], Is.Zero, "come round again");
        ((IObserver)observer).BeginEpisode();
        observer.Observe(_ram.Frame, _observation);
        Assert.That(Listed(0)[4], Is.Zero, "another episode");
    }

    [Test]
    public void How_long_A_is_held_is_counted_in_observations()
    {
        var observer = new TileObserver(new TileSettings());
        _ram.Held = Buttons.A;
        observer.Observe(_ram.Frame, _observation);
        observer.Observe(_ram.Frame, _observation);
        Assert.That(Of(Scalar.StepsAHeld), Is.EqualTo(16));
        _ram.Held = Buttons.Right;
        observer.Observe(_ram.Frame, _observation);
        Assert.That(Of(Scalar.StepsAHeld), Is.Zero);
    }

    [Test]
    public void The_place_is_told_only_if_asked_for()
    {
        _ram.Bytes[RamMap.World] = 7;
        _ram.Bytes[RamMap.Stage] = 3;
        _ram.X = 0x528;
        Observe();
        Assert.That((Of(Scalar.World), Of(Scalar.LevelPage)), Is.EqualTo(((sbyte)0, (sbyte)0)));
        new TileObserver(new TileSettings { Place = true }).Observe(_ram.Frame, _observation);
        Assert.That((Of(Scalar.World), Of(Scalar.Stage), Of(Scalar.Area)), Is.EqualTo(((sbyte)64, (sbyte)64, (sbyte)12)));
        Assert.That((Of(Scalar.LevelPage), Of(Scalar.LevelPlace)), Is.EqualTo(((sbyte)20, (sbyte)10)));
    }

    [Test]
    public void Mazes_and_currents_are_told()
    {
        _ram.Bytes[RamMap.LoopCommand] = 1;
        (_ram.Bytes[RamMap.MazeCorrect], _ram.Bytes[RamMap.MazePassed]) = (2, 3);
        _ram.Bytes[RamMap.Whirlpool] = 1;
        Observe();
        Assert.That((Of(Scalar.InLoop), Of(Scalar.MazeCorrect), Of(Scalar.MazePassed)), Is.EqualTo(((sbyte)64, (sbyte)32, (sbyte)48)));
        Assert.That(Of(Scalar.InCurrent), Is.Zero, "the same byte times cannons on land");
        _ram.Bytes[RamMap.AreaType] = (byte)AreaType.Water;
        Observe();
        Assert.That(Of(Scalar.InCurrent), Is.EqualTo(64));
    }

    [Test]
    public void A_hammer_in_flight_is_a_hazard()
    {
        _ram.Bytes[RamMap.MiscState] = 0x81;
        (_ram.Bytes[RamMap.MiscX], _ram.Bytes[RamMap.MiscY]) = (98, 150);
        Observe();
        Assert.That(Marked(HazardPlane), Is.EqualTo(new[] { (7, 5) }));
    }

    [TestCase(0, 0, -1, Description = "straight up")]
    [TestCase(8, 1, 0, Description = "to the right")]
    [TestCase(16, 0, 1, Description = "straight down")]
    [TestCase(24, -1, 0, Description = "to the left")]
    public void A_fire_bar_is_drawn_ball_by_ball_clockwise(int angle, int dx, int dy)
    {
        // Its hinge ball is the 8 pixels in the middle of the tile at column 6, row 7; the last of six is 40 pixels out.
        _ram.PutObject(0, ObjectType.FireBar, 6 * 16 + 4, 32 + 7 * 16 + 4, ySpeed: angle);
        Observe();

        // From 4 pixels inside the tile to 44 out: its own tile, two more, and the edge of a third.
        var expected = Enumerable.Range(0, 4).Select(tile => (7 + tile * dx, 5 + tile * dy));
        Assert.That(Marked(HazardPlane), Is.EquivalentTo(expected));
        Assert.That((Listed(0)[3], Listed(0)[4]), Is.EqualTo(((sbyte)(64 * dx), (sbyte)(64 * dy))));
    }

    [TestCase(5, 0x80, 6, 0x20, 40, Description = "clockwise, slow")]
    [TestCase(0, 0x40, 31, 0x60, -56, Description = "back over the top, fast")]
    [TestCase(31, 0xC0, 0, 0x60, 40, Description = "on over the top")]
    [TestCase(3, 0, 20, 0, 0, Description = "another bar")]
    public void How_a_fire_bar_turns_is_told_from_the_second_observation_on(int angle, int fraction, int nextAngle, int nextFraction, int turning)
    {
        var observer = new TileObserver(new TileSettings());
        PutBar(angle, fraction);
        observer.Observe(_ram.Frame, _observation);
        Assert.That(Listed(0)[7], Is.Zero);

        PutBar(nextAngle, nextFraction);
        observer.Observe(_ram.Frame, _observation);
        Assert.That((Listed(0)[6], Listed(0)[7]), Is.EqualTo(((sbyte)64, (sbyte)turning)));

        void PutBar(int angle, int fraction)
        {
            _ram.PutObject(0, ObjectType.FireBar, 6 * 16 + 4, 32 + 7 * 16 + 4, ySpeed: angle);
            _ram.Bytes[RamMap.ObjectXSpeed] = (byte)fraction;
        }
    }

    [Test]
    public void Five_nearest_of_six_are_listed_nearest_first()
    {
        int[] distances = [90, 30, 120, 60, 10, 45];
        for (int slot = 0; slot < 6; slot++)
        {
            _ram.PutObject(slot, ObjectType.Goomba, 40 + distances[slot], 184);
        }

        Observe();
        int[] seen = [.. Enumerable.Range(0, 5).Select(i => Listed(i)[1] * 2)];
        Assert.That(seen, Is.EqualTo(new[] { 10, 30, 44, 60, 90 }), "2 pixels a unit");
    }

    [Test]
    public void Far_objects_are_held_at_the_range_of_a_byte()
    {
        _ram.PutObject(0, ObjectType.Goomba, 40 + 400, 184);
        Observe();
        Assert.That(Listed(0)[1], Is.EqualTo(127));
    }

    [Test]
    public void Where_between_two_tiles_mario_stands_is_told()
    {
        _ram.X = 0x125;
        _ram.Y = 150;
        Observe();
        Assert.That(Of(Scalar.TileX), Is.EqualTo(((0x25 + 8) & 15) * 4));
        Assert.That(Of(Scalar.TileY), Is.EqualTo((150 & 15) * 4));
        Assert.That(Of(Scalar.Y), Is.EqualTo(37));
    }

    [Test]
    public void Speeds_float_state_and_buttons_are_told()
    {
        _ram.Bytes[RamMap.XSpeed] = 0xE8;
        _ram.Bytes[RamMap.YSpeed] = 0xFC;
        _ram.Bytes[RamMap.FloatState] = (byte)FloatState.Jumping;
        _ram.Held = Buttons.A | Buttons.Right;
        Observe();
        Assert.That((Of(Scalar.XSpeed), Of(Scalar.YSpeed)), Is.EqualTo(((sbyte)-24, (sbyte)-48)));
        Assert.That((Of(Scalar.OnGround), Of(Scalar.Jumping)), Is.EqualTo(((sbyte)0, (sbyte)64)));
        Assert.That((Of(Scalar.AHeld), Of(Scalar.BHeld), Of(Scalar.RightHeld), Of(Scalar.LeftHeld)), Is.EqualTo(((sbyte)64, (sbyte)0, (sbyte)64, (sbyte)0)));
    }

    [Test]
    public void Below_and_above_the_screen_nothing_breaks([Values(-300, -40, 255, 300, 600)] int y)
    {
        _ram.Y = y;
        _ram.X = 0;
        _ram.PutObject(0, ObjectType.Goomba, 0, y);
        Assert.That(Observe, Throws.Nothing);
        Assert.That(Of(Scalar.Y), Is.InRange(-64, 127));
    }

    [Test]
    public void Every_byte_of_random_ram_gives_an_observation()
    {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(_ram.Bytes);
            Observe();
        }

        Assert.That(Of(Scalar.Bias), Is.EqualTo(64));
    }

    private void Observe() => new TileObserver(new TileSettings()).Observe(_ram.Frame, _observation);

    private sbyte Of(Scalar scalar) => (sbyte)_observation[ScalarOffset + (int)scalar];

    private sbyte[] Listed(int place) => [.. _observation.Skip(ObjectOffset + place * ObjectBytes).Take(ObjectBytes).Select(b => (sbyte)b)];

    private (int Column, int Row)[] Marked(int plane, int value = 64) =>
        [.. Enumerable.Range(0, PlaneBytes).Where(i => (sbyte)_observation[plane * PlaneBytes + i] == value).Select(i => (i % Columns, i / Columns))];
}
