using System.Collections;
using BizHawk.Emulation.Common;

namespace NesCoreShim.Host;

/// <summary>The console's memories under NesHawk's names. Peeks have no side effects.</summary>
internal sealed class HostedMemories : IMemoryDomains
{
    private readonly List<MemoryDomain> _all;

    public HostedMemories(Nes nes, Action ensureAlive)
    {
        Cartridge cartridge = nes.Cartridge;
        _all =
        [
            New("RAM", 0x800, a => nes.Ram[a], (a, v) => nes.Poke((ushort)a, v)),
            New("System Bus", 0x10000, a => nes.Peek((ushort)a), (a, v) => nes.Poke((ushort)a, v)),
            New("PPU Bus", 0x4000, a => nes.PeekPpu((ushort)a)),
            New("CIRAM (nametables)", nes.Ciram.Length, a => nes.Ciram[a], (a, v) => nes.Board.Ciram[a] = v),
            New("PALRAM", nes.PaletteRam.Length, a => nes.PaletteRam[a]),
            New("OAM", nes.Oam.Length, a => nes.Oam[a]),
            New("PRG ROM", cartridge.PrgRomSize, a => cartridge.Prg.Span[a]),
        ];
        AddIfAny("CHR VROM", cartridge.ChrRomSize, a => cartridge.Chr!.Span[a]);
        AddIfAny("VRAM", nes.Board.ChrRam.Length, a => nes.Board.ChrRam[a]);
        AddIfAny("Battery RAM", nes.BatteryRam.Length, a => nes.BatteryRam[a]);
        AddIfAny("WRAM", nes.Board.PrgRam.Length - nes.BatteryRam.Length, a => nes.Board.PrgRam[a]);

        MemoryDomain New(string name, int size, Func<int, byte> peek, Action<int, byte>? poke = null) => new Memory(name, size, peek, poke, ensureAlive);

        void AddIfAny(string name, int size, Func<int, byte> peek)
        {
            if (size > 0)
            {
                _all.Add(New(name, size, peek));
            }
        }
    }

    public MemoryDomain? this[string name] => _all.Find(memory => memory.Name == name);

    public MemoryDomain MainMemory => _all[0];

    public bool HasSystemBus => true;

    public MemoryDomain SystemBus => _all[1];

    public bool Has(string name) => this[name] is not null;

    public IEnumerator<MemoryDomain> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Memory : MemoryDomain
    {
        private readonly Func<int, byte> _peek;
        private readonly Action<int, byte>? _poke;
        private readonly Action _ensureAlive;

        public Memory(string name, int size, Func<int, byte> peek, Action<int, byte>? poke, Action ensureAlive)
        {
            Name = name;
            Size = size;
            WordSize = 1;
            Writable = poke is not null;
            _peek = peek;
            _poke = poke;
            _ensureAlive = ensureAlive;
        }

        public override byte PeekByte(long addr)
        {
            Check(addr);
            return _peek((int)addr);
        }

        // BizHawk's memories that cannot be written take a write without a word.
        public override void PokeByte(long addr, byte val)
        {
            Check(addr);
            _poke?.Invoke((int)addr, val);
        }

        private void Check(long addr)
        {
            _ensureAlive();
            if (addr < 0 || addr >= Size)
            {
                throw new ArgumentOutOfRangeException(nameof(addr), $"${addr:X} lies outside of {Name}, which has {Size} bytes.");
            }
        }
    }
}
