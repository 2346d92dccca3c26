using System.Drawing;
using System.Reflection;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>
/// An EmuHawk without windows, clock and keyboard, around the headless NES: it offers BizHawk's services and APIs to external
/// tools, and calls them in EmuHawk's order.
/// <para>
/// Its owner is the run loop: <see cref="Tick"/> is one round of it. What a tool throws comes out of the call that reached the
/// tool, and what EmuHawk cannot do from inside a callback (loading, rebooting, starting a movie) is refused there.
/// One thread at a time.
/// </para>
/// </summary>
public sealed class HeadlessEmuHawk : IDisposable
{
    /// <summary>The window shows the picture this many times as large.</summary>
    public const int WindowScale = 2;

    private readonly PadOverrides _overrides = new();
    private readonly Queue<Action> _posted = new();
    private readonly List<IExternalToolForm> _tools = [];
    private readonly Dictionary<string, Dictionary<string, object?>> _toolSettings = [];
    private readonly List<string> _messages = [];
    private Cartridge? _cartridge;
    private HostedCore? _core;
    private GuiApi _gui;
    private ClientApi _client;
    private Dictionary<Type, IExternalApi> _apis;
    private int _callbacks, _framesUndrawn;

    /// <summary>Starts without a game, as EmuHawk does.</summary>
    public HeadlessEmuHawk(HeadlessEmuHawkOptions? options = null)
    {
        Options = options ?? new HeadlessEmuHawkOptions();
        Movies = new HostedMovieSession(() => _core, Say);
        (_gui, _client, _apis) = MakeApis();
    }

    /// <summary>What was chosen.</summary>
    public HeadlessEmuHawkOptions Options { get; }

    /// <summary>The loaded game; its System is "NULL" when there is none.</summary>
    public IGameInfo Game { get; private set; } = HostedGame.None;

    /// <summary>The path the game was loaded from; empty when there is none.</summary>
    public string CurrentlyOpenRom { get; private set; } = "";

    /// <summary>The console, for looking into; it is another one after each boot.</summary>
    /// <exception cref="InvalidOperationException">No game is loaded.</exception>
    public Nes Nes => Core.Nes;

    /// <summary>The core as tools get it.</summary>
    /// <exception cref="InvalidOperationException">No game is loaded.</exception>
    public IEmulator Emulator => Core;

    /// <summary>ApiHawk, made anew with each boot.</summary>
    public ApiContainer Apis => new(_apis);

    /// <summary>Whether <see cref="Tick"/> runs frames.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether turbo is held: tools then get the fast moments instead of the plain ones.</summary>
    public bool IsTurbo { get; set; }

    /// <summary>Pauses once this frame has run; null for never.</summary>
    public int? PauseOnFrame { get; set; }

    /// <summary>Frames left undrawn between two that are drawn.</summary>
    public int FrameSkip { get; set; }

    /// <summary>What the user holds on pad 1.</summary>
    public JoypadButtons UserPad { get; set; }

    /// <summary>Names of the keys that the user holds, for <c>IInputApi</c>.</summary>
    public ISet<string> UserKeys { get; } = new HashSet<string>();

    /// <summary>The movie session, as tools get it.</summary>
    public IMovieSession MovieSession => Movies;

    /// <summary>All that was told to the user, oldest first.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>The tools that are open.</summary>
    public IReadOnlyList<IExternalToolForm> Tools => _tools;

    /// <summary>What tools keep in EmuHawk's settings: by the tool's type, then by property.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, object?>> ToolSettings => _toolSettings;

    internal HostedMovieSession Movies { get; }

    private HostedCore Core => _core ?? throw new InvalidOperationException("No game is loaded; LoadRom loads one.");

    private IEmulatorServiceProvider Services => (IEmulatorServiceProvider?)_core ?? NoServices.Instance;

    private MovieFrame User => new(UserPad);

    /// <summary>Loads a .nes file and boots it.</summary>
    /// <returns>False when a tool refused, or when the file cannot be played; <see cref="Messages"/> says which.</returns>
    public bool LoadRom(string path)
    {
        if (!File.Exists(path))
        {
            Say($"{path} is not there.");
            return false;
        }

        return LoadRom(path, File.ReadAllBytes(path));
    }

    /// <summary>Loads an image as if it lay at a path.</summary>
    /// <returns>As the other overload.</returns>
    public bool LoadRom(string path, byte[] image)
    {
        RefuseInCallback(nameof(LoadRom));
        Cartridge cartridge;
        try
        {
            cartridge = Cartridge.Load(image, Path.GetFileName(path));
        }
        catch (Exception e) when (e is InvalidRomException or UnsupportedBoardException)
        {
            Say(e.Message);
            return false;
        }

        return AskTools() && Boot(cartridge, path);
    }

    /// <summary>Boots the loaded game again: every service and API is a new one.</summary>
    /// <returns>False when a tool refused.</returns>
    public bool RebootCore()
    {
        RefuseInCallback(nameof(RebootCore));
        return _cartridge is not null && AskTools() && Boot(_cartridge, CurrentlyOpenRom);
    }

    /// <summary>Takes the game out.</summary>
    /// <returns>False when a tool refused.</returns>
    public bool CloseRom()
    {
        RefuseInCallback(nameof(CloseRom));
        return AskTools() && Boot(null, "");
    }

    /// <summary>
    /// Reboots the core and records or plays. Tools are restarted before the movie's state, if it has one, is loaded; the frame
    /// counter is 0 afterwards in any case.
    /// </summary>
    /// <param name="movie">From <see cref="MovieSession"/>'s Get.</param>
    /// <param name="newMovie">Whether to record.</param>
    /// <returns>False when a tool refused.</returns>
    public bool StartNewMovie(IMovie movie, bool newMovie)
    {
        RefuseInCallback(nameof(StartNewMovie));
        HostedMovie own = (HostedMovie)movie;
        if (newMovie)
        {
            own.Core = Options.CoreName;
        }

        Movies.StopMovie();
        Movies.Queue(own);
        try
        {
            if (!RebootCore())
            {
                return false;
            }

            Movies.RunQueued(record: newMovie);
        }
        finally
        {
            Movies.AbortQueued();
        }

        if (newMovie)
        {
            own.EmulatorVersion = "Version 2.10";
            own.GameName = Game.Name;
            own.Hash = Game.Hash;
            own.BoardName = Core.BoardName;
            own.IsPal = Core.IsPal;
        }
        else if (own.Hash != Game.Hash)
        {
            Say("Warning: Movie hash does not match the ROM");
        }

        return true;
    }

    /// <summary>Plays a movie file from its beginning.</summary>
    /// <returns>False when a tool refused.</returns>
    /// <exception cref="MovieFormatException">The file is no movie.</exception>
    public bool PlayMovie(string path) => StartNewMovie(Movies.Get(path, loadMovie: true), newMovie: false);

    /// <summary>Writes a state file: the core, and the movie's log up to here if there is a movie.</summary>
    public void SaveState(string path)
    {
        StateFile.Write(path, Core.CloneSavestate(), Movies.Current is { IsActive: true } movie ? movie.Log.Take(Core.Frame) : null, Key);
        _client.OnStateSaved(Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Loads a state file, and takes a recording back to where it was saved.</summary>
    /// <returns>False when it cannot be; <see cref="Messages"/> says why, and nothing has changed.</returns>
    public bool LoadState(string path)
    {
        if (!File.Exists(path))
        {
            Say($"Unable to load {path}");
            return false;
        }

        byte[] before = Core.CloneSavestate();
        try
        {
            (byte[] state, IReadOnlyList<MovieFrame>? log) = StateFile.Read(path, Key);
            Core.LoadStateBinary(state);
            if (!Movies.HandleLoadState(log))
            {
                Core.LoadStateBinary(before);
                return false;
            }
        }
        catch (Exception e) when (e is InvalidStateException or InvalidDataException or FormatException or EndOfStreamException)
        {
            Say($"Unable to load {path}: {e.Message}");
            return false;
        }

        _client.OnStateLoaded(Path.GetFileNameWithoutExtension(path));
        return true;
    }

    /// <summary>Opens a tool as the Tools menu would.</summary>
    /// <param name="type">A class with a constructor without parameters.</param>
    /// <returns>The tool, or null when it is not for this game or lacks something it requires; <see cref="Messages"/> says which.</returns>
    public IExternalToolForm? OpenTool(Type type)
    {
        foreach (ExternalToolApplicabilityAttributeBase rule in type.GetCustomAttributes<ExternalToolApplicabilityAttributeBase>())
        {
            if (rule.NotApplicableTo(Game.Hash, Game.System))
            {
                Say($"{type.Name} is not for {Game.Name} ({Game.System})");
                return null;
            }
        }

        return OpenTool((IExternalToolForm)Activator.CreateInstance(type)!);
    }

    /// <summary>Opens a tool that was just made: gives it services, APIs and settings, restarts it, shows it.</summary>
    /// <returns>The tool, or null when it lacks something it requires.</returns>
    public IExternalToolForm? OpenTool(IExternalToolForm tool)
    {
        if (!Supply(tool))
        {
            return null;
        }

        if (_toolSettings.TryGetValue(SettingsKey(tool), out Dictionary<string, object?>? settings))
        {
            ToolInjection.LoadSettings(tool, settings);
        }

        _tools.Add(tool);
        Call(tool.Restart);
        tool.Show();
        return tool;
    }

    /// <summary>Closes a tool, unless it refuses.</summary>
    /// <returns>Whether it is closed.</returns>
    public bool CloseTool(IExternalToolForm tool)
    {
        if (!tool.AskSaveChanges())
        {
            return false;
        }

        Remove(tool);
        tool.Close();
        return true;
    }

    /// <summary>Does something at the next <see cref="Tick"/>, outside of any callback: what BeginInvoke is to a window.</summary>
    public void Post(Action action) => _posted.Enqueue(action);

    /// <summary>
    /// One round of EmuHawk's run loop: what was posted; General for every tool, paused or not; then, unless paused, a frame.
    /// </summary>
    public void Tick()
    {
        for (int i = _posted.Count; i > 0; i--)
        {
            _posted.Dequeue()();
        }

        ForgetClosedTools();
        Update(ToolFormUpdateType.General);
        if (!IsPaused && _core is not null)
        {
            FrameAdvance();
        }
    }

    /// <summary>
    /// One frame, paused or not: overrides and drawings are dropped, PreFrame, the movie latches or records the input, the core
    /// runs, PostFrame.
    /// </summary>
    public void FrameAdvance()
    {
        bool isFast = IsTurbo;
        _gui.Discard();
        _overrides.Clear();
        Update(isFast ? ToolFormUpdateType.FastPreFrame : ToolFormUpdateType.PreFrame);

        Movies.HandleFrameBefore(_overrides.Over(User));
        bool draws = ++_framesUndrawn > FrameSkip;
        _framesUndrawn = draws ? 0 : _framesUndrawn;
        Core.FrameAdvance(Movies.Output, draws, renderSound: !isFast);
        Movies.HandleFrameAfter();

        Update(isFast ? ToolFormUpdateType.FastPostFrame : ToolFormUpdateType.PostFrame);
        if (PauseOnFrame == Core.Frame)
        {
            PauseOnFrame = null;
            IsPaused = true;
        }
    }

    /// <summary>What was drawn on a surface since the frame began, in order.</summary>
    public IReadOnlyList<Drawing> Drawings(DisplaySurfaceID surface) => [.. _gui[surface]];

    /// <summary>The game's picture, without what tools draw.</summary>
    public Picture ReadPicture() => new(Core.BufferWidth, Core.BufferHeight, (int[])Core.GetVideoBuffer().Clone());

    /// <summary>What the window would show: the picture <see cref="WindowScale"/> times as large, with what tools draw.</summary>
    public Picture ReadWindow()
    {
        Picture picture = ReadPicture();
        picture.Draw(_gui[DisplaySurfaceID.EmuCore]);
        Picture window = picture.Enlarged(WindowScale);
        window.Draw(_gui[DisplaySurfaceID.Client]);
        return window;
    }

    /// <summary>Closes EmuHawk: tools cannot refuse any more.</summary>
    public void Dispose()
    {
        foreach (IExternalToolForm tool in _tools.ToArray())
        {
            Remove(tool);
            tool.Close();
        }

        Movies.StopMovie();
        _core?.Dispose();
        _core = null;
    }

    /// <summary>Tells the user something; it ends up in <see cref="Messages"/>.</summary>
    public void Say(string message) => _messages.Add(message);

    internal string StatePath(string name) => Path.Combine(Options.StateFolder, $"{Game.Name}.{Options.CoreName}.{name}.State");

    private Bk2LogKey Key => Bk2LogKey.For(Options.CoreName, withPad2: false);

    private static string SettingsKey(IExternalToolForm tool) => tool.GetType().FullName!;

    private bool Boot(Cartridge? cartridge, string path)
    {
        Movies.StopMovie();
        _core?.Dispose();
        _core = cartridge is null ? null : new HostedCore(cartridge, Options.WithSound);
        _cartridge = cartridge;
        CurrentlyOpenRom = path;
        Game = cartridge is null ? HostedGame.None : new HostedGame(Path.GetFileNameWithoutExtension(path), "NES", cartridge.Sha1);
        PauseOnFrame = null;
        _overrides.Clear();
        (_gui, _client, _apis) = MakeApis();

        ForgetClosedTools();
        foreach (IExternalToolForm tool in _tools.ToArray())
        {
            if (Supply(tool))
            {
                Call(tool.Restart);
            }
            else
            {
                Remove(tool);
                tool.Close();
            }
        }

        _client.OnRomLoaded();
        return true;
    }

    private (GuiApi, ClientApi, Dictionary<Type, IExternalApi>) MakeApis()
    {
        GuiApi gui = new(Say, () => _core is null ? default : new Size(_core.BufferWidth * WindowScale, _core.BufferHeight * WindowScale));
        ClientApi client = new(this, _core);
        Dictionary<Type, IExternalApi> apis = new()
        {
            [typeof(IGuiApi)] = gui,
            [typeof(IEmuClientApi)] = client,
            [typeof(IInputApi)] = new InputApi(UserKeys),
            [typeof(IMovieApi)] = new MovieApi(this),
        };
        if (_core is not null)
        {
            apis.Add(typeof(IEmulationApi), new EmulationApi(_core, Game));
            apis.Add(typeof(IJoypadApi), new JoypadApi(_core, _overrides, () => User, Movies.Output, Key));
            apis.Add(typeof(IMemoryApi), new MemoryApi(_core, Say));
            apis.Add(typeof(IMemorySaveStateApi), new MemorySaveStateApi(_core));
            apis.Add(typeof(ISaveStateApi), new SaveStateApi(this));
        }

        return (gui, client, apis);
    }

    private bool Supply(IExternalToolForm tool)
    {
        if (ToolInjection.Inject(tool, Services, _apis) is { } missing)
        {
            Say($"{tool.GetType().Name} requires {missing}, which is not there");
            return false;
        }

        Options.SetBaseProperties?.Invoke(tool);
        return true;
    }

    private bool AskTools() => _tools.ToArray().All(tool => !tool.IsActive || tool.AskSaveChanges());

    private void Update(ToolFormUpdateType moment)
    {
        foreach (IExternalToolForm tool in _tools.ToArray())
        {
            if (tool.IsActive)
            {
                Call(() => tool.UpdateValues(moment));
            }
        }
    }

    private void Call(Action callback)
    {
        _callbacks++;
        try
        {
            callback();
        }
        finally
        {
            _callbacks--;
        }
    }

    private void RefuseInCallback(string what)
    {
        if (_callbacks > 0)
        {
            throw new InvalidOperationException($"{what} was called from inside a tool's callback, where EmuHawk cannot do it; do it later, by BeginInvoke or Post.");
        }
    }

    // Windows are closed by their own users.
    private void ForgetClosedTools()
    {
        foreach (IExternalToolForm tool in _tools.Where(tool => !tool.IsActive).ToArray())
        {
            Remove(tool);
        }
    }

    private void Remove(IExternalToolForm tool)
    {
        _toolSettings[SettingsKey(tool)] = ToolInjection.SaveSettings(tool);
        _tools.Remove(tool);
    }

    private sealed class NoServices : IEmulatorServiceProvider
    {
        public static readonly NoServices Instance = new();

        public IEnumerable<Type> AvailableServices => [];

        public bool HasService(Type t) => false;

        public object? GetService(Type t) => null;
    }
}
