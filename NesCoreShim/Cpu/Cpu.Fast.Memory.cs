using System.Runtime.CompilerServices;

namespace NesCoreShim;

// How the usual instructions reach memory: through the page tables, and where no page is, by way of the registers.
internal sealed unsafe partial class Cpu
{
    /// <summary>The operand of an instruction of three bytes; its high byte is on the bus last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int AbsoluteAddress(byte* code) => code[1] | (_bus = code[2]) << 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PointerAddress(int pointer) => _ram[pointer] | (_bus = _ram[pointer + 1 & 0xFF]) << 8;

    /// <summary>A read in an instruction's last cycle, when <paramref name="cycle"/> are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Load(int address, long cycle)
    {
        byte* page = _readPages[address >> Board.CpuPageShift];
        if (page != null)
        {
            return _bus = page[address];
        }

        _cycle = cycle - 1;
        return ReadNow(address);
    }

    /// <summary>The low byte is added first: across a page, one read goes to the page before, and there is one more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LoadIndexed(int address, int index, ref long cycle)
    {
        if ((address & 0xFF) + index > 0xFF)
        {
            Load(address & 0xFF00 | address + index & 0xFF, cycle);
            cycle++;
        }

        return Load(address + index & 0xFFFF, cycle);
    }

    /// <summary>A write in an instruction's last cycle, when <paramref name="cycle"/> are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(int address, int value, long cycle)
    {
        byte* page = _writePages[address >> Board.CpuPageShift];
        if (page != null)
        {
            page[address] = _bus = (byte)value;
            return;
        }

        _cycle = cycle - 1;
        WriteExact(address, (byte)value);
    }

    /// <summary>Stores always read first; in memory nobody can tell.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreIndexed(int address, int index, int value, long cycle)
    {
        int wrong = address & 0xFF00 | address + index & 0xFF;
        if (_readPages[wrong >> Board.CpuPageShift] == null)
        {
            Load(wrong, cycle - 1);
        }

        Store(address + index & 0xFFFF, value, cycle);
    }
}
