namespace MarioAgentTool.Game;

// The window on the level, and the ring of tiles.
public static partial class RamMap
{
    /// <summary>ScrollLock — non-zero: the screen stands still.</summary>
    public const int ScrollLock = 0x0723;

    /// <summary>ScreenLeft_PageLoc.</summary>
    public const int ScreenLeftPage = 0x071A;

    /// <summary>ScreenRight_PageLoc.</summary>
    public const int ScreenRightPage = 0x071B;

    /// <summary>ScreenLeft_X_Pos — pixels into the page.</summary>
    public const int ScreenLeftX = 0x071C;

    /// <summary>ScreenRight_X_Pos.</summary>
    public const int ScreenRightX = 0x071D;

    /// <summary>CurrentPageLoc — page of the next tile column to be parsed.</summary>
    public const int ParserPage = 0x0725;

    /// <summary>CurrentColumnPos — column (0-15) of that page to be parsed next.</summary>
    public const int ParserColumn = 0x0726;

    /// <summary>Whirlpool_Flag — non-zero while a current under water pulls at Mario.</summary>
    public const int Whirlpool = 0x047D;

    /// <summary>HorizontalScroll.</summary>
    public const int HorizontalScroll = 0x073F;

    /// <summary>Block_Buffer_1 — metatiles of even pages, 13 rows of 16; odd pages follow at <see cref="TilePageBytes"/>.</summary>
    public const int Tiles = 0x0500;

    /// <summary>Bytes from the even page's tiles to the odd page's.</summary>
    public const int TilePageBytes = 0x00D0;

    /// <summary>Rows of tiles; the first lies at scanline <see cref="TileTop"/>.</summary>
    public const int TileRows = 13;

    /// <summary>Columns held: two pages.</summary>
    public const int TileColumns = 32;

    /// <summary>Scanline of the first row of tiles; the status bar is above.</summary>
    public const int TileTop = 32;

    /// <summary>Pixels a tile, both ways.</summary>
    public const int TileSize = 16;
}
