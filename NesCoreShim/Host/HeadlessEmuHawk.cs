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
public sealed partial class HeadlessEmuHawk : IDisposable
{
    /// <summary>The window shows the picture this many times as large.</summary>
    public const int WindowScale = 2;

    private readonly PadOverrides _overrides = new();
    private readonly Queue<Action> _posted = new();
    private readonly List<string> _messages = [];
    private Cartridge? _cartridge;
    private HostedCore? _core;
    private GuiApi _gui;
    private ClientApi _client;
    private Dictionary<Type, IExternalApi> _apis;
    private int _framesUndrawn;
    private bool _isOwnWork;

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

    /// <summary>While set, every call of a core's service or API fails with it: for tests of how tools take that. The run loop goes on.</summary>
    public Exception? Fault { get; set; }

    /// <summary>The movie session, as tools get it.</summary>
    public IMovieSession MovieSession => Movies;

    /// <summary>All that was told to the user, oldest first.</summary>
    public IReadOnlyList<string> Messages => _messages;

    internal HostedMovieSession Movies { get; }

    private HostedCore Core => _core ?? throw new InvalidOperationException("No game is loaded; LoadRom loads one.");

    private MovieFrame User => new(UserPad);

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

        _isOwnWork = true;
        Movies.HandleFrameBefore(_overrides.Over(User));
        bool draws = ++_framesUndrawn > FrameSkip;
        _framesUndrawn = draws ? 0 : _framesUndrawn;
        Core.FrameAdvance(Movies.Output, draws, renderSound: !isFast);
        Movies.HandleFrameAfter();
        bool isThere = PauseOnFrame == Core.Frame;
        _isOwnWork = false;

        Update(isFast ? ToolFormUpdateType.FastPostFrame : ToolFormUpdateType.PostFrame);
        if (isThere)
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
}
