using System.Drawing;
using System.Drawing.Imaging;
using System.Runtime.InteropServices;
using System.Windows.Forms;
using MarioAgentTool.Environment;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>What the network was shown for its latest decision, enlarged without blur, and what its choice rests on.</summary>
internal sealed class ObservationView() : SeeControl("Observation")
{
    private ObservationPicture? _picture;
    private EnvironmentSettings? _world;
    private Bitmap? _bitmap;
    private byte[] _observation = [];
    private int _shown = -1;
    private bool _isEnlarged;
    private Point? _pointer;

    /// <summary>Something else is pointed at, or seen under the pointer.</summary>
    public event Action? PointedChanged;

    /// <summary>What is under the pointer, for people; empty for nothing.</summary>
    public string Pointed { get; private set; } = "";

    /// <summary>The inputs that the choice rests on most, for people; empty while nothing is explained.</summary>
    public string Strongest { get; private set; } = "";

    /// <summary>The height for a width, pixels.</summary>
    public int HeightAt(int width) => _picture is null ? width * 4 / 5 : (int)Math.Ceiling(_picture.Height * ScaleFor(width, int.MaxValue));

    /// <summary>Shows a view's latest decision, or the one explained where there is one.</summary>
    /// <returns>Whether it has another height now.</returns>
    public bool Show(AgentView view, ExplainedDecision? explained)
    {
        // Where it is explained, what is seen is what was explained, a moment ago at most.
        int shown = explained is null ? view.Decisions : -2 - explained.Decision * 2 - (int)explained.Of;
        if (shown == _shown && _world == view.World)
        {
            return false;
        }

        _shown = shown;
        bool isOther = _world != view.World;
        if (isOther)
        {
            _world = view.World;
            _picture = _world is null ? null : new ObservationPicture(_world, view.Spec!);
        }

        if (_picture is not null && view.Spec is not null)
        {
            bool fits = explained is not null && explained.Observation.Length == view.Spec.Length;
            _observation = fits ? explained!.Observation : view.Observation.ToArray();
            Strongest = "";
            if (view.Chosen >= 0)
            {
                _picture.Draw(_observation);
                if (fits)
                {
                    _picture.DrawHeat(explained!.Shares);
                    Strongest = string.Join("; ", _picture.Strongest(_observation, explained.Shares, 4).Select(s => FormattableString.Invariant($"{s.Name} {s.Share:+0.000;-0.000}")));
                }
            }

            _isEnlarged = false;
        }

        Invalidate();
        LookUnderPointer();
        return isOther;
    }

    /// <inheritdoc/>
    protected override void Draw(Graphics g)
    {
        if (_picture is null)
        {
            Write(g, "Nobody plays.", Theme.Faint, 4, 4, Width);
            return;
        }

        Rectangle target = Target;
        if (target.Width < 1 || target.Height < 1)
        {
            return;
        }

        if (_bitmap is null || _bitmap.Size != target.Size)
        {
            _bitmap?.Dispose();
            _bitmap = new Bitmap(target.Width, target.Height, PixelFormat.Format32bppRgb);
            _isEnlarged = false;
        }

        if (!_isEnlarged)
        {
            Enlarge(_picture, _bitmap);
            _isEnlarged = true;
        }

        g.DrawImage(_bitmap, target);
    }

    /// <inheritdoc/>
    protected override void OnMouseMove(MouseEventArgs e)
    {
        _pointer = e.Location;
        LookUnderPointer();
        base.OnMouseMove(e);
    }

    /// <inheritdoc/>
    protected override void OnMouseLeave(EventArgs e)
    {
        _pointer = null;
        LookUnderPointer();
        base.OnMouseLeave(e);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bitmap?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Rectangle Target
    {
        get
        {
            float scale = ScaleFor(Width, Height);
            int width = (int)(_picture!.Width * scale), height = (int)(_picture.Height * scale);
            return new Rectangle((Width - width) / 2, 0, width, height);
        }
    }

    // Cells stay alike at twelfths, since a cell is twelve pixels wide; greys nearly so at halves.
    private float ScaleFor(int width, int height)
    {
        double most = Math.Min(width / (double)_picture!.Width, height / (double)_picture.Height);
        int parts = _world!.Observation == ObservationKind.Pixels ? 2 : ObservationPicture.Cell;
        return (float)(most < 1 ? most : Math.Floor(most * parts) / parts);
    }

    private void LookUnderPointer()
    {
        string pointed = "";
        if (_picture is not null && _pointer is { } at && _observation.Length > 0)
        {
            Rectangle target = Target;
            double scale = target.Width / (double)_picture.Width;
            pointed = _picture.Describe((int)Math.Floor((at.X - target.X) / scale), (int)Math.Floor((at.Y - target.Y) / scale), _observation);
        }

        if (pointed != Pointed)
        {
            Pointed = pointed;
            PointedChanged?.Invoke();
        }
    }

    // By hand, since mono blurs what DrawImage enlarges, whatever its InterpolationMode.
    private static void Enlarge(ObservationPicture picture, Bitmap bitmap)
    {
        BitmapData bits = bitmap.LockBits(new Rectangle(Point.Empty, bitmap.Size), ImageLockMode.WriteOnly, bitmap.PixelFormat);
        int[] line = new int[bitmap.Width];
        for (int y = 0, drawn = -1; y < bitmap.Height; y++)
        {
            int row = y * picture.Height / bitmap.Height;
            for (int x = 0; x < line.Length && row != drawn; x++)
            {
                line[x] = picture.Pixels[row * picture.Width + x * picture.Width / line.Length];
            }

            drawn = row;
            Marshal.Copy(line, 0, bits.Scan0 + y * bits.Stride, line.Length);
        }

        bitmap.UnlockBits(bits);
    }
}
