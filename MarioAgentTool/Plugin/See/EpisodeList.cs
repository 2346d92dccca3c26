using System.Drawing;
using System.Globalization;
using System.Windows.Forms;
using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>All episodes of this sitting, made into rows only as they are seen.</summary>
internal sealed class EpisodeList : ThemedList
{
    // Columns of words; the others hold numbers.
    private const int Start = 1, End = 2;

    private IReadOnlyList<EpisodeEntry> _log = [];
    private int _bestNumber;

    public EpisodeList()
        : base(("#", 4), ("Start", 6), ("End", 6), ("Furthest x", 6), ("Reward", 6), ("Frames", 6))
    {
        AccessibleName = "Episodes of this sitting";
        foreach (ColumnHeader column in Columns)
        {
            column.TextAlign = column.Index is Start or End ? HorizontalAlignment.Left : HorizontalAlignment.Right;
        }

        VirtualMode = true;
        MultiSelect = false;
    }

    /// <summary>The episode chosen; null for none.</summary>
    public EpisodeEntry? Chosen => SelectedIndices.Count == 1 && SelectedIndices[0] < _log.Count ? _log[SelectedIndices[0]] : null;

    /// <summary>An ending's name for people.</summary>
    public static string NameOf(EpisodeEnd end) => end switch
    {
        EpisodeEnd.FlagReached => "cleared",
        EpisodeEnd.Fell => "fell",
        EpisodeEnd.Hit => "hit",
        EpisodeEnd.TimeUp => "time up",
        EpisodeEnd.Stalled => "stalled",
        EpisodeEnd.Truncated => "cut off",
        _ => "goes on",
    };

    /// <summary>Shows these; the latest stays in sight while none is chosen.</summary>
    /// <param name="log">Oldest first.</param>
    /// <param name="bestNumber">The number of the one that can be recorded; 0 for none.</param>
    public void Show(IReadOnlyList<EpisodeEntry> log, int bestNumber)
    {
        bool isOther = log != _log;
        (_log, bool hasNewBest, _bestNumber) = (log, bestNumber != _bestNumber, bestNumber);
        if (isOther)
        {
            SelectedIndices.Clear();
        }

        if (isOther || VirtualListSize != log.Count)
        {
            VirtualListSize = log.Count;
            if (log.Count > 0 && SelectedIndices.Count == 0)
            {
                EnsureVisible(log.Count - 1);
            }
        }

        if (isOther || hasNewBest)
        {
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override void OnRetrieveVirtualItem(RetrieveVirtualItemEventArgs e) => e.Item = Row(_log[e.ItemIndex]);

    /// <inheritdoc/>
    protected override void OnDrawItem(DrawListViewItemEventArgs e)
    {
        // Cell by cell.
    }

    /// <inheritdoc/>
    protected override void OnDrawSubItem(DrawListViewSubItemEventArgs e)
    {
        bool isChosen = SelectedIndices.Contains(e.ItemIndex);
        Color back = isChosen ? Theme.Accent : Theme.Field;
        using Brush brush = new SolidBrush(back);
        e.Graphics.FillRectangle(brush, e.Bounds);
        TextFormatFlags align = e.ColumnIndex is Start or End ? TextFormatFlags.Left : TextFormatFlags.Right;
        TextRenderer.DrawText(
            e.Graphics, e.SubItem.Text, Font, Rectangle.Inflate(e.Bounds, -4, 0), isChosen ? Theme.Field : Theme.Ink, back, align | TextFormatFlags.VerticalCenter | TextFormatFlags.SingleLine);
    }

    private ListViewItem Row(EpisodeEntry entry) => new(
    [
        entry.Number.ToString("N0", CultureInfo.InvariantCulture) + (entry.Number == _bestNumber ? " *" : ""),
        entry.Start,
        NameOf(entry.Summary.End),
        entry.Summary.FurthestX.ToString("N0", CultureInfo.InvariantCulture),
        entry.Summary.Reward.ToString("0.0", CultureInfo.InvariantCulture),
        entry.Summary.Frames.ToString("N0", CultureInfo.InvariantCulture),
    ]);
}
