using System.Reflection.Emit;

namespace NesCoreShim;

// Where control goes: branches, calls and returns.
internal sealed unsafe partial class RegionCompiler
{
    private void EmitBranch(Instruction branch)
    {
        Label taken = _il.DefineLabel();
        (LocalBuilder flag, int mask, bool ifZero) = branch.Op switch
        {
            Op.Bpl => (_nz, 0x180, true),
            Op.Bmi => (_nz, 0x180, false),
            Op.Bne => (_nz, 0xFF, false),
            Op.Beq => (_nz, 0xFF, true),
            Op.Bcc => (_carry, 1, true),
            Op.Bcs => (_carry, 1, false),
            Op.Bvc => (_overflow, -1, true),
            _ => (_overflow, -1, false),
        };
        Get(flag);
        if (mask > 1)
        {
            Known(mask);
            _il.Emit(OpCodes.And);
        }

        _il.Emit(ifZero ? OpCodes.Brfalse : OpCodes.Brtrue, taken);
        Took(branch, branch.Operand);
        int owed = _owed;
        GoTo(branch.Next);

        // Taken: the next opcode is read in vain, and across a page once more from the wrong page.
        _il.MarkLabel(taken);
        bool crosses = ((branch.Next ^ branch.Target) & 0xFF00) != 0;
        _owed = owed + (crosses ? 2 : 1);
        _onBus = new BusByte(null, _bank.Code[crosses ? branch.Next & 0xFF00 | branch.Target & 0xFF : branch.Next]);
        GoBackOrOn(branch);
    }

    private void EmitCall(Instruction call)
    {
        int back = call.Next - 1;
        SetRam(() => StackAddress(0), () => Known(back >> 8));
        SetRam(() => StackAddress(-1), () => Known(back & 0xFF));
        MoveStack(-2);
        Took(call, call.Operand >> 8);
        GoTo(call.Target);
    }

    private void EmitReturn(Instruction instruction, SortedSet<int> returns)
    {
        // Where a call of this region comes from, control goes straight back.
        const int mostCompared = 8;
        Ram(() => StackAddress(1));
        Ram(() => StackAddress(2));
        Known(8);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Or);
        Set(_address);
        int owed = _owed;
        BusByte onBus = _onBus;
        foreach (int place in returns.Take(mostCompared))
        {
            Label other = _il.DefineLabel();
            Get(_address);
            Known(place - 1);
            _il.Emit(OpCodes.Bne_Un, other);
            MoveStack(2);
            _owed = owed + instruction.Cycles;
            _onBus = new BusByte(null, _bank.Code[place - 1]);
            GoTo(place);
            _il.MarkLabel(other);
        }

        // The byte that the return address points to is read in vain.
        _owed = owed;
        _onBus = onBus;
        FindPage(_readPages, instruction);
        MoveStack(2);
        Get(_page);
        Get(_address);
        AddPointer();
        _il.Emit(OpCodes.Ldind_U1);
        Set(_value);
        Get(_address);
        Known(1);
        _il.Emit(OpCodes.Add);
        Known(0xFFFF);
        _il.Emit(OpCodes.And);
        Set(_pc);
        _owed = owed + instruction.Cycles;
        _onBus = new BusByte(_value, null);
        Settle();
        _il.Emit(OpCodes.Br, _leave);
    }

    private void EmitJumpIndirect(Instruction jump)
    {
        // The pointer's high byte is fetched without carry: from $xxFF it wraps to $xx00.
        int pointer = jump.Operand;
        Ram(() => Known(pointer & 0x7FF));
        Ram(() => Known((pointer & 0xFF00 | pointer + 1 & 0xFF) & 0x7FF));
        LeaveFor(jump);
    }

    private void EmitReturnFromInterrupt(Instruction instruction)
    {
        LeaveIfInterrupted(instruction);
        Ram(() => StackAddress(1));
        EmitSetStatus();
        Ram(() => StackAddress(2));
        Ram(() => StackAddress(3));
        LeaveFor(instruction, pulled: 3);
    }

    /// <summary>If I may be cleared while somebody asks for an interrupt, the interpreter knows when it is taken.</summary>
    private void LeaveIfInterrupted(Instruction instruction)
    {
        LoadField("_irqSince");
        _il.Emit(OpCodes.Ldc_I8, Cpu.Never);
        _il.Emit(OpCodes.Bne_Un, LeaveAside(instruction.Address));
    }

    /// <summary>Takes two bytes, the high one last, for the place where control goes on; whoever runs this code finds out what is there.</summary>
    private void LeaveFor(Instruction jump, int pulled = 0)
    {
        _il.Emit(OpCodes.Dup);
        Set(_value);
        Known(8);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Or);
        Set(_pc);
        if (pulled != 0)
        {
            MoveStack(pulled);
        }

        _owed += jump.Cycles;
        _onBus = new BusByte(_value, null);
        Settle();
        _il.Emit(OpCodes.Br, _leave);
    }
}
