using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>What the slots' creatures do, and what happens when the hero meets them.</summary>
public class TrailCreaturesTests
{
    private const int Ground = 184;

    [Test]
    public void A_stomped_snail_hides_in_its_shell_and_wakes_after_sixteen_ticks()
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        var snail = TrailObject.Place(game, 0, 0x00, game.X, Ground);
        game.RunUntil(() => snail.State == 4, 60);
        Assert.That((game.YSpeed, snail.Timer, game.Score), Is.EqualTo((-4, (byte)0x10, 100)));

        game.RunUntil(() => game.FloatState == 0, 60, JoypadButtons.Left);
        game.Run(60, JoypadButtons.Left);
        int frames = game.RunUntil(() => snail.State == 0, 16 * 21 + 5);
        Assert.That(frames, Is.GreaterThan(200));
        Assert.That(Math.Abs(snail.XSpeed), Is.EqualTo(8), "it walks on");
    }

    [Test]
    public void A_lying_shell_is_kicked_slides_and_throws_off_what_it_meets()
    {
        var game = TrailGame.Started();
        var shell = TrailObject.Place(game, 0, 0x03, 70, Ground, state: 4);
        game[0x796] = 0x10;
        var beetle = TrailObject.Place(game, 1, 0x06, 150, Ground, xSpeed: -8);
        var snail = TrailObject.Place(game, 2, 0x00, 190, Ground);
        game.RunUntil(() => shell.State == 0x84, 60, JoypadButtons.Right);

        Assert.That((shell.XSpeed, game.Score), Is.EqualTo((0x30, 400)));
        game.RunUntil(() => beetle.State == 0x20, 40);
        Assert.That(game.Score, Is.EqualTo(900), "500 for the first");
        game.RunUntil(() => snail.State == 0x20, 40);
        Assert.That(game.Score, Is.EqualTo(1700), "800 for the next");
        Assert.That(game.Routine, Is.EqualTo(8));
    }

    [Test]
    public void A_sliding_shell_comes_back_from_a_wall_and_hurts()
    {
        var game = TrailGame.Started();
        var shell = TrailObject.Place(game, 0, 0x00, 80, Ground, state: 0x84, xSpeed: 0x30);
        game[TrailGame.TileAddress(160, 192)] = 0x61;
        game.RunUntil(() => shell.XSpeed == -0x30, 60);
        game.RunUntil(() => game.Routine == 0x0B, 60);
    }

    [TestCase(0x00, false)]
    [TestCase(0x02, false)]
    [TestCase(0x03, true)]
    public void Only_the_careful_snail_turns_at_an_edge(byte type, bool turns)
    {
        var game = TrailGame.Started();
        for (int x = 112; x < 144; x += 16)
        {
            game[TrailGame.TileAddress(x, 208)] = 0;
            game[TrailGame.TileAddress(x, 224)] = 0;
        }

        var snail = TrailObject.Place(game, 0, type, 170, Ground, xSpeed: -8);
        game.Run(90);
        Assert.That(snail.IsActive && snail.Direction == 1, Is.EqualTo(turns));
        Assert.That(snail.Y > Ground, Is.EqualTo(!turns));
    }

    [TestCase(0x0E, 0x00)]
    [TestCase(0x0F, 0x03)]
    [TestCase(0x10, 0x00)]
    public void A_stomped_winged_snail_loses_its_wings(byte type, byte wingless)
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        var snail = TrailObject.Place(game, 0, type, game.X, game.Y + 40);
        game.RunUntil(() => snail.Type == wingless && snail.Type != type, 60);

        Assert.That((snail.State, game.YSpeed), Is.EqualTo(((byte)0, -4)));
        Assert.That(game.Score, Is.EqualTo(100));
    }

    [Test]
    public void The_hopper_leaves_the_ground_and_the_flutterer_swings_about_its_middle()
    {
        var game = TrailGame.Started();
        var hopper = TrailObject.Place(game, 0, 0x0E, 200, Ground, xSpeed: -8);
        var flutterer = TrailObject.Place(game, 1, 0x0F, 150, 100);
        game[0x11D] = 120;
        int highest = 999, top = 999, bottom = 0;
        for (int i = 0; i < 200; i++)
        {
            game.Run(1);
            highest = Math.Min(highest, hopper.Y);
            top = Math.Min(top, flutterer.Y);
            bottom = Math.Max(bottom, flutterer.Y);
            hopper = TrailObjectAt(game, 0);
        }

        Assert.That(Ground - highest, Is.InRange(30, 50));
        Assert.That((top, bottom), Is.EqualTo((100, 140)).Or.EqualTo((100, 139)).Or.EqualTo((99, 140)));
    }

    /// <summary>Thistles, plants, leapers, flames, bars of fire and the boss hurt whoever falls onto them.</summary>
    [TestCase(0x12, 184)]
    [TestCase(0x0D, 184)]
    [TestCase(0x15, 184)]
    [TestCase(0x2D, 168)]
    public void Some_things_cannot_be_stomped(byte type, int y)
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        TrailObject.Place(game, 0, type, game.X, y);
        game.RunUntil(() => game.Routine == 0x0B, 60);
    }

    [TestCase(0x07)]
    [TestCase(0x08)]
    [TestCase(0x0A)]
    [TestCase(0x14)]
    [TestCase(0x05)]
    public void Others_fall_off_the_screen_when_stomped(byte type)
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        var thing = TrailObject.Place(game, 0, type, game.X, 176);
        game[0x110] = 0x70;
        game[0x116] = 0x70;
        game.RunUntil(() => thing.State == 0x20, 60);

        Assert.That((game.YSpeed, game.Routine), Is.EqualTo((-3, 8)));
        game.RunUntil(() => !TrailObjectAt(game, 0).IsActive, 120);
    }

    [Test]
    public void Under_water_nothing_is_stomped()
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        game[0x74E] = 0;
        TrailObject.Place(game, 0, 0x0A, game.X, 176);
        game.RunUntil(() => game.Routine == 0x0B, 60);
    }

    [Test]
    public void The_plant_stays_in_while_the_hero_is_near_and_comes_out_when_he_is_not()
    {
        var near = TrailGame.Started();
        var plant = TrailObject.Place(near, 0, 0x0D, 64, 200, xSpeed: 1);
        near.Run(200);
        Assert.That(plant.Y, Is.EqualTo(200));

        var far = TrailGame.Started();
        plant = TrailObject.Place(far, 0, 0x0D, 200, 200, xSpeed: 1);
        Assert.That(far.RunUntil(() => plant.Y == 200 - 24, 100), Is.InRange(46, 52), "a pixel every other frame");
        Assert.That(far.RunUntil(() => plant.Y != 200 - 24, 100), Is.InRange(62, 67), "64 frames out");
        far.RunUntil(() => plant.Y == 200, 60);
    }

    [Test]
    public void The_lava_leaper_comes_up_and_goes_down_again_and_again()
    {
        var game = TrailGame.Started();
        var leaper = TrailObject.Place(game, 0, 0x0C, 150, 2);
        game[0xB6] = 2;
        game[0x796] = 1;
        for (int i = 0; i < 2; i++)
        {
            game.RunUntil(() => leaper.Y < 150, 500);
            game.RunUntil(() => leaper.Y > 250, 200);
        }
    }

    [Test]
    public void The_thrower_throws_what_hurts()
    {
        var game = TrailGame.Started();
        var thrower = TrailObject.Place(game, 0, 0x05, 110, Ground);
        game[0x110] = 1;
        game[0x116] = 0x7F;
        game[0x796] = 0x50;
        game.RunUntil(() => game.Nes.Ram.Slice(0x2A, 9).IndexOfAnyInRange((byte)0x80, (byte)0xFF) >= 0, 5);
        int slot = game.Nes.Ram.Slice(0x2A, 9).IndexOfAnyInRange((byte)0x80, (byte)0xFF);
        Assert.That(game[0x2A + slot] & 0x80, Is.Not.Zero);
        game.RunUntil(() => game[0x2A + slot] == 0x81, 40);
        Assert.That((sbyte)game[0x64 + slot], Is.EqualTo(-0x10), "towards the hero");
        Assert.That(thrower.Direction, Is.EqualTo(2));
        game.RunUntil(() => game.Routine == 0x0B, 400);
    }

    [TestCase(0x1B, 0x28, 1)]
    [TestCase(0x1C, 0x38, 1)]
    [TestCase(0x1D, 0x28, -1)]
    [TestCase(0x1E, 0x38, -1)]
    [TestCase(0x1F, 0x28, 1)]
    public void A_bar_of_fire_turns_at_its_own_speed(byte type, int speed, int direction)
    {
        var game = TrailGame.Started();
        var bar = TrailObject.Place(game, 0, type, 200, 120);
        game.Run(64);
        Assert.That(bar.YSpeed, Is.EqualTo((direction * 64 * speed >> 8) & 31), "the angle, of 32");
    }

    [TestCase(0x1B, 40, true)]
    [TestCase(0x1B, 52, false)]
    [TestCase(0x1F, 80, true)]
    public void A_bar_burns_as_far_as_its_balls_reach(byte type, int distance, bool burns)
    {
        var game = TrailGame.Started();
        TrailObject.Place(game, 0, type, 44 + distance, 196, ySpeed: 24);
        game.Run(1);
        Assert.That(game.Routine == 0x0B, Is.EqualTo(burns));
    }

    [Test]
    public void Cannons_fire_bullets_that_fly_straight()
    {
        var game = TrailGame.Started();
        game[0x46B] = 0;
        game[0x471] = 200;
        game[0x477] = 120;
        game[0x47D] = 1;
        game.RunUntil(() => game[0x16] == 0x33 && game[0x0F] == 1, 20);
        var bullet = TrailObjectAt(game, 0);
        int x = bullet.X;
        game.Run(16);
        Assert.That((bullet.X, bullet.Y), Is.EqualTo((x - 24, 112)));
    }

    [Test]
    public void Frenzies_send_bullets_fish_and_flames()
    {
        foreach (byte kind in new byte[] { 0x08, 0x14, 0x15 })
        {
            var game = TrailGame.Started();
            game[0x6CD] = kind;
            game[0x139] = 2;
            game.RunUntil(() => game.Nes.Ram.Slice(0x16, 5).IndexOf(kind) >= 0, 10);
            game.Run(20);
            Assert.That(game.Nes.Ram.Slice(0x16, 5).IndexOf(kind), Is.Not.Negative, $"{kind:X2} stays for a while");
        }
    }

    [Test]
    public void The_boss_walks_before_his_place_breathes_fire_and_takes_five_balls()
    {
        var game = TrailGame.Started();
        game[0x754] = 0;
        game[0x756] = 2;
        var boss = TrailObject.Place(game, 0, 0x2D, 180, 168);
        game[0x366] = 180;
        game[0x365] = 0xFF;
        game[0x36A] = 0xFF;
        game[0x367] = 0x20;
        game[0x483] = 5;
        game.RunUntil(() => game.Nes.Ram.Slice(0x16, 5).IndexOf((byte)0x15) >= 0, 40);

        int hits = 5;
        for (int i = 0; i < 2000 && boss.State == 0; i++)
        {
            game[0x79E] = 8; // flames do not matter here
            game[0x10] = 0;
            game.Run(1, i % 16 == 0 ? JoypadButtons.B : JoypadButtons.None);
            Assert.That(game[0x483], Is.EqualTo(hits).Or.EqualTo(hits - 1));
            hits = game[0x483];
            Assert.That(boss.X, Is.InRange(148, 181));
        }

        Assert.That((hits, boss.State), Is.EqualTo((0, (byte)0x20)));
        Assert.That(game.Score, Is.EqualTo(5000));
        game.RunUntil(() => !TrailObjectAt(game, 0).IsActive, 200);
    }

    [Test]
    public void Five_creatures_two_fireballs_and_all_hammers_leave_no_lag()
    {
        var game = TrailGame.Started();
        game[0x754] = 0;
        game[0x756] = 2;
        byte[] types = [0x05, 0x05, 0x1F, 0x2D, 0x0E];
        for (int frame = 0; frame < 400; frame++)
        {
            for (int slot = 0; slot < 5; slot++)
            {
                if (game[0x0F + slot] == 0)
                {
                    TrailObject.Place(game, slot, types[slot], game.ScreenLeft + 100 + 24 * slot, slot == 2 ? 100 : 160);
                    game[0x110 + slot] = 2;
                    game[0x116 + slot] = 60;
                }
            }

            game[0x79E] = 8;
            game.Run(1, JoypadButtons.Right | (frame % 4 == 0 ? JoypadButtons.B : JoypadButtons.None) | (frame % 30 < 20 ? JoypadButtons.A : JoypadButtons.None));
            Assert.That(game.Nes.IsLagFrame, Is.False, $"frame {frame}");
        }
    }

    /// <summary>Stages as areas count them: the second stages' introductions lead on by themselves.</summary>
    [TestCase(1, 1, 0)]
    [TestCase(1, 2, 2)]
    [TestCase(1, 3, 3)]
    [TestCase(1, 4, 4)]
    [TestCase(2, 1, 0)]
    [TestCase(2, 2, 2)]
    [TestCase(2, 3, 3)]
    [TestCase(2, 4, 4)]
    public void Two_thousand_frames_of_every_stage_have_no_lag_frame(int world, int stage, int area)
    {
        var game = TrailGame.StartedAt(world, stage, area);
        var pads = new Random(10 * world + stage);
        var pad = JoypadButtons.None;
        for (int i = 0; i < 2000; i++)
        {
            pad = i % 6 == 0 ? (pads.Next(8) == 0 ? JoypadButtons.Left : JoypadButtons.Right) | (JoypadButtons)pads.Next(4) : pad;
            game[0x756] = 2;
            game[0x754] = 0;
            bool playing = game.Task == 3 && game.Routine == 8;
            game.Run(1, pad);
            Assert.That(playing && game.Task == 3 && game.Nes.IsLagFrame, Is.False, $"frame {i}, x {game.X}");
        }
    }

    [Test]
    public void The_boss_waits_on_the_last_drawbridge()
    {
        var game = TrailGame.StartedAt(2, 4, 4);
        game.FlyTo(174);
        game.RunUntil(() => game.Nes.Ram.Slice(0x16, 5).IndexOf((byte)0x2D) >= 0, 5);
        int slot = game.Nes.Ram.Slice(0x16, 5).IndexOf((byte)0x2D);
        var boss = TrailObjectAt(game, slot);
        Assert.That(game[0x483], Is.EqualTo(5));
        int height = boss.Y + 40;
        for (int i = 0; i < 600; i++)
        {
            game[0xB5] = 0; // he stays high above
            game[0xCE] = 0x80;
            game.Run(1);
            Assert.That(boss.X, Is.InRange(186 * 16 - 32, 186 * 16), $"frame {i}");
            Assert.That(boss.Y + 40, Is.InRange(height - 60, height));
        }

        Assert.That(game[TrailGame.TileAddress(boss.X + 16, height)], Is.Not.Zero, "there is a bridge under him");
    }

    private static TrailObject TrailObjectAt(TrailGame game, int slot) => new(game, slot);
}
