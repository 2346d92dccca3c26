using System.Drawing;
using System.Globalization;
using BizHawk.Client.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>What can be drawn over the game.</summary>
[Flags]
public enum OverlayParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The tiles that the agent takes in, by kind.</summary>
    Tiles = 1,

    /// <summary>Boxes around what moves, by what it means to Mario.</summary>
    Objects = 2,

    /// <summary>What each action is worth, the chosen one marked.</summary>
    Values = 4,

    /// <summary>What pad 1 holds.</summary>
    Buttons = 8,

    /// <summary>The latest step's reward by cause.</summary>
    Reward = 16,

    /// <summary>Level x, and the furthest.</summary>
    Position = 32,

    /// <summary>Which tiles the chosen action's value rests on; while saliency is worked out.</summary>
    Saliency = 64,
}

/// <summary>
/// Draws on the game's picture through BizHawk's IGuiApi, in the core's own pixels. EmuHawk drops drawings before each frame and
/// keeps them while it is paused; it leaves them out of a recorded AVI unless its own "Capture Lua" is on.
/// </summary>
internal sealed class GameOverlay
{
    private const DisplaySurfaceID Surface = DisplaySurfaceID.EmuCore;
    private const int FullHeight = 240, Line = 8;

    // A share of the strongest below this is not drawn.
    private const float LeastShare = 0.05f;

    private static readonly Color s_shade = Color.FromArgb(150, 0, 0, 0), s_text = Color.White, s_bar = Color.FromArgb(200, 130, 130, 130),
        s_chosen = Color.FromArgb(230, 90, 170, 255), s_best = Color.FromArgb(255, 250, 220, 80), s_good = Color.FromArgb(220, 60, 220, 130), s_bad = Color.FromArgb(220, 255, 70, 90);

    private static readonly (Buttons Button, int X, int Y, int Width)[] s_pad =
    [
        (Buttons.Up, 5, 0, 4), (Buttons.Left, 0, 5, 4), (Buttons.Right, 10, 5, 4), (Buttons.Down, 5, 10, 4),
        (Buttons.Select, 17, 8, 5), (Buttons.Start, 24, 8, 5), (Buttons.B, 32, 6, 5), (Buttons.A, 39, 6, 5),
    ];

    private readonly float[] _cells = new float[TileObserver.PlaneBytes];
    private ObservationPicture? _picture;
    private EnvironmentSettings? _world;
    private int _stage, _furthest;

    /// <summary>What is drawn.</summary>
    public OverlayParts Parts { get; set; }

    /// <summary>Draws all parts anew, on a surface that is empty.</summary>
    /// <param name="gui">EmuHawk's.</param>
    /// <param name="ram">CPU $0000-$07FF now.</param>
    /// <param name="lines">Lines of the core's picture: 224, or 240.</param>
    /// <param name="view">What the agent wants; an empty one where nobody plays.</param>
    /// <param name="explained">A decision explained; null for none.</param>
    public void Draw(IGuiApi gui, ReadOnlySpan<byte> ram, int lines, AgentView view, ExplainedDecision? explained)
    {
        if (Parts == OverlayParts.None)
        {
            return;
        }

        MarioFrame frame = new(ram);
        int top = (FullHeight - lines) / 2;
        if (frame.IsInStage)
        {
            if ((Parts & OverlayParts.Tiles) != 0)
            {
                DrawTiles(gui, frame, top);
            }

            if ((Parts & OverlayParts.Saliency) != 0 && explained is not null)
            {
                DrawSaliency(gui, frame, top, view, explained);
            }

            if ((Parts & OverlayParts.Objects) != 0)
            {
                DrawObjects(gui, frame, top);
            }
        }

        int y = 34 - top;
        if ((Parts & OverlayParts.Values) != 0 && view.Actions is { } actions && view.Chosen >= 0)
        {
            y = DrawValues(gui, view, actions, y);
        }

        if ((Parts & OverlayParts.Reward) != 0 && view.Actions is not null)
        {
            DrawReward(gui, view.Step.Parts, y + 2);
        }

        if ((Parts & OverlayParts.Buttons) != 0)
        {
            DrawPad(gui, view.Held, 256 - 52, lines - 22);
        }

        if ((Parts & OverlayParts.Position) != 0 && frame.IsInStage)
        {
            DrawPosition(gui, frame, view, lines - 12);
        }
    }

    /// <summary>Takes away what was drawn since the last frame began.</summary>
    public static void Clear(IGuiApi gui) => gui.ClearGraphics(Surface);

    // Runs of one kind become one box: each call costs.
    private static void DrawTiles(IGuiApi gui, in MarioFrame frame, int top)
    {
        (int firstColumn, int firstRow) = TileObserver.Corner(frame);
        for (int row = Math.Max(0, firstRow); row < Math.Min(RamMap.TileRows, firstRow + TileObserver.Rows); row++)
        {
            int begin = firstColumn;
            Color? kind = null;
            for (int column = firstColumn; column <= firstColumn + TileObserver.Columns; column++)
            {
                Color? here = column < firstColumn + TileObserver.Columns ? KindOf(frame.TileAt(column, row)) : null;
                if (here != kind)
                {
                    if (kind is { } ink)
                    {
                        Box(gui, begin * 16 - frame.ScreenLeft, RamMap.TileTop + row * 16 - top, (column - begin) * 16, 16, ink, Color.FromArgb(80, ink));
                    }

                    (begin, kind) = (column, here);
                }
            }
        }
    }

    private static Color? KindOf(byte tile) =>
        tile == 0 ? null
        : Metatile.IsCoin(tile) || tile == Metatile.Axe || Metatile.IsClimbable(tile) ? Ink("goal")
        : Metatile.IsBumpable(tile) ? Ink("breakable")
        : Metatile.IsSolid(tile) ? Ink("solid") : null;

    private static void DrawObjects(IGuiApi gui, in MarioFrame frame, int top)
    {
        for (int slot = 0; slot < RamMap.ObjectSlots; slot++)
        {
            ObjectSlot thing = frame.Object(slot);
            string? kind = thing.Kind switch
            {
                ObjectKind.Stompable => frame.IsSwimming ? "hazard" : "stompable",
                ObjectKind.Hazard => "hazard",
                ObjectKind.Platform => "platform",
                ObjectKind.PowerUp => "power-up",
                _ => null,
            };
            if (kind is not null)
            {
                Outline(gui, thing.Box, frame.ScreenLeft, top, Ink(kind));
            }
        }

        for (int slot = 0; slot < RamMap.MiscSlots; slot++)
        {
            if (frame.TryGetHammer(slot, out Box hammer))
            {
                Outline(gui, hammer, frame.ScreenLeft, top, Ink("hazard"));
            }
        }

        int tall = frame.IsBig && !frame.IsCrouching ? 32 : 16;
        Outline(gui, new Box(frame.LevelX + 2, frame.Y + 32 - tall, frame.LevelX + 14, frame.Y + 32), frame.ScreenLeft, top, s_text);
    }

    private void DrawSaliency(IGuiApi gui, in MarioFrame frame, int top, AgentView view, ExplainedDecision explained)
    {
        if (explained.GridCorner is not var (firstColumn, firstRow) || view.World is null || view.Spec is null || explained.Shares.Length != view.Spec.Length)
        {
            return;
        }

        int columns = view.World.Observation switch { ObservationKind.Tiles => TileObserver.Columns, ObservationKind.ScreenGrid => GridObserver.ScreenColumns, _ => 2 * GridObserver.Radius + 1 };
        Array.Clear(_cells, 0, _cells.Length);
        if (_world != view.World)
        {
            (_picture, _world) = (new ObservationPicture(view.World, view.Spec), view.World);
        }

        if (!_picture!.TryGetCellShares(explained.Shares, _cells))
        {
            return;
        }

        float most = _cells.Max(Math.Abs);
        for (int cell = 0; cell < _cells.Length && most > 0; cell++)
        {
            float share = _cells[cell] / most;
            if (Math.Abs(share) >= LeastShare)
            {
                Color ink = Color.FromArgb((int)(40 + 150 * Math.Abs(share)), share > 0 ? s_good : s_bad);
                Box(gui, (firstColumn + cell % columns) * 16 - frame.ScreenLeft, RamMap.TileTop + (firstRow + cell / columns) * 16 - top, 16, 16, Color.Transparent, ink);
            }
        }
    }

    private static int DrawValues(IGuiApi gui, AgentView view, ActionSet actions, int top)
    {
        const int Names = 58, Bars = 40, Width = Names + Bars + 30;
        IReadOnlyList<float> values = view.Values;
        float least = values.Min(), most = values.Max();
        gui.DrawBox(2, top, 2 + Width, top + values.Count * Line + 2, Color.Transparent, s_shade, Surface);
        for (int a = 0; a < values.Count; a++)
        {
            int y = top + 2 + a * Line;
            Color ink = a == view.Chosen ? s_chosen : s_bar;
            float share = most > least ? (values[a] - least) / (most - least) : 0;
            gui.DrawBox(4 + Names, y + 1, 5 + Names + (int)(share * Bars), y + 5, a == view.Best ? s_best : ink, ink, Surface);
            Text(gui, 4, y, ActionSet.Describe(actions[a]), a == view.Chosen ? s_chosen : s_text);
            Text(gui, 7 + Names + Bars, y, values[a].ToString("0.00", CultureInfo.InvariantCulture), s_text);
        }

        return top + values.Count * Line + 4;
    }

    // A bar to the right of the middle for what was paid, to the left for what it cost; 24 pixels a point.
    private static void DrawReward(IGuiApi gui, RewardParts parts, int top)
    {
        (string Name, float Value)[] terms = [("progress", parts.Progress), ("time", parts.Time), ("shaping", parts.Shaping), ("ending", parts.Ending)];
        const int Middle = 76, Most = 24;
        gui.DrawBox(2, top, 126, top + terms.Length * Line + 2, Color.Transparent, s_shade, Surface);
        for (int i = 0; i < terms.Length; i++)
        {
            int y = top + 2 + i * Line, length = (int)Math.Round(Math.Max(-1, Math.Min(1, terms[i].Value)) * Most);
            if (length != 0)
            {
                Color ink = length > 0 ? s_good : s_bad;
                gui.DrawBox(Middle + Math.Min(0, length), y + 1, Middle + Math.Max(0, length), y + 5, ink, ink, Surface);
            }

            Text(gui, 4, y, terms[i].Name, s_text);
            Text(gui, Middle + Most + 2, y, terms[i].Value.ToString("0.00", CultureInfo.InvariantCulture), s_text);
        }
    }

    private static void DrawPad(IGuiApi gui, Buttons held, int left, int top)
    {
        gui.DrawBox(left - 3, top - 3, left + 47, top + 17, Color.Transparent, s_shade, Surface);
        foreach ((Buttons button, int x, int y, int width) in s_pad)
        {
            bool isDown = (held & button) != 0;
            gui.DrawBox(left + x, top + y, left + x + width - 1, top + y + 3, isDown ? s_chosen : s_bar, isDown ? s_chosen : Color.Transparent, Surface);
        }
    }

    private void DrawPosition(IGuiApi gui, in MarioFrame frame, AgentView view, int top)
    {
        // While nobody plays an episode, the furthest is that of the stage.
        int stage = frame.World * 4 + frame.Stage;
        _furthest = view.Actions is not null ? Math.Max(view.Episode.FurthestX, frame.LevelX)
            : stage == _stage ? Math.Max(_furthest, frame.LevelX) : frame.LevelX;
        _stage = stage;
        string text = $"x {frame.LevelX}  furthest {_furthest}";
        gui.DrawBox(2, top - 2, 4 + text.Length * 5, top + 7, Color.Transparent, s_shade, Surface);
        Text(gui, 4, top, text, s_text);
    }

    private static void Outline(IGuiApi gui, in Box box, int screenLeft, int top, Color ink) =>
        Box(gui, box.Left - screenLeft, box.Top - top, box.Right - box.Left, box.Bottom - box.Top, ink, Color.Transparent);

    private static void Box(IGuiApi gui, int left, int top, int width, int height, Color line, Color fill)
    {
        if (left < 256 && left + width > 0 && top < FullHeight && top + height > 0)
        {
            gui.DrawBox(left, top, left + width - 1, top + height - 1, line, fill, Surface);
        }
    }

    private static void Text(IGuiApi gui, int x, int y, string text, Color ink) => gui.PixelText(x, y, text, ink, Color.Transparent, null, Surface);

    private static Color Ink(string kind)
    {
        foreach ((string name, int argb) in ObservationPicture.Legend)
        {
            if (name == kind)
            {
                return Color.FromArgb(argb);
            }
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of tile.");
    }
}
