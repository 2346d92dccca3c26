using BizHawk.Client.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>A movie as tools see it: a .bk2 that is being recorded or played.</summary>
internal sealed class HostedMovie : IMovie
{
    private readonly Func<double> _frameRate;
    private Movie _movie = new();

    /// <param name="path">The .bk2 file.</param>
    /// <param name="frameRate">The core's frames a second.</param>
    public HostedMovie(string path, Func<double> frameRate)
    {
        Filename = path;
        _frameRate = frameRate;
    }

    public string Filename { get; set; }

    public string Name => Path.GetFileNameWithoutExtension(Filename);

    public string GameName
    {
        get => _movie.Rom.Name;
        set => _movie.Rom.Name = value;
    }

    public int FrameCount => _movie.Frames.Count;

    public int InputLogLength => _movie.Frames.Count;

    public TimeSpan TimeLength => TimeSpan.FromSeconds(FrameCount / FrameRate);

    public double FrameRate => _frameRate();

    public IList<string> Comments => _movie.Comments;

    public string SystemID { get; set; } = "NES";

    public ulong Rerecords
    {
        get => (ulong)_movie.RerecordCount;
        set
        {
            Changes |= value != Rerecords;
            _movie.RerecordCount = (long)value;
        }
    }

    public string Hash
    {
        get => _movie.Rom.Sha1 ?? "";
        set => _movie.Rom.Sha1 = value;
    }

    public string Author
    {
        get => _movie.Author;
        set => _movie.Author = value;
    }

    public string Core
    {
        get => _movie.Core ?? "";
        set => _movie.Core = value;
    }

    public string EmulatorVersion
    {
        get => _movie.EmulatorVersion;
        set => _movie.EmulatorVersion = value;
    }

    public string BoardName { get; set; } = "";

    public IDictionary<string, string> HeaderEntries => new Dictionary<string, string>
    {
        ["Author"] = Author,
        ["emuVersion"] = EmulatorVersion,
        ["Platform"] = SystemID,
        ["GameName"] = GameName,
        ["SHA1"] = Hash,
        ["Core"] = Core,
        ["rerecordCount"] = Rerecords.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    public MovieMode Mode { get; set; }

    public bool IsCountingRerecords { get; set; } = true;

    public bool Changes { get; private set; }

    public byte[]? BinarySavestate
    {
        get => _movie.StartState;
        set => _movie.StartState = value;
    }

    public int[]? SavestateFramebuffer { get; set; }

    public bool StartsFromSavestate
    {
        get => _movie.Start == MovieStart.Savestate;
        set => _movie.Start = value ? MovieStart.Savestate : MovieStart.PowerOn;
    }

    public bool StartsFromSaveRam
    {
        get => _movie.Start == MovieStart.SaveRam;
        set => _movie.Start = value ? MovieStart.SaveRam : MovieStart.PowerOn;
    }

    public bool IsPal
    {
        get => _movie.IsPal;
        set => _movie.IsPal = value;
    }

    public bool IsActive => Mode != MovieMode.Inactive;

    public Bk2LogKey Key => Bk2LogKey.For(_movie.Core ?? Bk2File.NesHawk, withPad2: false);

    public MovieFrame this[int frame] => _movie.Frames[frame];

    /// <summary>Reads the file.</summary>
    /// <exception cref="MovieFormatException">It is no movie.</exception>
    public void Load()
    {
        _movie = MovieFile.Load(Filename);
        Changes = false;
    }

    public void Save()
    {
        Write(Filename);
        Changes = false;
    }

    public void Write(string path) => MovieFile.Save(path, _movie);

    public string GetInputLogEntry(int frame) => frame >= 0 && frame < FrameCount ? Key.Write(_movie.Frames[frame]) : "";

    /// <summary>Forgets the log; a recording begins.</summary>
    public void StartNewRecording()
    {
        Truncate(0);
        Mode = MovieMode.Record;
        Changes = true;
    }

    /// <summary>Puts a frame into the log; what came after it is cut.</summary>
    public void RecordFrame(int frame, MovieFrame input)
    {
        Truncate(frame);
        while (_movie.Frames.Count < frame)
        {
            _movie.Frames.Add(default);
        }

        _movie.Frames.Add(input);
        Changes = true;
    }

    public void Truncate(int frame)
    {
        if (_movie.Frames.Count > frame)
        {
            _movie.Frames.RemoveRange(frame, _movie.Frames.Count - frame);
            Changes = true;
        }
    }

    /// <summary>Takes a state's log for its own: one rerecord more.</summary>
    public void ReplaceLog(IEnumerable<MovieFrame> log)
    {
        _movie.Frames.Clear();
        _movie.Frames.AddRange(log);
        Changes = true;
        if (IsCountingRerecords)
        {
            Rerecords++;
        }
    }

    public IReadOnlyList<MovieFrame> Log => _movie.Frames;

    public bool Stop(bool saveChanges = true)
    {
        bool saves = saveChanges && Changes && IsActive;
        if (saves)
        {
            Save();
        }

        Mode = MovieMode.Inactive;
        Changes = false;
        return saves;
    }
}
