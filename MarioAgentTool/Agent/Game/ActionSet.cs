namespace MarioAgentTool.Game;

/// <summary>
/// The button combinations an agent chooses from, by number. The named ones keep the index order of gym-super-mario-bros, so
/// that weights mean the same there and here.
/// </summary>
public sealed class ActionSet
{
    private static readonly Buttons Run = Buttons.Right | Buttons.B, Jump = Buttons.Right | Buttons.A;

    private readonly Buttons[] _actions;

    private ActionSet(string name, params Buttons[] actions)
    {
        Name = name;
        _actions = actions;
    }

    /// <summary>NOOP; right; right+A; right+B; right+A+B.</summary>
    public static ActionSet RightOnly { get; } =
        new("right-only", Buttons.None, Buttons.Right, Jump, Run, Jump | Buttons.B);

    /// <summary><see cref="RightOnly"/>, and A; left.</summary>
    public static ActionSet Simple { get; } = new("simple", [.. RightOnly._actions, Buttons.A, Buttons.Left]);

    /// <summary><see cref="Simple"/>, and left+A; left+B; left+A+B; down; up. The only one that enters pipes and climbs.</summary>
    public static ActionSet Complex { get; } = new(
        "complex",
        [
            .. Simple._actions,
            Buttons.Left | Buttons.A, Buttons.Left | Buttons.B, Buttons.Left | Buttons.A | Buttons.B, Buttons.Down, Buttons.Up,
        ]);

    /// <summary>right; right+A: the two actions of PyTorch's Mario tutorial.</summary>
    public static ActionSet Tutorial { get; } = new("tutorial", Buttons.Right, Jump);

    /// <summary>The sets that have names.</summary>
    public static IReadOnlyList<ActionSet> Named { get; } = [RightOnly, Simple, Complex, Tutorial];

    /// <summary>Its name, or the list it was made from; <see cref="Parse"/> takes both.</summary>
    public string Name { get; }

    /// <summary>How many actions there are.</summary>
    public int Count => _actions.Length;

    /// <summary>The buttons of an action.</summary>
    public Buttons this[int action] => _actions[action];

    /// <summary>All of them in index order.</summary>
    public ReadOnlySpan<Buttons> Actions => _actions;

    /// <summary>
    /// A set by its name (right-only, simple, complex, tutorial; gym's RIGHT_ONLY, SIMPLE_MOVEMENT, COMPLEX_MOVEMENT), or a list
    /// of combinations: <c>none,right,right+A,right+A+B</c>.
    /// </summary>
    /// <exception cref="FormatException">Says which part was not understood and what would be.</exception>
    public static ActionSet Parse(string text)
    {
        string name = text.Trim().ToLowerInvariant().Replace('_', '-').Replace("-movement", "");
        foreach (var set in Named)
        {
            if (set.Name == name)
            {
                return set;
            }
        }

        string[] parts = name.Split(',');
        if (parts.Length == 1 && !parts[0].Contains('+') && !TryParseButton(parts[0].Trim(), out _))
        {
            throw new FormatException(
                $"\"{text}\" is no action set. Known are right-only, simple, complex and tutorial; or give a list like \"none,right,right+A\".");
        }

        var actions = new Buttons[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            actions[i] = ParseCombination(parts[i], text);
            if (Array.IndexOf(actions, actions[i], 0, i) is >= 0 and int earlier)
            {
                throw new FormatException($"Actions {earlier} and {i} of \"{text}\" are the same: {Describe(actions[i])}.");
            }
        }

        var described = new string[actions.Length];
        for (int i = 0; i < actions.Length; i++)
        {
            described[i] = Describe(actions[i]);
        }

        return new ActionSet(string.Join(",", described), actions);
    }

    /// <summary>Buttons as <see cref="Parse"/> reads them: <c>right+A</c>, <c>none</c>.</summary>
    public static string Describe(Buttons buttons)
    {
        string text = "";
        foreach (var (name, button) in ButtonNames)
        {
            if ((buttons & button) != 0)
            {
                text += (text.Length == 0 ? "" : "+") + name;
            }
        }

        return text.Length == 0 ? "none" : text;
    }

    private static readonly (string Name, Buttons Button)[] ButtonNames =
    [
        ("right", Buttons.Right), ("left", Buttons.Left), ("up", Buttons.Up), ("down", Buttons.Down), ("A", Buttons.A), ("B", Buttons.B),
    ];

    private static Buttons ParseCombination(string combination, string text)
    {
        var buttons = Buttons.None;
        foreach (string part in combination.Split('+'))
        {
            string name = part.Trim();
            if (name is "start" or "select")
            {
                throw new FormatException($"\"{text}\": {name} is not for agents; it would pause the game or do nothing.");
            }

            if (!TryParseButton(name, out var button))
            {
                throw new FormatException(
                    $"\"{name}\" in \"{text}\" is no button. An action is none, or right, left, up, down, A, B joined by +.");
            }

            buttons |= button;
        }

        if ((buttons & (Buttons.Left | Buttons.Right)) == (Buttons.Left | Buttons.Right) || (buttons & (Buttons.Up | Buttons.Down)) == (Buttons.Up | Buttons.Down))
        {
            throw new FormatException($"\"{combination.Trim()}\" in \"{text}\" presses opposite directions, which no joypad can.");
        }

        return buttons;
    }

    private static bool TryParseButton(string name, out Buttons button)
    {
        button = Buttons.None;
        if (name is "none" or "noop")
        {
            return true;
        }

        foreach (var known in ButtonNames)
        {
            if (string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                button = known.Button;
                return true;
            }
        }

        return false;
    }
}
