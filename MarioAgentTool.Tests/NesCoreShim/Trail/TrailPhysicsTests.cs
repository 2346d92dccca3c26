using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

public class TrailPhysicsTests
{
    private const JoypadButtons Walk = JoypadButtons.Right;
    private const JoypadButtons Run = JoypadButtons.Right | JoypadButtons.B;

    // From rest the first frame pushes $130/256, because nobody faces the way he does not move yet;
    // then $98/256 walking, $E4/256 running.
    [TestCase(Walk, 0x18, 40)]
    [TestCase(Run, 0x28, 45)]
    public void Speed_reaches_its_cap_and_stays(JoypadButtons pad, int cap, int frames)
    {
        var game = TrailGame.Started();

        game.Run(frames - 1, pad);
        Assert.That(game.XSpeed, Is.EqualTo(cap - 1));
        game.Run(1, pad);
        Assert.That(game.XSpeed, Is.EqualTo(cap));

        int x = game.X;
        game.Run(32, pad);
        Assert.That(game.XSpeed, Is.EqualTo(cap));
        Assert.That(game.X - x, Is.EqualTo(2 * cap), "sixteenths of a pixel, 32 frames");
    }

    [Test]
    public void Walking_left_has_the_mirrored_cap()
    {
        var game = TrailGame.Started();
        game.Run(100, Run);
        game.RunUntil(() => game.XSpeed == -0x18, 150, JoypadButtons.Left);
        game.Run(5, JoypadButtons.Left);

        Assert.That((game.XSpeed, game[0x450]), Is.EqualTo((-0x18, (byte)0xE8)));
    }

    [Test]
    public void Nobody_leaves_the_screen_to_the_left_and_it_does_not_scroll_back()
    {
        var game = TrailGame.Started();
        game.Run(100, Run);
        int left = game.ScreenLeft;
        game.Run(200, JoypadButtons.Left | JoypadButtons.B);

        Assert.That(left, Is.GreaterThan(0));
        Assert.That(game.ScreenLeft, Is.InRange(left, left + 40), "momentum carries on for a moment");
        Assert.That(game.X, Is.EqualTo(game.ScreenLeft));
    }

    /// <summary>By |x speed| at take-off: initial speed 4, 4, 4, 5, 5; gravity while A is held $20, $20, $1E, $28, $28.</summary>
    [TestCase(0, Walk, 0x00, 66)]
    [TestCase(15, Walk, 0x09, 66)]
    [TestCase(25, Walk, 0x0F, 66)]
    [TestCase(40, Walk, 0x18, 71)]
    [TestCase(25, Run, 0x16, 71)]
    [TestCase(40, Run, 0x23, 83)]
    [TestCase(46, Run, 0x28, 83)]
    public void The_faster_the_run_the_higher_the_jump(int runUp, JoypadButtons pad, int speed, int height)
    {
        var game = TrailGame.Started();
        game.Run(runUp, pad);
        Assert.That(game.XSpeed, Is.EqualTo(speed));

        int ground = game.Y;
        int top = ground;
        game.Run(1, pad | JoypadButtons.A);
        Assert.That(game.FloatState, Is.EqualTo(1));
        while (game.FloatState == 1)
        {
            top = Math.Min(top, game.Y);
            game.Run(1, pad | JoypadButtons.A);
        }

        Assert.That(ground - top, Is.EqualTo(height));
        Assert.That((game.FloatState, game.Y), Is.EqualTo((0, ground)));
    }

    [Test]
    public void Letting_go_of_a_cuts_the_jump()
    {
        var game = TrailGame.Started();
        game.Run(1, JoypadButtons.A);
        int top = game.Y;
        while (game.FloatState == 1)
        {
            top = Math.Min(top, game.Y);
            game.Run(1);
        }

        Assert.That(176 - top, Is.EqualTo(24));
    }

    [Test]
    public void A_held_down_jumps_once()
    {
        var game = TrailGame.Started();
        game.Run(1, JoypadButtons.A);
        game.RunUntil(() => game.FloatState == 0, 100, JoypadButtons.A);
        game.Run(60, JoypadButtons.A);
        Assert.That((game.FloatState, game.Y), Is.EqualTo((0, 176)));

        game.Run(1);
        game.Run(1, JoypadButtons.A);
        Assert.That(game.FloatState, Is.EqualTo(1));
    }

    [Test]
    public void Falling_stops_at_four_pixels_a_frame()
    {
        var game = TrailGame.Started();
        OpenPit(game);
        int fastest = 0;
        for (int i = 0; i < 100; i++)
        {
            game.Run(1);
            fastest = Math.Max(fastest, game.YSpeed);
        }

        Assert.That(fastest, Is.EqualTo(4));
    }

    [Test]
    public void A_run_let_go_slides_on_and_turning_round_skids_shorter()
    {
        var sliding = TrailGame.Started();
        sliding.Run(70, Run);
        int x = sliding.X;
        int frames = sliding.RunUntil(() => sliding.XSpeed == 0, 100);

        var skidding = TrailGame.Started();
        skidding.Run(70, Run);
        int skid = skidding.RunUntil(() => skidding.XSpeed <= 0, 100, JoypadButtons.Left);

        Assert.That((sliding.X - x, frames), Is.EqualTo((61, 49)));
        Assert.That(skid, Is.LessThan(30));
        Assert.That(skidding.X - x, Is.LessThan(40));
    }

    [Test]
    public void A_wall_stops_the_run_fourteen_pixels_before_it()
    {
        var game = TrailGame.Started();
        game[TrailGame.TileAddress(128, 192)] = 0x61;
        game.Run(120, Run);

        Assert.That(game.X, Is.InRange(128 - 15, 128 - 14));
        Assert.That(game.XSpeed, Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_crate_hit_from_below_gives_one_coin()
    {
        var game = TrailGame.Started();
        int crate = TrailGame.TileAddress(48, 144);
        game[crate] = 0xC0;

        game.Run(40, JoypadButtons.A);
        Assert.That(game[crate], Is.EqualTo(0xC4));
        Assert.That((game[0x75E], game[0x7EE], game.Score), Is.EqualTo(((byte)1, (byte)1, 200)));

        game.Run(40);
        game.Run(40, JoypadButtons.A);
        Assert.That(game[0x75E], Is.EqualTo(1));
    }

    [Test]
    public void A_plank_hit_from_below_hops_and_holds()
    {
        var game = TrailGame.Started();
        int plank = TrailGame.TileAddress(48, 144);
        game[plank] = 0x51;
        game.Run(1, JoypadButtons.A);
        game.RunUntil(() => game[plank] == 0x23, 30, JoypadButtons.A);
        game.RunUntil(() => game[plank] == 0x51, 30, JoypadButtons.A);

        Assert.That(game.Score, Is.Zero);
    }

    /// <summary>Takes the ground away under the hero.</summary>
    internal static void OpenPit(TrailGame game)
    {
        for (int x = game.X - 16; x <= game.X + 32; x += 16)
        {
            game[TrailGame.TileAddress(x, 208)] = 0;
            game[TrailGame.TileAddress(x, 224)] = 0;
        }
    }
}
