using System.Security.Cryptography;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace NesCoreShim.Host;

/// <summary>Memory by domain name. Addresses outside read 0 and are told of, as in EmuHawk.</summary>
internal sealed class MemoryApi(HostedCore core, Action<string> say) : IMemoryApi
{
    private MemoryDomain _current = core.Memories.MainMemory;
    private bool _isBigEndian;

    public string MainMemoryName => core.Memories.MainMemory.Name;

    public void SetBigEndian(bool enabled = true) => _isBigEndian = enabled;

    public uint GetMemoryDomainSize(string name = "") => (uint)Domain(name).Size;

    public string GetCurrentMemoryDomain() => _current.Name;

    public uint GetCurrentMemoryDomainSize() => (uint)_current.Size;

    public bool UseMemoryDomain(string domain)
    {
        if (core.Memories[domain] is not { } found)
        {
            say($"Unable to find domain: {domain}");
            return false;
        }

        _current = found;
        return true;
    }

    public string HashRegion(long addr, int count, string? domain = null)
    {
        MemoryDomain memory = Domain(domain);
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = memory.PeekByte(addr + i);
        }

        using SHA256 sha = SHA256.Create();
        return BitConverter.ToString(sha.ComputeHash(bytes)).Replace("-", "");
    }

    public uint ReadByte(long addr, string? domain = null) => ReadU8(addr, domain);

    public int ReadS8(long addr, string? domain = null) => (sbyte)ReadU8(addr, domain);

    public uint ReadU8(long addr, string? domain = null)
    {
        MemoryDomain memory = Domain(domain);
        if (addr >= 0 && addr < memory.Size)
        {
            return memory.PeekByte(addr);
        }

        say($"Warning: attempted read of {addr} outside the memory size of {memory.Size}");
        return 0;
    }

    public uint ReadU16(long addr, string? domain = null)
    {
        uint first = ReadU8(addr, domain), second = ReadU8(addr + 1, domain);
        return _isBigEndian ? first << 8 | second : second << 8 | first;
    }

    public void WriteByte(long addr, uint value, string? domain = null) => WriteU8(addr, value, domain);

    public void WriteU8(long addr, uint value, string? domain = null)
    {
        MemoryDomain memory = Domain(domain);
        if (!memory.Writable)
        {
            say($"Error: the domain {memory.Name} is not writable");
        }
        else if (addr < 0 || addr >= memory.Size)
        {
            say($"Warning: attempted write to {addr} outside the memory size of {memory.Size}");
        }
        else
        {
            memory.PokeByte(addr, (byte)value);
        }
    }

    public void WriteU16(long addr, uint value, string? domain = null)
    {
        WriteU8(addr, _isBigEndian ? value >> 8 & 0xFF : value & 0xFF, domain);
        WriteU8(addr + 1, _isBigEndian ? value & 0xFF : value >> 8 & 0xFF, domain);
    }

    private MemoryDomain Domain(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return _current;
        }

        if (core.Memories[name!] is { } found)
        {
            return found;
        }

        say($"Unable to find domain: {name}, falling back to current");
        return _current;
    }
}
