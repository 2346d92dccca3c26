using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NesCoreShim;

namespace MarioAgentTool.Cli;

/// <summary>A WAV file of 16-bit mono sound. Its two lengths are filled in when it is closed.</summary>
internal sealed class WavWriter : IDisposable
{
    public const int HeaderLength = 44;
    private const int BytesPerSample = 2;

    private readonly FileStream _file;
    private readonly int _rate;
    private readonly short[] _samples;

    public WavWriter(string path, int rate)
    {
        _rate = rate;
        _samples = new short[rate / 10];
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        _file.Write(Header(rate, dataLength: 0));
    }

    /// <summary>Appends what the console has sounded since the last call.</summary>
    public void Write(Nes console)
    {
        int count;
        while ((count = console.TakeSamples(_samples)) > 0)
        {
            Span<short> samples = _samples.AsSpan(0, count);
            if (!BitConverter.IsLittleEndian)
            {
                BinaryPrimitives.ReverseEndianness(samples, samples);
            }

            _file.Write(MemoryMarshal.AsBytes(samples));
        }
    }

    public void Dispose()
    {
        long length = _file.Length - HeaderLength;
        _file.Position = 0;
        _file.Write(Header(_rate, (uint)Math.Min(length, uint.MaxValue - HeaderLength)));
        _file.Dispose();
    }

    /// <summary>RIFF, "fmt " and the front of "data".</summary>
    private static byte[] Header(int rate, uint dataLength)
    {
        const int formatLength = 16, pcm = 1, channels = 1;
        var header = new byte[HeaderLength];
        Span<byte> at = header;
        "RIFF"u8.CopyTo(at);
        BinaryPrimitives.WriteUInt32LittleEndian(at[4..], HeaderLength - 8 + dataLength);
        "WAVEfmt "u8.CopyTo(at[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(at[16..], formatLength);
        BinaryPrimitives.WriteInt16LittleEndian(at[20..], pcm);
        BinaryPrimitives.WriteInt16LittleEndian(at[22..], channels);
        BinaryPrimitives.WriteInt32LittleEndian(at[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(at[28..], rate * channels * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(at[32..], channels * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(at[34..], 8 * BytesPerSample);
        "data"u8.CopyTo(at[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(at[40..], dataLength);
        return header;
    }
}
