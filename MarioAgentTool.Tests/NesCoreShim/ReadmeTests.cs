using NesCoreShim;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests;

/// <summary>The core's README shows a program; it is this one.</summary>
public sealed class ReadmeTests
{
    [Test]
    public void The_example_runs_as_it_stands()
    {
        Console.Lines.Clear();
        Example();
        Assert.That(Console.Lines, Has.Count.EqualTo(2));
        Assert.That(Console.Lines[0], Does.Match(@"^frame 350, the hero at \d\d\d+$"), "he has left the place where he starts");
        Assert.That(Console.Lines[1], Is.EqualTo("the same again: True"));
    }

    [Test]
    public void The_README_shows_the_lines_that_this_test_runs()
    {
        string[] source = File.ReadAllLines(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "NesCoreShim", "ReadmeTests.cs"));
        int begin = Array.FindIndex(source, line => line.Trim() == "// README: begin"), end = Array.FindIndex(source, line => line.Trim() == "// README: end");
        string example = string.Join("\n", source[(begin + 1)..end].Select(line => line.Length > 8 ? line[8..] : ""));
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "NesCoreShim", "README.md")).Replace("\r", "");
        Assert.That(readme, Does.Contain(example));
    }

    private static void Example()
    {
        // README: begin
        Cartridge cartridge = Cartridge.Load(TrailRom.Image, TrailRom.Name);   // or File.ReadAllBytes("game.nes"), "game.nes"
        Nes console = new(cartridge);
        for (int frame = 0; frame < 350; frame++)
        {
            JoypadButtons pad = frame is 100 ? JoypadButtons.Start : frame > 200 ? JoypadButtons.Right | JoypadButtons.B : JoypadButtons.None;
            console.FrameAdvance(pad, render: false);
        }

        Console.WriteLine($"frame {console.FrameCount}, the hero at {console.Peek(0x6D) << 8 | console.Peek(0x86)}");

        byte[] state = new byte[console.StateSize];
        console.SaveState(state);                         // 13 KB in half a microsecond
        console.FrameAdvance(JoypadButtons.A);            // this frame is drawn
        byte[] picture = console.Screen.ToArray();        // 256 x 240 palette indices; CopyArgb gives colours
        ulong hash = console.StateHash();

        console.LoadState(state);
        console.FrameAdvance(JoypadButtons.A);
        Console.WriteLine($"the same again: {console.StateHash() == hash}");
        // README: end
        Assert.That(picture.Distinct().Count(), Is.GreaterThan(4), "colours in the picture");
    }

    /// <summary>Stands in for the one that prints.</summary>
    private static class Console
    {
        public static List<string> Lines { get; } = [];

        public static void WriteLine(string line) => Lines.Add(line);
    }
}
