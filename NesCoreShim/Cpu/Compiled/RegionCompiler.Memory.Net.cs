using System.Reflection.Emit;

namespace NesCoreShim;

// Operands: RAM and the bank itself are known to be memory; all else is looked up in the page tables, and left to the
// interpreter if no page is there.
internal sealed unsafe partial class RegionCompiler
{
    private const int RamEnd = 0x2000, RamMask = 0x7FF;

    /// <summary>Reads the operand into <see cref="_value"/>, or knows it.</summary>
    private int? EmitRead(Instruction i)
    {
        switch (i.Mode)
        {
            case Mode.Immediate:
                return i.Operand;
            case Mode.ZeroPageRead or Mode.ZeroPageXRead or Mode.ZeroPageYRead:
                Ram(() => ZeroPageAddress(i));
                break;
            case Mode.AbsoluteRead when i.Operand < RamEnd:
                Ram(() => Known(i.Operand & RamMask));
                break;
            case Mode.AbsoluteRead when _bank.Contains(i.Operand):
                return _bank.Code[i.Operand];
            case Mode.AbsoluteRead when i.Flow == Flow.Register:
                EmitRegisterRead(i);
                return null;
            case Mode.AbsoluteXRead or Mode.AbsoluteYRead when IsRow(i.Operand, 0, RamEnd):
                AddCrossing(i);
                Ram(() => RowAddress(i));
                break;
            case Mode.AbsoluteXRead or Mode.AbsoluteYRead when IsRow(i.Operand, _bank.First, _bank.End):
                AddCrossing(i);
                Get(_code);
                Indexed(i);
                AddPointer();
                _il.Emit(OpCodes.Ldind_U1);
                break;
            default:
                FindAddress(i);
                FindPage(_readPages, i);
                if (i.Mode is Mode.AbsoluteXRead or Mode.AbsoluteYRead or Mode.IndirectYRead)
                {
                    CheckWrongPage(i);
                    CountCrossing();
                }

                Get(_page);
                Get(_address);
                AddPointer();
                _il.Emit(OpCodes.Ldind_U1);
                break;
        }

        Set(_value);
        return null;
    }

    private void EmitStore(Instruction i, LocalBuilder register)
    {
        switch (i.Mode)
        {
            case Mode.ZeroPageWrite or Mode.ZeroPageXWrite or Mode.ZeroPageYWrite:
                SetRam(() => ZeroPageAddress(i), () => Get(register));
                break;
            case Mode.AbsoluteWrite when i.Operand < RamEnd:
                SetRam(() => Known(i.Operand & RamMask), () => Get(register));
                break;
            case Mode.AbsoluteWrite when i.Flow == Flow.Register:
                EmitRegisterWrite(i, register);
                return;
            case Mode.AbsoluteXWrite or Mode.AbsoluteYWrite when IsRow(i.Operand, 0, RamEnd):
                SetRam(() => RowAddress(i), () => Get(register));
                break;
            default:
                FindAddress(i);
                FindPage(_writePages, i);
                if (i.Mode is Mode.AbsoluteXWrite or Mode.AbsoluteYWrite or Mode.IndirectYWrite)
                {
                    CheckWrongPage(i);
                }

                Get(_page);
                Get(_address);
                AddPointer();
                Get(register);
                _il.Emit(OpCodes.Stind_I1);
                break;
        }

        _owed += i.Cycles;
        _onBus = new BusByte(register, null);
    }

    /// <summary>Reads RAM, changes the byte by what <paramref name="change"/> leaves in <see cref="_value"/>, and writes it back.</summary>
    private void EmitModify(Instruction i, Action change)
    {
        switch (i.Mode)
        {
            case Mode.ZeroPageModify:
                Known(i.Operand);
                break;
            case Mode.ZeroPageXModify:
                ZeroPageAddress(i);
                break;
            case Mode.AbsoluteModify:
                Known(i.Operand & RamMask);
                break;
            default:
                RowAddress(i);
                break;
        }

        Set(_address);
        Ram(() => Get(_address));
        Set(_value);
        change();
        SetRam(() => Get(_address), () => Get(_value));
        _owed += i.Cycles;
        _onBus = new BusByte(_value, null);
    }

    // The processor's clock must be right when a chip is asked: it counts the access itself.
    private void EmitRegisterRead(Instruction i)
    {
        BeforeRegister(i);
        _il.Emit(OpCodes.Ldarg_1);
        Known(i.Operand);
        Call("ReadNow");
        Set(_value);
        _onBus = default;
    }

    private void EmitRegisterWrite(Instruction i, LocalBuilder register)
    {
        BeforeRegister(i);
        _il.Emit(OpCodes.Ldarg_1);
        Known(i.Operand);
        Get(register);
        _il.Emit(OpCodes.Conv_U1);
        Call("WriteExact");
        _owed += i.Cycles;
        _onBus = default;
        if (i.IsBoardWrite)
        {
            LoadBank();
            Get(_code);
            _il.Emit(OpCodes.Bne_Un, LeaveAside(i.Next));
        }
    }

    private void BeforeRegister(Instruction i)
    {
        StoreField("_cycle", () =>
        {
            Get(_cycle);
            _il.Emit(OpCodes.Ldc_I8, (long)_owed + i.Cycles - 1);
            _il.Emit(OpCodes.Add);
        });
        StoreField("_bus", () => Known(i.Operand >> 8));
    }

    private static bool IsRow(int address, int first, int end) => address >= first && address + 0xFF < end;

    private LocalBuilder Index(Instruction i) => i switch
    {
        { Mode: Mode.AbsoluteYRead or Mode.AbsoluteYWrite or Mode.ZeroPageYRead or Mode.ZeroPageYWrite or Mode.IndirectYRead or Mode.IndirectYWrite } => _y,
        _ => _x,
    };

    private void ZeroPageAddress(Instruction i)
    {
        Known(i.Operand);
        if (i.Mode is not (Mode.ZeroPageRead or Mode.ZeroPageWrite or Mode.ZeroPageModify))
        {
            Get(Index(i));
            _il.Emit(OpCodes.Add);
            Known(0xFF);
            _il.Emit(OpCodes.And);
        }
    }

    private void Indexed(Instruction i)
    {
        Known(i.Operand);
        Get(Index(i));
        _il.Emit(OpCodes.Add);
    }

    private void RowAddress(Instruction i)
    {
        Known(i.Operand & RamMask);
        Get(Index(i));
        _il.Emit(OpCodes.Add);
        if ((i.Operand & RamMask) + 0xFF > RamMask)
        {
            Known(RamMask);
            _il.Emit(OpCodes.And);
        }
    }

    /// <summary>Reads take a cycle more when indexing crosses a page.</summary>
    private void AddCrossing(Instruction i)
    {
        if ((i.Operand & 0xFF) != 0)
        {
            Known(i.Operand & 0xFF);
            Get(Index(i));
            _il.Emit(OpCodes.Add);
            Set(_sum);
            CountCrossing();
        }
    }

    /// <summary>Bit 8 of <see cref="_sum"/> is the carry of the low byte.</summary>
    private void CountCrossing()
    {
        Get(_cycle);
        Get(_sum);
        Known(8);
        _il.Emit(OpCodes.Shr_Un);
        _il.Emit(OpCodes.Conv_U8);
        _il.Emit(OpCodes.Add);
        Set(_cycle);
    }

    /// <summary>Leaves the effective address in <see cref="_address"/>, and if it was indexed the low bytes' sum in <see cref="_sum"/>.</summary>
    private void FindAddress(Instruction i)
    {
        switch (i.Mode)
        {
            case Mode.AbsoluteRead or Mode.AbsoluteWrite:
                Known(i.Operand);
                break;
            case Mode.IndirectXRead or Mode.IndirectXWrite:
                Ram(() => ZeroPageAddress(i));
                Ram(() => ZeroPageAddress(i with { Operand = i.Operand + 1 }));
                Known(8);
                _il.Emit(OpCodes.Shl);
                _il.Emit(OpCodes.Or);
                break;
            case Mode.IndirectYRead or Mode.IndirectYWrite:
                Ram(() => Known(i.Operand));
                Get(_y);
                _il.Emit(OpCodes.Add);
                Set(_sum);
                Ram(() => Known(i.Operand + 1 & 0xFF));
                Known(8);
                _il.Emit(OpCodes.Shl);
                Get(_sum);
                _il.Emit(OpCodes.Add);
                Known(0xFFFF);
                _il.Emit(OpCodes.And);
                break;
            default:
                Known(i.Operand & 0xFF);
                Get(Index(i));
                _il.Emit(OpCodes.Add);
                Set(_sum);
                Known(i.Operand & 0xFF00);
                Get(_sum);
                _il.Emit(OpCodes.Add);
                Known(0xFFFF);
                _il.Emit(OpCodes.And);
                break;
        }

        Set(_address);
    }

    /// <summary>Leaves the page of <see cref="_address"/> in <see cref="_page"/>, or the code if there is none.</summary>
    private void FindPage(LocalBuilder pages, Instruction i)
    {
        LoadPage(pages, () => Get(_address));
        _il.Emit(OpCodes.Dup);
        Set(_page);
        _il.Emit(OpCodes.Brfalse, LeaveAside(i.Address));
    }

    /// <summary>Indexing reads first from the page that the low byte wraps in: if it is not memory somebody may notice.</summary>
    private void CheckWrongPage(Instruction i)
    {
        LoadPage(_readPages, () =>
        {
            Get(_address);
            Get(_sum);
            Known(0x100);
            _il.Emit(OpCodes.And);
            _il.Emit(OpCodes.Sub);
            Known(0xFFFF);
            _il.Emit(OpCodes.And);
        });
        _il.Emit(OpCodes.Brfalse, LeaveAside(i.Address));
    }

    private void LoadPage(LocalBuilder pages, Action address)
    {
        Get(pages);
        address();
        Known(Board.CpuPageShift);
        _il.Emit(OpCodes.Shr_Un);
        _il.Emit(OpCodes.Conv_U);
        Known(sizeof(nint));
        _il.Emit(OpCodes.Mul);
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    private void Ram(Action address)
    {
        Get(_ram);
        address();
        AddPointer();
        _il.Emit(OpCodes.Ldind_U1);
    }

    private void SetRam(Action address, Action value)
    {
        Get(_ram);
        address();
        AddPointer();
        value();
        _il.Emit(OpCodes.Stind_I1);
    }

    // Addresses are never negative.
    private void AddPointer()
    {
        _il.Emit(OpCodes.Conv_U);
        _il.Emit(OpCodes.Add);
    }

    private void StackAddress(int offset)
    {
        Get(_s);
        if (offset != 0)
        {
            Known(offset);
            _il.Emit(OpCodes.Add);
            Known(0xFF);
            _il.Emit(OpCodes.And);
        }

        Known(0x100);
        _il.Emit(OpCodes.Or);
    }

    private void MoveStack(int offset)
    {
        Get(_s);
        Known(offset);
        _il.Emit(OpCodes.Add);
        Known(0xFF);
        _il.Emit(OpCodes.And);
        Set(_s);
    }
}
