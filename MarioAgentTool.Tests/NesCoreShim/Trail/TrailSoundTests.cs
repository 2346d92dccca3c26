using NesCoreShim;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Trail;

/// <summary>The sound engine, heard: what is played has the right pitch, and effects and pauses have their way.</summary>
public class TrailSoundTests
{
    private const int Rate = 44_100;
    private const int Song = 0x7C6, PulseEffect = 0x7B4, NoiseEffect = 0x7B5, MusicClocks = 0x7BE, MusicHigh = 0x7BA;
    private const byte Death = 1, Overworld = 5, Star = 9;

    [Test]
    public void The_hike_begins_on_d_and_the_stage_is_not_silent()
    {
        var nes = new Nes(Cartridge.Load(TrailRom.Image, TrailRom.Name), new NesOptions { SoundRate = Rate });
        Run(nes, 60);
        Run(nes, 2, JoypadButtons.Start);
        for (int i = 0; i < 400 && nes.Ram[Song] != Overworld; i++)
        {
            Run(nes, 1);
        }

        Run(nes, 2);
        short[] first = Listen(nes, 18);
        double d5 = Power(first, 587.3), e5 = Power(first, 659.3), c5 = Power(first, 523.3);
        Assert.That(d5, Is.GreaterThan(20 * Math.Max(e5, c5)));

        short[] seconds = Listen(nes, 120);
        double level = Math.Sqrt(seconds.Average(s => (double)s * s));
        Assert.That(level, Is.InRange(300, 12_000));
        Assert.That(seconds.Max(s => Math.Abs((int)s)), Is.LessThan(32_000), "nothing is clipped");
    }

    [Test]
    public void Every_effect_can_be_heard()
    {
        var game = TrailGame.Started();
        game.Run(1, JoypadButtons.A);
        Assert.That(game[PulseEffect], Is.Positive, "the jump");
        game.RunUntil(() => game.FloatState == 0 && game[PulseEffect] == 0, 100);

        TrailPowerTests.MakeBig(game, status: 1);
        game[TrailGame.TileAddress(48, 112)] = 0x51;
        game.RunUntil(() => game[NoiseEffect] != 0, 60, JoypadButtons.A);
        Assert.That(game.Score, Is.EqualTo(50), "the plank");
    }

    [Test]
    public void Songs_go_round_but_the_death_song_ends()
    {
        var game = TrailGame.Started();
        Assert.That(game[Song], Is.EqualTo(Overworld));
        TrailObject.Place(game, 0, 0x06, 45, 184);
        game.RunUntil(() => game.Routine == 0x0B, 5);
        Assert.That(game[Song], Is.EqualTo(Death));
        game.RunUntil(() => game[MusicHigh + 1] == 0 && game[MusicHigh + 2] == 0, 250);
        game.RunUntil(() => game.Routine == 8, 500);
        Assert.That(game[Song], Is.EqualTo(Overworld));
    }

    [Test]
    public void The_stars_song_lasts_as_long_as_the_star()
    {
        var game = TrailGame.Started();
        game[0x39] = 2;
        TrailObject.Place(game, 5, 0x2E, 44, 182, state: 0x80, xSpeed: -16);
        game.RunUntil(() => game[0x79F] != 0, 10);
        Assert.That(game[Song], Is.EqualTo(Star));
        game.RunUntil(() => game[Song] == Overworld, 800);
        Assert.That(game[0x79F], Is.Zero);
    }

    [Test]
    public void A_pause_holds_the_music()
    {
        var game = TrailGame.Started();
        game.Run(30);
        game.Run(1, JoypadButtons.Start);
        byte[] clocks = game.Nes.Ram.Slice(MusicClocks, 4).ToArray();
        game.Run(60);
        Assert.That(game.Nes.Ram.Slice(MusicClocks, 4).ToArray(), Is.EqualTo(clocks));
        game.Run(1, JoypadButtons.Start);
        game.Run(10);
        Assert.That(game.Nes.Ram.Slice(MusicClocks, 4).ToArray(), Is.Not.EqualTo(clocks));
    }

    private static void Run(Nes nes, int frames, JoypadButtons pad = JoypadButtons.None)
    {
        var ignored = new short[Rate / 20];
        for (int i = 0; i < frames; i++)
        {
            nes.FrameAdvance(pad, render: false);
            nes.TakeSamples(ignored);
        }
    }

    private static short[] Listen(Nes nes, int frames)
    {
        var heard = new List<short>();
        var buffer = new short[Rate / 20];
        for (int i = 0; i < frames; i++)
        {
            nes.FrameAdvance(JoypadButtons.None, render: false);
            heard.AddRange(buffer.AsSpan(0, nes.TakeSamples(buffer)));
        }

        return heard.ToArray();
    }

    // Goertzel's filter: the power at one frequency.
    private static double Power(short[] samples, double frequency)
    {
        double c = 2 * Math.Cos(2 * Math.PI * frequency / Rate), s1 = 0, s2 = 0;
        foreach (short sample in samples)
        {
            double s0 = sample + c * s1 - s2;
            s2 = s1;
            s1 = s0;
        }

        return s1 * s1 + s2 * s2 - c * s1 * s2;
    }
}
