using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>A state that episodes start from, and how they went.</summary>
public sealed class StartEntry(StartState state)
{
    /// <summary>The state.</summary>
    public StartState State { get; } = state;

    /// <summary>What it is called.</summary>
    public string Name => State.Name ?? State.Stage.ToString();

    /// <summary>Episodes that began here and have ended.</summary>
    public int Episodes { get; internal set; }

    /// <summary>Of these, those that cleared the stage.</summary>
    public int Clears { get; internal set; }

    /// <summary>Share of clears; null before the first episode.</summary>
    public double? SuccessRate => Episodes == 0 ? null : Clears / (double)Episodes;
}

/// <summary>The states that the user wants episodes to start from.</summary>
public sealed class StartList
{
    private readonly List<StartEntry> _entries = [];
    private StartDraw _draw;

    /// <summary>Another state is in it, or one less, or they are drawn otherwise.</summary>
    public event Action? Changed;

    /// <summary>In the order they were added.</summary>
    public IReadOnlyList<StartEntry> Entries => _entries;

    /// <summary>How many.</summary>
    public int Count => _entries.Count;

    /// <summary>Which of them an episode begins from.</summary>
    public StartDraw Draw
    {
        get => _draw;
        set
        {
            if (_draw != value)
            {
                _draw = value;
                Changed?.Invoke();
            }
        }
    }

    internal IEnumerable<StartState> States => _entries.Select(e => e.State);

    /// <summary>Adds states; two may not have one name, so the later gets a number.</summary>
    public void Add(params IReadOnlyList<StartState> states)
    {
        foreach (StartState state in states)
        {
            string name = state.Name ?? state.Stage.ToString(), free = name;
            for (int i = 2; _entries.Any(e => e.Name == free); i++)
            {
                free = $"{name} ({i})";
            }

            _entries.Add(new StartEntry(state with { Name = free }));
        }

        if (states.Count > 0)
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Takes one out.</summary>
    public void Remove(StartEntry entry)
    {
        if (_entries.Remove(entry))
        {
            Changed?.Invoke();
        }
    }

    /// <summary>Takes all out.</summary>
    public void Clear()
    {
        if (_entries.Count > 0)
        {
            _entries.Clear();
            Changed?.Invoke();
        }
    }

    /// <summary>An episode has ended.</summary>
    internal void Add(StartState start, EpisodeEnd end)
    {
        if (_entries.Find(e => ReferenceEquals(e.State, start)) is { } entry)
        {
            entry.Episodes++;
            entry.Clears += end == EpisodeEnd.FlagReached ? 1 : 0;
        }
    }
}

/// <summary>Turns EmuHawk's state files into starts: each is loaded, looked at, and the machine put back as it was.</summary>
public static class StateFiles
{
    /// <summary>The state files that files and folders stand for.</summary>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths) =>
        [.. paths.SelectMany(p => Directory.Exists(p) ? Directory.GetFiles(p, "*.State").OrderBy(f => f, StringComparer.Ordinal) : (IEnumerable<string>)[p])];

    /// <summary>Reads them.</summary>
    /// <param name="host">The core.</param>
    /// <param name="load">EmuHawk's own loading of a state file; false where it could not.</param>
    /// <param name="files">The files.</param>
    /// <param name="refused">A sentence for each that is no start.</param>
    public static IReadOnlyList<StartState> Read(BizHawkHost host, Func<string, bool> load, IReadOnlyList<string> files, out IReadOnlyList<string> refused)
    {
        List<StartState> states = [];
        List<string> sentences = [];
        byte[] before = host.SaveState();
        try
        {
            foreach (string file in files)
            {
                bool isLoaded = load(file);
                host.FrameDone();
                if (!isLoaded)
                {
                    sentences.Add($"{Path.GetFileName(file)} was not loaded; EmuHawk's own message says why.");
                    continue;
                }

                try
                {
                    states.Add(GivenStart.Of(host, Path.GetFileNameWithoutExtension(file)));
                }
                catch (StageStartException e)
                {
                    sentences.Add(e.Message);
                }
            }
        }
        finally
        {
            host.LoadState(before);
        }

        refused = sentences;
        return states;
    }
}
