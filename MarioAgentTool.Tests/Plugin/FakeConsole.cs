using System.Collections;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>
/// A core as EmuHawk offers one, with a game small enough to know by heart: Start leads from the title into the stage, Right
/// walks two pixels a frame, and at <see cref="Goal"/> stands the flagpole.
/// </summary>
internal sealed class FakeConsole : IEmulator, IMemoryDomains, IVideoProvider, IStatable, IJoypadApi
{
    public const int Start = 40, Goal = 100;

    private readonly List<Memory> _memories = [new("RAM", 0x800), new("System Bus", 0x10000)];
    private readonly HashSet<string> _held = [];

    public int Frame { get; private set; }

    public byte[] Ram => _memories[0].Bytes;

    public byte[] Bus => _memories[1].Bytes;

    public int[] Picture { get; } = new int[256 * 240];

    public IEmulatorServiceProvider ServiceProvider => throw new NotSupportedException();

    public ControllerDefinition ControllerDefinition => throw new NotSupportedException();

    public string SystemId => "NES";

    public bool DeterministicEmulation => true;

    public int VsyncNumerator => 60;

    public int VsyncDenominator => 1;

    public MemoryDomain MainMemory => _memories[0];

    public bool HasSystemBus => true;

    public MemoryDomain SystemBus => _memories[1];

    public int BufferWidth { get; set; } = 256;

    public int BufferHeight { get; set; } = 224;

    /// <summary>States loaded since the beginning.</summary>
    public int Loads { get; private set; }

    /// <summary>Buttons of every frame since power was pressed last, as EmuHawk would record them.</summary>
    public List<string[]> Log { get; } = [];

    public bool Has(string name) => this[name] is not null;

    public MemoryDomain this[string name] => _memories.Find(memory => memory.Name == name)!;

    /// <summary>As EmuHawk's override adapter: pad 1's names go without prefix.</summary>
    public void Set(IReadOnlyDictionary<string, bool> buttons, int? controller = null)
    {
        foreach ((string name, bool isDown) in buttons)
        {
            string full = controller is null ? name : $"P{controller} {name}";
            _ = isDown ? _held.Add(full) : _held.Remove(full);
        }
    }

    public void Set(string button, bool? state = null, int? controller = null) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, object> Get(int? controller = null) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, object> GetWithMovie(int? controller = null) => throw new NotSupportedException();

    /// <summary>What the user's hand holds: names without prefix.</summary>
    public HashSet<string> Hand { get; } = [];

    public IReadOnlyDictionary<string, object> GetImmediate(int? controller = null) => Hand.ToDictionary(name => name, _ => (object)true);

    public void SetFromMnemonicStr(string inputLogEntry) => throw new NotSupportedException();

    public bool FrameAdvance(IController controller, bool render, bool renderSound = true) => throw new NotSupportedException();

    public void ResetCounters() => throw new NotSupportedException();

    /// <summary>Runs a frame with what was set, then forgets it, as EmuHawk does.</summary>
    public void RunFrame()
    {
        string[] held = [.. _held.Order()];
        _held.Clear();
        RunFrame(held);
    }

    /// <summary>Runs a frame with these held.</summary>
    public void RunFrame(string[] held)
    {
        if (held.Contains("Power"))
        {
            Array.Clear(Ram);
            Log.Clear();
        }

        Log.Add(held);
        Frame++;
        Ram[RamMap.FrameCounter]++;
        if (Ram[RamMap.OperatingMode] == (byte)OperatingMode.Title)
        {
            if (held.Contains("P1 Start"))
            {
                BeginStage();
            }
        }
        else if (Ram[RamMap.PlayerRoutine] == (byte)PlayerRoutine.Control && held.Contains("P1 Right"))
        {
            Ram[RamMap.PlayerXInPage] += 2;
            if (Ram[RamMap.PlayerXInPage] >= Goal)
            {
                Ram[RamMap.PlayerRoutine] = (byte)PlayerRoutine.FlagpoleSlide;
            }
        }
    }

    public int[] GetVideoBuffer() => Picture;

    public void SaveStateBinary(BinaryWriter writer)
    {
        writer.Write(Frame);
        writer.Write(Ram);
    }

    public void LoadStateBinary(BinaryReader reader)
    {
        Loads++;
        Frame = reader.ReadInt32();
        reader.ReadBytes(Ram.Length).CopyTo(Ram, 0);
    }

    public IEnumerator<MemoryDomain> GetEnumerator() => _memories.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    public void Remove(string memory) => _memories.RemoveAll(m => m.Name == memory);

    private void BeginStage()
    {
        Ram[RamMap.OperatingMode] = (byte)OperatingMode.Game;
        Ram[RamMap.ModeTask] = RamMap.PlayTask;
        Ram[RamMap.PlayerRoutine] = (byte)PlayerRoutine.Control;
        Ram[RamMap.PlayerYHigh] = 1;
        Ram[RamMap.PlayerXInPage] = Start;
        Ram[RamMap.TimeDigits] = 4;
    }

    private sealed class Memory : MemoryDomain
    {
        public Memory(string name, int size)
        {
            Name = name;
            Size = size;
            Bytes = new byte[size];
        }

        public byte[] Bytes { get; }

        public override byte PeekByte(long addr) => Bytes[addr];

        public override void PokeByte(long addr, byte val) => Bytes[addr] = val;
    }
}
