using BizHawk.Client.Common;

namespace NesCoreShim.Host;

/// <summary>EmuHawk as its tools may work it. It outlives no core, although what it works does.</summary>
internal sealed class ClientApi(HeadlessEmuHawk emuHawk, HostedCore? core) : IEmuClientApi
{
    private bool _isSoundOn = true;

    public event EventHandler? RomLoaded;

    public event StateLoadedEventHandler? StateLoaded;

    public event StateSavedEventHandler? StateSaved;

    public int BufferHeight() => core?.BufferHeight ?? 0;

    public int BufferWidth() => core?.BufferWidth ?? 0;

    public void CloseRom() => emuHawk.CloseRom();

    public void DoFrameAdvance() => emuHawk.FrameAdvance();

    public void DoFrameAdvanceAndUnpause()
    {
        emuHawk.FrameAdvance();
        emuHawk.IsPaused = false;
    }

    public void EnableRewind(bool enabled)
    {
    }

    public void FrameSkip(int numFrames) => emuHawk.FrameSkip = numFrames;

    public int GetApproxFramerate() => core is null ? 0 : core.VsyncNumerator / core.VsyncDenominator;

    public bool GetSoundOn() => _isSoundOn;

    public bool IsPaused() => emuHawk.IsPaused;

    public bool IsSeeking() => emuHawk.PauseOnFrame is not null;

    public bool IsTurbo() => emuHawk.IsTurbo;

    public bool LoadState(string name) => emuHawk.LoadState(emuHawk.StatePath(name));

    public bool OpenRom(string path) => emuHawk.LoadRom(path);

    public void Pause() => emuHawk.IsPaused = true;

    public void RebootCore() => emuHawk.RebootCore();

    public void SaveState(string name) => emuHawk.SaveState(emuHawk.StatePath(name));

    public int ScreenHeight() => (core?.BufferHeight ?? 0) * HeadlessEmuHawk.WindowScale;

    public int ScreenWidth() => (core?.BufferWidth ?? 0) * HeadlessEmuHawk.WindowScale;

    public void Screenshot(string? path = null) =>
        emuHawk.ReadPicture().Save(path ?? Path.Combine(emuHawk.Options.StateFolder, $"{emuHawk.Game.Name}.{emuHawk.Emulator.Frame}.png"));

    public void SeekFrame(int frame)
    {
        emuHawk.PauseOnFrame = frame > emuHawk.Emulator.Frame ? frame : null;
        emuHawk.IsPaused = emuHawk.PauseOnFrame is null;
    }

    public void SetGameExtraPadding(int left, int top = 0, int right = 0, int bottom = 0)
    {
    }

    public void SetSoundOn(bool enable) => _isSoundOn = enable;

    public void SpeedMode(int percent)
    {
        if (percent is < 1 or > 6399)
        {
            emuHawk.Say("Invalid speed value");
        }
    }

    public void TogglePause() => emuHawk.IsPaused = !emuHawk.IsPaused;

    public void Unpause() => emuHawk.IsPaused = false;

    internal void OnRomLoaded() => RomLoaded?.Invoke(null, EventArgs.Empty);

    internal void OnStateLoaded(string name) => StateLoaded?.Invoke(this, new StateLoadedEventArgs(name));

    internal void OnStateSaved(string name) => StateSaved?.Invoke(this, new StateSavedEventArgs(name));
}

/// <summary>State files and slots.</summary>
internal sealed class SaveStateApi(HeadlessEmuHawk emuHawk) : ISaveStateApi
{
    private const int Slots = 10;

    public bool Load(string path, bool suppressOSD = false) => emuHawk.LoadState(path);

    public bool LoadSlot(int slotNum, bool suppressOSD = false) => IsSlot(slotNum) && emuHawk.LoadState(SlotPath(slotNum));

    public void Save(string path, bool suppressOSD = false) => emuHawk.SaveState(path);

    public void SaveSlot(int slotNum, bool suppressOSD = false)
    {
        if (IsSlot(slotNum))
        {
            emuHawk.SaveState(SlotPath(slotNum));
        }
    }

    private static bool IsSlot(int number) => number is >= 1 and <= Slots;

    private string SlotPath(int number) => emuHawk.StatePath($"QuickSave{number % Slots}");
}
