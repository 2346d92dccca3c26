using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

public class TrailEndingsTests
{
    private const JoypadButtons Run = JoypadButtons.Right | JoypadButtons.B;

    [Test]
    public void A_walker_met_from_the_side_starts_the_death_animation()
    {
        var game = TrailGame.Started();
        game.RunUntil(() => game.Routine == 0x0B, 300, Run);

        Assert.That(game[0x747], Is.Not.Zero, "timers stand still");
        Assert.That(game.Lives, Is.EqualTo(2));
        game.RunUntil(() => game.Routine == 0x06, 300);
        game.RunUntil(() => game.Lives == 1, 5);
        game.RunUntil(() => game.Routine == 8, 400);
        Assert.That((game.X, game.Clock), Is.EqualTo((40, 400)));
    }

    [Test]
    public void A_pit_shows_in_the_high_byte_before_the_life_is_lost()
    {
        var game = TrailGame.Started();
        TrailPhysicsTests.OpenPit(game);
        game.RunUntil(() => game[0xB5] > 1, 100);

        Assert.That((game.Routine, game.Lives), Is.EqualTo((8, 2)));
        game.RunUntil(() => game.Routine == 0x06, 300);
        game.RunUntil(() => game.Lives == 1, 5);
    }

    [Test]
    public void The_clock_ticks_every_24_frames_and_kills_at_zero()
    {
        var game = TrailGame.Started();
        game.RunUntil(() => game.Clock == 399, 30);
        Assert.That(game.RunUntil(() => game.Clock == 398, 30), Is.EqualTo(24));
        Assert.That(game.RunUntil(() => game.Clock == 397, 30), Is.EqualTo(24));

        game[0x7F8] = 0;
        game[0x7F9] = 0;
        game[0x7FA] = 1;
        game.RunUntil(() => game.Routine == 0x0B, 60);
        Assert.That((game.Clock, game[0x759]), Is.EqualTo((0, (byte)1)));
    }

    [Test]
    public void Writing_the_lose_life_routine_skips_the_animation()
    {
        var game = TrailGame.Started();
        game.RunUntil(() => game.Routine == 0x0B, 300, Run);
        game[0x0E] = 6;
        game.Run(1);

        Assert.That((game.Lives, game.Routine), Is.EqualTo((1, 0)));
    }

    [Test]
    public void The_last_life_ends_the_game_and_the_title_returns()
    {
        var game = TrailGame.Started();
        for (int life = 2; life >= 0; life--)
        {
            Assert.That(game.Lives, Is.EqualTo(life));
            game[0x0E] = 6;
            game.Run(1);
            if (life > 0)
            {
                game.RunUntil(() => game.Routine == 8, 400);
            }
        }

        Assert.That((game.Lives, game.Mode), Is.EqualTo((255, 3)));
        game.RunUntil(() => game.Mode == 0 && game.Task == 3, 400);
        Assert.That(game.Clock, Is.Zero);
    }

    [Test]
    public void Beyond_the_checkpoint_a_new_life_begins_there()
    {
        var game = TrailGame.Started();
        game[0x71A] = 7;
        game[0x0E] = 6;
        game.Run(1);
        Assert.That(game[0x75B], Is.EqualTo(6));

        game.RunUntil(() => game.Routine == 8, 400);
        Assert.That(game.X, Is.EqualTo(6 * 256 + 40));
        Assert.That(game.TileAt(game.X, 208), Is.EqualTo(0x54));
    }

    [Test]
    public void Falling_onto_a_walker_squashes_it()
    {
        var game = TrailGame.Started();
        game.Run(20, JoypadButtons.A);
        PlaceWalker(game, slot: 0, game.X, 0xB8);
        game.RunUntil(() => game[0x1E] == 4, 60);

        Assert.That(game.YSpeed, Is.Negative, "he bounces");
        Assert.That(game.Score, Is.EqualTo(100));
        Assert.That(game.Routine, Is.EqualTo(8));
        game.RunUntil(() => game[0x0F] == 0, 60);
    }

    [Test]
    public void Walkers_enter_from_the_right_and_turn_at_walls()
    {
        var game = TrailGame.Started();
        game.RunUntil(() => game[0x0F] != 0, 200, Run);
        Assert.That(game[0x16], Is.EqualTo(0x06));
        int x = game[0x6E] << 8 | game[0x87];
        Assert.That(x - game.ScreenLeft, Is.GreaterThan(256));

        game[TrailGame.TileAddress(x - 32, 192)] = 0x61;
        game.RunUntil(() => game[0x46] == 1, 100);
        Assert.That((sbyte)game[0x58], Is.Positive);
    }

    [Test]
    public void Walkers_walk_off_ledges_and_are_forgotten_below()
    {
        var game = TrailGame.Started();
        PlaceWalker(game, slot: 1, 120, 0xB8);
        game[0x59] = 0xF8;
        game[TrailGame.TileAddress(96, 208)] = 0;
        game[TrailGame.TileAddress(96, 224)] = 0;

        game.RunUntil(() => game[0x1F] == 1, 60);
        Assert.That(game[0x47], Is.EqualTo(2), "still to the left");
        game.RunUntil(() => game[0x10] == 0, 100);
    }

    [Test]
    public void A_block_hit_from_below_throws_off_who_stands_on_it()
    {
        var game = TrailGame.Started();
        game[TrailGame.TileAddress(48, 144)] = 0x51;
        PlaceWalker(game, slot: 2, 48, 144 - 0x18);
        game.Run(1, JoypadButtons.A);
        game.RunUntil(() => game[0x20] == 0x20, 30, JoypadButtons.A);

        Assert.That(game.Score, Is.EqualTo(100));
        game.RunUntil(() => game[0x11] == 0, 200);
        Assert.That(game.Routine, Is.EqualTo(8));
    }

    [Test]
    public void Coins_are_picked_up_in_passing()
    {
        var game = TrailGame.Started();
        int coin = TrailGame.TileAddress(80, 192);
        game[coin] = 0xC2;
        game.Run(60, JoypadButtons.Right);

        Assert.That((game[coin], game[0x75E], game.Score), Is.EqualTo(((byte)0, (byte)1, 200)));
    }

    [Test]
    public void A_held_for_ever_never_passes_the_first_stump()
    {
        var game = TrailGame.Started();
        int farthest = 0;
        for (int i = 0; i < 1500; i++)
        {
            game.Run(1, Run | JoypadButtons.A);
            farthest = Math.Max(farthest, game.X);
            game[0x0F] = 0; // walkers out of the way
        }

        Assert.That(farthest, Is.InRange(23 * 16 - 14, 23 * 16 - 12));
        Assert.That(game.Routine, Is.EqualTo(8));
    }

    [Test]
    public void A_thousand_frames_of_play_have_no_lag_frame()
    {
        var game = TrailGame.Started();
        var pads = new Random(1);
        for (int i = 0; i < 1000; i++)
        {
            game.Run(1, (pads.Next(8) == 0 ? JoypadButtons.Left : JoypadButtons.Right) | (JoypadButtons)pads.Next(4));
            if (game.Routine == 8)
            {
                Assert.That(game.Nes.IsLagFrame, Is.False, $"frame {i}");
            }
        }
    }

    private static void PlaceWalker(TrailGame game, int slot, int x, byte y)
    {
        game[0x16 + slot] = 0x06;
        game[0x1E + slot] = 0;
        game[0x46 + slot] = 2;
        game[0x6E + slot] = (byte)(x >> 8);
        game[0x87 + slot] = (byte)x;
        game[0xB6 + slot] = 1;
        game[0xCF + slot] = y;
        game[0x0F + slot] = 1;
    }
}
