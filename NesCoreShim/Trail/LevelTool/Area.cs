namespace NesCoreShim.Trail.Levels;

/// <summary>$074E: decides physics, pictures and music, and with a number makes the area pointer of $0750.</summary>
public enum AreaKind
{
    Water = 0,
    Ground = 1,
    Underground = 2,
    Castle = 3,
}

/// <summary>The colours of an area, in the order of the palettes in screens.s.</summary>
public enum AreaColours
{
    Day = 0,
    Dusk = 1,
    Cave = 2,
    Castle = 3,
    Sea = 4,
    Autumn = 5,
    Heaven = 6,
}

/// <summary>Something that enters with its column.</summary>
/// <param name="Column">0-254.</param>
/// <param name="Row">0-12; the row it stands in.</param>
/// <param name="Type">SMB's object number.</param>
/// <param name="Parameter">0-15.</param>
public sealed record LevelObject(int Column, int Row, byte Type, int Parameter);

/// <summary>From this column on, pipes, vines and falling off a cloud lead there.</summary>
/// <param name="Column">0-254.</param>
/// <param name="Room">Name of the area.</param>
/// <param name="Page">Its page to enter at.</param>
public sealed record Link(int Column, string Room, int Page);

/// <summary>Whoever is elsewhere than in <paramref name="Row"/> when page <paramref name="Page"/> is due goes back four pages.</summary>
/// <param name="Page">Page whose first column is about to be parsed.</param>
/// <param name="Row">Row he must stand in, on the ground.</param>
/// <param name="Group">How many turns are judged together, 1-3.</param>
public sealed record Loop(int Page, int Row, int Group);

/// <summary>A room: a strip of 13 rows of metatiles with what is in it.</summary>
public sealed class Area
{
    /// <summary>Rows of metatiles under the status bar.</summary>
    public const int Rows = 13;

    public required string Name { get; init; }

    public required AreaKind Kind { get; init; }

    public AreaColours Colours { get; set; }

    /// <summary>Scanline of the hero's 32-pixel frame where the area is begun or dropped into.</summary>
    public int StartY { get; set; } = 0xB0;

    /// <summary>Falling off leads on: $0743.</summary>
    public bool IsCloud { get; set; }

    /// <summary>He walks in by himself, into the log: $0710 is 6.</summary>
    public bool IsIntroduction { get; set; }

    /// <summary>Page where a new life begins once it was reached, or 0.</summary>
    public int Checkpoint { get; set; }

    /// <summary>Hundreds on the clock.</summary>
    public int Clock { get; set; } = 4;

    /// <summary>Columns, each of 13 metatiles from the top.</summary>
    public List<byte[]> Columns { get; } = [];

    public List<LevelObject> Objects { get; } = [];

    public List<Link> Links { get; } = [];

    public List<Loop> Loops { get; } = [];

    /// <summary>Pages of 16 columns.</summary>
    public int Pages => Columns.Count / 16;
}
