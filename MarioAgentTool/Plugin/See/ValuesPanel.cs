using System.Drawing;
using System.Globalization;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>What each action is worth: a bar an action; the chosen one in the accent, the best one framed.</summary>
internal sealed class ValuesPanel() : SeeControl("What each action is worth")
{
    private AgentView? _view;
    private float? _epsilon;
    private int _decision = -1;

    /// <summary>Lines of text that all of it takes.</summary>
    public int Lines => 1 + (_view?.Actions?.Count ?? 6);

    /// <summary>Shows a view's latest decision.</summary>
    /// <param name="view">Whose.</param>
    /// <param name="epsilon">Chance of a random action; null while only playing.</param>
    public void Show(AgentView view, float? epsilon)
    {
        if (_view != view || view.Decisions != _decision || epsilon != _epsilon)
        {
            (_view, _epsilon, _decision) = (view, epsilon, view.Decisions);
            Invalidate();
        }
    }

    /// <inheritdoc/>
    protected override void Draw(Graphics g)
    {
        int pad = Line / 4;
        if (_view is not { Actions: { } actions, Chosen: >= 0 } view)
        {
            Write(g, "Nobody plays.", Theme.Faint, pad, pad, Width);
            return;
        }

        IReadOnlyList<float> values = view.Values;
        float least = values.Min(), most = values.Max(), names = Line * 5.2f, numbers = Line * 3.2f, room = Math.Max(1, Width - names - numbers - 2 * pad);
        float line = Math.Min(Line * 1.25f, (Height - Line - 2f * pad) / values.Count);
        for (int a = 0; a < values.Count; a++)
        {
            float y = pad + a * line, share = most > least ? (values[a] - least) / (most - least) : 0;
            bool isChosen = a == view.Chosen;
            Write(g, ActionSet.Describe(actions[a]), isChosen ? Theme.Accent : Theme.Ink, pad, y, names);
            Fill(g, isChosen ? Theme.Accent : Theme.Grid, pad + names, y + Line * 0.15f, Thin + share * (room - Thin), Line * 0.7f);
            if (a == view.Best)
            {
                using Pen frame = new(Theme.Ink, Thin);
                g.DrawRectangle(frame, pad + names, y + Line * 0.15f, Thin + share * (room - Thin), Line * 0.7f);
            }

            Write(g, values[a].ToString("0.000", CultureInfo.InvariantCulture), isChosen ? Theme.Accent : Theme.Ink, Width - numbers - pad, y, numbers, StringAlignment.Far);
        }

        string how = view.Chosen == view.Best ? "It chose the best" : "It explored";
        string chance = _epsilon is { } epsilon ? epsilon.ToString(" (chance 0.0 %)", CultureInfo.InvariantCulture) : "";
        Write(g, how + chance, Theme.Faint, pad, Height - Line - pad, Width - 2 * pad);
    }
}
