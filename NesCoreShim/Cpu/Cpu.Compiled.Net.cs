using System.Runtime.CompilerServices;

namespace NesCoreShim;

// Code in PRG ROM that runs often is compiled, on runtimes that can; everything else is interpreted, and both do the same to
// the last bit.
internal sealed unsafe partial class Cpu
{
    private CodeTable? _compiled;
    private int _compileAfter;

    // How often jumps have led to places, until there is something worth reporting to the table.
    private const int MostVisitsAtOnce = 256;
    private readonly ushort[] _visits = new ushort[512];

    // The interpreter has met compiled code.
    private bool _metCode;

    partial void UseCompiledCode(NesOptions options)
    {
        _compileAfter = options.CompileAfter;
        _compiled = options.Plain || _compileAfter == 0 ? null : _board.Cartridge.Code;
    }

    /// <summary>Runs to the next event, or to a loop that is worth watching.</summary>
    private void RunFast()
    {
        // Even if an event is due already, an instruction comes first.
        if (_compiled is null || _cycle >= _nextEvent)
        {
            ExecuteFast();
            return;
        }

        while (RunCompiled(_compiled))
        {
            _metCode = false;
            ExecuteFast();
            if (!_metCode)
            {
                return;
            }
        }
    }

    /// <summary>Runs compiled code as long as there is any.</summary>
    /// <returns>Whether the interpreter has to go on.</returns>
    private bool RunCompiled(CodeTable compiled)
    {
        while (_cycle < _nextEvent)
        {
            long before = _cycle;
            if (!compiled.TryFind(_readPages[_pc >> Board.CpuPageShift] + _pc, _pc, out CodeEntry entry))
            {
                return true;
            }

            entry.Code(this, entry.Checkpoint);
            if (_watch)
            {
                return false;
            }

            if (_cycle == before)
            {
                // Too near to an event.
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a jump has led to compiled code; counts visits and compiles what has become hot.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool MeetsCode(int pc)
    {
        byte* place = _readPages[pc >> Board.CpuPageShift] + pc;
        if (_compiled is null || !_compiled.IsRom(place))
        {
            return false;
        }

        if (!_compiled.TryFind(place, pc, out _))
        {
            int slot = pc ^ pc >> 9;
            ref ushort visits = ref _visits[slot & 511];
            visits++;
            if (visits < Math.Min(_compileAfter, MostVisitsAtOnce) || !MakesHot(slot, ref visits))
            {
                return false;
            }

            int first = pc & -_board.PrgBankSize;
            _compiled.Compile(new CodeBank(place - pc, first, first + _board.PrgBankSize), pc);
            if (!_compiled.TryFind(place, pc, out _))
            {
                return false;
            }
        }

        _metCode = true;
        return true;
    }

    private bool MakesHot(int slot, ref ushort visits)
    {
        bool areEnough = _compiled!.AreEnough(slot, visits, _compileAfter);
        visits = 0;
        return areEnough;
    }
}
