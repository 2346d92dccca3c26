namespace NesCoreShim.Movies;

/// <summary>
/// The order of controls in a BK2 input line. A data line has no names, so a reader goes by position: NesHawk puts Power
/// before Reset, quickerNES Reset before Power. <c>#Power|Reset|#P1 Up|P1 Down|…|</c> heads <c>|..|........|</c>: every
/// <c>#</c> opens a group, every group closes with a bar.
/// </summary>
internal sealed class Bk2LogKey
{
    private const string Power = "Power", Reset = "Reset";

    // BizHawk's order, names and letters of a standard pad's buttons.
    private static readonly (string Name, char Letter, JoypadButtons Button)[] Pad =
    [
        ("Up", 'U', JoypadButtons.Up),
        ("Down", 'D', JoypadButtons.Down),
        ("Left", 'L', JoypadButtons.Left),
        ("Right", 'R', JoypadButtons.Right),
        ("Start", 'S', JoypadButtons.Start),
        ("Select", 's', JoypadButtons.Select),
        ("B", 'B', JoypadButtons.B),
        ("A", 'A', JoypadButtons.A),
    ];

    private readonly List<List<Control>> _groups = [];

    private Bk2LogKey()
    {
    }

    /// <summary>The key a core of that name writes.</summary>
    public static Bk2LogKey For(string core, bool withPad2)
    {
        // The second port is empty unless it is used: that is BizHawk's default for both cores.
        string console = core == Bk2File.QuickerNes ? $"#{Reset}|{Power}|" : $"#{Power}|{Reset}|";
        string key = console + PadKey(1) + (withPad2 ? PadKey(2) : "");
        return Parse(key);

        static string PadKey(int number) => "#" + string.Concat(Pad.Select(b => $"P{number} {b.Name}|"));
    }

    /// <summary>Reads what follows <c>LogKey:</c>.</summary>
    public static Bk2LogKey Parse(string key)
    {
        Bk2LogKey result = new();
        foreach (string group in key.Split(['#'], StringSplitOptions.RemoveEmptyEntries))
        {
            result._groups.Add([.. group.Split(['|'], StringSplitOptions.RemoveEmptyEntries).Select(Control.Named)]);
        }

        return result;
    }

    /// <summary>One data line as a frame.</summary>
    /// <exception cref="FormatException">The line and the key disagree; the message says where.</exception>
    public MovieFrame Read(string line)
    {
        JoypadButtons pad1 = 0, pad2 = 0;
        MovieCommands commands = 0;
        int at = 0;
        foreach (List<Control> group in _groups)
        {
            ExpectBar("a group");
            foreach (Control control in group)
            {
                if (at >= line.Length || line[at] == '|')
                {
                    throw new FormatException($"'{line}' ends its group before '{control.Name}', which LogKey names there.");
                }

                if (IsAxis(line, at))
                {
                    throw new FormatException($"'{control.Name}' is an axis; movies of standard pads have buttons only.");
                }

                // Any character but the dot counts as pressed; BizHawk reads it the same way.
                if (line[at++] == '.')
                {
                    continue;
                }

                if (!control.IsKnown)
                {
                    throw new FormatException($"'{control.Name}' is pressed; only Power, Reset and pads 1 and 2 are known here.");
                }

                pad1 |= control.Pad1;
                pad2 |= control.Pad2;
                commands |= control.Command;
            }
        }

        ExpectBar("the line");
        if (at != line.Length)
        {
            throw new FormatException($"'{line}' goes on after column {at}, where LogKey names no more controls.");
        }

        return new MovieFrame(pad1, pad2, commands);

        void ExpectBar(string what)
        {
            if (at >= line.Length || line[at] != '|')
            {
                throw new FormatException($"'{line}' lacks the '|' around {what} at column {at + 1}; LogKey has {_groups.Sum(g => g.Count)} controls in {_groups.Count} groups.");
            }

            at++;
        }
    }

    /// <summary>A frame as one data line, without the line's end.</summary>
    public string Write(MovieFrame frame)
    {
        System.Text.StringBuilder line = new(32);
        foreach (List<Control> group in _groups)
        {
            line.Append('|');
            foreach (Control control in group)
            {
                bool pressed = ((frame.Pad1 & control.Pad1) | (frame.Pad2 & control.Pad2)) != 0 || (frame.Commands & control.Command) != 0;
                line.Append(pressed ? control.Letter : '.');
            }
        }

        return line.Append('|').ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_groups.Select(group => "#" + string.Concat(group.Select(control => control.Name + "|"))));

    // An axis is a number and a comma: "   42,".
    private static bool IsAxis(string line, int at)
    {
        int end = at;
        while (end < line.Length && line[end] is ' ' or '-' or (>= '0' and <= '9'))
        {
            end++;
        }

        return end > at && end < line.Length && line[end] == ',';
    }

    private sealed class Control
    {
        public string Name { get; private set; } = "";

        public char Letter { get; private set; }

        public JoypadButtons Pad1 { get; private set; }

        public JoypadButtons Pad2 { get; private set; }

        public MovieCommands Command { get; private set; }

        public bool IsKnown => Letter != '\0';

        public static Control Named(string name)
        {
            if (name == Power)
            {
                return new Control { Name = name, Letter = 'P', Command = MovieCommands.Power };
            }

            if (name == Reset)
            {
                return new Control { Name = name, Letter = 'r', Command = MovieCommands.Reset };
            }

            foreach ((string button, char letter, JoypadButtons bit) in Pad)
            {
                if (name == "P1 " + button)
                {
                    return new Control { Name = name, Letter = letter, Pad1 = bit };
                }

                if (name == "P2 " + button)
                {
                    return new Control { Name = name, Letter = letter, Pad2 = bit };
                }
            }

            return new Control { Name = name };
        }
    }
}
