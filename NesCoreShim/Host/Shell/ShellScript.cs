using System.Diagnostics;
using System.Drawing;
using System.Drawing.Imaging;
using System.Globalization;
using System.Reflection;
using System.Windows.Forms;
using BizHawk.Client.Common;
using BizHawk.Client.EmuHawk;
using NesCoreShim.Trail;

namespace NesCoreShim.Host.Shell;

/// <summary>
/// The headless EmuHawk with windows, worked by one command a line:
/// <list type="bullet">
/// <item><c>rom FILE</c> loads a game; <c>rom trail</c> the one that is built in. <c>reboot</c>, <c>eject</c>.</item>
/// <item><c>open DLL</c> opens the external tool in it. <c>close</c> closes it.</item>
/// <item><c>frames N</c> runs the loop N times; <c>bench N [PACE]</c> too, at so many a second, and prints what the tool cost.</item>
/// <item><c>until N TEXT</c> runs it until the window shows that text, N times at most.</item>
/// <item><c>wait N</c> runs it for so many milliseconds: for what goes by the clock.</item>
/// <item><c>pause</c>, <c>unpause</c>, <c>turbo</c>, <c>no-turbo</c>.</item>
/// <item><c>click TEXT</c> presses a button or ticks a box; <c>type CAPTION=TEXT</c> fills the box beside a caption.</item>
/// <item><c>select TEXT</c> chooses the row of a list that begins with it; <c>size WxH</c> resizes the window.</item>
/// <item><c>key NAME</c> presses a key in the window: <c>key F5</c>, <c>key Control, R</c>; <c>mnemonics</c> lists the letters on the page.</item>
/// <item><c>faults TEXT</c> calls every callback of the tool's while it throws that, and prints what came of each; see <see cref="FaultRounds"/>.</item>
/// <item><c>show</c> prints the texts in the window; <c>drawings</c> what the tool drew; <c>state</c> frame, movie and RAM's sum.</item>
/// <item><c>mouse NAME WHAT X Y [NOTCHES]</c> moves, presses, releases, clicks, double-clicks or wheels over the control that a screen reader
/// calls NAME, at a place in percent of it; <c>colours NAME</c> counts its pixels by colour, the commonest first.</item>
/// <item><c>choose NAME=TEXT</c> chooses in a box that a screen reader calls NAME; <c>row NAME=N</c> a row of a list, from 0.</item>
/// <item><c>step</c> runs one frame while paused; <c>save SLOT</c> and <c>load SLOT</c> a state.</item>
/// <item><c>shot FILE</c> writes a PNG of the tool's window; <c>pixel X,Y</c> prints one colour of it; <c>game FILE</c> writes the game's.</item>
/// <item><c>sh COMMAND</c> runs a command of the system's shell, whose $PPID is this process.</item>
/// <item><c>play FILE</c> plays a movie; <c>fault TEXT</c> makes every service fail; <c>no-fault</c> ends that.</item>
/// </list>
/// </summary>
internal sealed class ShellScript : IDisposable
{
    private const int PaintRounds = 3, ColoursPrinted = 40;

    private static readonly MethodInfo _processKey = typeof(Control).GetMethod("ProcessCmdKey", BindingFlags.Instance | BindingFlags.NonPublic)!;
    private static readonly MethodInfo _onClick = typeof(Control).GetMethod("OnClick", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly HeadlessEmuHawk _emuHawk;
    private Form? _window;
    private int _messagesPrinted;

    public ShellScript()
    {
        _emuHawk = new HeadlessEmuHawk(new HeadlessEmuHawkOptions { SetBaseProperties = SetBaseProperties });
        MainForm = new ShellMainForm(_emuHawk);
    }

    private ShellMainForm MainForm { get; }

    private Form Window => _window is { IsDisposed: false } ? _window : throw new InvalidOperationException("No tool is open; 'open DLL' opens one.");

    /// <summary>Carries out one line.</summary>
    public void Run(string line)
    {
        string[] parts = line.Trim().Split([' '], 2);
        string rest = parts.Length > 1 ? parts[1].Trim() : "";
        switch (parts[0])
        {
            case "" or "#":
                break;
            case "rom":
                Print(rest == "trail" ? _emuHawk.LoadRom(TrailRom.Name, TrailRom.Image.ToArray()) : _emuHawk.LoadRom(rest));
                break;
            case "reboot":
                Print(_emuHawk.RebootCore());
                break;
            case "eject":
                Print(_emuHawk.CloseRom());
                break;
            case "open":
                Print(Open(rest));
                break;
            case "close":
                Print(_emuHawk.CloseTool((IExternalToolForm)Window));
                break;
            case "frames":
                Repeat(Number(rest), () => false);
                break;
            case "bench":
                string[] numbers = rest.Split(' ');
                Bench(Number(numbers[0]), numbers.Length > 1 ? Number(numbers[1]) : int.MaxValue);
                break;
            case "until":
                string[] words = rest.Split([' '], 2);
                Print(Repeat(Number(words[0]), () => TextsOf(Window).Any(text => text.Contains(words[1]))));
                break;
            case "wait":
                int limit = Number(rest);
                Stopwatch waited = Stopwatch.StartNew();
                Repeat(int.MaxValue, () => waited.ElapsedMilliseconds > limit);
                break;
            case "pause" or "unpause":
                _emuHawk.IsPaused = parts[0] == "pause";
                break;
            case "turbo" or "no-turbo":
                _emuHawk.IsTurbo = parts[0] == "turbo";
                break;
            case "click":
                Click(rest);
                break;
            case "type":
                string[] sides = rest.Split(['='], 2);
                Beside(sides[0]).Text = sides[1];
                break;
            case "key":
                Message message = default;
                Print((bool)_processKey.Invoke(Window, [message, Enum.Parse(typeof(Keys), rest)]));
                break;
            case "mnemonics":
                foreach (Control control in All(Window).Where(c => c is ButtonBase or Label { UseMnemonic: true } && c.Visible && c.Text.Contains("&")))
                {
                    Console.WriteLine($"  {char.ToUpperInvariant(control.Text[control.Text.IndexOf('&') + 1])} {Plain(control.Text)}");
                }

                break;
            case "faults":
                foreach (string outcome in new FaultRounds(Window, rest).Lines())
                {
                    Console.WriteLine("  " + outcome);
                }

                break;
            case "select":
                ListViewItem row = All(Window).OfType<ListView>().Where(l => !l.VirtualMode).SelectMany(l => l.Items.Cast<ListViewItem>()).FirstOrDefault(i => i.Text == rest)
                    ?? throw new InvalidOperationException($"No list has a row '{rest}'.");
                row.ListView.SelectedItems.Clear();
                row.Selected = row.Focused = true;
                row.EnsureVisible();
                break;
            case "size":
                int[] size = [.. rest.Split('x').Select(Number)];
                Window.Size = new Size(size[0], size[1]);
                break;
            case "show":
                TextsOf(Window).ToList().ForEach(text => Console.WriteLine("  " + text.Replace("\r", "").Replace("\n", "\n  ")));
                break;
            case "drawings":
                foreach (Drawing drawing in _emuHawk.Drawings(DisplaySurfaceID.EmuCore).Concat(_emuHawk.Drawings(DisplaySurfaceID.Client)))
                {
                    Console.WriteLine("  " + drawing);
                }

                break;
            case "state":
                Console.WriteLine($"  frame {_emuHawk.Emulator.Frame}, movie {_emuHawk.Apis.Movie.Mode()}, ram {_emuHawk.Apis.Memory.HashRegion(0, 0x800, "RAM").Substring(0, 16)}");
                break;
            case "shot":
                using (Bitmap bitmap = Shot())
                {
                    bitmap.Save(rest, ImageFormat.Png);
                }

                break;
            case "pixel":
                using (Bitmap bitmap = Shot())
                {
                    int[] pixel = [.. rest.Split(',').Select(Number)];
                    Console.WriteLine($"  #{bitmap.GetPixel(pixel[0], pixel[1]).ToArgb() & 0xFFFFFF:X6} of {bitmap.Width}x{bitmap.Height}");
                }

                break;
            case "game":
                _emuHawk.ReadWindow().Save(rest);
                break;
            case "mouse":
                Mouse(rest);
                break;
            case "colours":
                Colours(rest);
                break;
            case "choose":
                string[] choice = rest.Split(['='], 2);
                ComboBox box = (ComboBox)Named(choice[0]);
                box.SelectedIndex = box.FindStringExact(choice[1]) is >= 0 and int found ? found : throw new InvalidOperationException($"'{choice[0]}' has no '{choice[1]}'.");
                break;
            case "row":
                string[] place = rest.Split(['='], 2);
                ListView list = (ListView)Named(place[0]);
                list.SelectedIndices.Clear();
                list.SelectedIndices.Add(Number(place[1]));
                break;
            case "step":
                _emuHawk.FrameAdvance();
                break;
            case "save":
                _emuHawk.Apis.SaveState.SaveSlot(Number(rest));
                break;
            case "load":
                Print(_emuHawk.Apis.SaveState.LoadSlot(Number(rest)));
                break;
            case "sh":
                using (Process process = Process.Start(new ProcessStartInfo("/bin/sh", "-c \"" + rest.Replace("\"", "\\\"") + "\"") { UseShellExecute = false })!)
                {
                    process.WaitForExit();
                }
                break;
            case "play":
                Print(_emuHawk.PlayMovie(rest));
                break;
            case "fault":
                _emuHawk.Fault = new InvalidOperationException(rest);
                break;
            case "no-fault":
                _emuHawk.Fault = null;
                break;
            default:
                throw new InvalidOperationException($"'{parts[0]}' is no command; see ShellScript for the list.");
        }

        Application.DoEvents();
        for (; _messagesPrinted < _emuHawk.Messages.Count; _messagesPrinted++)
        {
            Console.WriteLine("  message: " + _emuHawk.Messages[_messagesPrinted]);
        }
    }

    public void Dispose() => _emuHawk.Dispose();

    private static void Print(bool succeeded) => Console.WriteLine(succeeded ? "  yes" : "  no");

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private bool Open(string path)
    {
        Assembly assembly = Assembly.LoadFrom(Path.GetFullPath(path));
        Type type = assembly.GetTypes().Single(t => typeof(IExternalToolForm).IsAssignableFrom(t) && t.IsDefined(typeof(ExternalToolAttribute), inherit: false));
        _window = (Form?)_emuHawk.OpenTool(type);
        return _window is not null;
    }

    private bool Repeat(int times, Func<bool> isReached)
    {
        for (int i = 0; i < times; i++)
        {
            if (isReached())
            {
                return true;
            }

            _emuHawk.Tick();
            Application.DoEvents();
        }

        return isReached();
    }

    // The window's own messages are EmuHawk's time, and yet the tool's doing: they are counted apart.
    private void Bench(int frames, int pace)
    {
        Stopwatch whole = Stopwatch.StartNew();
        ToolFormUpdateType[] moments = [ToolFormUpdateType.General, ToolFormUpdateType.PreFrame, ToolFormUpdateType.PostFrame];
        double[] before = [.. moments.Select(m => _emuHawk.TimeInTools(m).TotalMilliseconds)];
        Stopwatch messages = new();
        double worst = 0;
        for (int i = 0; i < frames; i++)
        {
            double start = Total();
            _emuHawk.Tick();
            worst = Math.Max(worst, Total() - start);
            messages.Start();
            Application.DoEvents();
            messages.Stop();
            while (whole.Elapsed.TotalSeconds * pace < i + 1)
            {
                Thread.Sleep(1);
            }
        }

        double sum = 0;
        for (int i = 0; i < moments.Length; i++)
        {
            double each = (_emuHawk.TimeInTools(moments[i]).TotalMilliseconds - before[i]) / frames;
            sum += each;
            Figure(moments[i].ToString(), each);
        }

        Figure("callbacks", sum);
        Figure("worst frame", worst);
        Figure("window messages", messages.Elapsed.TotalMilliseconds / frames);

        double Total() => moments.Sum(m => _emuHawk.TimeInTools(m).TotalMilliseconds);

        static void Figure(string name, double milliseconds) =>
            Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "  {0}: {1:0.0000} ms", name, milliseconds));
    }

    private void Click(string text)
    {
        ButtonBase button = All(Window).OfType<ButtonBase>().FirstOrDefault(b => Plain(b.Text) == text)
            ?? throw new InvalidOperationException($"No button says '{text}'; there are {string.Join(", ", All(Window).OfType<ButtonBase>().Select(b => $"'{Plain(b.Text)}'"))}.");
        if (!button.Enabled)
        {
            throw new InvalidOperationException($"The button '{text}' is disabled.");
        }

        // Pressed as a screen reader does it, which works on pages that are not seen too.
        _onClick.Invoke(button, [EventArgs.Empty]);
    }

    /// <summary>A text without the marks of its mnemonic.</summary>
    internal static string Plain(string text) => text.Replace("&", "");

    private Control Beside(string caption)
    {
        if (All(Window).FirstOrDefault(c => c is TextBoxBase or ComboBox && c.Visible && c.AccessibleName == caption) is { } named)
        {
            return named;
        }

        Control label = All(Window).OfType<Label>().FirstOrDefault(l => Plain(l.Text) == caption) ?? throw new InvalidOperationException($"No caption says '{caption}'.");
        return label.Parent.GetNextControl(label, forward: true);
    }

    private Control Named(string name) =>
        All(Window).FirstOrDefault(c => c.AccessibleName == name) ?? throw new InvalidOperationException($"No control is called '{name}'.");

    private void Mouse(string rest)
    {
        string[] words = rest.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        int numbers = Array.FindIndex(words, w => char.IsDigit(w[0]));
        Control control = Named(string.Join(" ", words.Take(numbers - 1)));
        int x = Number(words[numbers]) * control.Width / 100, y = Number(words[numbers + 1]) * control.Height / 100;
        int notches = words.Length > numbers + 2 ? int.Parse(words[numbers + 2], CultureInfo.InvariantCulture) : 0;
        foreach (string handler in words[numbers - 1] switch
        {
            "move" => new[] { "OnMouseMove" },
            "press" => ["OnMouseDown"],
            "release" => ["OnMouseUp"],
            "click" => ["OnMouseDown", "OnMouseUp"],
            "double-click" => ["OnMouseDoubleClick"],
            "wheel" => ["OnMouseWheel"],
            _ => throw new InvalidOperationException($"'{words[numbers - 1]}' is nothing a mouse does."),
        })
        {
            MouseButtons button = handler is "OnMouseMove" or "OnMouseWheel" ? MouseButtons.None : MouseButtons.Left;
            MethodInfo method = typeof(Control).GetMethod(handler, BindingFlags.Instance | BindingFlags.NonPublic)!;
            method.Invoke(control, [new HandledMouseEventArgs(button, 1, x, y, 120 * notches)]);
        }
    }

    private void Colours(string name)
    {
        Control control = Named(name);
        using Bitmap bitmap = Photograph(control);
        Dictionary<int, int> counts = [];
        for (int i = 0; i < bitmap.Width * bitmap.Height; i++)
        {
            int argb = bitmap.GetPixel(i % bitmap.Width, i / bitmap.Width).ToArgb();
            counts[argb] = counts.TryGetValue(argb, out int count) ? count + 1 : 1;
        }

        Console.WriteLine("  " + string.Join(" ", counts.OrderByDescending(c => c.Value).Take(ColoursPrinted).Select(c => $"{c.Key & 0xFFFFFF:X6}:{c.Value}")));
    }

    private Bitmap Shot() => Photograph(Window);

    // Off the screen: mono's DrawToBitmap leaves the controls out.
    private Bitmap Photograph(Control control)
    {
        Window.Location = Point.Empty;
        Window.BringToFront();
        for (int i = 0; i < PaintRounds; i++)
        {
            Window.Refresh();
            Application.DoEvents();
        }

        Rectangle content = control.RectangleToScreen(control.ClientRectangle);
        Bitmap bitmap = new(content.Width, content.Height);
        using Graphics graphics = Graphics.FromImage(bitmap);
        graphics.CopyFromScreen(content.Location, Point.Empty, content.Size);
        return bitmap;
    }

    private static IEnumerable<string> TextsOf(Form window) =>
        new[] { window.Text }.Concat(All(window).Where(c => c.Visible && c.Text.Length > 0).Select(c => c is Button { Enabled: false } ? $"({Plain(c.Text)})" : c is ButtonBase or Label ? Plain(c.Text) : c.Text));

    internal static IEnumerable<Control> All(Control parent)
    {
        foreach (Control child in parent.Controls)
        {
            yield return child;
            foreach (Control deeper in All(child))
            {
                yield return deeper;
            }
        }
    }

    // The real base class has a method for it that names classes we do not declare; its setters are private there as here.
    private void SetBaseProperties(IExternalToolForm tool)
    {
        if (tool is ToolFormBase)
        {
            Set("MainForm", MainForm);
            Set("MovieSession", _emuHawk.MovieSession);
            Set("Game", _emuHawk.Game);
        }

        void Set(string name, object value) =>
            typeof(ToolFormBase).GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(tool, value);
    }
}
