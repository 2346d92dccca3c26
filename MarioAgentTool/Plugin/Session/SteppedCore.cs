using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>The core, stepped behind EmuHawk's back: ten and more times as fast as frames that are drawn.</summary>
/// <param name="emulator">The core.</param>
/// <param name="pad">A controller for it that can be written.</param>
/// <param name="sound">Its sound, which piles up where nobody takes it; null where it has none.</param>
public sealed class SteppedCore(IEmulator emulator, IMovieController pad, ISoundProvider? sound)
{
    private const string Power = "Power";

    /// <summary>A stepped core, where this EmuHawk can make a controller for it.</summary>
    /// <param name="session">EmuHawk's movie session: its GenerateMovieController has other arguments from release to release.</param>
    /// <param name="emulator">The core.</param>
    /// <param name="sound">Its sound, if it has any.</param>
    public static SteppedCore Of(IMovieSession session, IEmulator emulator, ISoundProvider? sound) =>
        new(emulator, VersionedCall.Invoke<IMovieController>(typeof(IMovieSession), session, "GenerateMovieController", emulator.ControllerDefinition), sound);

    /// <summary>Runs a frame.</summary>
    public void FrameAdvance(Buttons buttons, bool power, bool render)
    {
        pad.SetBool(Power, power);
        foreach ((string name, Buttons button) in PadOverride.Pad1)
        {
            pad.SetBool(name, (buttons & button) != 0);
        }

        emulator.FrameAdvance(pad, render, renderSound: false);
        sound?.DiscardSamples();
    }
}
