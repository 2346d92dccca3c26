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
        bool sprites = _spriteLineLive;
        if (_deferred && _line > 0)
        {
            sprites = _spriteRows[_line - 1] != 0;
            if (sprites)
            {
                _line--;
                MaterializeSprites();
                _line++;
            }
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
        if (sprites && _showSprites)
        {
            DrawSprites(screen);
        }

        _spriteLineLive = false;
    }

    private void DrawBackground()
    {
        ulong* target = (ulong*)_lineBuffer;
        ulong* opaque = (ulong*)_opaque;

        // The first two tiles were fetched at the end of the previous line. If nobody looked since, they are where they were.
        VramAddress v = _v;
        int tile = 0;
        if (_deferred)
        {
            v.DecrementX();
            v.DecrementX();
        }
        else
        {
            DrawPrefetched();
            tile = 2;
        }

        // The four palettes, each colour ready to be multiplied; every palette's first entry is the backdrop.
        ulong* colours = stackalloc ulong[16];
        for (int entry = 0; entry < 16; entry++)
        {
            colours[entry] = (byte)(_palette[(entry & 3) == 0 ? 0 : entry] & _greyMask);
        }

        fixed (ulong* planes = Planes)
        {
            byte** pages = _pages;
            int table = _backgroundTable | v.FineY;
            while (tile < 33)
            {
                // As far as this nametable goes; then its horizontal neighbour.
                byte* page = pages[v.Nametable >> Board.PpuPageShift];
                byte* row = page + (v.Nametable & ~0x1F);
                byte* attributes = page + (v.Attribute & ~0x07);
                int rowShift = v.AttributeShift & 4;
                int column = v.Bits & 0x1F;
                for (; column < 32 && tile < 33; column++, tile++)
                {
                    int pattern = table | row[column] << 4;
                    ulong* palette = colours + (attributes[column >> 2] >> (rowShift | column & 2) & 3) * 4;
                    byte* patterns = pages[pattern >> Board.PpuPageShift];
                    ulong low = planes[patterns[pattern]];
                    ulong high = planes[patterns[pattern | 8]];
                    ulong both = low & high;
                    ulong any = low | high;
                    target[tile] = (any ^ Ones) * palette[0] + (low ^ both) * palette[1] + (high ^ both) * palette[2] + both * palette[3];
                    opaque[tile] = any;
                }

                v.Bits = (v.Bits & ~0x1F) ^ 0x0400;
            }
        }
    }

    private void DrawPrefetched()
    {
        for (int i = 0; i < 16; i++)
        {
            int pixel = (int)(_backgroundPixels >> (60 - 4 * i)) & 15;
            bool visible = (pixel & 3) != 0;
            _lineBuffer[i] = (byte)(_palette[visible ? pixel : 0] & _greyMask);
            _opaque[i] = visible ? (byte)1 : (byte)0;
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
