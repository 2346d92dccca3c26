namespace MarioAgentTool.Learning;

/// <summary>Checks at a learner's door.</summary>
internal static class Require
{
    /// <summary>Refuses a setting that is too small to mean anything.</summary>
    public static void AtLeast(long value, long least, string setting)
    {
        if (value < least)
        {
            throw new ArgumentException($"{setting} is {value}; it has to be at least {least}.");
        }
    }

    /// <summary>Refuses a setting that has to be more than zero.</summary>
    public static void Positive(float value, string setting)
    {
        if (!(value > 0 && value <= float.MaxValue))
        {
            throw new ArgumentException($"{setting} is {value}; it has to be more than 0.");
        }
    }

    /// <summary>Refuses a setting outside 0 … 1.</summary>
    public static void Share(float value, string setting)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentException($"{setting} is {value}; it has to lie between 0 and 1.");
        }
    }

    /// <summary>Replay keeps an action in one byte.</summary>
    public static void ActionsInAByte(int actions)
    {
        if (actions is < 1 or > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(actions), actions, "Replay keeps an action in one byte: 1 to 256 actions.");
        }
    }
}
