using NesCoreShim;
using NesCoreShim.Movies;

namespace MarioAgentTool.Cli.Lua;

/// <summary>The movie session behind the script's movie library: idle, recording from power-on, playing, or played to its end.</summary>
internal sealed class LuaMovie(GameRom rom)
{
    // As they stand in a line of the input log, pad 1 only.
    private static readonly (char Letter, JoypadButtons Button)[] Letters =
    [
        ('U', JoypadButtons.Up), ('D', JoypadButtons.Down), ('L', JoypadButtons.Left), ('R', JoypadButtons.Right),
        ('S', JoypadButtons.Start), ('s', JoypadButtons.Select), ('B', JoypadButtons.B), ('A', JoypadButtons.A),
    ];

    private Movie? _movie;
    private bool _recording;
    private int _at;

    /// <summary>BizHawk's word for it: INACTIVE, RECORD, PLAY or FINISHED.</summary>
    public string Mode => _movie is null ? "INACTIVE" : _recording ? "RECORD" : _at < _movie.Frames.Count ? "PLAY" : "FINISHED";

    /// <summary>Where it is written to, or was read from; empty without a movie.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Its frames.</summary>
    public int Length => _movie?.Frames.Count ?? 0;

    /// <summary>How often a state was loaded while recording.</summary>
    public long Rerecords
    {
        get => _movie?.RerecordCount ?? 0;
        set => (_movie ?? throw NoMovie()).RerecordCount = value;
    }

    /// <summary>Whether loading a state while recording counts as a rerecord.</summary>
    public bool CountsRerecords { get; set; } = true;

    /// <summary>The console's buttons in the coming frame of a played movie.</summary>
    public MovieCommands Commands => Coming.Commands;

    private MovieFrame Coming => Mode == "PLAY" ? _movie!.Frames[_at] : default;

    /// <summary>Begins a recording; the console has just been switched on.</summary>
    public void Record(string path)
    {
        _movie = new Movie { Rom = rom.MovieRom, Author = "mario-agent", IsPal = rom.Region == Region.Pal, RamPattern = PowerOnRam.Fceux };
        (_recording, _at, Path) = (true, 0, System.IO.Path.GetFullPath(path));
    }

    /// <summary>Begins to play: the file named, or from its beginning the movie that is loaded. The console must then be switched on as it says.</summary>
    public Movie Play(string path)
    {
        if (path.Length > 0)
        {
            if (!File.Exists(path))
            {
                throw new LuaHostException($"{path} does not exist; expected a movie (.bk2 or .fm2)");
            }

            Movie movie = MovieFile.Load(path);
            if (movie.Start != MovieStart.PowerOn)
            {
                throw new LuaHostException($"{path} does not start from power-on; the headless host plays no other movies");
            }

            if (movie.IsPal != (rom.Region == Region.Pal))
            {
                throw new LuaHostException($"{path} was made at {(movie.IsPal ? "PAL" : "NTSC")} speed and the game runs at {rom.Region} speed; give --region {(movie.IsPal ? "pal" : "ntsc")}");
            }

            (_movie, Path) = (movie, path);
        }

        Movie playing = _movie ?? throw NoMovie();
        (_recording, _at) = (false, 0);
        return playing;
    }

    /// <summary>What the movie holds on a port in the coming frame.</summary>
    public JoypadButtons PadOf(int port) => port == 0 ? Coming.Pad1 : Coming.Pad2;

    /// <summary>A frame is about to be emulated with this input.</summary>
    public void Advance(MovieFrame frame)
    {
        if (_recording)
        {
            _movie!.Frames.Add(frame);
        }

        _at++;
    }

    /// <summary>A state was loaded: recording goes on from there, and that counts.</summary>
    public void StateLoaded(long frame)
    {
        _at = (int)frame;
        if (!_recording)
        {
            return;
        }

        if (frame > _movie!.Frames.Count)
        {
            _movie = null;
            throw new LuaHostException($"the state is of frame {frame}, beyond the {Length} frames recorded; recording has ended");
        }

        _movie.Frames.RemoveRange((int)frame, _movie.Frames.Count - (int)frame);
        _movie.RerecordCount += CountsRerecords ? 1 : 0;
    }

    /// <summary>Writes the movie: to the file named, or to its own.</summary>
    public void Save(string path)
    {
        Movie movie = _movie ?? throw NoMovie();
        if (path.Length > 0)
        {
            string named = System.IO.Path.HasExtension(path) ? path : path + ".bk2";
            Path = File.Exists(named) ? throw new LuaHostException($"{named} exists already, and movie.save overwrites none; name another file") : named;
        }

        MovieFile.Save(Path, movie);
    }

    /// <summary>Ends recording or playing.</summary>
    public void Stop(bool save)
    {
        if (_recording && save)
        {
            Save("");
        }

        (_movie, _recording, Path) = (null, false, "");
    }

    /// <summary>What was pressed on a frame; null beyond the end.</summary>
    public MovieFrame? FrameAt(long frame) => (_movie ?? throw NoMovie()) is { } movie && frame >= 0 && frame < movie.Frames.Count ? movie.Frames[(int)frame] : null;

    /// <summary>A frame as a line of NesHawk's input log; empty beyond the end.</summary>
    public string MnemonicAt(long frame) => FrameAt(frame) is not { } f ? "" : "|" + Press(f, MovieCommands.Power, 'P') + Press(f, MovieCommands.Reset, 'r') + "|" + Pad(f.Pad1) + "|";

    /// <summary>Reads such a line.</summary>
    public static MovieFrame ParseMnemonic(string line)
    {
        string[] groups = line.Trim('|').Split('|');
        if (groups.Length is < 2 or > 3 || groups[0].Length != 2 || groups.Skip(1).Any(g => g.Length != Letters.Length))
        {
            throw new LuaHostException($"'{line}' is no line of an NES input log; expected one like |..|...R...A|");
        }

        static JoypadButtons Read(string group) => group.Select((c, i) => c is '.' or ' ' ? JoypadButtons.None : Letters[i].Button).Aggregate((a, b) => a | b);
        MovieCommands commands = (groups[0][0] == '.' ? 0 : MovieCommands.Power) | (groups[0][1] == '.' ? 0 : MovieCommands.Reset);
        return new MovieFrame(Read(groups[1]), groups.Length > 2 ? Read(groups[2]) : JoypadButtons.None, commands);
    }

    private static char Press(MovieFrame frame, MovieCommands command, char letter) => (frame.Commands & command) != 0 ? letter : '.';

    private static string Pad(JoypadButtons pad) => string.Concat(Letters.Select(l => (pad & l.Button) != 0 ? l.Letter : '.'));

    private static LuaHostException NoMovie() => new("no movie is loaded; start a recording (--record FILE) or play one first");
}
