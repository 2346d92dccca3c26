using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>How stages are chosen, what leads from room to room, and how a castle ends.</summary>
public class TrailStagesTests
{
    private const JoypadButtons Run = JoypadButtons.Right | JoypadButtons.B;

    [TestCase(1, 1, 0, 1, 400)]
    [TestCase(1, 2, 2, 2, 400)]
    [TestCase(1, 3, 3, 1, 400)]
    [TestCase(1, 4, 4, 3, 300)]
    [TestCase(2, 1, 0, 1, 400)]
    [TestCase(2, 2, 2, 0, 400)]
    [TestCase(2, 3, 3, 1, 400)]
    [TestCase(2, 4, 4, 3, 300)]
    public void A_stage_is_chosen_by_writing_world_stage_and_area(int world, int stage, int area, int kind, int clock)
    {
        var game = TrailGame.StartedAt(world, stage, area);

        Assert.That((game[0x75F] + 1, game[0x75C] + 1, game[0x760]), Is.EqualTo((world, stage, (byte)area)));
        Assert.That((game[0x74E], game[0x750] >> 5), Is.EqualTo(((byte)kind, kind)), "area type, and the pointer's");
        Assert.That(game.Clock, Is.InRange(clock - 3, clock + 1));
        Assert.That((game.X, game.ScreenLeft, game.Lives), Is.EqualTo((40, 0, 2)));
    }

    [Test]
    public void Select_steps_through_the_eight_stages_and_round()
    {
        for (int presses = 1; presses <= 8; presses++)
        {
            var game = new TrailGame();
            game.RunUntil(() => game.Mode == 0 && game.Task == 3, 60);
            for (int i = 0; i < presses; i++)
            {
                game.Run(2, JoypadButtons.Select);
                game.Run(2);
            }

            game.Run(2, JoypadButtons.Start);
            game.RunUntil(() => game.Task == 3 && game.Routine is 7 or 8, 600);
            Assert.That((game[0x75F] * 4) + game[0x75C], Is.EqualTo(presses % 8));
            Assert.That(game[0x710], Is.EqualTo(presses % 4 == 1 ? 6 : 0), "the second stages begin with their introduction");
        }
    }

    [Test]
    public void The_introduction_walks_into_the_log_and_the_cellar_follows_without_a_card()
    {
        var game = TrailGame.StartedAt(1, 1, 0);
        Boot(game, 0, 1, 1);
        game.RunUntil(() => game.Task == 3 && game.Routine == 7, 400);
        Assert.That((game[0x710], game[0x74E]), Is.EqualTo(((byte)6, (byte)1)));
        game.Run(2);
        Assert.That(IsBehind(game), Is.False);

        game.RunUntil(() => game[0x6DE] > 1, 300);
        game.Run(1);
        Assert.That((game.X > 9 * 16, IsBehind(game)), Is.EqualTo((true, true)), "in the log");
        game[0x6DE] = 1;
        game.RunUntil(() => game.Task != 3, 10);
        int waited = game.RunUntil(() => game.Task == 3 && game.Routine == 8, 60);
        Assert.That((game[0x760], game[0x74E], game.X), Is.EqualTo(((byte)2, (byte)2, 40)), $"{waited} frames");
    }

    [TestCase(1, 2, 2, 180)]
    [TestCase(2, 2, 2, 164)]
    public void The_log_at_the_end_leads_out_of_a_stump_elsewhere(int world, int stage, int area, int column)
    {
        var game = TrailGame.StartedAt(world, stage, area);
        game.FlyTo(column - 1);
        game.Place(column - 1, 9);
        int clock = game.Clock;
        game.RunUntil(() => game.Routine == 2, 200, JoypadButtons.Right);
        Assert.That(game[0x6DE], Is.InRange(0x33, 0x34));
        game.RunUntil(() => game.Task != 3, 80);
        game.RunUntil(() => game.Task == 3 && game.Routine == 7 && game.Y < 0xE0, 100);
        Assert.That((game.X, game[0x752], IsBehind(game)), Is.EqualTo((0x38, (byte)2, true)), "he rises from the stump");

        game.RunUntil(() => game.Routine == 8, 200);
        game.Run(2);
        Assert.That((game.X, game.Y, game.FloatState, game[0x74E], IsBehind(game)), Is.EqualTo((0x38, 0x90, 0, (byte)1, false)));
        Assert.That(game.Clock, Is.InRange(clock - 15, clock), "the clock runs on");
    }

    [Test]
    public void A_vine_leads_to_the_clouds_and_falling_off_them_leads_back()
    {
        var game = TrailGame.StartedAt(2, 1, 0);
        game.FlyTo(74);
        for (int row = 0; row < 11; row++)
        {
            game[TrailGame.TileAddress(74 * 16, 32 + row * 16)] = 0x26;
        }

        game.Place(74, 8);
        game[0x86] -= 7;
        Array.ForEach([0, 1, 2, 3, 4], slot => game[0x0F + slot] = 0);
        game.RunUntil(() => game.FloatState == 3, 20, JoypadButtons.Up);
        game.RunUntil(() => game.Routine == 1, 400, JoypadButtons.Up);
        game.RunUntil(() => game.Task != 3, 200);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8, 400);
        Assert.That(game[0x743], Is.Not.Zero, "a coin heaven");
        game.Run(30);
        Assert.That((game.Y, game.FloatState), Is.EqualTo((0x90, 0)), "he stands on a cloud");

        int lives = game.Lives;
        game[0x86] = 0;
        game[TrailGame.TileAddress(game.X, 176)] = 0;
        game.RunUntil(() => game[0xB5] > 1, 200);
        game.RunUntil(() => game.Task != 3, 200);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8, 100);
        Assert.That((game[0x743], game.X, game.Lives), Is.EqualTo(((byte)0, 9 * 256 + 40, lives)));
    }

    [Test]
    public void Down_enters_a_hollow_stump()
    {
        var game = TrailGame.StartedAt(2, 1, 0);
        game.FlyTo(64);
        int column = game.X / 16;
        game[TrailGame.TileAddress(column * 16, 176)] = 0x10;
        game[TrailGame.TileAddress(column * 16 + 16, 176)] = 0x11;
        game.Place(column, 6);
        game[0x86] += 8;
        game.RunUntil(() => game.FloatState == 0, 60);
        game.Run(10);
        Assert.That(game.Routine, Is.EqualTo(8));
        game.RunUntil(() => game.Routine == 3, 5, JoypadButtons.Down);
        game.RunUntil(() => game.Task != 3, 60);
        Assert.That(game[0x752], Is.EqualTo(1));
    }

    [TestCase(5, false)]
    [TestCase(10, true)]
    public void The_maze_sends_back_by_four_pages_who_takes_the_lower_way(int row, bool back)
    {
        var game = TrailGame.StartedAt(1, 4, 4);
        game.FlyTo(86);
        game[0x745] = 1;
        int before = game.X;
        game.RunUntil(
            () =>
            {
                game[0x9F] = 0;
                game[0xB5] = 1;
                game[0xCE] = (byte)(row * 16 + 16);
                game[0x1D] = 0;
                before = Math.Max(before, game.X);
                return (game[0x725] == 7 && game[0x726] > 0) || game.X < before - 500;
            },
            300, JoypadButtons.Right);
        game.Run(2);

        Assert.That(game.X - before, back ? Is.InRange(-1024, -1018) : Is.InRange(0, 6));
        Assert.That((game[0x745], game[0x6D9], game[0x6DA]), Is.EqualTo(((byte)0, (byte)0, (byte)0)));
    }

    [Test]
    public void The_axe_wins_the_world_and_the_last_one_the_game()
    {
        var game = TrailGame.StartedAt(1, 4, 4);
        Win(game, 139);
        game.RunUntil(() => game.Task == 2, 1000);
        Assert.That(game.X, Is.InRange(9 * 256 + 0x90, 9 * 256 + 0xB8), "he waits on the last page");
        game.RunUntil(() => game.Mode == 1, 1500);
        Assert.That((game[0x75F], game[0x75C], game[0x760]), Is.EqualTo(((byte)1, (byte)0, (byte)0)), "2-1");

        game = TrailGame.StartedAt(2, 4, 4);
        Win(game, 187);
        game.RunUntil(() => game.Mode == 0, 1500);
        game.RunUntil(() => game.Task == 3, 60);
        Assert.That(game[0x75F], Is.Zero);
    }

    [TestCase(1, 141)]
    [TestCase(2, 189)]
    public void Nobody_passes_the_axe(int world, int axe)
    {
        var game = TrailGame.StartedAt(world, 4, 4);
        game.FlyTo(axe + 3);
        Assert.That(game[0x723], Is.EqualTo(1), "the screen is locked");
        Assert.That(game.X - axe * 16, Is.InRange(8, 12), "at the screen's edge, above the axe");

        game.Place(0, 5);
        (game[0x6D], game[0x86]) = ((byte)(axe >> 4), (byte)(axe * 16 + 11));
        game.RunUntil(() => game.Mode == 2, 120, JoypadButtons.Right);
    }

    [Test]
    public void A_life_lost_in_a_room_begins_the_stage_again()
    {
        var game = TrailGame.StartedAt(1, 2, 2);
        game.FlyTo(179);
        game.Place(179, 9);
        game.RunUntil(() => game.Task != 3, 400, JoypadButtons.Right);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8, 400);
        Assert.That(game[0x74E], Is.EqualTo(1));
        game[0x0E] = 6;
        game.Run(1);
        game.RunUntil(() => game.Task == 3 && game.Routine == 8, 400);
        Assert.That((game[0x74E], game[0x760], game.X), Is.EqualTo(((byte)2, (byte)2, 40)));
    }

    [TestCase(1, 1, 0, 6)]
    [TestCase(1, 2, 2, 6)]
    [TestCase(1, 3, 3, 6)]
    [TestCase(1, 4, 4, 0)]
    [TestCase(2, 1, 0, 6)]
    [TestCase(2, 2, 2, 5)]
    [TestCase(2, 3, 3, 6)]
    [TestCase(2, 4, 4, 6)]
    public void A_new_life_stands_at_the_checkpoint(int world, int stage, int area, int page)
    {
        var game = TrailGame.StartedAt(world, stage, area);
        game[0x71A] = 7;
        game[0x0E] = 6;
        game.Run(1);
        Assert.That(game[0x75B], Is.EqualTo(page));
        game.RunUntil(() => game.Routine == 8, 400);
        game.RunUntil(() => game.FloatState == 0, 300);
        Assert.That((game.X, game.Lives, game.Routine), Is.EqualTo((page * 256 + 40, 1, 8)));
    }

    [TestCase(1, 1, 0)]
    [TestCase(1, 2, 2)]
    [TestCase(1, 3, 3)]
    [TestCase(1, 4, 4)]
    [TestCase(2, 1, 0)]
    [TestCase(2, 2, 2)]
    [TestCase(2, 3, 3)]
    [TestCase(2, 4, 4)]
    public void Random_play_has_no_lag_frame(int world, int stage, int area)
    {
        var game = TrailGame.StartedAt(world, stage, area);
        var pads = new Random(world * 10 + stage);
        int lag = 0, frames = 0;
        JoypadButtons pad = Run;
        for (int i = 0; i < 4000; i++)
        {
            if (i % 8 == 0)
            {
                pad = (pads.Next(6) == 0 ? JoypadButtons.Left : JoypadButtons.Right) | (JoypadButtons)pads.Next(4);
            }

            if (game[0xCE] > 0xD0 || game[0xB5] != 1)
            {
                game[0xB5] = 1; // out of pits, to see the whole stage
                game[0xCE] = 0x20;
                game[0x9F] = 0;
            }

            game[0x79E] = 8;
            game.Run(1, pad);
            bool inPlay = game.Mode == 1 && game.Task == 3;
            frames += inPlay ? 1 : 0;
            lag += inPlay && game.Nes.IsLagFrame ? 1 : 0;
        }

        Assert.That((lag, frames > 1000), Is.EqualTo((0, true)), $"{frames} frames of play, to x {game.X}");
    }

    /// <summary>Whether the background hides the hero: a bit of sprite 1's attributes.</summary>
    private static bool IsBehind(TrailGame game) => (game[0x206] & 0x20) != 0;

    private static void Boot(TrailGame game, int world, int stage, int area)
    {
        game[0x75F] = (byte)world;
        game[0x75C] = (byte)stage;
        game[0x760] = (byte)area;
        game[0x0E] = 6;
        game.Run(1);
    }

    private static void Win(TrailGame game, int column)
    {
        game.FlyTo(column);
        game.Place(column, 6);
        Array.ForEach([0, 1, 2, 3, 4], slot => game[0x0F + slot] = 0);
        game.RunUntil(() => game.Mode == 2, 200, JoypadButtons.Right);
    }
}
