using System;
using System.Collections.Generic;
using System.Drawing;
using BizHawk.Emulation.Common;

namespace BizHawk.Client.Common
{
    /// <summary>One library of ApiHawk. Instances live as long as the core does.</summary>
    public interface IExternalApi
    {
    }

    /// <summary>EmuHawk sets a property so marked before Restart(); the tool is closed when there is no such library.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class RequiredApiAttribute : Attribute
    {
    }

    /// <summary>EmuHawk sets a property so marked before Restart(), to null when there is no such library.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class OptionalApiAttribute : Attribute
    {
    }

    /// <summary>All of ApiHawk; EmuHawk sets a property of this type before Restart().</summary>
    public sealed class ApiContainer
    {
        public readonly IReadOnlyDictionary<Type, IExternalApi> Libraries;

        public ApiContainer(IReadOnlyDictionary<Type, IExternalApi> libs) => Libraries = libs;

        public IEmuClientApi EmuClient => (IEmuClientApi)Libraries[typeof(IEmuClientApi)];

        public IEmulationApi Emulation => (IEmulationApi)Libraries[typeof(IEmulationApi)];

        public IGuiApi Gui => (IGuiApi)Libraries[typeof(IGuiApi)];

        public IInputApi Input => (IInputApi)Libraries[typeof(IInputApi)];

        public IJoypadApi Joypad => (IJoypadApi)Libraries[typeof(IJoypadApi)];

        public IMemoryApi Memory => (IMemoryApi)Libraries[typeof(IMemoryApi)];

        public IMemorySaveStateApi MemorySaveState => (IMemorySaveStateApi)Libraries[typeof(IMemorySaveStateApi)];

        public IMovieApi Movie => (IMovieApi)Libraries[typeof(IMovieApi)];

        public ISaveStateApi SaveState => (ISaveStateApi)Libraries[typeof(ISaveStateApi)];
    }

    /// <summary>Joypads as the emulated console sees them.</summary>
    public interface IJoypadApi : IExternalApi
    {
        /// <summary>The user's input with overrides. With a controller its names go without prefix, and "Power" and "Reset" are left out.</summary>
        IReadOnlyDictionary<string, object> Get(int? controller = null);

        /// <summary>What the core was given for the latest frame, a movie's input included.</summary>
        IReadOnlyDictionary<string, object> GetWithMovie(int? controller = null);

        /// <summary>What the user holds now.</summary>
        IReadOnlyDictionary<string, object> GetImmediate(int? controller = null);

        /// <summary>Overrides by a line of a movie's input log.</summary>
        void SetFromMnemonicStr(string inputLogEntry);

        /// <summary>Overrides the user for one frame: true presses, false releases, a missing name leaves alone.</summary>
        void Set(IReadOnlyDictionary<string, bool> buttons, int? controller = null);

        /// <summary>Overrides one button for one frame; null leaves it to the user again.</summary>
        void Set(string button, bool? state = null, int? controller = null);
    }

    /// <summary>What is held on the computer's own keyboard and gamepads.</summary>
    public interface IInputApi : IExternalApi
    {
        /// <summary>Names of keys; those that are not held are missing.</summary>
        Dictionary<string, bool> Get();
    }

    /// <summary>
    /// Memory by domain name; without one, the domain chosen by <see cref="UseMemoryDomain"/>. What lists bytes is left out: it
    /// changed its types after 2.9, and <see cref="MemoryDomain"/> is faster.
    /// </summary>
    public interface IMemoryApi : IExternalApi
    {
        string MainMemoryName { get; }

        void SetBigEndian(bool enabled = true);

        uint GetMemoryDomainSize(string name = "");

        string GetCurrentMemoryDomain();

        uint GetCurrentMemoryDomainSize();

        bool UseMemoryDomain(string domain);

        /// <summary>SHA-256 of a run of bytes, upper-case hex.</summary>
        string HashRegion(long addr, int count, string domain = null);

        uint ReadByte(long addr, string domain = null);

        int ReadS8(long addr, string domain = null);

        uint ReadU8(long addr, string domain = null);

        uint ReadU16(long addr, string domain = null);

        void WriteByte(long addr, uint value, string domain = null);

        void WriteU8(long addr, uint value, string domain = null);

        void WriteU16(long addr, uint value, string domain = null);
    }

    /// <summary>The running core.</summary>
    public interface IEmulationApi : IExternalApi
    {
        void DisplayVsync(bool enabled);

        int FrameCount();

        long TotalExecutedCycles();

        string GetSystemId();

        bool IsLagged();

        void SetIsLagged(bool value = true);

        int LagCount();

        void SetLagCount(int count);

        void LimitFramerate(bool enabled);

        void MinimizeFrameskip(bool enabled);

        /// <summary>"NTSC" or "PAL".</summary>
        string GetDisplayType();

        string GetBoardName();

        /// <summary>Since 2.10.</summary>
        IGameInfo GetGameInfo();
    }

    public delegate void StateLoadedEventHandler(object sender, StateLoadedEventArgs e);

    public delegate void StateSavedEventHandler(object sender, StateSavedEventArgs e);

    public sealed class StateLoadedEventArgs : EventArgs
    {
        public StateLoadedEventArgs(string stateName) => Name = stateName;

        public string Name { get; }
    }

    public sealed class StateSavedEventArgs : EventArgs
    {
        public StateSavedEventArgs(string stateName) => Name = stateName;

        public string Name { get; }
    }

    /// <summary>EmuHawk itself. InvisibleEmulation is not declared: releases differ on whether it is there.</summary>
    public interface IEmuClientApi : IExternalApi
    {
        event EventHandler RomLoaded;

        event StateLoadedEventHandler StateLoaded;

        event StateSavedEventHandler StateSaved;

        /// <summary>Of the emulated picture, pixels.</summary>
        int BufferHeight();

        /// <inheritdoc cref="BufferHeight"/>
        int BufferWidth();

        void CloseRom();

        /// <summary>Runs one frame, with tools, and comes back.</summary>
        void DoFrameAdvance();

        void DoFrameAdvanceAndUnpause();

        void EnableRewind(bool enabled);

        /// <summary>Draws one frame of so many plus one.</summary>
        void FrameSkip(int numFrames);

        int GetApproxFramerate();

        bool GetSoundOn();

        bool IsPaused();

        bool IsSeeking();

        bool IsTurbo();

        /// <summary>By name in the folder of states. Returns void in 2.9.</summary>
        bool LoadState(string name);

        /// <summary>Not from inside UpdateValues. Returns void in 2.9.</summary>
        bool OpenRom(string path);

        void Pause();

        /// <summary>Not from inside UpdateValues.</summary>
        void RebootCore();

        void SaveState(string name);

        int ScreenHeight();

        int ScreenWidth();

        void Screenshot(string path = null);

        /// <summary>Unpauses until that frame has run.</summary>
        void SeekFrame(int frame);

        void SetGameExtraPadding(int left, int top = 0, int right = 0, int bottom = 0);

        void SetSoundOn(bool enable);

        /// <summary>1 to 6,399; 100 is the console's own speed.</summary>
        void SpeedMode(int percent);

        void TogglePause();

        void Unpause();
    }

    /// <summary>Core states kept in memory; they die with the core. Loading one neither cuts a movie nor counts a rerecord.</summary>
    public interface IMemorySaveStateApi : IExternalApi
    {
        string SaveCoreStateToMemory();

        void LoadCoreStateFromMemory(string identifier);

        void DeleteState(string identifier);

        void ClearInMemoryStates();
    }

    /// <summary>State files. While a movie is recorded, loading one cuts the movie there and counts a rerecord.</summary>
    public interface ISaveStateApi : IExternalApi
    {
        /// <summary>Returns void in 2.9.</summary>
        bool Load(string path, bool suppressOSD = false);

        /// <summary>Slots 1 to 10. Returns void in 2.9.</summary>
        bool LoadSlot(int slotNum, bool suppressOSD = false);

        void Save(string path, bool suppressOSD = false);

        void SaveSlot(int slotNum, bool suppressOSD = false);
    }

    /// <summary>The movie that is recorded or played. There is no call here that starts a recording.</summary>
    public interface IMovieApi : IExternalApi
    {
        bool StartsFromSavestate();

        bool StartsFromSaveram();

        string Filename();

        IReadOnlyDictionary<string, object> GetInput(int frame, int? controller = null);

        string GetInputAsMnemonic(int frame);

        bool GetReadOnly();

        ulong GetRerecordCount();

        bool GetRerecordCounting();

        bool IsLoaded();

        int Length();

        /// <summary>"INACTIVE", "PLAY", "RECORD" or "FINISHED".</summary>
        string Mode();

        /// <summary>Not from inside UpdateValues. Takes no path in 2.9.</summary>
        bool PlayFromStart(string path = "");

        void Save(string filename = "");

        void SetReadOnly(bool readOnly);

        void SetRerecordCount(ulong count);

        void SetRerecordCounting(bool counting);

        /// <summary>Takes no argument in 2.9.</summary>
        void Stop(bool saveChanges = true);

        double GetFps();

        IReadOnlyDictionary<string, string> GetHeader();

        IReadOnlyList<string> GetComments();
    }

    /// <summary>What can be drawn on: the game's picture in its own pixels, or the window's.</summary>
    public enum DisplaySurfaceID
    {
        EmuCore = 0,
        Client = 1,
    }

    /// <summary>
    /// Drawing over the game. What is drawn stays for one frame. Calls go to the surface named, else to that of the enclosing
    /// <see cref="WithSurface"/>, else to <see cref="DisplaySurfaceID.EmuCore"/>. Images are left out: their type is .NET Framework's.
    /// </summary>
    public interface IGuiApi : IExternalApi
    {
        bool HasGUISurface { get; }

        /// <summary>Since 2.10.</summary>
        void WithSurface(DisplaySurfaceID surfaceID, Action<IGuiApi> drawingCallsFunc);

        void AddMessage(string message, int? duration = null);

        void ClearGraphics(DisplaySurfaceID? surfaceID = null);

        void ClearText();

        void SetDefaultForegroundColor(Color color);

        void SetDefaultBackgroundColor(Color color);

        void SetDefaultTextBackground(Color color);

        void DrawBox(int x, int y, int x2, int y2, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null);

        void DrawEllipse(int x, int y, int width, int height, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null);

        void DrawLine(int x1, int y1, int x2, int y2, Color? color = null, DisplaySurfaceID? surfaceID = null);

        void DrawAxis(int x, int y, int size, Color? color = null, DisplaySurfaceID? surfaceID = null);

        void DrawPixel(int x, int y, Color? color = null, DisplaySurfaceID? surfaceID = null);

        void DrawPolygon(Point[] points, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null);

        void DrawRectangle(int x, int y, int width, int height, Color? line = null, Color? background = null, DisplaySurfaceID? surfaceID = null);

        void DrawString(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, int? fontsize = null, string fontfamily = null, string fontstyle = null, string horizalign = null, string vertalign = null, DisplaySurfaceID? surfaceID = null);

        void DrawText(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, string fontfamily = null, DisplaySurfaceID? surfaceID = null);

        /// <summary>Named pixelText in 2.9.</summary>
        void PixelText(int x, int y, string message, Color? forecolor = null, Color? backcolor = null, string fontfamily = null, DisplaySurfaceID? surfaceID = null);

        /// <summary>On-screen text in the window's corner that <paramref name="anchor"/> names: "topleft", "bottomright"…</summary>
        void Text(int x, int y, string message, Color? forecolor = null, string anchor = null);
    }
}
