using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>Swimming by SMB's numbers: a stroke sets the speed to -2 + $80/256, gravity $0D while A lifts, $0A after.</summary>
public class TrailWaterTests
{
    [Test]
    public void He_swims_and_a_stroke_may_follow_any_stroke()
    {
        TrailGame game = Deep();
        Assert.That((game[0x704], game.FloatState), Is.EqualTo(((byte)1, 1)));
        game.Run(1, JoypadButtons.A);
        Assert.That((game.YSpeed, game[0x433], game[0x709], game[0x70A]), Is.EqualTo((-2, (byte)(0x80 + 0x0D), (byte)0x0D, (byte)0x0A)));

        game.Run(8);
        int y = game.Y;
        game.Run(1, JoypadButtons.A);
        Assert.That((game.YSpeed, game[0x433]), Is.EqualTo((-2, (byte)(0x80 + 0x0D))), "at once");
        game.Run(10);
        Assert.That(game.Y, Is.LessThan(y));
    }

    [Test]
    public void A_stroke_with_a_held_lifts_by_23_pixels()
    {
        TrailGame game = Deep();
        int y = game.Y, top = y;
        for (int i = 0; i < 60; i++)
        {
            game.Run(1, JoypadButtons.A);
            top = Math.Min(top, game.Y);
        }

        // v = 1.5, g = $0D/256 a frame: v^2 / 2g = 22.2.
        Assert.That(y - top, Is.InRange(21, 24));
    }

    [Test]
    public void Wading_and_swimming_have_their_own_speeds()
    {
        TrailGame game = Deep();
        game.Run(30, JoypadButtons.Right | JoypadButtons.B);
        Assert.That(game.XSpeed, Is.InRange(0x12, 0x18));
        game.RunUntil(() => game.FloatState == 0, 400);
        game.Run(60, JoypadButtons.Left | JoypadButtons.B);
        Assert.That((game.XSpeed, game[0x450]), Is.EqualTo((-0x10, (byte)0xF0)));
    }

    [Test]
    public void The_surface_holds_him_back()
    {
        TrailGame game = Deep();
        int highest = 255;
        for (int i = 0; i < 400; i++)
        {
            game.Run(1, i % 4 < 2 ? JoypadButtons.A : JoypadButtons.None);
            highest = Math.Min(highest, game[0xB5] == 1 ? game.Y : 0);
        }

        Assert.That(highest, Is.InRange(0x08, 0x14));
    }

    private static TrailGame Deep()
    {
        TrailGame game = TrailGame.StartedAt(2, 2, 2);
        game.Run(4);
        return game;
    }
}
