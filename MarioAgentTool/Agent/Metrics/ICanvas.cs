namespace MarioAgentTool.Metrics;

/// <summary>A colour. All inks cover: a translucent line would show its joints.</summary>
internal readonly record struct Ink(byte R, byte G, byte B)
{
    /// <summary>As if thinned with white; 1 leaves it as it is.</summary>
    public Ink Thinned(double share) => new(Thin(R, share), Thin(G, share), Thin(B, share));

    private static byte Thin(byte channel, double share) => (byte)(255 - (255 - channel) * share);
}

/// <summary>Which point of a text the coordinates mean, along the line.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>Where a chart is drawn. Units are pixels, y grows downwards; a text's y is the top of its capitals.</summary>
internal interface ICanvas
{
    void Fill(double x, double y, double width, double height, Ink ink);

    /// <summary>A line through the points.</summary>
    void Stroke(ReadOnlySpan<(double X, double Y)> points, double width, Ink ink);

    void Dot(double x, double y, double radius, Ink ink);

    /// <param name="x">Where <paramref name="anchor"/> is.</param>
    /// <param name="y">Top of the capitals.</param>
    /// <param name="text">ASCII.</param>
    /// <param name="size">Height of a capital in units of 7 pixels.</param>
    /// <param name="ink">Colour.</param>
    /// <param name="anchor">Which point of the text x means.</param>
    void Text(double x, double y, string text, int size, Ink ink, TextAnchor anchor = TextAnchor.Start);
}
