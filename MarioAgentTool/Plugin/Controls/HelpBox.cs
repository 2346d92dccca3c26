using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>A key that does what a control does.</summary>
/// <param name="Keys">The key, with Control where that is held.</param>
/// <param name="Does">What it does, for the help box.</param>
/// <param name="Control">Whose tool tip names it; null for none.</param>
/// <param name="Act">Does it.</param>
internal sealed record Shortcut(Keys Keys, string Does, Control? Control, Action Act)
{
    /// <summary>The key for people: <c>Ctrl+R</c>.</summary>
    public string Name
    {
        get
        {
            string key = (Keys & Keys.KeyCode).ToString();
            return ((Keys & Keys.Control) != 0 ? "Ctrl+" : "") + (key.Length == 2 && key[0] == 'D' ? key.Substring(1) : key);
        }
    }
}

/// <summary>The keys of the window, to be read while it is used.</summary>
internal sealed class HelpBox : Form
{
    public HelpBox(IEnumerable<Shortcut> shortcuts, Theme theme)
    {
        Text = "Mario Agent: keys";
        AutoScaleDimensions = new SizeF(96, 96);
        AutoScaleMode = AutoScaleMode.Dpi;
        FormBorderStyle = FormBorderStyle.SizableToolWindow;
        StartPosition = FormStartPosition.CenterParent;
        ShowInTaskbar = false;
        KeyPreview = true;
        ClientSize = new Size(400, 420);
        Stack rows = new([.. shortcuts.Select(s => (Control)new WrapLabel { Text = $"{s.Name}: {s.Does}." })]) { Padding = new Padding(8) };
        rows.Controls.Add(new WrapLabel
        {
            Text = "They work while this tool's window has the focus, and EmuHawk hears nothing then. While the game has it, every key is EmuHawk's: the pad and its hot keys stay as they are. "
                + "Alt and an underlined letter press that button; Tab goes from one to the next.",
        });
        Page page = new("Keys", rows) { Dock = DockStyle.Fill };
        Controls.Add(page);
        theme.Apply(this);
        KeyDown += (_, e) =>
        {
            if (e.KeyCode is Keys.Escape or Keys.F1)
            {
                Close();
            }
        };
    }
}
