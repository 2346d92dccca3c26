using System.Globalization;
using System.Security.Cryptography;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;
using NesCoreShim;
using NesCoreShim.Movies;
using LuaFunction = KeraLua.LuaFunction;
using LuaState = KeraLua.Lua;

namespace MarioAgentTool.Cli.Lua;

// What bizhawk.lua is made of. A native pushes true and its results, or false and a message.
internal sealed partial class LuaHost
{
    private const int HeaderBytes = 16, MostCoordinate = 1 << 15;

    private readonly List<LuaFunction> _natives = [];
    private readonly Dictionary<long, byte[]> _slots = [];
    private readonly Dictionary<string, byte[]> _coreStates = [];
    private readonly JoypadButtons[] _set = new JoypadButtons[2], _cleared = new JoypadButtons[2], _held = new JoypadButtons[2];
    private MovieCommands _pressed;
    private long _lagCount;
    private bool _isLagged;
    private int _coreStatesMade;

    private void OfferNatives()
    {
        _lua.NewTable();

        Offer("stopped", () => _stopped, bare: true);
        Offer("print", a => { _output.Write(a.Text(1)); });
        Offer("message", a => { _output.WriteLine(a.Text(1)); });
        Offer("keys", () => string.Join('\n', Keys));

        Offer("domains", () => string.Join('\n', Domains()));
        Offer("domainsize", a => { a.Push(SizeOf(a.Text(1))); });
        Offer("read", a => { a.Push(Read(a.Text(1), a.Integer(2), a.Integer(3))); });
        Offer("write", a => { Write(a.Text(1), a.Integer(2), a.Bytes(3)); });
        Offer("hash", a => { a.Push(Convert.ToHexString(SHA256.HashData(Read(a.Text(1), a.Integer(2), a.Integer(3))))); });

        Offer("pad", a => { a.Push((int)_held[Port(a.Integer(1))]); });
        Offer("userpad", a => { Port(a.Integer(1)); a.Push(0); });
        Offer("setpad", a => { SetPad(Port(a.Integer(1)), (JoypadButtons)a.Integer(2), a.Flag(3)); });
        Offer("setmnemonic", a => { SetFrom(LuaMovie.ParseMnemonic(a.Text(1))); });
        Offer("press", a => { _pressed |= a.Text(1) == "Power" ? MovieCommands.Power : MovieCommands.Reset; });

        Offer("framecount", () => _nes.FrameCount);
        Offer("cycles", () => _nes.CpuCycles);
        Offer("lagcount", () => _lagCount);
        Offer("setlagcount", a => { _lagCount = a.Integer(1); });
        Offer("islagged", () => _isLagged);
        Offer("setislagged", a => { _isLagged = a.Flag(1); });
        Offer("board", () => _nes.Cartridge.BoardName);
        Offer("displaytype", () => _nes.Region.ToString().ToUpperInvariant());
        Offer("setrenderplanes", a => { (_nes.Layers.Sprites, _nes.Layers.Background) = (a.Flag(1), a.Flag(2)); });
        Offer("showssprites", () => _nes.Layers.Sprites);
        Offer("showsbackground", () => _nes.Layers.Background);
        Offer("romname", () => _rom.Name);
        Offer("romhash", () => _rom.Cartridge.Sha1);

        Offer("pause", _ => { _paused = true; });
        Offer("unpause", _ => { _paused = false; });
        Offer("ispaused", () => _paused);
        Offer("exit", a => { ExitCode = (int)a.Integer(1); });
        Offer("reboot", _ => { Reboot(); });
        Offer("screenshot", a => { File.WriteAllBytes(a.Text(1), Screenshot(withShapes: false)); });

        Offer("draw", a => { Draw(a); });
        Offer("clear", a => { string surface = a.Text(1); _shapes.RemoveAll(s => s.Surface == surface); });

        Offer("savestate", a => { WholeFile.Write(a.Text(1), s => s.Write(State())); });
        Offer("loadstate", a => { LoadState(ReadState(a.Text(1)), counts: true); });
        Offer("saveslot", a => { _slots[a.Integer(1)] = State(); });
        Offer("loadslot", a => { LoadState(_slots.TryGetValue(a.Integer(1), out byte[]? s) ? s : throw new LuaHostException($"slot {a.Integer(1)} is empty; save to it first"), counts: true); });
        Offer("memsave", () => KeepCoreState());
        Offer("memload", a => { LoadState(CoreState(a.Text(1)), counts: false); });
        Offer("memremove", a => { CoreState(a.Text(1)); _coreStates.Remove(a.Text(1)); });
        Offer("memclear", _ => { _coreStates.Clear(); });

        Offer("moviemode", () => _movie.Mode);
        Offer("movielength", () => _movie.Length);
        Offer("moviefilename", () => _movie.Path);
        Offer("getrerecords", () => _movie.Rerecords);
        Offer("setrerecords", a => { _movie.Rerecords = a.Integer(1); });
        Offer("movieinput", a => { MovieFrame? f = _movie.FrameAt(a.Integer(1)); if (f is { } frame) { a.Push((int)frame.Pad1); a.Push((int)frame.Pad2); } });
        Offer("moviemnemonic", a => { a.Push(_movie.MnemonicAt(a.Integer(1))); });
        Offer("setcounting", a => { _movie.CountsRerecords = a.Flag(1); });
        Offer("counting", () => _movie.CountsRerecords);
        Offer("movieplay", a => { Movie movie = _movie.Play(a.Text(1)); Restart(movie.ConsoleOptions(_rom.Cartridge)); a.Push(true); });
        Offer("moviesave", a => { _movie.Save(a.Text(1)); });
        Offer("moviestop", a => { _movie.Stop(a.Flag(1)); });
    }

    /// <summary>The picture as a PNG file.</summary>
    /// <param name="withShapes">Whether what the script drew is in it.</param>
    public byte[] Screenshot(bool withShapes)
    {
        int[] pixels = new int[Width * Height];
        if (withShapes)
        {
            pixels = Picture();
        }
        else
        {
            int[] whole = new int[Width * 240];
            _nes.CopyArgb(whole);
            Array.Copy(whole, FirstLine * Width, pixels, 0, pixels.Length);
        }

        byte[] rgb = new byte[pixels.Length * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)(pixels[i] >> 16), (byte)(pixels[i] >> 8), (byte)pixels[i]);
        }

        return Png.Encode(rgb, Width, Height);
    }

    private void Offer(string name, Action<Arguments> body, bool bare = false)
    {
        int Native(nint state)
        {
            LuaState lua = LuaState.FromIntPtr(state);
            var arguments = new Arguments(lua);
            if (!bare)
            {
                lua.PushBoolean(true);
            }

            try
            {
                body(arguments);
                return arguments.Pushed + (bare ? 0 : 1);
            }
            catch (Exception e) when (e is LuaHostException or InvalidStateException or MovieFormatException or IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
            {
                return Fail(lua, e.Message);
            }
            catch (Exception e)
            {
                // A defect of ours. It may not pass through Lua's frames: Call throws it once Lua has returned.
                _fault ??= e;
                return Fail(lua, e.Message);
            }
        }

        LuaFunction function = Native;
        _natives.Add(function); // Lua keeps only a pointer to it.
        _lua.PushCFunction(function);
        _lua.SetField(-2, name);
    }

    private void Offer<T>(string name, Func<T> value, bool bare = false) => Offer(name, a => a.Push(value()), bare);

    private static int Fail(LuaState lua, string message)
    {
        lua.PushBoolean(false);
        lua.PushString(message);
        return 2;
    }

    private void AdvanceFrame()
    {
        for (int port = 0; port < 2; port++)
        {
            _held[port] = (_movie.PadOf(port) | _set[port]) & ~_cleared[port];
            _set[port] = _cleared[port] = JoypadButtons.None;
        }

        MovieCommands commands = _pressed | _movie.Commands;
        _pressed = MovieCommands.None;
        if ((commands & MovieCommands.Power) != 0)
        {
            _nes.PowerOn();
        }
        else if ((commands & MovieCommands.Reset) != 0)
        {
            _nes.Reset();
        }

        _movie.Advance(new MovieFrame(_held[0], _held[1], commands));
        _nes.FrameAdvance(_held[0], _held[1]);
        _isLagged = _nes.IsLagFrame;
        _lagCount += _isLagged ? 1 : 0;
    }

    private void Reboot()
    {
        _movie.Stop(save: true);
        Restart(LikeNesHawk);
    }

    // What is drawn belongs to the settings, not to the console that is switched off.
    private void Restart(NesOptions options)
    {
        PictureLayers before = _nes.Layers;
        _nes = SwitchedOn(options);
        (_nes.Layers.Sprites, _nes.Layers.Background) = (before.Sprites, before.Background);
        _coreStates.Clear();
        (_lagCount, _isLagged, _pressed) = (0, false, MovieCommands.None);
    }

    private static int Port(long controller) => controller is 1 or 2
        ? (int)controller - 1
        : throw new LuaHostException($"controller {controller} does not exist; expected 1 or 2");

    private void SetPad(int port, JoypadButtons button, bool down)
    {
        (_set[port], _cleared[port]) = down ? (_set[port] | button, _cleared[port] & ~button) : (_set[port] & ~button, _cleared[port] | button);
    }

    private void SetFrom(MovieFrame frame)
    {
        (_set[0], _cleared[0]) = (frame.Pad1, ~frame.Pad1);
        (_set[1], _cleared[1]) = (frame.Pad2, ~frame.Pad2);
        _pressed |= frame.Commands;
    }

    private void Draw(Arguments a)
    {
        int Coordinate(int index) => (int)Math.Clamp(a.Integer(index), -MostCoordinate, MostCoordinate);
        _shapes.Add(new LuaShape(
            a.Text(1), Coordinate(2), Coordinate(3), Coordinate(4), Coordinate(5), (uint)a.Integer(6), (uint)a.Integer(7), a.Text(8), (int)Math.Clamp(a.Integer(9), 1, 16), a.Text(10)));
    }

    private IEnumerable<string> Domains()
    {
        string[] all = ["RAM", "System Bus", "PPU Bus", "CIRAM (nametables)", "PALRAM", "OAM", "Battery RAM", "PRG ROM", "CHR VROM"];
        return all.Where(name => SizeOf(name) > 0);
    }

    private int SizeOf(string domain) => domain switch
    {
        "RAM" => 0x800,
        "System Bus" => 0x10000,
        "PPU Bus" => 0x4000,
        "CIRAM (nametables)" => _nes.Ciram.Length,
        "PALRAM" => _nes.PaletteRam.Length,
        "OAM" => _nes.Oam.Length,
        "Battery RAM" => _nes.BatteryRam.Length,
        "PRG ROM" => _nes.Cartridge.PrgRomSize,
        "CHR VROM" => _nes.Cartridge.ChrRomSize,
        _ => throw new LuaHostException($"there is no memory domain '{domain}'; expected one of {string.Join(", ", Domains())}"),
    };

    private byte[] Read(string domain, long address, long length)
    {
        CheckRange(domain, address, length);
        int at = (int)address, count = (int)length;
        switch (domain)
        {
            case "RAM":
                return _nes.Ram.Slice(at, count).ToArray();
            case "CIRAM (nametables)":
                return _nes.Ciram.Slice(at, count).ToArray();
            case "PALRAM":
                return _nes.PaletteRam.Slice(at, count).ToArray();
            case "OAM":
                return _nes.Oam.Slice(at, count).ToArray();
            case "Battery RAM":
                return _nes.BatteryRam.Slice(at, count).ToArray();
            case "PRG ROM":
                return _rom.Image.AsSpan(_rom.Image.Length - SizeOf("CHR VROM") - SizeOf("PRG ROM") + at, count).ToArray();
            case "CHR VROM":
                return _rom.Image.AsSpan(_rom.Image.Length - SizeOf("CHR VROM") + at, count).ToArray();
            default:
                byte[] bytes = new byte[count];
                for (int i = 0; i < count; i++)
                {
                    bytes[i] = domain == "PPU Bus" ? _nes.PeekPpu((ushort)(at + i)) : _nes.Peek((ushort)(at + i));
                }

                return bytes;
        }
    }

    private void Write(string domain, long address, byte[] bytes)
    {
        CheckRange(domain, address, bytes.Length);
        if (domain is not ("RAM" or "System Bus"))
        {
            throw new LuaHostException($"the headless host writes RAM only, not {domain}");
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            _nes.Poke((ushort)(address + i), bytes[i]);
        }
    }

    private void CheckRange(string domain, long address, long length)
    {
        int size = SizeOf(domain);
        if (address < 0 || length < 0 || address > size - length)
        {
            throw new LuaHostException(string.Create(CultureInfo.InvariantCulture, $"${address:X} and {length} bytes are outside {domain}, which has ${size:X} bytes"));
        }
    }

    private byte[] State()
    {
        byte[] state = new byte[_nes.StateSize];
        _nes.SaveState(state);
        return state;
    }

    private static byte[] ReadState(string path) => File.Exists(path)
        ? File.ReadAllBytes(path)
        : throw new LuaHostException($"{path} does not exist; expected a state that savestate.save wrote on this host");

    private void LoadState(byte[] state, bool counts)
    {
        _nes.LoadState(state);
        if (counts)
        {
            _movie.StateLoaded(_nes.FrameCount);
        }
    }

    private string KeepCoreState()
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0001-{++_coreStatesMade:x12}");
        _coreStates[id] = State();
        return id;
    }

    private byte[] CoreState(string id) => _coreStates.TryGetValue(id, out byte[]? state)
        ? state
        : throw new LuaHostException($"there is no state {id} in memory; it was removed, or the core has been rebooted since");

    /// <summary>What a native was called with, and what it answers.</summary>
    private sealed class Arguments(LuaState lua)
    {
        public int Pushed { get; private set; }

        public long Integer(int index) => lua.ToInteger(index);

        public bool Flag(int index) => lua.ToBoolean(index);

        public string Text(int index) => lua.ToString(index) ?? "";

        public byte[] Bytes(int index) => lua.ToBuffer(index) ?? [];

        public void Push<T>(T value)
        {
            switch (value)
            {
                case bool flag: lua.PushBoolean(flag); break;
                case int number: lua.PushInteger(number); break;
                case long number: lua.PushInteger(number); break;
                case string text: lua.PushString(text); break;
                case byte[] bytes: lua.PushBuffer(bytes); break;
                default: throw new ArgumentOutOfRangeException(nameof(value), value, "Lua is not given such values.");
            }

            Pushed++;
        }
    }
}

/// <summary>A script asked for what cannot be; the message becomes a Lua error at the line that asked.</summary>
internal sealed class LuaHostException(string message) : Exception(message);
