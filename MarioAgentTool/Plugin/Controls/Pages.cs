using System.Drawing;
using System.Windows.Forms;

namespace MarioAgentTool.Plugin;

/// <summary>One page of the window: scrolls when it is higher than there is room.</summary>
internal sealed class Page : Panel
{
    private readonly Stack _content;

    public Page(string title, Stack content)
    {
        // Before anything that lays out.
        _content = content;
        Text = AccessibleName = title.Replace("&", "");
        Title = title;
        AutoScroll = true;
        Controls.Add(content);
    }

    /// <summary>With its mnemonic.</summary>
    public string Title { get; }

    /// <inheritdoc/>
    protected override void OnLayout(LayoutEventArgs levent)
    {
        int width = ClientSize.Width, needed = _content.GetPreferredSize(new Size(width, 0)).Height;
        if (needed > Height && width == Width)
        {
            // The scroll bar that is about to come takes its room.
            width -= SystemInformation.VerticalScrollBarWidth;
            needed = _content.GetPreferredSize(new Size(width, 0)).Height;
        }

        _content.SetBounds(AutoScrollPosition.X, AutoScrollPosition.Y, width, Math.Max(needed, Height));
        _content.PerformLayout();
        base.OnLayout(levent);
    }
}

/// <summary>Pages, of which one is seen, and a row of buttons to choose it. (A TabControl's strip keeps the system's colours.)</summary>
internal sealed class Pages : Panel
{
    private readonly List<(TabButton Tab, Page Page)> _pages = [];
    private readonly WrapRow _strip = new() { AccessibleRole = AccessibleRole.PageTabList, AccessibleName = "Pages" };

    /// <param name="guarded">Makes a handler of an action, such that what it throws goes no further.</param>
    /// <param name="pages">The first is seen at the beginning.</param>
    public Pages(Func<string, Action, EventHandler> guarded, params Page[] pages)
    {
        Controls.Add(_strip);
        foreach (Page page in pages)
        {
            TabButton tab = new(page.Title);
            _pages.Add((tab, page));
            _strip.Controls.Add(tab);
            Controls.Add(page);
            page.Visible = tab.Checked = page == pages[0];
            tab.CheckedChanged += guarded("choosing a page", () =>
            {
                page.Visible = tab.Checked;
                PerformLayout();
            });
        }
    }

    /// <summary>How many.</summary>
    public int Count => _pages.Count;

    /// <summary>The place of the page that is seen.</summary>
    public int Selected
    {
        get => _pages.FindIndex(p => p.Tab.Checked);
        set => _pages[value].Tab.Checked = true;
    }

    /// <summary>The page that is seen.</summary>
    public Page SelectedPage => _pages[Selected].Page;

    /// <summary>What a page is called.</summary>
    public string NameOf(int place) => _pages[place].Page.Text;

    /// <inheritdoc/>
    protected override void OnLayout(LayoutEventArgs levent)
    {
        int strip = _strip.GetPreferredSize(ClientSize).Height, gap = Font.Height / 2;
        _strip.SetBounds(0, 0, ClientSize.Width, strip);
        foreach ((_, Page page) in _pages)
        {
            page.SetBounds(0, strip + gap, ClientSize.Width, Math.Max(0, ClientSize.Height - strip - gap));
        }
    }

    /// <summary>Chooses a page. It draws itself in the window's colours.</summary>
    private sealed class TabButton : RadioButton, IThemed
    {
        private const TextFormatFlags Centered = TextFormatFlags.HorizontalCenter | TextFormatFlags.VerticalCenter | TextFormatFlags.SingleLine;

        private Theme _theme = Theme.Light;

        public TabButton(string title)
        {
            Text = title;
            Appearance = Appearance.Button;
            AutoSize = true;
            AccessibleRole = AccessibleRole.PageTab;
            AccessibleName = title.Replace("&", "");
        }

        public Theme Theme
        {
            set
            {
                _theme = value;
                Invalidate();
            }
        }

        /// <inheritdoc/>
        public override Size GetPreferredSize(Size proposedSize)
        {
            Size text = TextRenderer.MeasureText(AccessibleName, Font);
            return new Size(text.Width + Font.Height, text.Height + Font.Height * 2 / 3);
        }

        /// <inheritdoc/>
        protected override void OnPaint(PaintEventArgs e)
        {
            e.Graphics.Clear(_theme.Background);
            TextRenderer.DrawText(e.Graphics, Text, Font, ClientRectangle, Checked ? _theme.Ink : _theme.Faint, _theme.Background, Centered | (ShowKeyboardCues ? 0 : TextFormatFlags.HidePrefix));
            int thickness = Math.Max(2, Font.Height / 5);
            using Brush underline = new SolidBrush(Checked ? _theme.Accent : _theme.Grid);
            e.Graphics.FillRectangle(underline, 0, Height - (Checked ? thickness : 1), Width, thickness);
            if (Focused && ShowFocusCues)
            {
                ControlPaint.DrawFocusRectangle(e.Graphics, Rectangle.Inflate(ClientRectangle, -2, -2), _theme.Ink, _theme.Background);
            }
        }
    }
}
