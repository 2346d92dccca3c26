using BizHawk.Client.Common;
using BizHawk.Client.EmuHawk;

namespace NesCoreShim.Host.Shell;

/// <summary>The main window, as tools meet it.</summary>
internal sealed class ShellMainForm(HeadlessEmuHawk emuHawk) : IMainFormForTools
{
    public string CurrentlyOpenRom => Sound.CurrentlyOpenRom;

    public bool EmulatorPaused => Sound.IsPaused;

    public bool IsSeeking => Sound.PauseOnFrame is not null;

    public bool IsTurboing => Sound.IsTurbo;

    public int? PauseOnFrame
    {
        get => Sound.PauseOnFrame;
        set => Sound.PauseOnFrame = value;
    }

    // What is out of order by the host's Fault is so here too.
    private HeadlessEmuHawk Sound => emuHawk.Fault is { } fault ? throw fault : emuHawk;

    public void PauseEmulator() => Sound.IsPaused = true;

    public bool StartNewMovie(IMovie movie, bool newMovie) => Sound.StartNewMovie(movie, newMovie);

    public void SetMainformMovieInfo() => _ = Sound;

    public void Throttle() => _ = Sound;

    public void TogglePause() => Sound.IsPaused = !emuHawk.IsPaused;

    public void UnpauseEmulator() => Sound.IsPaused = false;

    public void Unthrottle() => _ = Sound;
}
