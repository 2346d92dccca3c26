using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>The big hero is 24 pixels high against tiles, and 12 when he ducks.</summary>
public class TrailBigHeroTests
{
    private const JoypadButtons Run = JoypadButtons.Right | JoypadButtons.B;
    private const byte Stone = 0x61;

    [TestCase(true)]
    [TestCase(false)]
    public void A_stone_at_his_head_stops_the_big_one_only(bool isBig)
    {
        var game = Started(isBig);
        game[TrailGame.TileAddress(160, 176)] = Stone;
        game.Run(120, JoypadButtons.Right);
        Assert.That(game.X, isBig ? Is.InRange(146, 148) : Is.GreaterThan(160));
    }

    [Test]
    public void Ducking_he_slides_under_it()
    {
        var game = Started(isBig: true);
        game[TrailGame.TileAddress(176, 176)] = Stone;
        game.RunUntil(() => game.X >= 136, 100, Run);
        int speed = game.XSpeed;
        game.Run(1, Run | JoypadButtons.Down);
        Assert.That((game[0x714], game[0x0B]), Is.EqualTo(((byte)0, (byte)0)), "down and a side cancel each other");
        game.Run(3, JoypadButtons.Down);
        Assert.That((game[0x714], game.XSpeed < speed), Is.EqualTo(((byte)4, true)));
        Assert.That((game[0x4AD], game[0x4AF]), Is.EqualTo(((byte)(0xB0 + 20), (byte)(0xB0 + 32))), "the box");

        game.RunUntil(() => game.X > 176 - 13, 60, JoypadButtons.Down);
        Assert.That(game[0x714], Is.EqualTo(4));
    }

    [Test]
    public void A_jump_begun_ducking_stays_so_until_he_lands()
    {
        var game = Started(isBig: true);
        game.Run(2, JoypadButtons.Down);
        game.Run(1, JoypadButtons.Down | JoypadButtons.A);
        game.Run(10, JoypadButtons.A);
        Assert.That((game.FloatState, game[0x714], game[0x4AF] - game[0x4AD]), Is.EqualTo((1, (byte)4, 12)));
        game.RunUntil(() => game.FloatState == 0, 60);
        game.Run(1);
        Assert.That(game[0x714], Is.Zero);
    }

    [Test]
    public void The_small_one_never_ducks()
    {
        var game = Started(isBig: false);
        game.Run(5, JoypadButtons.Down);
        Assert.That(game[0x714], Is.Zero);
    }

    [TestCase(true, 4)]
    [TestCase(false, 18)]
    public void A_head_meets_the_stone_above_it(bool isBig, int head)
    {
        var game = Started(isBig);
        game[TrailGame.TileAddress(48, 128)] = Stone;
        int top = game.Y;
        for (int i = 0; i < 40; i++)
        {
            game.Run(1, JoypadButtons.A);
            top = Math.Min(top, game.Y);
        }

        Assert.That(top + head, Is.InRange(144 - 5, 144), "no deeper in the stone than one frame's rise");
    }

    private static TrailGame Started(bool isBig)
    {
        var game = TrailGame.Started();
        if (isBig)
        {
            TrailPowerTests.MakeBig(game, status: 1);
        }

        game[0x0F] = game[0x10] = 0;
        game.Run(1);
        return game;
    }
}
