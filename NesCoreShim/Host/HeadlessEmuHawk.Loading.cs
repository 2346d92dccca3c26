using System.Drawing;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

// What EmuHawk loads: games, movies, states.
public sealed partial class HeadlessEmuHawk
{
    private IEmulatorServiceProvider Services => (IEmulatorServiceProvider?)_core ?? NoServices.Instance;

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

    internal string StatePath(string name) => Path.Combine(Options.StateFolder, $"{Game.Name}.{Options.CoreName}.{name}.State");

    private Bk2LogKey Key => Bk2LogKey.For(Options.CoreName, withPad2: false);

    private bool Boot(Cartridge? cartridge, string path)
    {
        Movies.StopMovie();
        _core?.Dispose();
        _core = cartridge is null ? null : new HostedCore(cartridge, Options.WithSound, () => _isOwnWork ? null : Fault);
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

    private sealed class NoServices : IEmulatorServiceProvider
    {
        public static readonly NoServices Instance = new();

        public IEnumerable<Type> AvailableServices => [];

        public bool HasService(Type t) => false;

        public object? GetService(Type t) => null;
    }
}
