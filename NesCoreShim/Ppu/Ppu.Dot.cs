namespace NesCoreShim;

// One dot after another, as on https://www.nesdev.org/wiki/PPU_rendering#Line-by-line_timing
internal sealed unsafe partial class Ppu
{
    private void RunDot()
    {
        if (_watchesA12)
        {
            WatchDot();
        }

        if (_line < Height)
        {
            if (_rendering)
            {
                VisibleDot();
            }
            else if (_dot is >= 1 and <= 256)
            {
                BackdropDot();
            }

            if (_dot == 256)
            {
                _emphasis[_line] = (byte)(_mask >> 5);
                _spriteLineLive = false;
            }
        }
        else if (_line == PreRenderLine)
        {
            if (_dot == 1)
            {
                EndVBlank();
            }

            if (_rendering)
            {
                PreRenderDot();
            }
        }
        else if (_line == _timing.VBlankLine && _dot == 1)
        {
            BeginVBlank();
            _clock++;
            _dot++;
            ScheduleVBlank();
            if (_delay != 0)
            {
                CountDelays();
            }

            return;
        }

        // "With rendering enabled, each odd PPU frame is one PPU clock shorter than normal": the last dot of
        // the pre-render line is left out.
        _clock++;
        if (_dot == 339 && _line == PreRenderLine && _oddFrame && IsRenderingForSkip && _timing.SkipsOddDot)
        {
            _dot++;
        }

        _dot++;
        if (_dot == DotsPerLine)
        {
            NextLine();
        }

        if (_delay != 0)
        {
            CountDelays();
        }
    }

    private void VisibleDot()
    {
        int dot = _dot;
        if (dot == 0)
        {
            return;
        }

        if (dot <= 256)
        {
            if (_plain)
            {
                EvaluateDot(dot);
            }
            else
            {
                OweEvaluation(dot);
            }

            if ((dot & 7) == 1 && dot > 1)
            {
                ReloadBackground();
            }

            PixelDot(dot - 1);
            FetchBackground(dot);
            if (dot == 256)
            {
                _v.IncrementY();
            }
        }
        else if (dot <= 320)
        {
            if (dot == 257)
            {
                _v.CopyHorizontal(_t);
            }

            FetchSpritesDot(dot);
        }
        else if (dot <= 337)
        {
            PrefetchDot(dot);
        }
    }

    private void PreRenderDot()
    {
        int dot = _dot;
        if (dot is >= 1 and <= 256)
        {
            FetchBackground(dot);
            if (dot == 256)
            {
                _v.IncrementY();
            }
        }
        else if (dot is >= 257 and <= 320)
        {
            // 257: horizontal scroll reloads from t.  280-304: vertical scroll does.
            if (dot == 257)
            {
                _v.CopyHorizontal(_t);
            }

            if (dot is >= 280 and <= 304)
            {
                _v.CopyVertical(_t);
            }

            FetchSpritesDot(dot);
        }
        else if (dot is >= 321 and <= 337)
        {
            PrefetchDot(dot);
        }
    }

    // 321-337: the first two tiles of the next line.
    private void PrefetchDot(int dot)
    {
        if (dot == 321)
        {
            // From here to the next line secondary OAM shows its first byte.
            _oamBus = _secondary[0];
        }
        else if (dot is 329 or 337)
        {
            ReloadBackground();
        }

        if (dot <= 336)
        {
            _backgroundPixels = _backgroundPixels << 4 | SerialIn;
            FetchBackground(dot);
        }
    }

    private void PixelDot(int x)
    {
        int background = 0;
        if (_showBackground && (x >= 8 || _showLeftBackground))
        {
            background = (int)(_backgroundPixels >> (60 - 4 * _fineX)) & 15;
        }

        _backgroundPixels = _backgroundPixels << 4 | SerialIn;
        int entry = (background & 3) == 0 ? 0 : background;
        int shown = entry;
        if (_spriteLineLive && _showSprites && (x >= 8 || _showLeftSprites))
        {
            int sprite = _spriteLine[x];
            if ((sprite & 3) != 0)
            {
                if (entry == 0)
                {
                    entry = 0x10 | sprite & 15;
                }
                else
                {
                    // Sprite 0 hits where its opaque pixels meet the background's, except in the last column.
                    // https://www.nesdev.org/wiki/PPU_OAM#Sprite_0_hits
                    if ((sprite & SpriteIsZero) != 0 && x != 255)
                    {
                        _spriteZeroHit = true;
                    }

                    if ((sprite & SpriteIsBehind) == 0)
                    {
                        entry = 0x10 | sprite & 15;
                    }
                }
            }
        }

        if (Render)
        {
            if (!Layers.IsWhole)
            {
                entry = LeaveOut(x, shown, entry);
            }

            _screen[_line * Width + x] = (byte)(_palette[entry] & _greyMask);
        }
    }

    /// <summary>A pixel's palette entry without what <see cref="Layers"/> hides.</summary>
    /// <param name="x">Its column.</param>
    /// <param name="background">What the background has there.</param>
    /// <param name="entry">What would be shown.</param>
    private int LeaveOut(int x, int background, int entry)
    {
        // v stands two tiles ahead of the one in the upper half of the shift registers.
        VramAddress v = _v;
        v.DecrementX();
        v.DecrementX();
        if ((x & 7) + _fineX >= 8)
        {
            v.IncrementX();
        }

        int left = Layers.Background && (Layers.FlatRow(v) >> v.CoarseX & 1) == 0 ? background : 0;
        int sprite = _spriteLineLive && _showSprites && Layers.Sprites && (x >= 8 || _showLeftSprites) ? _spriteLine[x] : 0;
        return (sprite & 3) != 0 && (left == 0 || (sprite & SpriteIsBehind) == 0) ? 0x10 | sprite & 15 : left;
    }

    /// <summary>With rendering off the PPU shows the backdrop, or the palette entry its address points at.</summary>
    private void BackdropDot()
    {
        if (Render)
        {
            _screen[_line * Width + _dot - 1] = BackdropColour;
        }
    }

    private byte BackdropColour
    {
        get
        {
            int address = _v.Bits & 0x3FFF;
            return (byte)(_palette[address >= 0x3F00 ? address & 0x1F : 0] & _greyMask);
        }
    }
}
