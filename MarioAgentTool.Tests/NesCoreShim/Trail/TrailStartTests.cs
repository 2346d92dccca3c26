using NesCoreShim;

namespace MarioAgentTool.Tests.Trail;

/// <summary>What a program written for Super Mario Bros. relies on before the first step.</summary>
public class TrailStartTests
{
    [Test]
    public void Play_begins_where_the_first_stage_of_smb_does()
    {
        var game = TrailGame.Started();

        Assert.Multiple(() =>
        {
            Assert.That(game.X, Is.EqualTo(40));
            Assert.That(255 - game[0x3B8], Is.EqualTo(79), "height as gym counts it");
            Assert.That(game.Clock, Is.EqualTo(400));
            Assert.That(game.Lives, Is.EqualTo(2));
            Assert.That(game.Routine, Is.EqualTo(8));
            Assert.That(game[0x754], Is.EqualTo(1), "small");
            Assert.That(game[0x756], Is.EqualTo(0), "no power-up");
            Assert.That(game[0xB5], Is.EqualTo(1), "on the screen");
            Assert.That(game.FloatState, Is.EqualTo(0));
            Assert.That(game[0x74E], Is.EqualTo(1), "ground area");
            Assert.That(new[] { game[0x75F], game[0x75C], game[0x760] }, Is.All.Zero, "1-1");
        });
    }

    /// <summary>Start on alternate frames, targets written, the card skipped, until the clock ticks.</summary>
    [TestCase(0, 0, 0, true)]
    [TestCase(1, 2, 3, true)]
    [TestCase(3, 1, 2, false)]
    public void An_environment_that_hammers_start_gets_to_the_first_tick(int world, int stage, int area, bool exists)
    {
        var game = new TrailGame();
        game.Run(1, JoypadButtons.Start);
        game.Run(1);
        int cycles = 0;
        while (game.Clock == 0)
        {
            Assert.That(++cycles, Is.LessThan(200));
            game.Run(1, JoypadButtons.Start);
            game[0x75F] = (byte)world;
            game[0x75C] = (byte)stage;
            game[0x760] = (byte)area;
            game.Run(1);
            game[0x7A0] = 0;
        }

        int last = game.Clock;
        while (game.Clock >= last)
        {
            Assert.That(++cycles, Is.LessThan(200));
            last = game.Clock;
            game.Run(1, JoypadButtons.Start);
            game.Run(1);
        }

        Assert.That((game.Clock, game.X, 255 - game[0x3B8], game.Lives, game.Routine), Is.EqualTo((400, 40, 79, 2, 8)));
        Assert.That((game[0x75F], game[0x75C], game[0x760]), Is.EqualTo(exists ? ((byte)world, (byte)stage, (byte)area) : ((byte)0, (byte)0, (byte)0)), "or else 1-1");
    }

    [Test]
    public void The_card_ends_by_itself_or_when_its_timer_is_cleared()
    {
        var patient = new TrailGame();
        patient.RunUntil(() => patient.Task == 3, 60);
        patient.Run(1, JoypadButtons.Start);
        int waited = patient.RunUntil(() => patient.Routine == 8, 400);

        var hasty = new TrailGame();
        hasty.RunUntil(() => hasty.Task == 3, 60);
        hasty.Run(1, JoypadButtons.Start);
        int skipped = 0;
        for (; hasty.Routine != 8; skipped++)
        {
            hasty.Run(1);
            hasty[0x7A0] = 0;
        }

        Assert.That(waited, Is.InRange(120, 180), "about seven ticks of 21 frames");
        Assert.That(skipped, Is.LessThan(25));
    }

    [Test]
    public void Every_screen_takes_the_same_number_of_frames_to_load()
    {
        for (int stage = 0; stage < 8; stage++)
        {
            var game = new TrailGame();
            game.RunUntil(() => game.Mode == 0 && game.Task == 3, 60);
            for (int i = 0; i < stage; i++)
            {
                game.Run(2, JoypadButtons.Select);
                game.Run(2);
            }

            List<int> loads = [];
            bool wasLoading = false;
            for (int i = 0; i < 600; i++)
            {
                game.Run(1, i < 2 ? JoypadButtons.Start : JoypadButtons.None);
                if (game.Nes.IsLagFrame && !wasLoading)
                {
                    loads.Add(0);
                }

                wasLoading = game.Nes.IsLagFrame;
                if (wasLoading)
                {
                    loads[^1]++;
                }
            }

            Assert.That(loads, Has.Count.GreaterThanOrEqualTo(2).And.All.EqualTo(6), $"card and stage {stage}");
        }
    }

    [Test]
    public void The_first_screen_and_half_of_the_next_are_in_the_block_buffers()
    {
        var game = TrailGame.Started();

        for (int x = 0; x < 24 * 16; x += 16)
        {
            Assert.That(game.TileAt(x, 208), Is.EqualTo(0x54), $"ground under {x}");
            Assert.That(game.TileAt(x, 224), Is.EqualTo(0x54), $"ground under {x}");
            Assert.That(game.TileAt(x, 32), Is.Zero, $"sky over {x}: clouds are not stored");
        }

        Assert.That((game.TileAt(23 * 16, 176), game.TileAt(23 * 16, 192)), Is.EqualTo(((byte)0x12, (byte)0x14)), "left half of the first stump");
        Assert.That((game[0x725], game[0x726]), Is.EqualTo(((byte)1, (byte)8)), "the parser stands 24 columns on");
    }

    [Test]
    public void What_ram_held_at_power_on_makes_no_difference()
    {
        var zeros = TrailGame.Started(ramFill: 0x00);
        var ones = TrailGame.Started(ramFill: 0xFF);
        zeros.Run(200, JoypadButtons.Right);
        ones.Run(200, JoypadButtons.Right);

        Assert.That(ones.Nes.Ram[..0x100].ToArray(), Is.EqualTo(zeros.Nes.Ram[..0x100].ToArray()));
        Assert.That(ones.Nes.Ram[0x200..].ToArray(), Is.EqualTo(zeros.Nes.Ram[0x200..].ToArray()));
    }

    [Test]
    public void Start_pauses_and_resumes()
    {
        var game = TrailGame.Started();
        game.Run(30);
        game.Run(1, JoypadButtons.Start);
        int frameCounter = game[0x09];

        game.Run(60, JoypadButtons.Right);
        Assert.That((game.IsPaused, game.X, (int)game[0x09]), Is.EqualTo((true, 40, frameCounter)));

        game.Run(1, JoypadButtons.Start);
        game.Run(60, JoypadButtons.Right);
        Assert.That(game.IsPaused, Is.False);
        Assert.That(game.X, Is.GreaterThan(60));
    }
}
