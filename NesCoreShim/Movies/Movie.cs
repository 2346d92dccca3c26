namespace NesCoreShim.Movies;

/// <summary>
/// An input log: what was pressed on every frame since power-on, and on which game. The same log on the same ROM and the
/// same core gives the same run.
/// </summary>
public sealed class Movie
{
    /// <summary>One entry a frame; the first is the frame after power-on (or after the starting state).</summary>
    public List<MovieFrame> Frames { get; } = [];

    /// <summary>What the movie is for.</summary>
    public MovieRom Rom { get; set; } = new();

    /// <summary>Who made it; empty when the file does not say.</summary>
    public string Author { get; set; } = "";

    /// <summary>
    /// BizHawk's name of the core it was recorded on ("NesHawk", "quickerNES"), or null where the format knows no cores.
    /// </summary>
    public string? Core { get; set; }

    /// <summary>The emulator and version that wrote it, as the file puts it.</summary>
    public string EmulatorVersion { get; set; } = "";

    /// <summary>How many times the maker loaded a state and went on from there. An unattended recording has 0.</summary>
    public long RerecordCount { get; set; }

    /// <summary>Whether the console runs at PAL speed.</summary>
    public bool IsPal { get; set; }

    /// <summary>What the first frame starts from.</summary>
    public MovieStart Start { get; set; }

    /// <summary>What RAM holds at power-on, as <see cref="NesOptions.RamPattern"/> takes it; empty: zeros, as on this core.</summary>
    public ReadOnlyMemory<byte> RamPattern { get; set; }

    /// <summary>How FCEUX filled memory; null for movies of other emulators.</summary>
    internal FceuxRam? FceuxRam { get; set; }

    /// <summary>Whether it was made on FCEUX, see <see cref="NesOptions.LikeFceux"/>.</summary>
    public bool LikeFceux { get; set; }

    /// <summary>
    /// The savestate of <see cref="MovieStart.Savestate"/>, as the core that made it wrote it; null when the file packs it in
    /// a way that is not read here (BizHawk 2.9 and later use Zstandard).
    /// </summary>
    public byte[]? StartState { get; set; }

    /// <summary>Free lines of text.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Lines shown over the picture.</summary>
    public List<MovieSubtitle> Subtitles { get; } = [];

    /// <summary>
    /// BizHawk's SyncSettings.json as it was read. It belongs to <see cref="Core"/> and is written back for that core only.
    /// </summary>
    public string? SyncSettings { get; set; }

    /// <summary>The options of a console that begins as the movie's does.</summary>
    /// <param name="cartridge">The game in it.</param>
    public NesOptions ConsoleOptions(Cartridge cartridge) => new()
    {
        RamPattern = RamPattern,
        ChrRamPattern = FceuxRam?.ChrRam(cartridge.Header) ?? default,
        PrgRamPattern = FceuxRam?.PrgRam(cartridge.Header) ?? default,
        LikeFceux = LikeFceux,
    };

    /// <summary>Whether pad 2 is ever touched; if not, writers leave its port empty.</summary>
    public bool UsesPad2
    {
        get
        {
            foreach (MovieFrame frame in Frames)
            {
                if (frame.Pad2 != JoypadButtons.None)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

/// <summary>One frame of input.</summary>
/// <param name="Pad1">Held on pad 1.</param>
/// <param name="Pad2">Held on pad 2.</param>
/// <param name="Commands">The console's own buttons.</param>
public readonly record struct MovieFrame(JoypadButtons Pad1, JoypadButtons Pad2 = JoypadButtons.None, MovieCommands Commands = MovieCommands.None)
{
    /// <summary>Held on pad 1.</summary>
    public JoypadButtons Pad1 { get; } = Pad1;

    /// <summary>Held on pad 2.</summary>
    public JoypadButtons Pad2 { get; } = Pad2;

    /// <summary>The console's own buttons.</summary>
    public MovieCommands Commands { get; } = Commands;

    /// <summary>Presses the console's own buttons; the pads are for <see cref="Nes.FrameAdvance"/>.</summary>
    public void Press(Nes console)
    {
        if ((Commands & MovieCommands.Power) != 0)
        {
            console.PowerOn();
        }

        // Whoever presses both resets a console that has just come on.
        if ((Commands & MovieCommands.Reset) != 0)
        {
            console.Reset();
        }
    }
}

/// <summary>The console's own buttons, pressed at the start of a frame; the values are FM2's.</summary>
[Flags]
public enum MovieCommands : byte
{
    None = 0,

    /// <summary>The reset button.</summary>
    Reset = 1 << 0,

    /// <summary>Power off and on.</summary>
    Power = 1 << 1,
}

/// <summary>What a movie's first frame starts from.</summary>
public enum MovieStart
{
    /// <summary>A console that was just switched on.</summary>
    PowerOn,

    /// <summary>A savestate inside the file, which only the core that made it can load.</summary>
    Savestate,

    /// <summary>Power-on with a battery save inside the file.</summary>
    SaveRam,
}

/// <summary>A line shown over the picture.</summary>
/// <param name="Frame">First frame that shows it.</param>
/// <param name="Text">The line.</param>
public sealed record MovieSubtitle(int Frame, string Text)
{
    /// <summary>First frame that shows it.</summary>
    public int Frame { get; } = Frame;

    /// <summary>The line.</summary>
    public string Text { get; } = Text;
}
