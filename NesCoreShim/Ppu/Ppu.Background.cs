namespace NesCoreShim;

// Background fetches: a nametable byte, an attribute byte and two pattern bytes every eight dots.
internal sealed unsafe partial class Ppu
{
    // Bit n of a byte, spread to bit 0 of nibble n: one pattern plane as eight 4-bit pixels.
    private static readonly uint[] Nibbles = MakeNibbles();

    // Sixteen 4-bit pixels, the leftmost on top: the shift registers, two tiles deep. What is shifted in on the right is
    // a 0 in the low pattern plane and a 1 in the high one. AccuracyCoin, "BG Serial In".
    private const int SerialIn = 2;
    private const ulong SerialInTile = 0x22222222;
    private ulong _backgroundPixels;
    private int _tile, _tileAttribute;
    private byte _tileLow, _tileHigh;

    private void FetchBackground(int dot)
    {
        switch (dot & 7)
        {
            case 1:
                _tile = ReadVram(_v.Nametable);
                break;
            case 3:
                _tileAttribute = ReadVram(_v.Attribute) >> _v.AttributeShift & 3;
                break;
            case 5:
                _tileLow = ReadVram(_backgroundTable | _tile << 4 | _v.FineY);
                break;
            case 7:
                int pattern = _backgroundTable | _tile << 4 | 8 | _v.FineY;
                _tileHigh = ReadVram(pattern);
                if (_watchesFetches)
                {
                    _board.PatternFetched(pattern);
                }

                break;
            case 0:
                _v.IncrementX();
                break;
        }
    }

    private void ReloadBackground() =>
        _backgroundPixels = _backgroundPixels & 0xFFFFFFFF00000000 | TilePixels(_tileLow, _tileHigh, _tileAttribute);

    private static uint TilePixels(int low, int high, int attribute) =>
        Nibbles[low] | Nibbles[high] << 1 | (uint)attribute * 0x44444444;

    private byte ReadVram(int address) => _pages[address >> Board.PpuPageShift][address];

    private static uint[] MakeNibbles()
    {
        var table = new uint[256];
        for (int value = 0; value < 256; value++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                table[value] |= (uint)(value >> bit & 1) << bit * 4;
            }
        }

        return table;
    }
}
