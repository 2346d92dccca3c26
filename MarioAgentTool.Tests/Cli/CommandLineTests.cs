using MarioAgentTool.Cli;
using MarioAgentTool.Tests.Agent.Training;
using NesCoreShim;
using NesCoreShim.Movies;

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
    [TestCase("record x", "'--out' is required")]
    [TestCase("rom --map 9-1", "--map 9-1: expected a stage from 1-1 to 8-4")]
    [TestCase("rom --map one", "--map one: expected a stage")]
    [TestCase("record x --best --next --out a.bk2", "--best and --next exclude each other")]
    [TestCase("bench", "expected a command: emulate")]
    public void What_is_not_understood_ends_with_code_2_and_one_sentence(string line, string sentence)
    {
        (int code, string output, string error) = Run(line.Split(' '));

        Assert.That(error, Does.Contain(sentence).And.Contain("--help"));
        Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), "one line");
        Assert.That(output, Is.Empty);
        Assert.That(code, Is.EqualTo(2));
    }

    [TestCase("train --preset dubble-dqn", "Did you mean double-dqn?")]
    [TestCase("train --set consols=3", "Did you mean consoles?")]
    [TestCase("train --observation tile", "Did you mean tiles?")]
    [TestCase("train --set environment.actionSet=null", "actionSet")]
    [TestCase("train --rom nothing.nes", "nothing.nes does not exist")]
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
