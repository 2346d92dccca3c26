namespace NesCoreShim.Host;

/// <summary>Capital letters, figures and signs of three by five pixels: what is drawn in whatever font comes out in this one.</summary>
internal static class PixelFont
{
    public const int Columns = 3, Rows = 5, Advance = 5, LineHeight = 7;

    // A glyph is five octal digits, a row each, the leftmost pixel highest.
    private const string Glyphs =
        " 00000 !22202 \"55000 #57575 %51245 &25253 '22000 (12221 )42224 *05250 +02720 ,00024 -00700 .00002 /11244 " +
        "025752 126227 261247 361216 455711 574616 634757 771222 875757 975716 :02020 ;02024 <12421 =07070 >42124 ?61202 " +
        "A25755 B65656 C34443 D65556 E74647 F74644 G34553 H55755 I72227 J11152 K55655 L44447 M57755 N65555 O25552 P65644 " +
        "Q25563 R65655 S34216 T72222 U55557 V55552 W55775 X55255 Y55222 Z71247 [64446 \\44211 ]31113 _00007 |22222";

    private const string Unknown = "75557";

    private static readonly Dictionary<char, string> s_glyphs = Parse();

    public static bool IsSet(char c, int column, int row) =>
        column is >= 0 and < Columns && row is >= 0 and < Rows && (Glyph(c)[row] - '0' >> Columns - 1 - column & 1) != 0;

    private static string Glyph(char c) => s_glyphs.TryGetValue(char.ToUpperInvariant(c), out string? glyph) ? glyph : Unknown;

    private static Dictionary<char, string> Parse()
    {
        Dictionary<char, string> glyphs = [];
        for (int i = 0; i < Glyphs.Length; i += Rows + 2)
        {
            glyphs.Add(Glyphs[i], Glyphs.Substring(i + 1, Rows));
        }

        return glyphs;
    }
}
