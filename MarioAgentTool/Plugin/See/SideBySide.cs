using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>What the network sees on the left; beside it, what comes of that.</summary>
/// <remarks>One below the other where there is no room for both.</remarks>
internal sealed class SideBySide : WidthFirstPanel
{
    private const int LeastWidthInLines = 30;

    private readonly ObservationView _left;
    private readonly Stack _right;

    public SideBySide(ObservationView left, Stack right)
    {
        _left = left;
        _right = right;
        Controls.Add(left);
        Controls.Add(right);
    }

    /// <inheritdoc/>
    protected override int Arrange(int width, bool isMeant)
    {
        bool isNarrow = width < LeastWidthInLines * Font.Height;
        int leftWidth = isNarrow ? width : width * 55 / 100, rightWidth = isNarrow ? width : width - leftWidth - Gap;
        int leftHeight = _left.HeightAt(leftWidth), rightHeight = _right.GetPreferredSize(new Size(rightWidth, 0)).Height;
        int rightTop = isNarrow ? leftHeight + Gap : 0, height = Math.Max(leftHeight, rightTop + rightHeight);
        if (isMeant)
        {
            _left.SetBounds(0, 0, leftWidth, isNarrow ? leftHeight : height);
            _right.SetBounds(isNarrow ? 0 : leftWidth + Gap, rightTop, rightWidth, rightHeight);
        }

        return height;
    }
}
