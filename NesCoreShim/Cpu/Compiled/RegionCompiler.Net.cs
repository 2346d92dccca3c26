using System.Reflection;
using System.Reflection.Emit;

namespace NesCoreShim;

/// <summary>Runs compiled code from one of its checkpoints on, until it cannot go on.</summary>
/// <param name="cpu">The processor, whose registers are its fields.</param>
/// <param name="checkpoint">The number of the checkpoint.</param>
internal delegate void CompiledCode(Cpu cpu, int checkpoint);

/// <summary>
/// Writes a region of code in IL. Registers are locals, and cycles are counted by the block. Wherever an access may reach
/// something that is not memory, or an event may be too near, the code returns with the machine as it stands before that very
/// instruction; the interpreter goes on.
/// </summary>
internal sealed unsafe partial class RegionCompiler
{
    private readonly CodeRegion _region;
    private readonly CodeBank _bank;
    private readonly DynamicMethod _method;
    private readonly ILGenerator _il;
    private readonly Dictionary<int, Label> _labels = [];
    private readonly List<Action> _asides = [];
    private readonly Label _leave;

    // The processor's registers, the program counter only where the code is left.
    private readonly LocalBuilder _a, _x, _y, _s, _nz, _carry, _overflow, _cycle, _pc, _bus;

    // Memory: the console's RAM, its page tables, the bank this code is in.
    private readonly LocalBuilder _ram, _readPages, _writePages, _code;

    // The last byte from memory; an address, its page and a sum in the making; where a loop leads back to.
    private readonly LocalBuilder _value, _address, _page, _sum, _round;

    // Cycles of this block that _cycle does not count yet, and what the last instruction left on the bus.
    private int _owed;
    private BusByte _onBus;

    public RegionCompiler(CodeRegion region)
    {
        _region = region;
        _bank = region.Bank;
        _method = new DynamicMethod("CompiledCode", typeof(void), [typeof(object), typeof(Cpu), typeof(int)], typeof(Cpu), skipVisibility: true);
        _il = _method.GetILGenerator(8192);
        _a = Local<int>();
        _x = Local<int>();
        _y = Local<int>();
        _s = Local<int>();
        _nz = Local<int>();
        _carry = Local<int>();
        _overflow = Local<int>();
        _cycle = Local<long>();
        _pc = Local<int>();
        _bus = Local<int>();
        _ram = _il.DeclareLocal(typeof(byte*));
        _readPages = _il.DeclareLocal(typeof(byte**));
        _writePages = _il.DeclareLocal(typeof(byte**));
        _code = _il.DeclareLocal(typeof(byte*));
        _page = _il.DeclareLocal(typeof(byte*));
        _value = Local<int>();
        _address = Local<int>();
        _sum = Local<int>();
        _round = Local<ulong>();
        _leave = _il.DefineLabel();
    }

    /// <summary>What lies on the bus: a byte that is known, or one in a local; neither: what the processor's field says.</summary>
    private readonly record struct BusByte(LocalBuilder? Local, int? Known);

    private (LocalBuilder Local, string Field)[] Registers =>
        [(_a, "_a"), (_x, "_x"), (_y, "_y"), (_s, "_s"), (_nz, "_nz"), (_carry, "_carry"), (_overflow, "_overflow"), (_cycle, "_cycle")];

    /// <summary>The code, and the addresses of its checkpoints in the order of their numbers.</summary>
    public CompiledCode Compile(out int[] checkpoints)
    {
        checkpoints = [.. _region.Blocks.Where(b => b.IsCheckpoint).Select(b => b.Start)];
        foreach (CodeBlock block in _region.Blocks)
        {
            _labels.Add(block.Start, _il.DefineLabel());
        }

        LoadRegisters();
        _il.Emit(OpCodes.Ldarg_2);
        _il.Emit(OpCodes.Switch, [.. checkpoints.Select(at => _labels[at])]);
        _il.Emit(OpCodes.Ret);
        foreach (CodeBlock block in _region.Blocks)
        {
            _il.MarkLabel(_labels[block.Start]);
            Emit(block);
        }

        // Unlikely ways stand aside, so that the likely ones run straight on.
        foreach (Action aside in _asides)
        {
            aside();
        }

        _il.MarkLabel(_leave);
        StoreRegisters();
        _il.Emit(OpCodes.Ret);
        
        // A delegate that is bound to something, whatever it is, is called faster than one that is not.
        return _method.CreateDelegate<CompiledCode>(_bank);
    }

    private void LoadRegisters()
    {
        foreach ((LocalBuilder local, string field) in Registers)
        {
            LoadField(field);
            Set(local);
        }

        LoadField("_bus");
        Set(_bus);
        LoadField("_ram");
        Set(_ram);
        LoadField("_readPages");
        Set(_readPages);
        LoadField("_writePages");
        Set(_writePages);
        LoadBank();
        Set(_code);
    }

    // All pages of a bank are biased alike.
    private void LoadBank()
    {
        Get(_readPages);
        Known((_bank.First >> Board.CpuPageShift) * sizeof(nint));
        _il.Emit(OpCodes.Add);
        _il.Emit(OpCodes.Ldind_I);
    }

    private void StoreRegisters()
    {
        foreach ((LocalBuilder local, string field) in Registers)
        {
            StoreField(field, () => Get(local));
        }

        StoreField("_pc", () => Get(_pc));
        StoreField("_bus", () => Get(_bus));
    }

    private void Emit(CodeBlock block)
    {
        _owed = 0;
        _onBus = new BusByte(_bus, null);
        if (block.IsCheckpoint)
        {
            // if (cycle + ahead >= nextEvent) leave
            Get(_cycle);
            _il.Emit(OpCodes.Ldc_I8, (long)block.CyclesAhead);
            _il.Emit(OpCodes.Add);
            LoadField("_nextEvent");
            _il.Emit(OpCodes.Bge, LeaveAside(block.Start));
        }

        foreach (Instruction instruction in block.Instructions)
        {
            switch (instruction.Flow)
            {
                case Flow.Branch:
                    EmitBranch(instruction);
                    return;
                case Flow.Jump:
                    Took(instruction, instruction.Operand >> 8);
                    GoBackOrOn(instruction);
                    return;
                case Flow.Call:
                    EmitCall(instruction);
                    return;
                case Flow.Return:
                    EmitReturn(instruction, block.Returns);
                    return;
                case Flow.Away when instruction.Op == Op.JmpIndirect:
                    EmitJumpIndirect(instruction);
                    return;
                case Flow.Away:
                    EmitReturnFromInterrupt(instruction);
                    return;
                default:
                    EmitOperation(instruction);
                    break;
            }
        }

        GoTo(block.Next);
    }

    /// <summary>An instruction is done, and the last thing on the bus was known.</summary>
    private void Took(Instruction instruction, int onBus)
    {
        _owed += instruction.Cycles;
        _onBus = new BusByte(null, onBus);
    }

    /// <summary>Jumps; if backwards in a loop that may wait for something, with a look whether the round before was the same.</summary>
    private void GoBackOrOn(Instruction jump)
    {
        if (jump.Target <= jump.Address && !IsCounting(jump.Target, jump.Address))
        {
            Settle();
            MarkRound(jump.Target);
        }

        GoTo(jump.Target);
    }

    // A byte that counts, or a register that counts and is not loaded anew, makes every round another.
    private bool IsCounting(int first, int last)
    {
        HashSet<Op> ops = [.. _region.Blocks.SelectMany(b => b.Instructions).Where(i => i.Address >= first && i.Address <= last).Select(i => i.Op)];
        return HasAny(Op.Inc, Op.Dec) || HasAny(Op.Inx, Op.Dex) && !HasAny(Op.Ldx, Op.Tax, Op.Tsx) || HasAny(Op.Iny, Op.Dey) && !HasAny(Op.Ldy, Op.Tay);

        bool HasAny(params ReadOnlySpan<Op> some)
        {
            foreach (Op op in some)
            {
                if (ops.Contains(op))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>As <see cref="Cpu"/>'s IsSameRound and IsWorthWatching.</summary>
    private void MarkRound(int target)
    {
        Label same = _il.DefineLabel(), back = _il.DefineLabel();
        Pack(_a, 16, () => Known(target));
        Pack(_y, 8, () => Get(_x));
        Known(32);
        _il.Emit(OpCodes.Shl);
        _il.Emit(OpCodes.Or);
        Set(_round);
        Get(_round);
        LoadField("_round");
        _il.Emit(OpCodes.Beq, same);
        StoreField("_round", () => Get(_round));
        _il.MarkLabel(back);
        _asides.Add(() =>
        {
            _il.MarkLabel(same);
            _il.Emit(OpCodes.Ldarg_1);
            Known(target);
            Get(_cycle);
            Call("IsWorthWatching");
            _il.Emit(OpCodes.Brfalse, back);
            Known(target);
            Set(_pc);
            _il.Emit(OpCodes.Br, _leave);
        });

        void Pack(LocalBuilder high, int shift, Action low)
        {
            Get(high);
            Known(shift);
            _il.Emit(OpCodes.Shl);
            low();
            _il.Emit(OpCodes.Or);
            _il.Emit(OpCodes.Conv_U8);
        }
    }

    private void GoTo(int address)
    {
        if (_labels.TryGetValue(address, out Label label))
        {
            Settle();
            _il.Emit(OpCodes.Br, label);
        }
        else
        {
            GoOut(address);
        }
    }

    private void GoOut(int address)
    {
        Settle();
        Known(address);
        Set(_pc);
        _il.Emit(OpCodes.Br, _leave);
    }

    /// <summary>Pays the cycles owed and puts on the bus what belongs there.</summary>
    private void Settle()
    {
        Settle(_owed, _onBus);
        _owed = 0;
        _onBus = new BusByte(_bus, null);
    }

    private void Settle(int owed, BusByte onBus)
    {
        if (owed != 0)
        {
            Get(_cycle);
            _il.Emit(OpCodes.Ldc_I8, (long)owed);
            _il.Emit(OpCodes.Add);
            Set(_cycle);
        }

        if (onBus.Local != _bus)
        {
            LoadBus(onBus);
            Set(_bus);
        }
    }

    private void LoadBus(BusByte onBus)
    {
        if (onBus.Known is { } known)
        {
            Known(known);
        }
        else if (onBus.Local is { } local)
        {
            Get(local);
        }
        else
        {
            LoadField("_bus");
        }
    }

    /// <summary>A way out, with the machine as it stands now.</summary>
    private Label LeaveAside(int address)
    {
        Label label = _il.DefineLabel();
        int owed = _owed;
        BusByte onBus = _onBus;
        _asides.Add(() =>
        {
            _il.MarkLabel(label);
            Settle(owed, onBus);
            Known(address);
            Set(_pc);
            _il.Emit(OpCodes.Br, _leave);
        });
        return label;
    }

    private LocalBuilder Local<T>() => _il.DeclareLocal(typeof(T));

    private void Get(LocalBuilder local) => _il.Emit(OpCodes.Ldloc, local);

    private void Set(LocalBuilder local) => _il.Emit(OpCodes.Stloc, local);

    private void Known(int value) => _il.Emit(OpCodes.Ldc_I4, value);

    private void LoadField(string name)
    {
        _il.Emit(OpCodes.Ldarg_1);
        _il.Emit(OpCodes.Ldfld, Field(name));
    }

    private void StoreField(string name, Action value)
    {
        _il.Emit(OpCodes.Ldarg_1);
        value();
        _il.Emit(OpCodes.Stfld, Field(name));
    }

    private void Call(string method) => _il.Emit(OpCodes.Call, typeof(Cpu).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!);

    private static FieldInfo Field(string name) => typeof(Cpu).GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!;
}
