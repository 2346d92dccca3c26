using BizHawk.Client.Common;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>
/// Holds pad 1 for one frame in EmuHawk's terms. EmuHawk drops overrides before every frame, so it is set anew in every
/// PreFrame; whatever the agent does not hold is released, so that a hand on the keyboard does not change an episode.
/// </summary>
public sealed class PadOverride
{
    private const string Power = "Power";

    private static readonly (string Name, Buttons Button)[] s_buttons =
    [
        ("Up", Buttons.Up), ("Down", Buttons.Down), ("Left", Buttons.Left), ("Right", Buttons.Right),
        ("Start", Buttons.Start), ("Select", Buttons.Select), ("B", Buttons.B), ("A", Buttons.A),
    ];

    private readonly Dictionary<string, bool> _pad = [];
    private readonly Dictionary<string, bool> _powerOn = new() { [Power] = true };

    /// <summary>Holds exactly these buttons on pad 1.</summary>
    public void Hold(IJoypadApi joypad, Buttons buttons)
    {
        foreach ((string name, Buttons button) in s_buttons)
        {
            _pad[name] = (buttons & button) != 0;
        }

        joypad.Set(_pad, 1);
    }

    /// <summary>Turns the console off and on.</summary>
    public void PressPower(IJoypadApi joypad) => joypad.Set(_powerOn);
}
