namespace NesCoreShim;

// Jumps, calls and the stack: the instructions that spend their bus cycles themselves.
internal sealed unsafe partial class Cpu
{
    private void JumpOrStack(Op op)
    {
        switch (op)
        {
            case Op.Jmp:
                _pc = FetchAddress();
                break;
            case Op.JmpIndirect:
                // The pointer's high byte is fetched without carry: from $xxFF it wraps to $xx00.
                int pointer = FetchAddress();
                int target = ReadExact(pointer);
                _pc = target | ReadExact(pointer & 0xFF00 | pointer + 1 & 0xFF) << 8;
                break;
            case Op.Jsr:
                // The target's high byte is read last; it may have been pushed over.
                int low = Fetch();
                ReadExact(0x100 | _s);
                Push(_pc >> 8);
                Push(_pc);
                _pc = low | ReadExact(_pc) << 8;
                break;
            case Op.Rts:
                ReadExact(_pc);
                ReadExact(0x100 | _s);
                PullAddress();
                Fetch();
                break;
            case Op.Rti:
                ReadExact(_pc);
                PullStatus();
                PullAddress();
                break;
            case Op.Pha:
                ReadExact(_pc);
                Push(_a);
                break;
            case Op.Php:
                ReadExact(_pc);
                Push(StatusWithoutBreak | BreakBit);
                break;
            case Op.Pla:
                ReadExact(_pc);
                ReadExact(0x100 | _s);
                _nz = _a = Pull();
                break;
            case Op.Plp:
                ReadExact(_pc);
                _maskAtPoll = _flags & InterruptBit;
                PullStatus();
                break;
            case Op.Brk:
                Break();

                // Nothing is polled here: the handler's first instruction always runs.
                _pollLag = int.MaxValue;
                break;
            case Op.Jam:
                _jammed = true;
                break;
        }
    }

    private void Push(int value)
    {
        WriteExact(0x100 | _s, (byte)value);
        _s = _s - 1 & 0xFF;
    }

    private int Pull()
    {
        _s = _s + 1 & 0xFF;
        return ReadExact(0x100 | _s);
    }

    private void PullAddress()
    {
        int low = Pull();
        _pc = low | Pull() << 8;
    }

    private void PullStatus()
    {
        ReadExact(0x100 | _s);
        SetStatus(Pull());
    }
}
