using System.Globalization;
using System.Windows.Forms;
using BizHawk.Client.Common;
using BizHawk.Client.EmuHawk;
using BizHawk.Emulation.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>
/// The window in EmuHawk. It receives BizHawk's services, forwards clicks and frames to a <see cref="ToolSession"/>, and
/// shows what that reports. EmuHawk makes new services with every core, so nothing of theirs is kept over a restart.
/// </summary>
[ExternalTool("Mario Agent", Description = "An agent that plays Super Mario Bros. and learns to")]
[ExternalToolApplicability.SingleSystem("NES")]
public sealed partial class MarioAgentForm : ToolFormBase, IExternalToolForm
{
    private static readonly TimeSpan s_showEvery = TimeSpan.FromMilliseconds(150);

    private readonly ToolSession _session = new();
    private readonly SettingsChoice _choice = new();
    private readonly ErrorLog _log = new(Path.Combine(ToolFolder, "mario-agent", "errors.log"));
    private readonly System.Diagnostics.Stopwatch _sinceShown = System.Diagnostics.Stopwatch.StartNew();
    private readonly Border _border;
    private MovieRecorder? _recorder;
    private Action? _toRecord;
    private BizHawkHost? _host;
    private bool _isRestored;

    /// <summary>EmuHawk makes the window and sets its services afterwards.</summary>
    public MarioAgentForm()
    {
        _border = new Border(ShowError);
        _see = new SeePage(_session, Guarded);
        _curves = new CurvesPage(_session, () => _runFolder.Text.Trim(), Guarded, RecordBest);
        LayOut();
        SetKeys();
        WireMore();
        _session.Home = () => (LearnerHome.Start(ProgramFolder, out string note), note);
        _preset.Items.AddRange([.. Presets.All.Select(p => (object)p.Name)]);
        _preset.SelectedIndexChanged += Guarded("choosing a preset", () => _choice.Choose(Presets.All[_preset.SelectedIndex]));
        _choice.Changed += ShowChoice;
        ShowChoice();
        _runFolder.Text = RunFolderSetting;
        _browse.Click += Guarded("choosing a run", Browse);
        _watch.Click += Guarded("starting to play", Watch);
        _record.Click += Guarded("starting a recording", Record);
        _train.Click += Guarded("starting to train", Train);
        _goOnTraining.Click += Guarded("going on with a training", GoOnTraining);
        _save.Click += Guarded("saving the agent", Save);
        _stop.Click += Guarded("stopping", () => Stop("Stopped. The pad is yours."));
        _copyError.Click += Guarded("copying the error", () => Clipboard.SetText(_error.Text));
        _dismissError.Click += Guarded("dismissing the error", () => _all.SetShown(_errorBox, false));
        _themeChoice.SelectedIndexChanged += Guarded("choosing colours", () =>
        {
            ThemeChoice choice = (ThemeChoice)_themeChoice.SelectedIndex;
            ThemeSetting = choice.ToString();
            Theme.Of(choice).Apply(this);
        });
        _themeChoice.SelectedIndex = 0;
        ShowProgress();
    }

    /// <summary>ApiHawk; EmuHawk sets it before every <see cref="Restart"/>.</summary>
    public ApiContainer? Apis { get; set; }

    /// <summary>What is drawn over the game, <see cref="OverlayParts"/>; EmuHawk keeps it with its own settings.</summary>
    [ConfigPersist]
    public string OverlaySetting
    {
        get => _see.Parts.ToString();
        set => _see.Parts = Enum.TryParse(value, out OverlayParts parts) ? parts : OverlayParts.None;
    }

    /// <summary>The folder chosen last; EmuHawk keeps it with its own settings.</summary>
    [ConfigPersist]
    public string RunFolderSetting { get; set; } = "";

    /// <summary>The colours chosen, a <see cref="ThemeChoice"/>; EmuHawk keeps it with its own settings.</summary>
    [ConfigPersist]
    public string ThemeSetting { get; set; } = nameof(ThemeChoice.Auto);

    /// <summary>Preset and changed settings; EmuHawk keeps it with its own settings.</summary>
    [ConfigPersist]
    public string TrainingSettings { get; set; } = "";

    // Optional, so that the window stays open and waits when a core lacks one of them.
    [OptionalService]
    private IEmulator? Emulator { get; set; }

    [OptionalService]
    private IMemoryDomains? Memory { get; set; }

    [OptionalService]
    private IVideoProvider? Video { get; set; }

    [OptionalService]
    private IStatable? States { get; set; }

    [OptionalService]
    private ISoundProvider? Sound { get; set; }

    /// <inheritdoc/>
    protected override string WindowTitleStatic => "Mario Agent";

    private static string ToolFolder => Path.GetDirectoryName(typeof(MarioAgentForm).Assembly.Location) ?? "";

    private static string RunsFolder => Path.Combine(ToolFolder, "mario-agent", "runs");

    private RomIdentity Rom => GameCheck.Identify(Game, MainForm.CurrentlyOpenRom);

    /// <summary>The command mario-agent, as it travels with the plug-in.</summary>
    private static string ProgramFolder => Path.Combine(ToolFolder, "mario-agent", "bin");

    /// <inheritdoc/>
    public override void Restart() => Guard("starting with this game", () =>
    {
        if (_runFolder.Text.Length == 0)
        {
            _runFolder.Text = RunFolderSetting;
        }

        RestoreChoice();
        _themeChoice.SelectedIndex = Enum.TryParse(ThemeSetting, out ThemeChoice theme) ? (int)theme : 0;

        // Before anything can fail: the old core is gone.
        _session.Attach(null, null);
        _core = null;
        string? obstacle = GameCheck.Obstacle(Game, Memory);
        if (obstacle is null && (Emulator is null || Video is null || States is null))
        {
            obstacle = "This core offers no savestates or no picture; choose NesHawk or quickerNES under Config > Preferred Cores > NES.";
        }

        if (Apis is not null)
        {
            Apis.EmuClient.StateLoaded += (_, _) => Guard("taking in a state that was loaded", _see.Stale);
        }

        _host = obstacle is null ? new BizHawkHost(Emulator!, Memory!, Video!, States!) : null;
        _session.Attach(_host, obstacle);
        if (_session.Activity == ToolActivity.Ready)
        {
            _toRecord?.Invoke();
        }

        ShowProgress();
    });

    /// <inheritdoc/>
    public override void UpdateValues(ToolFormUpdateType type)
    {
        switch (type)
        {
            case ToolFormUpdateType.PreFrame or ToolFormUpdateType.FastPreFrame:
                Guard("holding the pad", () => _session.PreFrame(Apis!.Joypad));
                break;
            case ToolFormUpdateType.PostFrame or ToolFormUpdateType.FastPostFrame:
                Guard("playing a frame", AfterFrame);
                break;
            case ToolFormUpdateType.General:
                Guard("training in bursts", Burst);
                Guard("keeping what was learned", _session.KeepWhatCame);
                Guard("showing what it sees", ShowSeen);
                if (_sinceShown.Elapsed > s_showEvery)
                {
                    Guard("showing the progress", ShowProgress);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnFormClosed(FormClosedEventArgs e)
    {
        Guard("closing", () =>
        {
            FinishRecording();
            _see.Dispose();
            _session.Dispose();
            _beside?.Dispose();
        });
        _help?.Dispose();
        base.OnFormClosed(e);
    }

    // What EmuHawk kept comes between the constructor and the first start.
    private void RestoreChoice()
    {
        if (!_isRestored)
        {
            _isRestored = true;
            IReadOnlyList<string> refused = _choice.Restore(TrainingSettings);
            _editor.Say(string.Join(" ", refused));
        }
    }

    private void ShowChoice()
    {
        TrainingSettings = _isRestored ? _choice.ToText() : TrainingSettings;
        _preset.SelectedIndex = Presets.All.ToList().IndexOf(_choice.Preset);
        string changes = _choice.Changes.Count == 0 ? "" : $" Changed: {string.Join(", ", _choice.Assignments)}.";
        _story.Text = $"{_choice.Preset.Summary}.{changes}";
    }

    private void AfterFrame()
    {
        _session.PostFrame();
        if (_host is not null)
        {
            _see.AfterFrame(Apis!.Gui, _host, Apis.Joypad);
        }

        if (_session.IsEpisodeDone && _recorder?.Path is not null)
        {
            // Movies are not to be stopped from inside a frame.
            BeginInvoke(Guarded("finishing the recording", FinishRecording), this, EventArgs.Empty);
        }

        if (_sinceShown.Elapsed > s_showEvery)
        {
            ShowProgress();
        }
    }

    private void Browse()
    {
        using OpenFileDialog dialog = new()
        {
            Title = "A run's settings.json",
            Filter = "A run|settings.json|All files|*",
            InitialDirectory = Directory.Exists(_runFolder.Text) ? _runFolder.Text : "",
        };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            _runFolder.Text = Path.GetDirectoryName(dialog.FileName);
        }
    }

    private void Watch()
    {
        RefuseWithMovie();
        _session.Watch(ChosenRun());
        MainForm.UnpauseEmulator();
    }

    private void Train() => Train(AgentSource.New(_choice.Here), Autosave.NewFolder(RunsFolder, DateTime.Now));

    private void GoOnTraining()
    {
        string folder = Autosave.FindLatest(RunsFolder, Rom) ?? throw new InvalidOperationException("There is no training of this game to go on with.");
        Train(Autosave.Open(folder), folder);
    }

    private void Train(AgentSource source, string folder)
    {
        RefuseWithMovie();
        _session.Autosave = new Autosave(folder, TimeSpan.FromMinutes(source.Settings.AutosaveMinutes), Rom);
        _session.Train(source);
        SetPace();
    }

    private void Record()
    {
        RefuseWithMovie();
        AgentSource source = ChosenRun();
        if (source.Environment.AsMovies().NoMovieBecause(source.Environment.AsMovies().StartStages()[0]) is { } reason)
        {
            throw new NotSupportedException($"There is no movie of {source.Environment.WorldName}: {reason}. Episodes that begin in 1-1 can be recorded.");
        }

        Record("Record an episode", () => _session.PlayOnceFromPowerOn(source), from: null);
    }

    private void Record(string title, Action begin, (byte[] Core, int[] Picture)? from)
    {
        using SaveFileDialog dialog = new()
        {
            Title = title,
            Filter = "BizHawk movie|*.bk2",
            DefaultExt = "bk2",
            FileName = $"mario-agent {DateTime.Now:yyyy-MM-dd HH-mm}.bk2",
        };
        if (dialog.ShowDialog(this) != DialogResult.OK)
        {
            return;
        }

        string path = dialog.FileName;
        _recorder = new MovieRecorder(MainForm.StartNewMovie);

        BeginInvoke(Guarded("starting the recording", () => StartRecording(begin, path, from)), this, EventArgs.Empty);
    }

    private void StartRecording(Action begin, string path, (byte[] Core, int[] Picture)? from)
    {
        // Starting a movie reboots the core; EmuHawk then calls Restart, where the episode begins.
        _toRecord = begin;
        try
        {
            _recorder!.Start(MovieSession, path, "Mario Agent Tool", from);
        }
        finally
        {
            _toRecord = null;
        }

        MainForm.UnpauseEmulator();
    }

    private void FinishRecording()
    {
        if (_recorder?.Path is null)
        {
            return;
        }

        string? path = _recorder.Stop(MovieSession);
        MainForm.SetMainformMovieInfo();
        _session.Stop(path is null ? "The recording was ended by someone else." : $"Recorded {path}.");
        ShowProgress();
    }

    private void Save()
    {
        if (_session.Learner is not { } learner || _session.Source is not { } source)
        {
            throw new InvalidOperationException("Nothing has been trained yet.");
        }

        using FolderBrowserDialog dialog = new() { Description = "An empty folder for the run" };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            source.Save(dialog.SelectedPath, learner, Rom);
            _runFolder.Text = RunFolderSetting = dialog.SelectedPath;
        }
    }

    private void Stop(string message)
    {
        _session.Stop(message);
        FinishRecording();
        ShowProgress();
    }

    private AgentSource ChosenRun()
    {
        AgentSource source = AgentSource.FromRun(_runFolder.Text.Trim());
        RunFolderSetting = _runFolder.Text.Trim();
        return source;
    }

    // The session puts the machine back at every episode's start; a movie under way would not know of it.
    private void RefuseWithMovie()
    {
        if (MovieSession?.Movie is { } movie && movie.Mode != MovieMode.Inactive)
        {
            throw new InvalidOperationException("A movie is being recorded or played. Stop it first: File > Movie > Stop Movie.");
        }
    }

    private void ShowProgress()
    {
        _sinceShown.Restart();
        ToolProgress p = _session.Progress;
        bool isBusy = _session.Activity > ToolActivity.Ready, canStart = _session.Activity == ToolActivity.Ready;
        EpisodeSummary? last = p.Log.Count > 0 ? p.Log[p.Log.Count - 1].Summary : null;
        SetText(_message, _session.Message);
        SetNumber("Episodes", p.Episodes, "N0");
        SetNumber("Cleared", p.Clears, "N0");
        SetNumber("Furthest x", p.Episodes == 0 ? null : p.FurthestX, "N0");
        SetNumber("Reward, last", last?.Reward, "0.0");
        SetNumber("Reward, mean of 20", p.MeanReward, "0.0");
        SetNumber("Steps", p.Steps, "N0");
        SetNumber("Exploration", p.Epsilon, "P1");
        SetNumber("Loss", p.Loss, "G3");
        _watch.Enabled = _record.Enabled = _train.Enabled = canStart;
        _stop.Enabled = isBusy || _recorder?.Path is not null;
        _save.Enabled = _session.Learner is not null && p.Steps > 0;
        ShowMore();
    }

    private void SetNumber(string name, double? value, string format) =>
        SetText(_facts[name], value is { } v ? v.ToString(format, CultureInfo.InvariantCulture) : "–");

    // Setting a label lays the window out again, even when the text is the same.
    private static void SetText(Label label, string text)
    {
        if (label.Text != text)
        {
            label.Text = text;
        }
    }

    private EventHandler Guarded(string doing, Action action) => (_, _) =>
    {
        Guard(doing, action);
        Guard("showing the progress", ShowProgress);
    };

    private void Guard(string doing, Action action) => _border.Do(doing, action);

    private void ShowError(string doing, Exception e)
    {
        bool isLogged = _log.TryAdd(doing, e);
        if (IsDisposed)
        {
            return;
        }

        _session.Stop("Stopped, because something went wrong.");
        _error.Text = $"While {doing}: {e.Message}".Replace("\n", System.Environment.NewLine)
            + System.Environment.NewLine + (isLogged ? $"The whole report is in {_log.Path}." : e.ToString());
        _all.SetShown(_errorBox, true);
    }
}
