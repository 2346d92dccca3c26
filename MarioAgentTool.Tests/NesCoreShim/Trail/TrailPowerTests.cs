using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>Growth, fire, star and lives; injury; blocks and what they hold; fireballs.</summary>
public class TrailPowerTests
{
    private const byte Growth = 0, Fire = 1, Star = 2, Life = 3;

    [Test]
    public void Growth_makes_the_hero_big_while_everything_else_holds_its_breath()
    {
        var game = TrailGame.Started();
        GivePowerUp(game, Growth);
        game.RunUntil(() => game.Routine == 0x09, 10);
        Assert.That((game[0x756], game.Score), Is.EqualTo(((byte)1, 1000)));

        int clock = game.Clock;
        int frames = game.RunUntil(() => game.Routine == 8, 100, JoypadButtons.Right);
        Assert.That(frames, Is.InRange(57, 61));
        Assert.That((game[0x754], game.X, game.Clock), Is.EqualTo(((byte)0, 40, clock)));
        game.Run(1);
        Assert.That(game[0x4AD], Is.EqualTo(0xB0 + 8), "the box is tall now");
    }

    [Test]
    public void An_injury_takes_the_growth_and_leaves_him_untouchable_for_a_moment()
    {
        var game = TrailGame.Started();
        MakeBig(game, status: 1);
        TrailObject.Place(game, 0, 0x06, 45, 184, xSpeed: -8);
        game.RunUntil(() => game.Routine == 0x0A, 10);
        Assert.That((game[0x756], game[0x79E], game.Lives), Is.EqualTo(((byte)0, (byte)8, 2)));

        game.RunUntil(() => game.Routine == 8, 100);
        Assert.That(game[0x754], Is.EqualTo(1));
        TrailObject.Place(game, 0, 0x06, 42, 184, xSpeed: -1);
        int safe = game.RunUntil(() => game[0x79E] == 0, 200);
        Assert.That(safe, Is.InRange(7 * 21 - 21, 8 * 21));
        Assert.That(game.Routine, Is.EqualTo(8));
    }

    [Test]
    public void Fire_is_what_the_big_hero_gets_and_b_throws_it()
    {
        var game = TrailGame.Started();
        MakeBig(game, status: 1);
        GivePowerUp(game, Fire);
        game.RunUntil(() => game.Routine == 0x0C, 10);
        game.RunUntil(() => game.Routine == 8, 100);
        Assert.That((game[0x756], game[0x754]), Is.EqualTo(((byte)2, (byte)0)));

        var beetle = TrailObject.Place(game, 0, 0x06, 82, 184, xSpeed: -8);
        game.Run(1, JoypadButtons.B);
        Assert.That((game[0x24], (sbyte)game[0x5E]), Is.EqualTo(((byte)1, (sbyte)0x40)));
        game.RunUntil(() => beetle.State == 0x20, 40, JoypadButtons.B);
        Assert.That(game[0x24] & 0x80, Is.Not.Zero, "it bursts");
        game.RunUntil(() => game[0x24] == 0, 20, JoypadButtons.B);
        Assert.That(game[0x25], Is.Zero, "B held throws once");
    }

    [Test]
    public void Two_fireballs_fly_at_a_time_and_bounce()
    {
        var game = TrailGame.Started();
        MakeBig(game, status: 2);
        for (int i = 0; i < 3; i++)
        {
            game.Run(1, JoypadButtons.B);
            game.Run(3);
        }

        Assert.That((game[0x24], game[0x25]), Is.EqualTo(((byte)1, (byte)1)));
        int bounces = 0;
        for (int i = 0; i < 30; i++)
        {
            int before = (sbyte)game[0xA6];
            game.Run(1);
            bounces += before > 0 && (sbyte)game[0xA6] < 0 ? 1 : 0;
        }

        Assert.That(bounces, Is.Positive);
    }

    [TestCase(0x02, false)]
    [TestCase(0x00, true)]
    [TestCase(0x0D, true)]
    [TestCase(0x05, true)]
    public void Fire_defeats_all_but_the_hard_shelled(byte type, bool defeats)
    {
        var game = TrailGame.Started();
        MakeBig(game, status: 2);
        var thing = TrailObject.Place(game, 0, type, 76, 184);
        game[0x110] = 0x70;
        game[0x116] = 0x70;
        game[0x78A] = type == 0x0D ? (byte)0x70 : (byte)0;
        game.Run(1, JoypadButtons.B);
        game.RunUntil(() => game[0x24] >= 0x80, 60);
        Assert.That(thing.State == 0x20 || !thing.IsActive, Is.EqualTo(defeats));
    }

    [Test]
    public void The_star_lasts_35_ticks_and_throws_off_what_it_touches()
    {
        var game = TrailGame.Started();
        GivePowerUp(game, Star);
        game.RunUntil(() => game[0x79F] != 0, 10);
        Assert.That(game[0x79F], Is.EqualTo(0x23));

        var thistle = TrailObject.Place(game, 0, 0x12, 48, 184);
        game.RunUntil(() => thistle.State == 0x20, 5);
        Assert.That((game.Routine, game.Score), Is.EqualTo((8, 1100)));
        Assert.That(game.RunUntil(() => game[0x79F] == 0, 800), Is.InRange(34 * 21 - 5, 35 * 21));
    }

    [Test]
    public void The_last_kind_is_a_life()
    {
        var game = TrailGame.Started();
        GivePowerUp(game, Life);
        game.RunUntil(() => game.Lives == 3, 10);
    }

    [TestCase(0xC1, 1, 0, Growth)]
    [TestCase(0xC1, 0, 1, Fire)]
    [TestCase(0x55, 1, 0, Growth)]
    [TestCase(0x57, 1, 0, Star)]
    [TestCase(0x59, 1, 0, Life)]
    [TestCase(0x60, 1, 0, Life)]
    public void Blocks_let_power_ups_rise(byte tile, byte size, byte status, byte kind)
    {
        var game = TrailGame.Started();
        game[0x754] = size;
        game[0x756] = status;
        int block = TrailGame.TileAddress(48, 128);
        game[block] = tile;
        game.RunUntil(() => game[0x14] != 0, 40, JoypadButtons.A);
        Assert.That((game[0x1B], game[0x39]), Is.EqualTo(((byte)0x2E, kind)));

        game.RunUntil(() => game[0x23] == 0x80, 80);
        var item = new TrailObject(game, 5);
        Assert.That((item.Y + 24, game[block]), Is.EqualTo((128, (byte)0xC4)));
        int x = item.X;
        game.Run(16);
        Assert.That(item.X - x, Is.EqualTo(kind == Fire ? 0 : 16));
    }

    [Test]
    public void The_big_hero_breaks_planks_and_the_small_one_does_not()
    {
        var game = TrailGame.Started();
        MakeBig(game, status: 1);
        int plank = TrailGame.TileAddress(48, 112);
        game[plank] = 0x51;
        game.RunUntil(() => game[plank] == 0, 40, JoypadButtons.A);

        Assert.That(game.Score, Is.EqualTo(50));
        Assert.That(game.YSpeed, Is.EqualTo(-2).Or.EqualTo(-1));
    }

    [Test]
    public void A_plank_of_coins_gives_them_for_a_while()
    {
        var game = TrailGame.Started();
        int plank = TrailGame.TileAddress(48, 144);
        game[plank] = 0x58;
        for (int i = 0; i < 30 && game[plank] != 0xC4; i++)
        {
            game.Run(20, JoypadButtons.A);
            game.Run(20);
        }

        Assert.That(game[plank], Is.EqualTo(0xC4));
        Assert.That(game[0x75E], Is.InRange(4, 9));
    }

    [Test]
    public void A_snail_on_a_struck_block_is_turned_over()
    {
        var game = TrailGame.Started();
        game[TrailGame.TileAddress(48, 144)] = 0x51;
        var snail = TrailObject.Place(game, 2, 0x00, 48, 144 - 24);
        game.RunUntil(() => snail.State == 2, 30, JoypadButtons.A);
        game.RunUntil(() => snail.State == 3, 60);
        Assert.That(snail.Timer, Is.EqualTo(0x10));
    }

    [Test]
    public void A_coin_on_a_struck_block_is_won()
    {
        var game = TrailGame.Started();
        game[TrailGame.TileAddress(48, 144)] = 0x51;
        game[TrailGame.TileAddress(48, 128)] = 0xC2;
        game.Run(40, JoypadButtons.A);
        Assert.That((game[TrailGame.TileAddress(48, 128)], game[0x75E]), Is.EqualTo(((byte)0, (byte)1)));
    }

    internal static void MakeBig(TrailGame game, byte status)
    {
        game[0x754] = 0;
        game[0x756] = status;
        game.Run(1);
    }

    private static void GivePowerUp(TrailGame game, byte kind)
    {
        game[0x39] = kind;
        TrailObject.Place(game, 5, 0x2E, 44, 182, state: 0x80, xSpeed: -16);
    }
}
