using System.Buffers.Binary;

namespace NesCoreShim;

// Sprites: OAM, the evaluation that picks eight for the next line (with its overflow bug), and their fetches.
// https://www.nesdev.org/wiki/PPU_sprite_evaluation
internal sealed unsafe partial class Ppu
{
    // A pixel in the sprite line: two bits of colour, two of palette, and these.
    internal const int SpriteIsBehind = 0x10;
    private const int SpriteIsZero = 0x20;

    // The first dot of this line whose evaluation is still to be done, or 0; the plain machine owes nothing.
    private int _evaluationOwedFrom;

    private byte _oamBus;
    private int _secondaryIndex;
    private bool _copying, _evaluationDone;
    private int _overflowReads;
    private bool _spriteZeroNext;
    private bool _spriteLineLive;

    private int SpriteHeight => _tallSprites ? 16 : 8;

    private byte ReadOam()
    {
        SettleEvaluation();

        // While sprites are evaluated and fetched, reads see what the PPU itself is reading.
        if (IsFetching && _line < Height)
        {
            return _dot is > 1 and <= 65 ? (byte)0xFF : _oamBus;
        }

        return _oam[_oamAddress];
    }

    private void WriteOam(byte value)
    {
        if (IsFetching)
        {
            // Writes while the PPU fetches change no value; they bump only the high six bits of OAMADDR.
            // https://www.nesdev.org/wiki/PPU_registers#OAMDATA
            _oamAddress = (byte)(_oamAddress + 4 & 0xFC);
            return;
        }

        // The attribute byte has no bits 2-4.
        _oam[_oamAddress] = (_oamAddress & 3) == 2 ? (byte)(value & 0xE3) : value;
        _oamAddress++;
        _rowsDirty = true;
    }

    /// <summary>Writes to $2004, every other cycle one, if rendering stays away from OAM until the last one.</summary>
    public bool TryCopyOam(byte* source, int count, long firstCycle, long lastCycle)
    {
        CatchUp(firstCycle);
        if (_delay != 0 || _rendering && (_line < Height || AccessDots(lastCycle) - _clock >= (PreRenderLine - _line) * DotsPerLine - _dot))
        {
            return false;
        }

        CatchUp(lastCycle);
        // To the end of OAM, and on from its start.
        int straight = Math.Min(count, 256 - _oamAddress);
        new ReadOnlySpan<byte>(source, straight).CopyTo(new Span<byte>(_oam + _oamAddress, straight));
        new ReadOnlySpan<byte>(source + straight, count - straight).CopyTo(new Span<byte>(_oam, count - straight));
        _oamAddress = (byte)(_oamAddress + count);
        for (int i = 0; i < 256; i += sizeof(ulong))
        {
            *(ulong*)(_oam + i) &= 0xFFE3FFFF_FFE3FFFF;
        }

        _rowsDirty = true;
        Drive(source[count - 1], 0xFF, lastCycle);
        _slotsKnownFor = -1;
        ReviseBoardEvent();
        return true;
    }

    /// <summary>All that dots 1-256 change when they evaluate sprites.</summary>
    private struct Evaluation
    {
        public fixed byte Secondary[32];
        public byte OamAddress, OamBus;
        public int SecondaryIndex, OverflowReads;
        public bool Copying, Done, SpriteZeroNext, Overflow;
    }

    private Evaluation KeepEvaluation()
    {
        var kept = new Evaluation
        {
            OamAddress = _oamAddress, OamBus = _oamBus, SecondaryIndex = _secondaryIndex, OverflowReads = _overflowReads,
            Copying = _copying, Done = _evaluationDone, SpriteZeroNext = _spriteZeroNext, Overflow = _spriteOverflow,
        };
        new ReadOnlySpan<byte>(_secondary, 32).CopyTo(new Span<byte>(kept.Secondary, 32));
        return kept;
    }

    /// <summary>After a rehearsal: as if nothing had been.</summary>
    private void PutBack(Evaluation kept)
    {
        new ReadOnlySpan<byte>(kept.Secondary, 32).CopyTo(new Span<byte>(_secondary, 32));
        _oamAddress = kept.OamAddress;
        _oamBus = kept.OamBus;
        _secondaryIndex = kept.SecondaryIndex;
        _overflowReads = kept.OverflowReads;
        _copying = kept.Copying;
        _evaluationDone = kept.Done;
        _spriteZeroNext = kept.SpriteZeroNext;
        _spriteOverflow = kept.Overflow;
    }

    private void OweEvaluation(int dot) => _evaluationOwedFrom = _evaluationOwedFrom == 0 ? dot : _evaluationOwedFrom;

    /// <summary>Evaluates as far as the dots of this line are done, because somebody looks, or what it depends on changes.</summary>
    private void SettleEvaluation()
    {
        if (_evaluationOwedFrom != 0)
        {
            int dot = _evaluationOwedFrom, end = Math.Min(_dot, 257);
            _evaluationOwedFrom = 0;
            for (; dot < end; dot++)
            {
                EvaluateDot(dot);
            }
        }
    }

    /// <summary>The line's evaluation is over: if nobody has looked at it, its outcome will do.</summary>
    private void FinishEvaluation()
    {
        if (IsEvaluationAllOwed && Bits.PopCount(SpritesHere) < 8)
        {
            _evaluationOwedFrom = 0;
            EvaluateAtOnce(SpritesHere);
        }
        else
        {
            SettleEvaluation();
        }
    }

    private bool IsEvaluationAllOwed => _evaluationOwedFrom == 1 && _oamAddress == 0;

    /// <summary>The sprites that this line's evaluation will find, one bit per sprite.</summary>
    private ulong SpritesHere
    {
        get
        {
            if (_rowsDirty)
            {
                FindSpriteRows();
            }

            return _spriteRows[_line];
        }
    }

    /// <summary>What an evaluation leaves behind that has found these sprites, fewer than eight.</summary>
    private void EvaluateAtOnce(ulong sprites)
    {
        new Span<byte>(_secondary, 32).Fill(0xFF);
        _spriteZeroNext = (sprites & 1) != 0;
        int found = 0;
        bool copiedLast = sprites >> 63 != 0;
        for (; sprites != 0; sprites &= sprites - 1)
        {
            *(uint*)(_secondary + found) = *(uint*)(_oam + Bits.TrailingZeroCount(sprites) * 4);
            found += 4;
        }

        // The last Y looked at stays in the first free place.
        if (!copiedLast)
        {
            _secondary[found] = _oam[63 * 4];
        }

        _secondaryIndex = found;
        _copying = false;
        _evaluationDone = true;
        _overflowReads = 0;
    }

    private void EvaluateDot(int dot)
    {
        if (dot <= 64)
        {
            // 1-64: secondary OAM is cleared to $FF.
            if ((dot & 1) == 0)
            {
                _secondary[(dot >> 1) - 1] = 0xFF;
            }

            return;
        }

        if (dot == 65)
        {
            _secondaryIndex = 0;
            _copying = _evaluationDone = false;
            _overflowReads = 0;
            _spriteZeroNext = false;
        }

        // Odd dots read OAM, even dots write secondary OAM.
        if ((dot & 1) != 0)
        {
            _oamBus = _oam[_oamAddress];
        }
        else
        {
            EvaluateByte(dot);
        }
    }

    private void EvaluateByte(int dot)
    {
        if (_evaluationDone)
        {
            NextSprite(keepByte: true);
            _evaluationDone = true;
            _oamBus = _secondary[_secondaryIndex & 0x1F];
            return;
        }

        bool inRange = _copying || (uint)(_line - _oamBus) < (uint)SpriteHeight;
        if (_secondaryIndex < 32)
        {
            _secondary[_secondaryIndex] = _oamBus;
            if (!inRange)
            {
                NextSprite(keepByte: false);
                return;
            }

            // Whatever is found first is sprite 0 to the hit logic.
            _spriteZeroNext |= dot == 66;
            _copying = true;
            _secondaryIndex++;
            NextByte();
            if ((_secondaryIndex & 3) == 0)
            {
                _copying = false;
                _oamAddress &= 0xFC;
            }

            return;
        }

        if (inRange)
        {
            // Overflow: the flag goes up with the first byte, and three more are read.
            _spriteOverflow = true;
            _copying = true;
            NextByte();
            if (++_overflowReads == 4)
            {
                _evaluationDone = true;
                _oamAddress &= 0xFC;
            }
        }
        else
        {
            // The bug: once eight are found, a miss steps to the next sprite AND to its next byte, which is then
            // taken for a Y coordinate. https://www.nesdev.org/wiki/PPU_sprite_evaluation#Sprite_overflow_bug
            int next = _oamAddress + 4 & 0xFC;
            _evaluationDone = next == 0;
            _oamAddress = (byte)(next | _oamAddress + 1 & 3);
        }

        _oamBus = _secondary[_secondaryIndex & 0x1F];
    }

    private void NextByte()
    {
        _oamAddress++;
        _evaluationDone |= _oamAddress == 0;
    }

    private void NextSprite(bool keepByte)
    {
        int next = _oamAddress + 4 & 0xFC;
        _oamAddress = (byte)(keepByte ? next | _oamAddress & 3 : next);
        _evaluationDone |= next == 0;
    }

    // 257-320: eight sprites are fetched, eight dots each.
    private void FetchSpritesDot(int dot)
    {
        if (dot == 257)
        {
            FinishEvaluation();
        }

        _oamAddress = 0;
        int step = dot - 257;
        _oamBus = _secondary[step >> 3 << 2 | Math.Min(step & 7, 3)];
        if (dot == 257)
        {
            ReloadBackground();
            ClearSpriteLine();
        }

        if ((step & 7) == 7)
        {
            FetchSprite(_secondary + (step >> 3) * 4, isZero: step == 7 && _spriteZeroNext);
        }

        if (dot == 320)
        {
            _spriteLineLive = true;
        }
    }

    private void ClearSpriteLine() => new Span<byte>(_spriteLine, Width + 8).Clear();

    /// <summary>Draws one sprite into the line that the next scanline will show; earlier sprites keep their place.</summary>
    private void FetchSprite(byte* sprite, bool isZero)
    {
        // The pre-render line evaluates nothing: it fetches what an earlier line has left, as if for line 261 - 256.
        int row = (_line & 0xFF) - sprite[0];
        if ((uint)row >= (uint)SpriteHeight)
        {
            return;
        }

        int pattern = SpritePattern(sprite, row);
        ulong low = Scanline.Planes[ReadVram(pattern)];
        ulong high = Scanline.Planes[ReadVram(pattern | 8)];
        if (_watchesFetches)
        {
            _board.PatternFetched(pattern | 8);
        }

        int marks = (sprite[2] & 0x20) != 0 ? SpriteIsBehind : 0;
        if (isZero)
        {
            marks |= SpriteIsZero;
        }

        ulong pixels = low | high << 1 | (low | high) * (ulong)(marks | (sprite[2] & 3) << 2);
        if ((sprite[2] & 0x40) != 0)
        {
            pixels = BinaryPrimitives.ReverseEndianness(pixels);
        }

        ulong* target = (ulong*)(_spriteLine + sprite[3]);
        ulong there = *target;
        ulong taken = ((there | there >> 1) & Scanline.Ones) * 0xFF;
        *target = there | pixels & ~taken;
    }

    private int SpritePattern(byte* sprite, int row)
    {
        if ((sprite[2] & 0x80) != 0)
        {
            row = SpriteHeight - 1 - row;
        }

        int tile = sprite[1];
        return _tallSprites
            ? (tile & 1) << 12 | (tile & 0xFE) << 4 | (row & 8) << 1 | row & 7
            : _spriteTable | tile << 4 | row;
    }
}
