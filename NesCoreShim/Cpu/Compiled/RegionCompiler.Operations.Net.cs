using System.Reflection.Emit;

namespace NesCoreShim;

// What instructions do, in the interpreter's terms: N and Z follow a result, C is 0 or 1, V is zero or not.
internal sealed unsafe partial class RegionCompiler
{
    private void EmitOperation(Instruction i)
    {
        switch (i.Op)
        {
            case Op.Sta or Op.Stx or Op.Sty:
                EmitStore(i, i.Op == Op.Sta ? _a : i.Op == Op.Stx ? _x : _y);
                break;
            case >= Op.Asl and <= Op.Dec:
                EmitModify(i, () => EmitShift(i.Op, _value));
                break;
            case Op.Pha:
                SetRam(() => StackAddress(0), () => Get(_a));
                MoveStack(-1);
                _owed += i.Cycles;
                _onBus = new BusByte(_a, null);
                break;
            case Op.Pla:
                MoveStack(1);
                Ram(() => StackAddress(0));
                SetResult(_a);
                _owed += i.Cycles;
                _onBus = new BusByte(_a, null);
                break;
            case Op.Php:
                SetRam(() => StackAddress(0), () => LoadStatus(Cpu.BreakBit));
                MoveStack(-1);
                _owed += i.Cycles;
                _onBus = new BusByte(_value, null);
                break;
            case Op.Plp:
                LeaveIfInterrupted(i);
                MoveStack(1);
                Ram(() => StackAddress(0));
                Set(_value);
                Get(_value);
                EmitSetStatus();
                _owed += i.Cycles;
                _onBus = new BusByte(_value, null);
                break;
            case Op.Cli:
                LeaveIfInterrupted(i);
                EmitImplied(i.Op);
                Took(i, _bank.Code[i.Next]);
                break;
            case < Op.Lda or >= Op.AslA:
                EmitImplied(i.Op);

                // The byte after the opcode is read and thrown away.
                Took(i, _bank.Code[i.Next]);
                break;
            default:
                int? known = EmitRead(i);
                EmitWithOperand(i.Op, known);
                _owed += i.Cycles;
                if (i.Flow != Flow.Register)
                {
                    _onBus = new BusByte(_value, known);
                }

                break;
        }
    }

    private void EmitWithOperand(Op op, int? known)
    {
        switch (op)
        {
            case Op.Lda or Op.Ldx or Op.Ldy:
                Operand();
                SetResult(op == Op.Lda ? _a : op == Op.Ldx ? _x : _y);
                break;
            case Op.Ora or Op.And or Op.Eor:
                Get(_a);
                Operand();
                _il.Emit(op == Op.Ora ? OpCodes.Or : op == Op.And ? OpCodes.And : OpCodes.Xor);
                SetResult(_a);
                break;
            case Op.Bit:
                // N and V come from memory, Z from the AND; bit 8 carries N beside a zero low byte.
                Operand();
                Known(0x40);
                _il.Emit(OpCodes.And);
                Set(_overflow);
                Operand();
                Known(0x80);
                _il.Emit(OpCodes.And);
                Known(1);
                _il.Emit(OpCodes.Shl);
                Get(_a);
                Operand();
                _il.Emit(OpCodes.And);
                _il.Emit(OpCodes.Or);
                Set(_nz);
                break;
            case Op.Cmp or Op.Cpx or Op.Cpy:
                Get(op == Op.Cmp ? _a : op == Op.Cpx ? _x : _y);
                Operand();
                _il.Emit(OpCodes.Sub);
                Set(_sum);
                Get(_sum);
                Known(-1);
                _il.Emit(OpCodes.Cgt);
                Set(_carry);
                Get(_sum);
                Known(0xFF);
                _il.Emit(OpCodes.And);
                Set(_nz);
                break;
            default:
                EmitAdd(op == Op.Sbc ? Inverted : Operand);
                break;
        }

        void Operand()
        {
            if (known is { } value)
            {
                Known(value);
            }
            else
            {
                Get(_value);
            }
        }

        void Inverted()
        {
            Operand();
            Known(0xFF);
            _il.Emit(OpCodes.Xor);
        }
    }

    private void EmitAdd(Action operand)
    {
        Get(_a);
        operand();
        _il.Emit(OpCodes.Add);
        Get(_carry);
        _il.Emit(OpCodes.Add);
        Set(_sum);

        // overflow = ~(a ^ operand) & (a ^ sum) & 0x80
        Get(_a);
        operand();
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.Not);
        Get(_a);
        Get(_sum);
        _il.Emit(OpCodes.Xor);
        _il.Emit(OpCodes.And);
        Known(0x80);
        _il.Emit(OpCodes.And);
        Set(_overflow);
        Get(_sum);
        Known(8);
        _il.Emit(OpCodes.Shr_Un);
        Set(_carry);
        Get(_sum);
        Known(0xFF);
        _il.Emit(OpCodes.And);
        SetResult(_a);
    }

    private void EmitImplied(Op op)
    {
        switch (op)
        {
            case Op.Tax:
                Copy(_a, _x);
                break;
            case Op.Tay:
                Copy(_a, _y);
                break;
            case Op.Txa:
                Copy(_x, _a);
                break;
            case Op.Tya:
                Copy(_y, _a);
                break;
            case Op.Tsx:
                Copy(_s, _x);
                break;
            case Op.Txs:
                Get(_x);
                Set(_s);
                break;
            case Op.Inx or Op.Dex:
                AddOne(_x, op == Op.Inx ? 1 : -1);
                break;
            case Op.Iny or Op.Dey:
                AddOne(_y, op == Op.Iny ? 1 : -1);
                break;
            case Op.Clc or Op.Sec:
                Known(op == Op.Sec ? 1 : 0);
                Set(_carry);
                break;
            case Op.Clv:
                Known(0);
                Set(_overflow);
                break;
            case Op.Cld or Op.Cli:
                int kept = op == Op.Cld ? ~Cpu.DecimalBit : ~Cpu.InterruptBit;
                StoreField("_flags", () => Combine(OpCodes.And, () => LoadField("_flags"), kept));
                break;
            case Op.Sed or Op.Sei:
                // SEI polls before it sets I; but an event that would let it find anything is not due.
                int set = op == Op.Sed ? Cpu.DecimalBit : Cpu.InterruptBit;
                StoreField("_flags", () => Combine(OpCodes.Or, () => LoadField("_flags"), set));
                break;
            case Op.AslA:
                EmitShift(Op.Asl, _a);
                break;
            case Op.LsrA:
                EmitShift(Op.Lsr, _a);
                break;
            case Op.RolA:
                EmitShift(Op.Rol, _a);
                break;
            case Op.RorA:
                EmitShift(Op.Ror, _a);
                break;
        }
    }

    /// <summary>Leaves the status register, with some more bits, and in <see cref="_value"/> too.</summary>
    private void LoadStatus(int bits)
    {
        // N is bit 7 or 8 of the result.
        Get(_nz);
        Get(_nz);
        Known(1);
        _il.Emit(OpCodes.Shr_Un);
        _il.Emit(OpCodes.Or);
        Known(Cpu.NegativeBit);
        _il.Emit(OpCodes.And);
        Get(_carry);
        _il.Emit(OpCodes.Or);
        LoadField("_flags");
        _il.Emit(OpCodes.Or);
        Flag(() => Get(_overflow), isSetIfZero: false, 6);
        Flag(() => Combine(OpCodes.And, () => Get(_nz), 0xFF), isSetIfZero: true, 1);
        Known(Cpu.UnusedBit | bits);
        _il.Emit(OpCodes.Or);
        Set(_value);
        Get(_value);

        void Flag(Action value, bool isSetIfZero, int bit)
        {
            value();
            Known(0);
            _il.Emit(isSetIfZero ? OpCodes.Ceq : OpCodes.Cgt_Un);
            Known(bit);
            _il.Emit(OpCodes.Shl);
            _il.Emit(OpCodes.Or);
        }
    }

    /// <summary>Takes a status from the stack, as <see cref="Cpu"/>'s SetStatus.</summary>
    private void EmitSetStatus()
    {
        Set(_sum);
        Combine(OpCodes.And, () => Get(_sum), Cpu.NegativeBit);
        Known(1);
        _il.Emit(OpCodes.Shl);
        Combine(OpCodes.And, () => Combine(OpCodes.Xor, () => Get(_sum), Cpu.ZeroBit), Cpu.ZeroBit);
        _il.Emit(OpCodes.Or);
        Set(_nz);
        Combine(OpCodes.And, () => Get(_sum), Cpu.CarryBit);
        Set(_carry);
        Combine(OpCodes.And, () => Get(_sum), Cpu.OverflowBit);
        Set(_overflow);
        StoreField("_flags", () => Combine(OpCodes.And, () => Get(_sum), Cpu.InterruptBit | Cpu.DecimalBit));
    }

    private void Combine(OpCode operation, Action value, int bits)
    {
        value();
        Known(bits);
        _il.Emit(operation);
    }

    /// <summary>Shifts, INC and DEC, of the accumulator or of a byte in a local.</summary>
    private void EmitShift(Op op, LocalBuilder place)
    {
        switch (op)
        {
            case Op.Inc or Op.Dec:
                AddOne(place, op == Op.Inc ? 1 : -1);
                return;
            case Op.Asl or Op.Rol:
                Get(place);
                Known(1);
                _il.Emit(OpCodes.Shl);
                if (op == Op.Rol)
                {
                    Get(_carry);
                    _il.Emit(OpCodes.Or);
                }

                Set(_sum);
                Get(_sum);
                Known(8);
                _il.Emit(OpCodes.Shr_Un);
                Set(_carry);
                Get(_sum);
                Known(0xFF);
                _il.Emit(OpCodes.And);
                break;
            default:
                Get(place);
                if (op == Op.Ror)
                {
                    Get(_carry);
                    Known(8);
                    _il.Emit(OpCodes.Shl);
                    _il.Emit(OpCodes.Or);
                }

                Set(_sum);
                Get(_sum);
                Known(1);
                _il.Emit(OpCodes.And);
                Set(_carry);
                Get(_sum);
                Known(1);
                _il.Emit(OpCodes.Shr_Un);
                break;
        }

        SetResult(place);
    }

    private void AddOne(LocalBuilder place, int step)
    {
        Get(place);
        Known(step);
        _il.Emit(OpCodes.Add);
        Known(0xFF);
        _il.Emit(OpCodes.And);
        SetResult(place);
    }

    private void Copy(LocalBuilder from, LocalBuilder to)
    {
        Get(from);
        SetResult(to);
    }

    /// <summary>What is on the stack goes into a register, or a byte, and decides over N and Z.</summary>
    private void SetResult(LocalBuilder place)
    {
        Set(place);
        Get(place);
        Set(_nz);
    }
}
