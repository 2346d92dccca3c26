using System.Text;

namespace NesCoreShim.Movies;

/// <summary>Text out of a file that may be hostile.</summary>
internal static class BoundedText
{
    /// <summary>All of a stream as UTF-8, or a refusal once more than <paramref name="limit"/> bytes have come.</summary>
    public static string Read(Stream stream, int limit, string where) => Decode(ReadBytes(stream, limit, where));

    /// <summary>All of a stream, or a refusal once more than <paramref name="limit"/> bytes have come.</summary>
    public static ReadOnlySpan<byte> ReadBytes(Stream stream, int limit, string where)
    {
        using MemoryStream bytes = new();
        byte[] buffer = new byte[16 << 10];
        for (int read = stream.Read(buffer, 0, buffer.Length); read > 0; read = stream.Read(buffer, 0, buffer.Length))
        {
            if (bytes.Length + read > limit)
            {
                throw new MovieFormatException($"{where} holds more than {limit >> 20} MiB; a movie that long is not read.");
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
    }

    /// <summary>UTF-8 without its byte order mark.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes.ToArray());
        return text.Length > 0 && text[0] == '\uFEFF' ? text.Substring(1) : text;
    }

    /// <summary>Lines, whichever way they end.</summary>
    public static IEnumerable<string> Lines(string text)
    {
        using StringReader reader = new(text);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
