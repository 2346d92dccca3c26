namespace NesCoreShim;

// Drawing a whole line. Eight pixels are one ulong, leftmost in its low byte: multiplying a mask of zero and one bytes
// by a colour puts that colour where the mask is one.
internal sealed unsafe partial class Ppu
{
    // A pattern byte's bits as eight bytes of 0 or 1.
    private static readonly ulong[] Planes = MakePlanes();

    private const ulong Ones = 0x0101010101010101;

    private void DrawLine()
    {
        if (_deferred)
        {
            Materialize();
        }

        if (_showBackground)
        {
            DrawBackground();
        }
        else
        {
            new Span<byte>(_lineBuffer, Width + 8).Fill((byte)(_palette[0] & _greyMask));
            new Span<byte>(_opaque, Width + 8).Clear();
        }

        if (!_showLeftBackground)
        {
            new Span<byte>(_lineBuffer + _fineX, 8).Fill((byte)(_palette[0] & _greyMask));
            new Span<byte>(_opaque + _fineX, 8).Clear();
        }

        byte* screen = _screen + _line * Width;
        new ReadOnlySpan<byte>(_lineBuffer + _fineX, Width).CopyTo(new Span<byte>(screen, Width));
        if (_spriteLineLive && _showSprites)
        {
            DrawSprites(screen);
        }

        _spriteLineLive = false;
    }

    private void DrawBackground()
    {
        ulong* target = (ulong*)_lineBuffer;
        ulong* opaque = (ulong*)_opaque;
        ulong pixels = _backgroundPixels;
        for (int i = 0; i < 16; i++)
        {
            int pixel = (int)(pixels >> (60 - 4 * i)) & 15;
            bool visible = (pixel & 3) != 0;
            _lineBuffer[i] = (byte)(_palette[visible ? pixel : 0] & _greyMask);
            _opaque[i] = visible ? (byte)1 : (byte)0;
        }

        fixed (ulong* planes = Planes)
        {
            VramAddress v = _v;
            byte** pages = _pages;
            int table = _backgroundTable | v.FineY;
            uint grey = (uint)_greyMask;
            ulong backdrop = _palette[0] & grey;
            for (int tile = 2; tile < 33; tile++)
            {
                int nametable = v.Nametable;
                byte* page = pages[nametable >> Board.PpuPageShift];
                int pattern = table | page[nametable] << 4;
                byte* colours = _palette + (page[v.Attribute] >> v.AttributeShift & 3) * 4;
                byte* patterns = pages[pattern >> Board.PpuPageShift];
                ulong low = planes[patterns[pattern]];
                ulong high = planes[patterns[pattern | 8]];
                ulong both = low & high;
                ulong any = low | high;
                target[tile] = (any ^ Ones) * backdrop + (low ^ both) * (colours[1] & grey) + (high ^ both) * (colours[2] & grey) + both * (colours[3] & grey);
                opaque[tile] = any;
                v.IncrementX();
            }
        }
    }

    private void DrawSprites(byte* screen)
    {
        byte* opaque = _opaque + _fineX;
        int grey = _greyMask;
        ulong* eights = (ulong*)_spriteLine;
        for (int eight = _showLeftSprites ? 0 : 1; eight < Width / 8; eight++)
        {
            if (eights[eight] == 0)
            {
                continue;
            }

            for (int x = eight * 8; x < eight * 8 + 8; x++)
            {
                int sprite = _spriteLine[x];
                if ((sprite & 3) != 0 && (opaque[x] == 0 || (sprite & SpriteIsBehind) == 0))
                {
                    screen[x] = (byte)(_palette[0x10 | sprite & 15] & grey);
                }
            }
        }
    }

    private static ulong[] MakePlanes()
    {
        var table = new ulong[256];
        for (int value = 0; value < 256; value++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                table[value] |= (ulong)(value >> (7 - bit) & 1) << bit * 8;
            }
        }

        return table;
    }
}
