using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Agent.Game;

public class MarioFrameTests
{
    [Test]
    public void Level_x_joins_page_and_pixel()
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.PlayerPage] = 0x0C;
        ram.Bytes[RamMap.PlayerXInPage] = 0x59;
        Assert.That(ram.Frame.LevelX, Is.EqualTo(3161));
    }

    [TestCase(0, 0xF8, -8, Description = "above the screen")]
    [TestCase(1, 176, 176, Description = "on it")]
    [TestCase(2, 4, 260, Description = "below it")]
    public void Y_goes_on_beyond_both_edges_of_the_screen(byte high, byte low, int expected)
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.PlayerYHigh] = high;
        ram.Bytes[RamMap.PlayerY] = low;
        Assert.That(ram.Frame.Y, Is.EqualTo(expected));
    }

    [Test]
    public void The_start_of_1_1_reads_as_gym_reads_it()
    {
        var frame = new ScriptedRam().Frame;
        Assert.That(frame.LevelX, Is.EqualTo(40));
        Assert.That(frame.GymY, Is.EqualTo(79));
        Assert.That(frame.Time, Is.EqualTo(400));
        Assert.That(frame.Lives, Is.EqualTo(2));
        Assert.That((frame.World, frame.Stage), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Score_and_clock_are_decimal_digits_a_byte()
    {
        var ram = new ScriptedRam { Time = 307 };
        new byte[] { 0, 1, 2, 3, 4, 5 }.CopyTo(ram.Bytes, RamMap.ScoreDigits);
        Assert.That(ram.Frame.Time, Is.EqualTo(307));
        Assert.That(ram.Frame.Score, Is.EqualTo(123450), "the screen adds a 0");
    }

    [Test]
    public void Signed_speeds_are_signed()
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.XSpeed] = 0xD8;
        ram.Bytes[RamMap.YSpeed] = 0xFB;
        Assert.That(ram.Frame.XSpeed, Is.EqualTo(-40));
        Assert.That(ram.Frame.YSpeed, Is.EqualTo(-5));
    }

    [TestCase(PlayerRoutine.EntranceSetup, false)]
    [TestCase(PlayerRoutine.VineClimb, false)]
    [TestCase(PlayerRoutine.SidePipe, false)]
    [TestCase(PlayerRoutine.VerticalPipe, false)]
    [TestCase(PlayerRoutine.FlagpoleSlide, false)]
    [TestCase(PlayerRoutine.EndOfLevel, false)]
    [TestCase(PlayerRoutine.LoseLife, true)]
    [TestCase(PlayerRoutine.AreaEntrance, false)]
    [TestCase(PlayerRoutine.Control, true)]
    [TestCase(PlayerRoutine.SizeChange, true)]
    [TestCase(PlayerRoutine.Injury, true)]
    [TestCase(PlayerRoutine.Death, true)]
    [TestCase(PlayerRoutine.FlowerPickup, true)]
    public void The_game_does_not_listen_in_gyms_busy_states(PlayerRoutine routine, bool listens) =>
        Assert.That(new ScriptedRam { Routine = routine }.Frame.IsListening, Is.EqualTo(listens));

    [Test]
    public void The_game_does_not_listen_behind_a_card_or_on_the_title()
    {
        var card = new ScriptedRam();
        card.Bytes[RamMap.ModeTask] = 1;
        Assert.That(card.Frame.IsListening, Is.False);
        Assert.That(new ScriptedRam { Mode = OperatingMode.Title }.Frame.IsListening, Is.False);
    }

    [Test]
    public void Buttons_read_as_the_game_took_them([Values] Buttons button)
    {
        if (button is Buttons.Start or Buttons.Select)
        {
            return;
        }

        Assert.That(new ScriptedRam { Held = button }.Frame.Held, Is.EqualTo(button));
    }

    [Test]
    public void A_held_through_the_landing_starts_no_jump()
    {
        Assert.That(new ScriptedRam().Frame.CanJump, Is.True);
        Assert.That(new ScriptedRam { Held = Buttons.A }.Frame.CanJump, Is.False);
    }

    [Test]
    public void Nobody_jumps_off_the_air_except_in_water()
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.FloatState] = (byte)FloatState.Jumping;
        Assert.That(ram.Frame.CanJump, Is.False);
        ram.Bytes[RamMap.Swimming] = 1;
        Assert.That(ram.Frame.CanJump, Is.True);
    }

    [Test]
    public void Less_than_2_KiB_are_refused() =>
        Assert.That(() => new MarioFrame(new byte[100]), Throws.ArgumentException.With.Message.Contains("2048").And.Message.Contains("100"));
}

public class MarioFrameEndingTests
{
    [Test]
    public void A_pit_is_a_fall_before_the_life_counter_moves()
    {
        var ram = new ScriptedRam { Y = 256 };
        Assert.That(ram.Frame.HasFallen, Is.True);
        Assert.That(ram.Frame.IsDying, Is.False);
        Assert.That(ram.Frame.Lives, Is.EqualTo(2));
    }

    [Test]
    public void Far_above_the_screen_is_not_below_it()
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.PlayerYHigh] = 0xFF;
        Assert.That(ram.Frame.HasFallen, Is.False);
    }

    [Test]
    public void Falling_off_a_coin_heaven_is_its_exit()
    {
        var ram = new ScriptedRam { Y = 300 };
        ram.Bytes[RamMap.CloudArea] = 1;
        Assert.That(ram.Frame.HasFallen, Is.False);
        Assert.That(ram.Frame.GymIsDying, Is.True, "gym takes it for a death");

        ram.Bytes[RamMap.TimeUp] = 1;
        Assert.That(ram.Frame.HasFallen, Is.True, "unless the clock has run out");
    }

    [TestCase(PlayerRoutine.Death, true)]
    [TestCase(PlayerRoutine.LoseLife, true)]
    [TestCase(PlayerRoutine.Injury, false)]
    [TestCase(PlayerRoutine.SizeChange, false)]
    [TestCase(PlayerRoutine.Control, false)]
    public void Dying_is_the_leap_and_the_lost_life(PlayerRoutine routine, bool dying) =>
        Assert.That(new ScriptedRam { Routine = routine }.Frame.IsDying, Is.EqualTo(dying));

    [Test]
    public void The_flagpole_clears_with_or_without_the_castle_flag_loaded()
    {
        var ram = new ScriptedRam { Routine = PlayerRoutine.FlagpoleSlide };
        ram.Bytes[RamMap.FloatState] = (byte)FloatState.Climbing;
        Assert.That(ram.Frame.IsCleared, Is.True);
        Assert.That(ram.Frame.GymFlagGet, Is.False);

        ram.PutObject(4, ObjectType.StarFlag, 3270, 90);
        Assert.That(ram.Frame.GymFlagGet, Is.True);
    }

    [Test]
    public void A_vine_clears_nothing()
    {
        var ram = new ScriptedRam { Routine = PlayerRoutine.VineClimb };
        ram.Bytes[RamMap.FloatState] = (byte)FloatState.Climbing;
        Assert.That(ram.Frame.IsCleared, Is.False);
        Assert.That(ram.Frame.GymFlagGet, Is.False);
    }

    [Test]
    public void The_axe_clears()
    {
        var ram = new ScriptedRam { Mode = OperatingMode.Victory };
        Assert.That(ram.Frame.IsCleared, Is.True);
        Assert.That(ram.Frame.GymFlagGet, Is.True);
    }
}

public class MarioFrameLevelTests
{
    [TestCase(0, 0, 0x0500, Description = "even page")]
    [TestCase(15, 12, 0x05CF, Description = "its last")]
    [TestCase(16, 0, 0x05D0, Description = "odd page")]
    [TestCase(31, 12, 0x069F, Description = "its last")]
    [TestCase(32, 0, 0x0500, Description = "the ring wraps")]
    [TestCase(53, 3, 0x0605, Description = "page 3, column 5, row 3")]
    public void Tiles_lie_in_a_ring_of_two_pages(int column, int row, int address) =>
        Assert.That(MarioFrame.TileAddress(column, row), Is.EqualTo(address));

    [Test]
    public void Columns_the_parser_has_not_reached_are_empty_though_the_ring_holds_old_tiles()
    {
        var ram = new ScriptedRam { ParsedColumns = 40 };
        ram.PutTile(39, 11, 0x54);
        ram.PutTile(40, 11, 0x54);
        Assert.That(ram.Frame.TileAt(39, 11), Is.EqualTo(0x54));
        Assert.That(ram.Frame.TileAt(40, 11), Is.Zero, "this place still holds column 8");
        Assert.That(ram.Frame.TileAt(8, 11), Is.EqualTo(0x54));
        Assert.That(ram.Frame.TileAt(7, 11), Is.Zero, "overwritten by column 39");
    }

    [TestCase(-1)]
    [TestCase(13)]
    public void There_are_no_tiles_above_and_below_the_thirteen_rows(int row) => Assert.That(new ScriptedRam().Frame.TileAt(3, row), Is.Zero);

    [TestCase((byte)0x00, false, Description = "air")]
    [TestCase((byte)0x10, true, Description = "pipe top")]
    [TestCase((byte)0x14, true, Description = "pipe body")]
    [TestCase((byte)0x23, true, Description = "block in mid bounce")]
    [TestCase((byte)0x24, false, Description = "flagpole ball")]
    [TestCase((byte)0x25, false, Description = "flagpole")]
    [TestCase((byte)0x26, false, Description = "vine")]
    [TestCase((byte)0x51, true, Description = "brick")]
    [TestCase((byte)0x54, true, Description = "rock")]
    [TestCase((byte)0x5F, false, Description = "hidden coin block")]
    [TestCase((byte)0x60, false, Description = "hidden life block")]
    [TestCase((byte)0x61, true, Description = "stair")]
    [TestCase((byte)0x88, true, Description = "cloud")]
    [TestCase((byte)0xC0, true, Description = "question block")]
    [TestCase((byte)0xC2, false, Description = "coin")]
    [TestCase((byte)0xC3, false, Description = "coin under water")]
    [TestCase((byte)0xC4, true, Description = "emptied block")]
    [TestCase((byte)0xC5, false, Description = "axe")]
    public void Solid_is_what_can_be_stood_on(byte id, bool solid) => Assert.That(Metatile.IsSolid(id), Is.EqualTo(solid));

    [TestCase(ObjectType.Goomba, (byte)0, ObjectKind.Stompable)]
    [TestCase(ObjectType.Goomba, (byte)4, ObjectKind.None, Description = "flattened")]
    [TestCase(ObjectType.Goomba, (byte)0x20, ObjectKind.None, Description = "knocked off")]
    [TestCase(ObjectType.GreenKoopa, (byte)4, ObjectKind.Stompable, Description = "a shell may wake or be kicked")]
    [TestCase(ObjectType.GreenKoopa, (byte)0x84, ObjectKind.Stompable, Description = "kicked shell")]
    [TestCase(ObjectType.PiranhaPlant, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.Spiny, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.Podoboo, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.BowserFlame, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.FireBarLong, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.Bowser, (byte)0, ObjectKind.Hazard)]
    [TestCase(ObjectType.BalancePlatform, (byte)0, ObjectKind.Platform)]
    [TestCase(ObjectType.LiftDownSmall, (byte)0, ObjectKind.Platform)]
    [TestCase(ObjectType.PowerUp, (byte)0, ObjectKind.PowerUp)]
    [TestCase(ObjectType.FlagpoleFlag, (byte)0, ObjectKind.None)]
    [TestCase(ObjectType.StarFlag, (byte)0, ObjectKind.None)]
    [TestCase(ObjectType.Retainer, (byte)0, ObjectKind.None)]
    public void Objects_have_kinds(ObjectType type, byte state, ObjectKind kind)
    {
        var ram = new ScriptedRam();
        ram.PutObject(2, type, 200, 184, state: state);
        Assert.That(ram.Frame.Object(2).Kind, Is.EqualTo(kind));
    }

    [Test]
    public void An_unused_slot_is_nothing_whatever_its_type_says()
    {
        var ram = new ScriptedRam();
        ram.PutObject(0, ObjectType.Goomba, 200, 184);
        ram.Bytes[RamMap.ObjectActive] = 0;
        Assert.That(ram.Frame.Object(0).Kind, Is.EqualTo(ObjectKind.None));
    }

    [TestCase(ObjectType.GreenKoopa, ObjectKind.None, Description = "the slot a long fire bar keeps; its type is what was left there")]
    [TestCase(ObjectType.Bowser, ObjectKind.Hazard, Description = "his second half")]
    public void A_double_is_nothing_of_its_own_unless_it_is_half_of_bowser(ObjectType type, ObjectKind kind)
    {
        var ram = new ScriptedRam();
        ram.PutObject(1, type, 200, 184);
        ram.Bytes[RamMap.ObjectActive + 1] = 0x80;
        Assert.That(ram.Frame.Object(1).Kind, Is.EqualTo(kind));
    }

    [Test]
    public void A_power_up_is_drawn_8_lines_below_its_place()
    {
        var ram = new ScriptedRam();
        ram.PutObject(5, ObjectType.PowerUp, 0x160, 184);
        Assert.That(ram.Frame.Object(5).Box, Is.EqualTo(new Box(0x162, 192, 0x16E, 208)));
    }

    [Test]
    public void A_goomba_on_the_ground_fills_the_tile_it_stands_in()
    {
        var ram = new ScriptedRam();
        ram.PutObject(0, ObjectType.Goomba, 0x160, 184);
        Assert.That(ram.Frame.Object(0).Box, Is.EqualTo(new Box(0x162, 192, 0x16E, 208)));
    }

    [Test]
    public void The_games_own_box_of_a_slot_can_be_read()
    {
        var ram = new ScriptedRam();
        new byte[] { 10, 20, 30, 40 }.CopyTo(ram.Bytes, RamMap.ObjectBox + 4 * 3);
        Assert.That(ram.Frame.Object(3).ScreenBox, Is.EqualTo(new Box(10, 20, 30, 40)));
    }

    [Test]
    public void Hammers_are_told_from_thrown_coins()
    {
        var ram = new ScriptedRam();
        ram.Bytes[RamMap.MiscState + 4] = 0x82;
        (ram.Bytes[RamMap.MiscPage + 4], ram.Bytes[RamMap.MiscX + 4], ram.Bytes[RamMap.MiscY + 4]) = (1, 16, 100);
        ram.Bytes[RamMap.MiscState + 5] = 1;
        Assert.That(ram.Frame.TryGetHammer(4, out var box), Is.True);
        Assert.That(box, Is.EqualTo(new Box(272, 100, 280, 108)));
        Assert.That(ram.Frame.TryGetHammer(5, out _), Is.False);
    }
}
