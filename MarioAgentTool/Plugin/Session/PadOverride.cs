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

    /// <summary>Pad 1's buttons by the names a core knows them by.</summary>
    internal static IReadOnlyList<(string Name, Buttons Button)> Pad1 { get; } = [.. s_buttons.Select(b => ("P1 " + b.Name, b.Button))];

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

    /// <summary>What the user holds on pad 1 now.</summary>
    public static Buttons HeldByUser(IJoypadApi joypad) => Held(joypad.GetImmediate(1));

    /// <summary>What pad 1 holds in the game, whoever holds it: the user, a movie, a tool.</summary>
    public static Buttons HeldNow(IJoypadApi joypad) => Held(joypad.GetWithMovie(1));

    private static Buttons Held(IReadOnlyDictionary<string, object> hand)
    {
        Buttons held = Buttons.None;
        foreach ((string name, Buttons button) in s_buttons)
        {
            held |= hand.TryGetValue(name, out object? state) && state is true ? button : Buttons.None;
        }

        return held;
    }

    /// <summary>Turns the console off and on.</summary>
    public void PressPower(IJoypadApi joypad) => joypad.Set(_powerOn);
}
