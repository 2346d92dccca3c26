using System.Buffers.Binary;
using System.Text;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning.Weights;

/// <summary>
/// The zip archives of PyTorch: entries stored, not compressed, each beginning at a multiple of 64 bytes.
/// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT has the layout. What an entry claims is checked against the file
/// before a byte of it is looked at, nothing is unpacked, and no entry's name is ever used as a path.
/// </summary>
internal static class StoredZip
{
    private const uint LocalHeader = 0x04034B50, CentralHeader = 0x02014B50, End = 0x06054B50, End64 = 0x06064B50, End64Locator = 0x07064B50;
    private const int EndLength = 22, LocatorLength = 20, CentralLength = 46, LocalLength = 30;
    private const int MostEntries = 100_000, LongestName = 512;
    private const ushort PaddingField = 0x4246; // "FB", as PyTorch's own writer has it
    private const int Alignment = 64;

    /// <summary>Whether a file begins as a zip archive does.</summary>
    public static bool IsZip(byte[] file) => file.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(file) == LocalHeader;

    /// <summary>Every entry's bytes by name.</summary>
    public static Dictionary<string, ReadOnlyMemory<byte>> Read(byte[] file)
    {
        (long count, long at, long length) = FindDirectory(file);
        Require(count is >= 0 and <= MostEntries, $"has {count} entries; expected {MostEntries} at most");
        Require(at >= 0 && length >= 0 && at <= file.Length - length, "has its table of contents outside the file; the copy is incomplete");

        var entries = new Dictionary<string, ReadOnlyMemory<byte>>();
        long end = at + length;
        var spans = new List<(long Start, long End)> { (at, end) };
        for (long i = 0; i < count; i++)
        {
            Require(end - at >= CentralLength && Word(file, at) == CentralHeader, "has a damaged table of contents");
            ReadOnlySpan<byte> header = file.AsSpan((int)at);
            int nameLength = Short(header, 28), extraLength = Short(header, 30), commentLength = Short(header, 32);
            Require(end - at - CentralLength >= nameLength + extraLength + commentLength, "has a damaged table of contents");
            string name = Encoding.UTF8.GetString(file, (int)at + CentralLength, nameLength);
            Require(IsPlain(name), "has an entry with a name that no PyTorch archive has");
            Require((Short(header, 8) & 1) == 0, $"has the encrypted entry {name}; save it without a password");
            Require(Short(header, 10) == 0, $"has the compressed entry {name}; PyTorch stores without compression, so save it with torch.save again");

            long packed = Word(file, at + 20), size = Word(file, at + 24), local = Word(file, at + 42);
            ReadZip64(header.Slice(CentralLength + nameLength, extraLength), ref size, ref packed, ref local);
            Require(packed == size, $"has the entry {name} with two different sizes");
            long data = DataStart(file, name, local);
            Require(size >= 0 && size <= file.Length - data, $"has the entry {name}, which reaches beyond the end of the file; the copy is incomplete");
            var bytes = new ReadOnlyMemory<byte>(file, (int)data, (int)size);
            Require(Crc32.Of(bytes.Span) == Word(file, at + 16), $"has the entry {name}, whose CRC-32 is not the one noted; it is damaged, so copy or save it again");
            Require(!entries.ContainsKey(name), $"has two entries named {name}");
            entries.Add(name, bytes);
            spans.Add((local, data + size));
            at += CentralLength + nameLength + extraLength + commentLength;
        }

        spans.Sort();
        for (int i = 1; i < spans.Count; i++)
        {
            Require(spans[i].Start >= spans[i - 1].End, "has entries that overlap");
        }

        return entries;
    }

    /// <summary>Writes an archive.</summary>
    public static void Write(Stream stream, IEnumerable<(string Name, ReadOnlyMemory<byte> Bytes)> entries)
    {
        var directory = new MemoryStream();
        long at = 0;
        int count = 0;
        foreach ((string name, ReadOnlyMemory<byte> bytes) in entries)
        {
            byte[] nameBytes = Encoding.UTF8.GetBytes(name);
            int padding = (int)(Alignment - (at + LocalLength + nameBytes.Length + 4) % Alignment) % Alignment;
            if (at + bytes.Length > int.MaxValue)
            {
                throw new InvalidDataException("would be larger than 2 GiB, which this writer does not do");
            }

            // Both headers share their middle: flags, method, time, CRC, sizes, name length.
            byte[] middle = new byte[24];
            BinaryPrimitives.WriteUInt16LittleEndian(middle.AsSpan(2), 0x0800); // names are UTF-8
            BinaryPrimitives.WriteUInt16LittleEndian(middle.AsSpan(8), 0x0021); // 1 January 1980, the first day that zip knows
            BinaryPrimitives.WriteUInt32LittleEndian(middle.AsSpan(10), Crc32.Of(bytes.Span));
            BinaryPrimitives.WriteInt32LittleEndian(middle.AsSpan(14), bytes.Length);
            BinaryPrimitives.WriteInt32LittleEndian(middle.AsSpan(18), bytes.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(middle.AsSpan(22), (ushort)nameBytes.Length);

            byte[] extra = new byte[4 + padding];
            BinaryPrimitives.WriteUInt16LittleEndian(extra, PaddingField);
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), (ushort)padding);
            Put(stream, LocalHeader);
            Put(stream, middle);
            Put(stream, [(byte)extra.Length, 0]);
            Put(stream, nameBytes);
            Put(stream, extra);
            Put(stream, bytes.ToArray());

            Put(directory, CentralHeader);
            Put(directory, [0, 0]);
            Put(directory, middle);
            Put(directory, new byte[12]); // no extra, no comment, disk 0, no attributes
            Put(directory, (uint)at);
            Put(directory, nameBytes);
            at += LocalLength + nameBytes.Length + extra.Length + bytes.Length;
            count++;
        }

        Put(stream, directory.ToArray());
        byte[] end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, End);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), checked((ushort)count));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), checked((ushort)count));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)directory.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)at);
        Put(stream, end);
    }

    private static (long Count, long At, long Length) FindDirectory(byte[] file)
    {
        // The record stands last, before a comment of up to 65,535 bytes.
        int end = file.Length - EndLength;
        while (end >= 0 && (Word(file, end) != End || end + EndLength + Short(file.AsSpan(end), 20) != file.Length))
        {
            Require(file.Length - end <= EndLength + ushort.MaxValue, "has no end record; the copy is incomplete");
            end--;
        }

        Require(end >= 0, "has no end record; the copy is incomplete");
        int locator = end - LocatorLength;
        if (locator < 0 || Word(file, locator) != End64Locator)
        {
            return (Short(file.AsSpan(end), 10), Word(file, end + 16), Word(file, end + 12));
        }

        long at = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(locator + 8));
        Require(at >= 0 && at <= locator - 56 && Word(file, at) == End64, "has a damaged end record");
        ReadOnlySpan<byte> record = file.AsSpan((int)at);
        return (BinaryPrimitives.ReadInt64LittleEndian(record.Slice(32)), BinaryPrimitives.ReadInt64LittleEndian(record.Slice(48)), BinaryPrimitives.ReadInt64LittleEndian(record.Slice(40)));
    }

    // Where the entry's bytes begin: after its own header, whose name and extra field may be longer than the table's.
    private static long DataStart(byte[] file, string name, long local)
    {
        Require(local >= 0 && local <= file.Length - LocalLength && Word(file, local) == LocalHeader, $"has the entry {name}, which is not where the table of contents says");
        ReadOnlySpan<byte> header = file.AsSpan((int)local);
        int nameLength = Short(header, 26);
        long data = local + LocalLength + nameLength + Short(header, 28);
        Require(data <= file.Length, $"has the entry {name}, which reaches beyond the end of the file; the copy is incomplete");
        Require(nameLength == Encoding.UTF8.GetByteCount(name) && Encoding.UTF8.GetString(file, (int)local + LocalLength, nameLength) == name, $"has the entry {name} under two names");
        return data;
    }

    // Numbers that do not fit 32 bits stand in an extra field, in this order, those that do left out.
    private static void ReadZip64(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long local)
    {
        while (extra.Length >= 4)
        {
            int id = Short(extra, 0), length = Short(extra, 2);
            Require(length <= extra.Length - 4, "has a damaged table of contents");
            if (id == 1)
            {
                ReadOnlySpan<byte> numbers = extra.Slice(4, length);
                Take(ref numbers, ref size);
                Take(ref numbers, ref packed);
                Take(ref numbers, ref local);
                return;
            }

            extra = extra.Slice(4 + length);
        }
    }

    private static void Take(ref ReadOnlySpan<byte> numbers, ref long value)
    {
        if (value == uint.MaxValue)
        {
            Require(numbers.Length >= 8, "has a damaged table of contents");
            value = BinaryPrimitives.ReadInt64LittleEndian(numbers);
            numbers = numbers.Slice(8);
        }
    }

    // Nothing is unpacked, so that no name could lead anywhere; one that tries is refused all the same.
    private static bool IsPlain(string name) => name.Length is > 0 and <= LongestName && name[0] != '/' && !name.Split('/').Contains("..")
        && name.All(c => c is >= ' ' and not ('\\' or ':' or (char)0x7F or (char)0xFFFD));

    private static uint Word(byte[] file, long at) => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at));

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(at));

    private static void Put(Stream stream, uint word)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, word);
        Put(stream, bytes);
    }

    private static void Put(Stream stream, byte[] bytes) => stream.Write(bytes, 0, bytes.Length);

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }
}
