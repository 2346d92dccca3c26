using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>The picture in grey, shrunk by the method that the settings name; of the brighter of two frames where wanted.</summary>
public sealed class PixelObserver : IObserver
{
    private const int ScreenWidth = GreyResize.ScreenWidth, ScreenHeight = 240;

    private readonly PixelSettings _settings;
    private readonly GreyResize _resize;
    private readonly ColourIndex _colours = new();

    // The lines observed and those of the frame before, where the brighter of the two is wanted.
    private byte[] _indices = [], _previous = [];

    // A host's colours as indices.
    private byte[] _mapped = [];

    /// <param name="settings">Its knobs.</param>
    public PixelObserver(PixelSettings settings)
    {
        settings.Validate();
        _settings = settings;
        _resize = GreyResize.For(settings);
        if (settings.MaxOfTwo)
        {
            _indices = new byte[ScreenWidth * settings.Lines];
            _previous = new byte[_indices.Length];
        }
    }

    /// <summary>Layout.</summary>
    public ObservationSpec Spec => new()
    {
        FrameBytes = _settings.Size * _settings.Size,
        Stack = _settings.Stack,
        Scale = 1f / 255,
        Height = _settings.Size,
        Width = _settings.Size,
    };

    int IObserver.RenderedFrames => _settings.MaxOfTwo ? 2 : 1;

    bool IObserver.StacksEachFrame => _settings.EachFrame;

    /// <summary>The frame before the observed one, for the brighter of the two.</summary>
    public void Remember(in Screen screen)
    {
        if (_settings.MaxOfTwo)
        {
            Keep(Rows(screen), _previous);
        }
    }

    /// <summary>Writes one grey picture, row by row.</summary>
    public void Observe(in Screen screen, Span<byte> grey)
    {
        var rows = Rows(screen);
        if (!_settings.MaxOfTwo)
        {
            _resize.Resize(rows, default, grey);
            return;
        }

        Keep(rows, _indices);
        _resize.Resize(Kept(_indices), Kept(_previous), grey);
        (_indices, _previous) = (_previous, _indices);
    }

    /// <summary>Tells a host that can draw scenery flat where there is some, in the frame that comes.</summary>
    public void Prepare(IGameHost host)
    {
        if (_settings.Background != BackgroundKind.Flat)
        {
            return;
        }

        if (host is not ILayeredHost layered)
        {
            throw new NotSupportedException(
                "Pixels.Background is flat, which this host cannot draw; set it to scenery, or play on the headless core.");
        }

        Span<uint> rows = stackalloc uint[Scenery.NametableRows];
        Scenery.Find(new MarioFrame(host.ReadRam()), rows);
        layered.SetFlatTiles(rows);
    }

    void IObserver.Prepare(IGameHost host) => Prepare(host);

    void IObserver.BeginEpisode()
    {
    }

    void IObserver.Observe(IGameHost host, Span<byte> frame) => Observe(host.ReadScreen(), frame);

    void IObserver.Remember(IGameHost host)
    {
        if (_settings.MaxOfTwo)
        {
            Remember(host.ReadScreen());
        }
    }

    void IObserver.Sync(SessionSync s) => s.Sync(_previous);

    private IndexRows Rows(in Screen screen)
    {
        if (screen.Width != ScreenWidth || screen.Height is < 1 or > ScreenHeight)
        {
            throw new ArgumentException($"The host's picture is {screen.Width} by {screen.Height}; expected are 256 columns and 224 to 240 rows. Is a filter or a zoom on?");
        }

        var indices = screen.Indices;
        if (indices.IsEmpty)
        {
            int pixels = screen.Width * screen.Height;
            if (_mapped.Length != pixels)
            {
                _mapped = new byte[pixels];
            }

            _colours.Map(screen.Argb.Slice(0, pixels), _mapped);
            indices = _mapped;
        }

        return new IndexRows(indices, screen.Top, _settings.FirstLine, _settings.Lines);
    }

    private IndexRows Kept(byte[] indices) => new(indices, top: 0, firstLine: 0, _settings.Lines);

    private static void Keep(in IndexRows rows, byte[] target)
    {
        for (int line = 0; line < rows.Count; line++)
        {
            rows[line].CopyTo(target.AsSpan(line * ScreenWidth));
        }
    }
}
