using MarioAgentTool.Cli;
using MarioAgentTool.Recording;
using MarioAgentTool.Tests.Agent.Training;
using NesCoreShim;
using NesCoreShim.Movies;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Cli;

[NonParallelizable]
public class CommandLineTests
{
    [TestCase("trian", "Did you mean train?")]
    [TestCase("train --presett fast", "--presett is not an option. Did you mean --preset?")]
    [TestCase("train --seed abc", "--seed abc: expected a whole number from 0")]
    [TestCase("train --minutes 0", "--minutes 0: expected minutes, more than 0")]
    [TestCase("train --minutes Infinity", "--minutes Infinity: expected minutes, more than 0")]
    [TestCase("train --seed", "--seed")]
    [TestCase("train more", "more is one argument too many")]
    [TestCase("train --resume x --seed 1", "--seed cannot be combined with --resume")]
    [TestCase("eval", "DIR is missing")]
    [TestCase("eval x --sticky 1", "--sticky 1: expected a chance")]
    [TestCase("eval x --sticky 0", "for none, --only no-op")]
    [TestCase("eval x --only stick", "Did you mean sticky?")]
    [TestCase("bench train", "'--out' is required")]
    [TestCase("record x", "'--out' is required")]
    [TestCase("rom --map 9-1", "--map 9-1: expected a stage from 1-1 to 8-4")]
    [TestCase("rom --map one", "--map one: expected a stage")]
    [TestCase("record x --best --next --out a.bk2", "--best and --next exclude each other")]
    [TestCase("bench", "expected a command: emulate")]
    [TestCase("bench emulate --board mmc33", "Did you mean mmc3?")]
    [TestCase("bench emulate --threads 0", "expected a whole number of threads")]
    public void What_is_not_understood_ends_with_code_2_and_one_sentence(string line, string sentence)
    {
        (int code, string output, string error) = Run(line.Split(' '));

        Assert.That(error, Does.Contain(sentence).And.Contain("--help"));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
        Assert.That(output, Is.Empty);
        Assert.That(code, Is.EqualTo(2));
    }

    [TestCase("train --preset dubble-dqn", "Did you mean double-dqn?")]
    [TestCase("train --preset dueling-costum", "Did you mean dueling-custom?")]
    [TestCase("train --preset dueling-custom --fix batchnorm-evl", "Did you mean batchnorm-eval?")]
    [TestCase("train --fix scale-pixels", "mends right-only-dqn, not fast")]
    [TestCase("train --observation 1", "--observation 1 is unknown")]
    [TestCase("presets dueling", "There is no preset dueling. Did you mean dueling-custom?")]
    [TestCase("train --weights nothing.pth", "nothing.pth does not exist; --weights expects")]
    [TestCase("train --set consols=3", "Did you mean consoles?")]
    [TestCase("train --observation tile", "Did you mean tiles?")]
    [TestCase("train --set environment.actionSet=null", "actionSet")]
    [TestCase("train --rom nothing.nes", "nothing.nes does not exist")]
    [TestCase("observe --movie nothing.bk2", "nothing.bk2 does not exist")]
    [TestCase("observe --set environment.pixels.palette=nes-pi", "Did you mean nesPy?")]
    [TestCase("eval nothing", "holds no run")]
    [TestCase("record nothing --out a.avi", "a name that ends in .bk2 or .fm2")]
    [TestCase("replay nothing.bk2", "nothing.bk2 does not exist")]
    [TestCase("rom --map 3-1", "did not begin 3-1, but is at 1-1")]
    public void What_cannot_be_done_ends_with_code_1_and_one_sentence(string line, string sentence)
    {
        (int code, _, string error) = Run(line.Split(' '));

        Assert.That(error, Does.Contain(sentence));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public void Presets_are_listed_with_quirks_and_fixes_and_printed_whole()
    {
        (int code, string output, _) = Run("presets");
        Assert.That(output, Does.Contain("fast (the default)").And.Contain("--fix batchnorm-eval").And.Contain("Quirks kept:").And.Contain("Differs on purpose:"));
        Assert.That(code, Is.Zero);

        (_, output, _) = Run("presets", "tutorial-ddqn");
        Assert.That(MarioAgentTool.Training.SettingsFile.FromJson(output, "output"), Is.EqualTo(MarioAgentTool.Training.Presets.Get("tutorial-ddqn").Settings));
    }

    [Test]
    public void Settings_are_listed_with_values_and_what_they_do()
    {
        (int code, string output, _) = Run("settings", "--preset", "double-dqn", "dqn", "batch", "size");
        Assert.That(code, Is.Zero);
        Assert.That(output, Does.StartWith("dqn.batchSize=").And.Contain("(a whole number)").And.Not.Contain("learner="));
        (_, output, _) = Run("settings", "environment.task");
        Assert.That(output, Does.Contain("environment.task=stage\n  What an episode is.").And.Contain("    - randomStages: One life"));
        (code, _, string error) = Run("settings", "teapot");
        Assert.That(error, Does.Contain("No setting has 'teapot'"));
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public void A_run_whose_settings_were_spoilt_is_not_gone_on_with()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "settings.json"), """{ "consoles": 0 }""");

        (int code, _, string error) = Run("train", "--resume", folder.Path);

        Assert.That(error.TrimEnd(), Is.EqualTo("mario-agent: consoles is 0; expected 1 to 4096."));
        Assert.That(code, Is.EqualTo(1));
    }

    [TestCase("")]
    [TestCase("train")]
    [TestCase("eval")]
    [TestCase("record")]
    [TestCase("replay")]
    [TestCase("rom")]
    [TestCase("observe")]
    [TestCase("env")]
    [TestCase("bench")]
    [TestCase("bench emulate")]
    [TestCase("bench observe")]
    [TestCase("bench learn")]
    public void Every_command_has_help_with_examples(string command)
    {
        (int code, string output, _) = Run([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.That(output, Does.Contain("Usage:").And.Contain("Examples:").And.Contain($"mario-agent {command}".TrimEnd()));
        Assert.That(code, Is.Zero);
    }

    [Test]
    public void Replay_writes_a_wav_of_as_many_seconds_as_the_movie_has([Values(8_000, 44_100)] int rate)
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "a.fm2"), wav = Path.Combine(folder.Path, "a.wav");
        var recorded = new Movie();
        for (int frame = 0; frame < 300; frame++)
        {
            recorded.Frames.Add(new MovieFrame(frame % 100 == 60 ? JoypadButtons.Start : JoypadButtons.Right));
        }

        MovieFile.Save(movie, recorded);

        (int code, _, string error) = Run("replay", movie, "--wav", wav, "--rate", $"{rate}");

        Assert.That(code, Is.Zero, error);
        byte[] file = File.ReadAllBytes(wav);
        int data = file.Length - 44;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(data / 2.0 / rate, Is.EqualTo(300 / 60.0988).Within(0.02), "seconds");
            Assert.That(file.AsSpan(0, 4).SequenceEqual("RIFF"u8));
            Assert.That(BitConverter.ToInt32(file, 4), Is.EqualTo(file.Length - 8));
            Assert.That(file.AsSpan(8, 8).SequenceEqual("WAVEfmt "u8));
            Assert.That(BitConverter.ToInt32(file, 16), Is.EqualTo(16));
            Assert.That(BitConverter.ToInt16(file, 20), Is.EqualTo(1), "PCM");
            Assert.That(BitConverter.ToInt16(file, 22), Is.EqualTo(1), "mono");
            Assert.That(BitConverter.ToInt32(file, 24), Is.EqualTo(rate));
            Assert.That(BitConverter.ToInt32(file, 28), Is.EqualTo(2 * rate));
            Assert.That(BitConverter.ToInt16(file, 32), Is.EqualTo(2));
            Assert.That(BitConverter.ToInt16(file, 34), Is.EqualTo(16));
            Assert.That(file.AsSpan(36, 4).SequenceEqual("data"u8));
            Assert.That(BitConverter.ToInt32(file, 40), Is.EqualTo(data));
            Assert.That(file.AsSpan(44).ContainsAnyExcept((byte)0), "Trail is heard");
        }
    }

    [Test]
    public void What_an_agent_sees_is_drawn_as_a_picture()
    {
        using var folder = new TemporaryFolder();
        string first = Path.Combine(folder.Path, "first.png"), later = Path.Combine(folder.Path, "later.png");
        (int code, string output, string error) = Run("observe", "--frame", "20", "--out", first);
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.Contain("stage 1-1, x "));
        Assert.That(File.ReadAllBytes(first).Take(8), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }));
        Assert.That(Run("observe", "--frame", "60", "--preset", "dueling-custom", "--out", later).Code, Is.Zero);
        Assert.That(File.ReadAllBytes(later), Is.Not.EqualTo(File.ReadAllBytes(first)));
    }

    [Test]
    public void A_movie_has_no_frame_beyond_its_last()
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "short.fm2");
        var recorded = new Movie();
        recorded.Frames.Add(new MovieFrame(JoypadButtons.Start));
        recorded.Frames.Add(new MovieFrame(JoypadButtons.Right));
        MovieFile.Save(movie, recorded);
        (int code, _, string error) = Run("observe", "--movie", movie, "--frame", "3", "--out", Path.Combine(folder.Path, "none.png"));
        Assert.That((code, error), Is.EqualTo((1, $"mario-agent: --frame 3: {movie} has 2 frames; name one of those.\n")));
    }

    [Test]
    public void Replay_keeps_the_movies_speed_and_fills_RAM_as_its_emulator_did()
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "a.fm2"), ram = Path.Combine(folder.Path, "ram.bin"), rom = Path.Combine(folder.Path, "idle.nes");
        byte[] image = new ProgramBuilder().WarmUp().Store(0x2000, 0x80).Idle().Org(0x9000).Emit(0xE6, 0x10, 0x40).Vector(0xFFFA, 0x9000).Image();
        image[9] = 1;
        File.WriteAllBytes(rom, image);
        foreach (bool isPal in new[] { false, true })
        {
            var recorded = new Movie { IsPal = isPal, RamPattern = PowerOnRam.Fceux, LikeFceux = true };
            recorded.Frames.AddRange(Enumerable.Repeat(new MovieFrame(JoypadButtons.A), 20));
            MovieFile.Save(movie, recorded);
            Assert.That(Hash(Run("replay", movie, "--rom", rom, "--ram", ram).Output), Is.EqualTo(HashOf(isPal ? Region.Pal : Region.Ntsc, PowerOnRam.Fceux)));
            Assert.That(File.ReadAllBytes(ram), Has.Length.EqualTo(20 * 2048));
        }

        Assert.That(Hash(Run("replay", movie, "--rom", rom, "--region", "ntsc", "--ram-init", "ones").Output), Is.EqualTo(HashOf(Region.Ntsc, PowerOnRam.Ones)));
        Assert.That(Run("replay", movie, "--ram-init", "twos").Error, Does.Contain("--ram-init twos: expected movie, zeros, ones, fceux, quickernes"));

        string HashOf(Region region, ReadOnlyMemory<byte> filling)
        {
            var console = new Nes(Cartridge.Load(image, "idle"), new NesOptions { Region = region, RamPattern = filling, LikeFceux = true });
            for (int frame = 0; frame < 20; frame++)
            {
                console.FrameAdvance(JoypadButtons.A);
            }

            return $"{console.StateHash():x16}";
        }

        static string Hash(string output) => output.TrimEnd()[^16..];
    }

    [Test]
    public void A_recorded_movie_keeps_the_speed_it_was_played_at([Values] bool isPal, [Values(".bk2", ".fm2")] string ending)
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "a" + ending);
        new MovieSink(GameRom.Load(file: null, isPal ? Region.Pal : null)).Write(movie, new EpisodeTape([0, 0], 0, "two frames"));
        Assert.That(MovieFile.Load(movie).IsPal, Is.EqualTo(isPal));
    }

    [Test]
    public void A_movie_made_for_another_ROM_is_warned_of([Values(".bk2", ".fm2")] string ending)
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "a" + ending);
        MovieFile.Save(movie, new Movie { Rom = MovieRom.Of("another", new ProgramBuilder().Image()) });
        Assert.That(Run("replay", movie).Error, Does.Contain("was made for another"));
        MovieFile.Save(movie, new Movie { Rom = MovieRom.Of("Trail", TrailRom.Image.ToArray()) });
        Assert.That(Run("replay", movie).Error, Is.Empty);
    }

    [Test]
    public void A_rate_no_sound_can_have_is_refused()
    {
        using var folder = new TemporaryFolder();
        string movie = Path.Combine(folder.Path, "a.fm2");
        MovieFile.Save(movie, new Movie());
        Assert.That(Run("replay", movie, "--rate", "5").Error, Does.Contain("--rate 5: expected 8000 to 192000"));
    }

    [Test]
    public void Without_arguments_there_is_help() => Assert.That(Run([]).Output, Does.Contain("Examples:"));

    internal static (int Code, string Output, string Error) Run(params string[] args)
    {
        TextWriter output = Console.Out, error = Console.Error;
        using StringWriter written = new(), complaints = new();
        Console.SetOut(written);
        Console.SetError(complaints);
        try
        {
            return (CommandLine.Run(args), written.ToString(), complaints.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }
}
