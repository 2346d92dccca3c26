namespace MarioAgentTool.Environment;

/// <summary>The picture in grey, shrunk: luma, then the brighter of two frames where wanted, then <see cref="AreaResize"/>.</summary>
public sealed class PixelObserver : IObserver
{
    private const int ScreenWidth = 256;

    private readonly PixelSettings _settings;
    private readonly AreaResize _resize;
    private byte[] _luma;
    private byte[] _previous;

    /// <param name="settings">Its knobs.</param>
    public PixelObserver(PixelSettings settings)
    {
        _settings = settings;
        _resize = new AreaResize(ScreenWidth, settings.Lines, settings.Size, settings.Size);
        _luma = new byte[ScreenWidth * settings.Lines];
        _previous = new byte[settings.MaxOfTwo ? _luma.Length : 0];
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
            Luma.From(screen, _settings.FirstLine, _previous);
        }
    }

    /// <summary>Writes one grey picture, row by row.</summary>
    public void Observe(in Screen screen, Span<byte> grey)
    {
        Luma.From(screen, _settings.FirstLine, _luma);
        if (!_settings.MaxOfTwo)
        {
            _resize.Resize(_luma, grey);
            return;
        }

        Luma.MaxWith(_previous, _luma);
        _resize.Resize(_previous, grey);
        (_luma, _previous) = (_previous, _luma);
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
}
