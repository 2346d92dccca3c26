using System.Drawing;
using System.Drawing.Imaging;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Windows.Forms;
using BizHawk.Client.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

// Bursts, states, the run beside, and movies from elsewhere than power-on.
public sealed partial class MarioAgentForm
{
    // Long enough to be worth it, short enough that a click is answered at once.
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(25);

    private SteppedCore? _core;
    private BesideTraining? _beside;
    private (ToolActivity, DateTime)? _offeredAt;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly System.Diagnostics.Stopwatch _sinceLooked = System.Diagnostics.Stopwatch.StartNew();

    /// <summary>Whether training steps the core without drawing; EmuHawk keeps it with its own settings.</summary>
    [ConfigPersist]
    public bool BurstsSetting
    {
        get => _bursts.Checked;
        set => _bursts.Checked = value;
    }

    private void WireMore()
    {
        _bursts.CheckedChanged += Guarded("changing the pace", SetPace);
        _addState.Click += Guarded("adding a state", () => _session.Starts.Add(GivenStart.Of(Host, $"Frame {Emulator!.Frame}")));
        _addFiles.Click += Guarded("adding states", AddFiles);
        _addFolder.Click += Guarded("adding states", AddFolder);
        _removeState.Click += Guarded("removing a state", RemoveStates);
        _whereItFails.CheckedChanged += Guarded("choosing how states are drawn", () => _session.Starts.Draw = _whereItFails.Checked ? StartDraw.Failures : StartDraw.Even);
        _recordHere.Click += Guarded("starting a recording", RecordHere);
        _recordBest.Click += Guarded("starting a recording", RecordBest);
        _trainBeside.Click += Guarded("training beside", TrainBeside);
        _goOn.CheckedChanged += Guarded("letting the run go on", () =>
        {
            if (_goOn.Checked && _beside is { IsRunning: true })
            {
                _beside.GoOn();
                _goOn.Enabled = false;
            }
        });
    }

    private BizHawkHost Host => _host ?? throw new InvalidOperationException(_session.Message);

    private void Burst()
    {
        if (_bursts.Checked && _session.IsTraining && MainForm.EmulatorPaused)
        {
            _core ??= SteppedCore.Of(MovieSession, Emulator!, Sound);
            _session.Burst(_core, s_slice);
        }
    }

    // Bursts run while EmuHawk is paused, which draws nothing then; its own frames go on where they ended.
    private void SetPace()
    {
        if (!_session.IsTraining)
        {
            return;
        }

        if (_bursts.Checked)
        {
            MainForm.PauseEmulator();
        }
        else
        {
            MainForm.UnpauseEmulator();
        }
    }

    private void ShowSeen()
    {
        _see.Tick(Apis?.Gui, _host, () => MainForm.EmulatorPaused, isBursting: _bursts.Checked && _session.IsTraining, _clock.Elapsed);
        _curves.Tick(_clock.Elapsed);
    }

    private void AddFiles()
    {
        using OpenFileDialog dialog = new() { Title = "States to start from", Filter = "EmuHawk states|*.State|All files|*", Multiselect = true };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            AddStates(dialog.FileNames);
        }
    }

    private void AddFolder()
    {
        using FolderBrowserDialog dialog = new() { Description = "A folder of states" };
        if (dialog.ShowDialog(this) == DialogResult.OK)
        {
            AddStates([dialog.SelectedPath]);
        }
    }

    private void AddStates(string[] paths)
    {
        RefuseWithMovie();
        IReadOnlyList<StartState> states = StateFiles.Read(Host, LoadState, StateFiles.Find(paths), out IReadOnlyList<string> refused);
        _session.Starts.Add([.. states]);
        if (refused.Count > 0)
        {
            throw new NotSupportedException(string.Join(System.Environment.NewLine, refused));
        }
    }

    // Returned nothing in 2.9.
    private bool LoadState(string path) => VersionedCall.Call(typeof(ISaveStateApi), Apis!.SaveState, "Load", path) is not false;

    private void RemoveStates()
    {
        foreach (ListViewItem item in _states.SelectedItems)
        {
            _session.Starts.Remove((StartEntry)item.Tag);
        }
    }

    private void RecordHere()
    {
        RefuseWithMovie();
        AgentSource source = ChosenRun();
        StartState here = GivenStart.Of(Host, "This moment");
        Record("Record an episode from here", () => _session.PlayOnceFromHere(source), (here.State, (int[])Video!.GetVideoBuffer().Clone()));
    }

    private void RecordBest()
    {
        RefuseWithMovie();
        BestEpisode best = _session.Best ?? throw new InvalidOperationException("No episode has ended yet.");
        Record("Record the best episode", () => _session.PlayTape(best.Tape), best.IsFromPowerOn ? null : (best.Start.State, (int[])Video!.GetVideoBuffer().Clone()));
    }

    private void TrainBeside()
    {
        if (_beside is { IsRunning: true })
        {
            _beside.Stop();
            return;
        }

        AgentProgram program = AgentProgram.Find(ProgramFolder, out string missing) ?? throw new NotSupportedException(missing);
        string rom = MainForm.CurrentlyOpenRom;
        if (!File.Exists(rom))
        {
            throw new NotSupportedException($"{rom} is not a file of its own; unpack the game to train beside EmuHawk.");
        }

        _beside?.Dispose();
        string folder = Path.Combine(RunsFolder, $"{DateTime.Now:yyyyMMdd-HHmmss}-{_choice.Preset.Name}");
        _beside = BesideTraining.Start(program, rom, folder, _choice.Preset.Name, _choice.Assignments);
        _goOn.Enabled = true;
        _goOn.Checked = false;
    }

    // Looked for where it may have changed: it means reading files.
    private void OfferToGoOn()
    {
        (ToolActivity, DateTime) now = (_session.Activity, _session.Autosave is { } autosave ? Autosave.KeptAt(autosave.Folder) : default);
        if (now == _offeredAt)
        {
            return;
        }

        _offeredAt = now;
        string? folder = _session.Activity == ToolActivity.Ready ? Autosave.FindLatest(RunsFolder, Rom) : null;
        SetText(_goOnTraining, folder is null ? "G&o on with the last training" : $"G&o on with the training of {When(Autosave.KeptAt(folder))}");
        _goOnTraining.Enabled = folder is not null;

        static string When(DateTime time) => time.ToString(time.Date == DateTime.Today ? "HH:mm" : "d MMMM, HH:mm", CultureInfo.InvariantCulture);
    }

    private void ShowMore()
    {
        OfferToGoOn();
        ShowStates();
        _addState.Enabled = _addFiles.Enabled = _addFolder.Enabled = _session.Activity != ToolActivity.Waiting;
        _trainBeside.Enabled = _beside is { IsRunning: true } || _session.Activity != ToolActivity.Waiting;
        _removeState.Enabled = _states.SelectedItems.Count > 0;
        _recordHere.Enabled = _session.Activity == ToolActivity.Ready;
        _recordBest.Enabled = _session.Activity == ToolActivity.Ready && _session.Best is not null;
        if (_beside is not null && _sinceLooked.Elapsed.TotalSeconds > 1)
        {
            _sinceLooked.Restart();
            bool isBetter = _beside.Look();
            SetText(_besideMessage, _beside.Message);
            SetText(_trainBeside, _beside.IsRunning ? "Stop training bes&ide" : "Train bes&ide");
            if (isBetter)
            {
                _runFolder.Text = RunFolderSetting = _beside.Folder;
                if (_session.Activity is ToolActivity.Ready or ToolActivity.Playing && MovieSession?.Movie is null)
                {
                    Watch();
                }
            }
        }
    }

    private void ShowStates()
    {
        IReadOnlyList<StartEntry> entries = _session.Starts.Entries;
        if (_states.Items.Count != entries.Count || !entries.Select(e => (object)e).SequenceEqual(_states.Items.Cast<ListViewItem>().Select(i => i.Tag)))
        {
            _states.Items.Clear();
            _stateImages.Images.Clear();
            foreach (StartEntry entry in entries)
            {
                _stateImages.Images.Add(Thumbnail(entry.State.Picture));
                _states.Items.Add(new ListViewItem([entry.Name, "", ""], _stateImages.Images.Count - 1) { Tag = entry });
            }
        }

        for (int i = 0; i < entries.Count; i++)
        {
            SetText(_states.Items[i].SubItems[1], entries[i].Episodes.ToString("N0", CultureInfo.InvariantCulture));
            SetText(_states.Items[i].SubItems[2], entries[i].SuccessRate?.ToString("P0", CultureInfo.InvariantCulture) ?? "–");
        }
    }

    private Bitmap Thumbnail(Still? picture)
    {
        Bitmap small = new(_stateImages.ImageSize.Width, _stateImages.ImageSize.Height);
        if (picture is null)
        {
            return small;
        }

        Environment.Screen screen = picture.Screen;
        using Bitmap whole = new(screen.Width, screen.Height, PixelFormat.Format32bppRgb);
        BitmapData bits = whole.LockBits(new Rectangle(0, 0, whole.Width, whole.Height), ImageLockMode.WriteOnly, whole.PixelFormat);
        Marshal.Copy(screen.Argb.ToArray(), 0, bits.Scan0, screen.Width * screen.Height);
        whole.UnlockBits(bits);
        using Graphics g = Graphics.FromImage(small);
        g.DrawImage(whole, 0, 0, small.Width, small.Height);
        return small;
    }

    private static void SetText(ListViewItem.ListViewSubItem item, string text)
    {
        if (item.Text != text)
        {
            item.Text = text;
        }
    }

    private static void SetText(FlatButton button, string text)
    {
        if (button.Text != text)
        {
            button.Text = text;
        }
    }
}
