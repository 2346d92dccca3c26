using System.Buffers.Binary;

namespace NesCoreShim;

/// <summary>The state cannot be loaded into this machine; the message says why.</summary>
public sealed class InvalidStateException(string message) : Exception(message);

/// <summary>
/// The front of a savestate: magic, version, body length, the cartridge's fingerprint, the region, the body's checksum.
/// All of it is checked before the machine is touched.
/// </summary>
internal static class StateHeader
{
    public const int Length = 32;

    // Raise it whenever a field enters, leaves or moves.
    private const int Version = 5;
    private const uint Magic = 0x5453454E; // "NEST"

    public static void Write(Span<byte> target, Cartridge cartridge, Region region, ReadOnlySpan<byte> body)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(target.Slice(4), Version);
        BinaryPrimitives.WriteInt32LittleEndian(target.Slice(8), body.Length);
        BinaryPrimitives.WriteInt32LittleEndian(target.Slice(12), (int)region);
        BinaryPrimitives.WriteUInt64LittleEndian(target.Slice(16), cartridge.Fingerprint);
        BinaryPrimitives.WriteUInt64LittleEndian(target.Slice(24), Hashing.Checksum(body));
    }

    public static void Check(ReadOnlySpan<byte> source, Cartridge cartridge, Region region, int stateSize)
    {
        if (source.Length < Length)
        {
            throw new InvalidStateException($"{source.Length} bytes are not a state; its header alone takes {Length}.");
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(source);
        if (magic != Magic)
        {
            throw new InvalidStateException($"These bytes begin with {magic:X8}, not with a state's {Magic:X8}.");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(source.Slice(4));
        if (version != Version)
        {
            throw new InvalidStateException($"The state has version {version}; this core reads version {Version}. Make it again with this core.");
        }

        ulong fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(source.Slice(16));
        if (fingerprint != cartridge.Fingerprint)
        {
            throw new InvalidStateException(
                $"The state belongs to the cartridge with fingerprint {fingerprint:X16}; {cartridge.Name} has {cartridge.Fingerprint:X16}.");
        }

        int stateRegion = BinaryPrimitives.ReadInt32LittleEndian(source.Slice(12));
        if (stateRegion != (int)region)
        {
            throw new InvalidStateException($"The state is of a console with {(Region)stateRegion} timing; this one keeps {region} timing.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(source.Slice(8));
        if (length != stateSize - Length)
        {
            throw new InvalidStateException($"The state's body has {length} bytes; this machine's layout has {stateSize - Length}.");
        }

        if (source.Length < stateSize)
        {
            throw new InvalidStateException($"The state is truncated: {source.Length} bytes of {stateSize}.");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(source.Slice(24)) != Hashing.Checksum(source.Slice(Length, length)))
        {
            throw new InvalidStateException("The state is damaged: its body does not match its checksum.");
        }
    }
}
