using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>Whose colours the window has.</summary>
public enum ThemeChoice
{
    /// <summary>Dark where the system's windows are dark.</summary>
    Auto,

    /// <summary>Dark ink on light paper.</summary>
    Light,

    /// <summary>Light ink on dark paper.</summary>
    Dark,
}

/// <summary>A control that draws itself and is told the colours to use.</summary>
internal interface IThemed
{
    /// <summary>Set whenever the colours change; the control repaints itself.</summary>
    Theme Theme { set; }
}

/// <summary>The window's colours.</summary>
/// <param name="Background">Of the window and its pages.</param>
/// <param name="Field">Of boxes to type in, lists and charts.</param>
/// <param name="Ink">Text.</param>
/// <param name="Faint">Text of less weight: captions, hints, what cannot be used now.</param>
/// <param name="Accent">What is chosen; the line of a chart.</param>
/// <param name="Good">A clear.</param>
/// <param name="Bad">A death, an error.</param>
/// <param name="Grid">Lines: borders and a chart's grid.</param>
internal sealed record Theme(Color Background, Color Field, Color Ink, Color Faint, Color Accent, Color Good, Color Bad, Color Grid)
{
    /// <summary>Dark ink on light paper.</summary>
    public static Theme Light { get; } = new(Rgb(0xF4F4F2), Rgb(0xFFFFFF), Rgb(0x1C1C1C), Rgb(0x5E5E5E), Rgb(0x1F5FA8), Rgb(0x1E7A38), Rgb(0xB3261E), Rgb(0xC8C8C4));

    /// <summary>Light ink on dark paper.</summary>
    public static Theme Dark { get; } = new(Rgb(0x202124), Rgb(0x2B2C30), Rgb(0xE8E8E6), Rgb(0xA9A9A6), Rgb(0x7FB4F5), Rgb(0x6CCB84), Rgb(0xFF8A80), Rgb(0x4C4D52));

    /// <summary>The colours for a choice.</summary>
    public static Theme Of(ThemeChoice choice) => choice switch
    {
        ThemeChoice.Light => Light,
        ThemeChoice.Dark => Dark,
        _ => Luminance(SystemColors.Window) < Luminance(SystemColors.WindowText) ? Dark : Light,
    };

    /// <summary>Relative luminance of a colour, 0 (black) to 1 (white). https://www.w3.org/TR/WCAG21/#dfn-relative-luminance</summary>
    public static double Luminance(Color color)
    {
        return 0.2126 * Linear(color.R) + 0.7152 * Linear(color.G) + 0.0722 * Linear(color.B);

        static double Linear(byte channel)
        {
            double c = channel / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    /// <summary>Gives a control and all within it these colours.</summary>
    public void Apply(Control control)
    {
        switch (control)
        {
            case ListView list:
                (list.BackColor, list.ForeColor) = (Field, Ink);
                break;
            case TextBoxBase box:
                (box.BackColor, box.ForeColor, box.BorderStyle) = (Field, Ink, BorderStyle.FixedSingle);
                break;
            case ComboBox combo:
                (combo.BackColor, combo.ForeColor, combo.FlatStyle) = (Field, Ink, FlatStyle.Flat);
                break;
            case CheckBox check:
                (check.BackColor, check.ForeColor, check.FlatStyle) = (Background, Ink, FlatStyle.Flat);
                break;
            default:
                (control.BackColor, control.ForeColor) = (Background, Ink);
                break;
        }

        if (control is IThemed themed)
        {
            themed.Theme = this;
        }

        foreach (Control child in control.Controls)
        {
            Apply(child);
        }
    }

    private static Color Rgb(int rgb) => Color.FromArgb(unchecked((int)0xFF000000) | rgb);
}
