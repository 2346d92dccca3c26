using BizHawk.Emulation.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>The controls of a NES with one pad, by BizHawk's names: "Power", "Reset", "P1 Up"…</summary>
internal static class Controls
{
    private const string Pad = "P1 ";

    private static readonly (string Name, MovieFrame Bit)[] s_all =
    [
        ("Power", new MovieFrame(0, 0, MovieCommands.Power)),
        ("Reset", new MovieFrame(0, 0, MovieCommands.Reset)),
        .. Names("Up", "Down", "Left", "Right", "Start", "Select", "B", "A"),
    ];

    private static readonly Dictionary<string, MovieFrame> s_byName = s_all.ToDictionary(control => control.Name, control => control.Bit);

    /// <summary>All names, in NesHawk's order.</summary>
    public static ControllerDefinition Definition { get; } = MakeDefinition();

    public static bool TryFind(string name, int? controller, out MovieFrame bit) =>
        s_byName.TryGetValue(controller is { } number ? $"P{number} {name}" : name, out bit);

    public static bool IsPressed(MovieFrame frame, string name) => s_byName.TryGetValue(name, out MovieFrame bit) && Overlaps(frame, bit);

    public static MovieFrame With(MovieFrame frame, MovieFrame bit) =>
        new(frame.Pad1 | bit.Pad1, frame.Pad2 | bit.Pad2, frame.Commands | bit.Commands);

    public static MovieFrame Without(MovieFrame frame, MovieFrame bit) =>
        new(frame.Pad1 & ~bit.Pad1, frame.Pad2 & ~bit.Pad2, frame.Commands & ~bit.Commands);

    public static MovieFrame Read(IController controller)
    {
        if (controller is HostedController own)
        {
            return own.Held;
        }

        MovieFrame frame = default;
        foreach ((string name, MovieFrame bit) in s_all)
        {
            frame = controller.IsPressed(name) ? With(frame, bit) : frame;
        }

        return frame;
    }

    /// <summary>What ApiHawk makes of a frame's input: every name with true or false; of one pad, without its prefix.</summary>
    public static IReadOnlyDictionary<string, object> Describe(MovieFrame frame, int? controller)
    {
        Dictionary<string, object> described = [];
        string prefix = controller is { } number ? $"P{number} " : "";
        foreach ((string name, MovieFrame bit) in s_all)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                described.Add(name.Substring(prefix.Length), Overlaps(frame, bit));
            }
        }

        return described;
    }

    private static bool Overlaps(MovieFrame frame, MovieFrame bit) =>
        ((frame.Pad1 & bit.Pad1) | (frame.Pad2 & bit.Pad2)) != 0 || (frame.Commands & bit.Commands) != 0;

    private static IEnumerable<(string, MovieFrame)> Names(params string[] buttons) =>
        buttons.Select(button => (Pad + button, new MovieFrame((JoypadButtons)Enum.Parse(typeof(JoypadButtons), button))));

    private static ControllerDefinition MakeDefinition()
    {
        ControllerDefinition definition = new("NES Controller");
        foreach ((string name, _) in s_all)
        {
            definition.BoolButtons.Add(name);
        }

        return definition.MakeImmutable();
    }
}
