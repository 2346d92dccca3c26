using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>Our pictures beside those of the notebooks' own transforms.</summary>
public class NotebookPicturesTests
{
    private static readonly PixelSettings
        First = new() { Method = ResizeMethod.OpenCvArea, Palette = PaletteKind.NesPy, FirstLine = 0, Lines = 240 },
        Second = new() { Method = ResizeMethod.TorchBilinear, Palette = PaletteKind.NesPy, FirstLine = 0, Lines = 240 },
        Third = new() { Method = ResizeMethod.PillowBilinear, Palette = PaletteKind.NesPy, FirstLine = 0, Lines = 240, Size = 96, EachFrame = true };

    private static IEnumerable<int> ScreenNumbers => Enumerable.Range(0, GoldenFrames.Screens.Length);

    [TestCaseSource(nameof(ScreenNumbers))]
    public void Notebook_000s_pictures_are_equal_to_the_bit(int screen) => AssertEqual(First, "area", screen);

    [TestCaseSource(nameof(ScreenNumbers))]
    public void Notebook_002s_pictures_are_equal_to_the_bit(int screen) => AssertEqual(Third, "pillow", screen);

    [TestCaseSource(nameof(ScreenNumbers))]
    public void Notebook_001s_pictures_are_the_nearest_whole_greys(int screen)
    {
        // Golden numbers are 1/64 grey level; the nearest whole one is at most half a level off, and ours a hundredth more.
        byte[] ours = Observe(Second, screen);
        int worst = ours.Zip(GoldenFrames.Read<ushort>("golden_frames.npz", "torch").Skip(screen * ours.Length), (o, g) => Math.Abs(o * 64 - g)).Max();
        Assert.That(worst, Is.LessThanOrEqualTo(33));
    }

    // The three environments were shown screen 0, then 1 to 6 and round again, a frame each; two steps of four frames.
    [TestCase("000")]
    [TestCase("001")]
    [TestCase("002")]
    public void Stacks_hold_the_frames_that_the_notebooks_hold(string notebook)
    {
        var pixels = notebook switch { "000" => First, "001" => Second, _ => Third };
        byte[][] pictures = [.. Enumerable.Range(0, 7).Select(screen => Observe(pixels, screen))];
        var host = new Show();
        var session = new GameSession(new EnvironmentSettings { Observation = ObservationKind.Pixels, Pixels = pixels, NoOpStarts = 0 }, host.Start(), new RandomStream(1));
        session.Open(host);
        var seen = new List<int>();
        for (int step = 0; step < 3; step++)
        {
            seen.AddRange(session.Observation.ToArray().Chunk(pictures[0].Length).Select(picture => Array.FindIndex(pictures, p => p.SequenceEqual(picture))));
            session.Play(host, 1);
        }

        Assert.That(seen, Is.EqualTo(GoldenFrames.Read<byte>("golden_frames.npz", $"stack_{notebook}").Select(n => (int)n)));
    }

    private static void AssertEqual(PixelSettings settings, string golden, int screen)
    {
        byte[] ours = Observe(settings, screen);
        Assert.That(ours, Is.EqualTo(GoldenFrames.Read<byte>("golden_frames.npz", golden).Skip(screen * ours.Length).Take(ours.Length)));
    }

    private static byte[] Observe(PixelSettings settings, int screen)
    {
        byte[] grey = new byte[settings.Size * settings.Size];
        new PixelObserver(settings).Observe(new Screen { Indices = GoldenFrames.Screens[screen], Width = 256, Height = 240 }, grey);
        return grey;
    }

    /// <summary>Shows screen 0 in its first frame, which is the first a session looks at, and then one after the other.</summary>
    private sealed class Show : IFrameHost
    {
        private readonly ScriptedRam _ram = new();
        private int _frame;

        public StartState Start() => new([], []);

        public void FrameAdvance(Buttons buttons, bool render)
        {
            _frame++;
            _ram.X++;
        }

        public Screen ReadScreen() => new() { Indices = GoldenFrames.Screens[(_frame - 1) % 7], Width = 256, Height = 240 };

        public ReadOnlySpan<byte> ReadRam() => _ram.Bytes;

        public void WriteByte(int address, byte value) => throw new NotSupportedException();

        public byte[] SaveState() => [];

        public void LoadState(byte[] state) => _frame = 0;
    }
}
