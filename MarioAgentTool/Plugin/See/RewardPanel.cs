using System.Drawing;
using System.Globalization;
using MarioAgentTool.Environment;

namespace MarioAgentTool.Plugin;

/// <summary>Rewards by cause, as bars to the right for what was paid and to the left for what it cost.</summary>
internal sealed class RewardPanel : SeeControl
{
    private string _title = "";
    private RewardParts? _parts;

    /// <param name="name">For those who cannot see it.</param>
    public RewardPanel(string name)
        : base(name)
    {
    }

    /// <summary>Lines of text that all of it takes.</summary>
    public static int Lines => 5;

    /// <summary>Shows these.</summary>
    /// <param name="title">Whose they are, for people.</param>
    /// <param name="parts">By cause; null leaves the title alone.</param>
    public void Show(string title, RewardParts? parts)
    {
        if (title != _title || parts != _parts)
        {
            (_title, _parts) = (title, parts);
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Graphics g)
    {
        float pad = Line / 4f;
        if (_parts is not { } parts)
        {
            Write(g, _title, Theme.Faint, pad, 0, Width - 2 * pad);
            return;
        }

        (string Name, float Value)[] terms = [("progress", parts.Progress), ("time", parts.Time), ("shaping", parts.Shaping), ("ending", parts.Ending)];
        float names = Line * 4.2f, numbers = Line * 3.4f, most = Math.Max(1, terms.Max(t => Math.Abs(t.Value)));
        float left = pad + names, room = Math.Max(2, Width - left - numbers - pad), middle = left + room / 2;
        Write(g, string.Format(CultureInfo.InvariantCulture, "{0}: {1:+0.00;-0.00;0}", _title, parts.Total), Theme.Ink, pad, 0, Width - 2 * pad);
        using Pen axis = new(Theme.Grid, Thin);
        g.DrawLine(axis, middle, Line, middle, Line * 5);
        for (int i = 0; i < terms.Length; i++)
        {
            float y = (i + 1) * Line, value = terms[i].Value, length = Math.Abs(value) / most * (room / 2 - Thin);
            Write(g, terms[i].Name, Theme.Faint, pad, y, names);
            Fill(g, value > 0 ? Theme.Good : Theme.Bad, value > 0 ? middle : middle - length, y + Line * 0.2f, length, Line * 0.6f);
            Write(g, value.ToString("+0.00;-0.00;0", CultureInfo.InvariantCulture), Theme.Ink, Width - numbers - pad, y, numbers, StringAlignment.Far);
        }
    }
}
