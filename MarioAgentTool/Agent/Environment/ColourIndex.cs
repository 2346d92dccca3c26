namespace MarioAgentTool.Environment;

/// <summary>
/// Turns the colours of a host's picture back into palette indices, whichever palette it shows. Of the known palettes the one
/// is taken that has most of the colours seen so far; a colour that it lacks counts as its nearest. Where a palette shows two
/// indices alike, the one stands that the game uses: $0F for black, $30 for white.
/// </summary>
internal sealed class ColourIndex
{
    private static readonly PaletteKind[] Kinds = [PaletteKind.NesHawk, PaletteKind.Ours, PaletteKind.Fceux, PaletteKind.NesPy];

    // A picture with more has been through a filter; the dictionary need not grow for ever.
    private const int MostColours = 4096;

    private readonly Dictionary<int, byte> _indices = [];

    /// <summary>The palette that the host seems to show.</summary>
    public PaletteKind Palette { get; private set; } = Kinds[0];

    /// <summary>Writes the index of each pixel.</summary>
    /// <param name="argb">Pixels, 0xAARRGGBB.</param>
    /// <param name="indices">As many indices.</param>
    public void Map(ReadOnlySpan<int> argb, Span<byte> indices)
    {
        // A colour that is new may show that another palette fits better.
        if (AddNew(argb))
        {
            Palette = Kinds.OrderByDescending(Known).First();
            foreach (int colour in _indices.Keys.ToArray())
            {
                _indices[colour] = Nearest(colour);
            }
        }

        int last = 0;
        byte index = 0;
        for (int i = 0; i < argb.Length; i++)
        {
            if (argb[i] != last || i == 0)
            {
                last = argb[i];
                index = _indices[last];
            }

            indices[i] = index;
        }
    }

    private bool AddNew(ReadOnlySpan<int> argb)
    {
        if (_indices.Count > MostColours)
        {
            _indices.Clear();
        }

        bool isNew = false;
        for (int i = 0; i < argb.Length; i++)
        {
            if ((i == 0 || argb[i] != argb[i - 1]) && !_indices.ContainsKey(argb[i]))
            {
                _indices.Add(argb[i], 0);
                isNew = true;
            }
        }

        return isNew;
    }

    private int Known(PaletteKind kind)
    {
        int known = 0;
        foreach (int colour in _indices.Keys)
        {
            known += Environment.Palette.Argb(kind).IndexOf(Opaque(colour)) >= 0 ? 1 : 0;
        }

        return known;
    }

    private byte Nearest(int colour)
    {
        var colours = Environment.Palette.Argb(Palette);
        int nearest = 0x0F, least = int.MaxValue;
        for (int n = 0; n < colours.Length; n++)
        {
            // The upper half first: $30 before $20.
            int i = n ^ 0x30, distance = Distance(colours[i], colour);
            if (distance < least && (distance > 0 || colours[i] != colours[0x0F] || i == 0x0F))
            {
                (nearest, least) = (i, distance);
            }
        }

        return (byte)nearest;
    }

    private static int Distance(int a, int b)
    {
        int red = (a >> 16 & 255) - (b >> 16 & 255), green = (a >> 8 & 255) - (b >> 8 & 255), blue = (a & 255) - (b & 255);
        return red * red + green * green + blue * blue;
    }

    private static int Opaque(int colour) => colour | unchecked((int)0xFF000000);
}
