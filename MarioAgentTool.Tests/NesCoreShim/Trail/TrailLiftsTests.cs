using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>Lifts and springs.</summary>
public class TrailLiftsTests
{
    [Test]
    public void A_swinging_lift_carries_the_hero_and_lets_him_jump()
    {
        var game = OnLift(0x25, out var lift);
        game[0x11C] = 120;
        int highest = 999;
        for (int i = 0; i < 200; i++)
        {
            game.Run(1);
            highest = Math.Min(highest, lift.Y);
            Assert.That((game.Y + 32, game.FloatState), Is.EqualTo((lift.Y, 0)), $"frame {i}");
        }

        Assert.That(highest, Is.InRange(88, 92), "as far above its middle as it began below");
        int y = game.Y;
        game.Run(4, JoypadButtons.A);
        Assert.That(y - game.Y, Is.InRange(10, 22));
    }

    [TestCase(0x26, -15)]
    [TestCase(0x27, 15)]
    [TestCase(0x2B, -15)]
    [TestCase(0x2C, 15)]
    public void A_lift_of_the_paternoster_moves_15_pixels_in_16_frames(byte type, int pixels)
    {
        var game = TrailGame.Started();
        var lift = TrailObject.Place(game, 0, type, 150, 120);
        game.Run(16);
        Assert.That(lift.Y, Is.EqualTo(120 + pixels));
    }

    [Test]
    public void A_ferry_takes_the_hero_along()
    {
        var game = OnLift(0x28, out var lift);
        game.Run(2);
        int offset = game.X - lift.X;
        int farthest = lift.X;
        for (int i = 0; i < 300; i++)
        {
            game.Run(1);
            farthest = Math.Max(farthest, lift.X);
            Assert.That(game.X - lift.X, Is.EqualTo(offset), $"frame {i}");
        }

        Assert.That(farthest - 30, Is.InRange(44, 56));
    }

    [Test]
    public void A_loose_lift_falls_only_under_the_hero()
    {
        var alone = TrailGame.Started();
        var lift = TrailObject.Place(alone, 0, 0x29, 150, 120);
        alone.Run(60);
        Assert.That(lift.Y, Is.EqualTo(120));

        var game = OnLift(0x29, out lift);
        game.Run(20);
        Assert.That(lift.Y, Is.GreaterThan(170));
        Assert.That(game.Y + 32, Is.EqualTo(lift.Y));
    }

    [Test]
    public void A_starting_lift_waits_for_the_hero()
    {
        var game = OnLift(0x2A, out var lift);
        int x = lift.X;
        game.Run(16);
        Assert.That(lift.X - x, Is.InRange(14, 16));
    }

    [Test]
    public void One_half_of_a_balance_rises_as_the_other_sinks_until_both_fall()
    {
        var game = OnLift(0x24, out var ridden);
        var other = TrailObject.Place(game, 1, 0x24, 130, 110);
        game[0x110] = 1;
        game[0x111] = 0;
        game.Run(20);
        Assert.That(ridden.Y, Is.GreaterThan(151));
        Assert.That(ridden.Y + other.Y, Is.EqualTo(260));
        game.RunUntil(() => ridden.State == 1 && other.State == 1, 100);
        game.RunUntil(() => !other.IsActive, 200);
    }

    [Test]
    public void The_halves_of_the_balance_of_1_3_find_each_other()
    {
        var game = TrailGame.StartedAt(1, 3, 3);
        game.FlyTo(115);
        int[] halves = [.. Enumerable.Range(0, 5).Where(slot => game[0x0F + slot] != 0 && game[0x16 + slot] == 0x24)];
        Assert.That(halves, Has.Length.EqualTo(2));
        Assert.That((game[0x110 + halves[0]], game[0x110 + halves[1]]), Is.EqualTo(((byte)halves[1], (byte)halves[0])));
    }

    [Test]
    public void A_lift_stops_a_head_from_below()
    {
        var game = TrailGame.Started();
        TrailObject.Place(game, 0, 0x29, 30, 140);
        game.RunUntil(() => game.YSpeed >= 0 && game.FloatState == 1, 30, JoypadButtons.A);
        Assert.That(game.Y + 20, Is.InRange(140, 156));
    }

    [TestCase(false, 50, 60)]
    [TestCase(true, 150, 170)]
    public void A_spring_throws_higher_when_a_is_pressed_on_it(bool press, int least, int most)
    {
        var game = TrailGame.Started();
        game[TrailGame.TileAddress(48, 176)] = 0x67;
        game[TrailGame.TileAddress(48, 192)] = 0x68;
        TrailObject.Place(game, 0, 0x32, 48, 176);
        game[0xCE] = 100;
        game.RunUntil(() => game[0x70E] == 1, 60);
        while (game[0x70E] != 0)
        {
            game.Run(1, press && game[0x70E] >= 2 ? JoypadButtons.A : JoypadButtons.None);
        }

        int start = game.Y;
        int top = start;
        for (int i = 0; i < 60; i++)
        {
            game.Run(1, press ? JoypadButtons.A : JoypadButtons.None);
            int y = (game[0xB5] - 1) * 256 + game.Y;
            top = Math.Min(top, y);
        }

        Assert.That(start - top, Is.InRange(least, most));
    }

    private static TrailGame OnLift(byte type, out TrailObject lift)
    {
        var game = TrailGame.Started();
        lift = TrailObject.Place(game, 0, type, 30, 150);
        game[0x110] = type == 0x24 ? (byte)0xFF : (byte)0;
        game[0xCE] = 150 - 32;
        game.Run(1);
        Assert.That((game.FloatState, game.Y + 32), Is.EqualTo((0, lift.Y)), "he stands on it");
        return game;
    }
}
