using NesCoreShim;
using NesCoreShim.Movies;
using LuaState = KeraLua.Lua;
using LuaStatus = KeraLua.LuaStatus;

namespace MarioAgentTool.Cli.Lua;

/// <summary>A script went wrong: the message has file, line and traceback as Lua gives them.</summary>
public sealed class LuaScriptException(string message) : Exception(message);

/// <summary>
/// Runs a BizHawk Lua script over the headless console. A turn goes as in EmuHawk: onframestart, the frame, onframeend, then the
/// script up to its next <c>emu.frameadvance</c>. The libraries are <c>bizhawk.lua</c>, over the natives of the other half.
/// </summary>
/// <remarks>
/// No exception and no Lua error ever crosses a native frame: what fails inside a native is handed to Lua as a message and raised
/// there, and frames are awaited by Lua's own coroutine.yield.
/// </remarks>
internal sealed partial class LuaHost : IDisposable
{
    /// <summary>BizHawk shows scanlines 8 to 231.</summary>
    public const int Width = 256, Height = 224, FirstLine = 8;

    private const string DoneWaiting = "done", WaitsForYield = "yield";

    private readonly LuaState _lua = new();
    private readonly GameRom _rom;
    private readonly TextWriter _output;
    private readonly int _hostTable;
    private readonly List<LuaShape> _shapes = [];
    private readonly LuaMovie _movie;
    private Nes _nes;
    private volatile bool _stopped;
    private Exception? _fault;
    private string _waitsFor = DoneWaiting;
    private bool _paused;

    /// <param name="rom">The game, switched on here.</param>
    /// <param name="output">Where the script's console goes.</param>
    public LuaHost(GameRom rom, TextWriter output)
    {
        _rom = rom;
        _output = output;
        _nes = SwitchedOn(LikeNesHawk);
        _movie = new LuaMovie(rom);
        _lua.Encoding = System.Text.Encoding.UTF8;

        using Stream source = typeof(LuaHost).Assembly.GetManifestResourceStream("bizhawk.lua")!;
        byte[] prelude = new byte[source.Length];
        source.ReadExactly(prelude);
        Require(_lua.LoadBuffer(prelude, "=bizhawk.lua", "t"));
        OfferNatives();
        Require(_lua.PCall(1, 1, 0));
        _hostTable = _lua.Ref(KeraLua.LuaRegistry.Index);
    }

    /// <summary>The console.</summary>
    public Nes Nes => _nes;

    /// <summary>What is drawn over the picture now, in order.</summary>
    public IReadOnlyList<LuaShape> Shapes => _shapes;

    /// <summary>Keys held on the user's keyboard, by BizHawk's names; a test or a shell sets them.</summary>
    public ISet<string> Keys { get; } = new HashSet<string>();

    /// <summary>The movie that is recorded or played.</summary>
    public LuaMovie Movie => _movie;

    /// <summary>What the script gave to client.exit; null while it has not.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether client.pause holds the game.</summary>
    public bool IsPaused => _paused;

    /// <summary>
    /// Whether nothing is left to do: the script has ended and waits for no event, has left by client.exit, or has paused the game while
    /// waiting for its next frame, which without a user never comes.
    /// </summary>
    public bool IsOver => ExitCode is not null || (_waitsFor == DoneWaiting && !Listens()) || (_paused && _waitsFor != WaitsForYield);

    /// <summary>Makes a value available to the script's userdata.get, as EmuHawk's --userdata does.</summary>
    public void SetUserData(string name, string value) => Call("note", 0, name, value);

    /// <summary>Runs the script up to its first wait.</summary>
    /// <exception cref="LuaScriptException">It does not compile, or fails.</exception>
    public void Start(string path)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        _waitsFor = Call("start", 1, full, folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar)!;
    }

    /// <summary>One turn: a frame and what follows it, or (while paused) a look whether the script goes on.</summary>
    /// <exception cref="LuaScriptException">The script, or one of its event handlers, fails.</exception>
    public void Step()
    {
        if (_paused)
        {
            _waitsFor = Call("turn", 1, false)!;
            return;
        }

        Call("fire", 0, "framestart");
        AdvanceFrame();
        _shapes.Clear();
        if (!_nes.IsLagFrame)
        {
            Call("fire", 0, "inputpoll");
        }

        Call("fire", 0, "frameend");
        _waitsFor = Call("turn", 1, true)!;
    }

    /// <summary>Ends the script wherever it is, also in a loop that never waits. May be called on any thread.</summary>
    public void Stop() => _stopped = true;

    /// <summary>Fires onexit and onconsoleclose. The last call.</summary>
    public void Finish()
    {
        _stopped = false;
        Call("fire", 0, "exit");
        Call("fire", 0, "consoleclose");
    }

    /// <summary>The picture with what is drawn over it: <see cref="Width"/> × <see cref="Height"/>, 0xAARRGGBB.</summary>
    public int[] Picture()
    {
        int[] whole = new int[Width * 240], pixels = new int[Width * Height];
        _nes.CopyArgb(whole);
        Array.Copy(whole, FirstLine * Width, pixels, 0, pixels.Length);
        var canvas = new LuaCanvas(pixels, Width, Height);
        foreach (LuaShape shape in _shapes)
        {
            canvas.Draw(shape);
        }

        return pixels;
    }

    public void Dispose() => _lua.Dispose();

    // As NesHawk, whose name the host's movies bear, finds RAM at power-on.
    private static NesOptions LikeNesHawk => new() { RamPattern = PowerOnRam.Fceux };

    private Nes SwitchedOn(NesOptions options)
    {
        Nes nes = _rom.NewConsole(options);
        nes.PowerOn();
        return nes;
    }

    private bool Listens() => Call("listens", 1) == "true";

    private void Require(LuaStatus status)
    {
        if (status != LuaStatus.OK)
        {
            throw new InvalidOperationException($"The libraries do not load: {_lua.ToString(-1)}");
        }
    }

    // Calls a function of the prelude's host table. Its result, if one is wanted, as text.
    private string? Call(string function, int results, params object[] arguments)
    {
        _lua.RawGetInteger(KeraLua.LuaRegistry.Index, _hostTable);
        _lua.GetField(-1, function);
        foreach (object argument in arguments)
        {
            if (argument is bool flag)
            {
                _lua.PushBoolean(flag);
            }
            else
            {
                _lua.PushString((string)argument);
            }
        }

        LuaStatus status = _lua.PCall(arguments.Length, results, 0);
        if (_fault is { } fault)
        {
            _fault = null;
            throw new InvalidOperationException($"A native of the Lua host failed: {fault.Message}", fault);
        }

        if (status != LuaStatus.OK)
        {
            string message = _lua.ToString(-1) ?? "an error without a message";
            _lua.SetTop(0);
            throw _stopped ? new OperationCanceledException("The script was stopped.") : new LuaScriptException(message);
        }

        string? result = results == 0 ? null : _lua.ToString(-1, callMetamethod: true);
        _lua.SetTop(0);
        return result;
    }
}
