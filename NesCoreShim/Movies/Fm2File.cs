using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NesCoreShim.Movies;

/// <summary>
/// FCEUX's text movie: a header of <c>key value</c> lines, then <c>|commands|RLDUTSBA|RLDUTSBA||</c> for every frame.
/// https://fceux.com/web/FM2.html
/// <para>
/// FCEUX lets one frame pass with a dead PPU whenever power or reset was pressed; hardware and this core do not.
/// That frame is left out on reading and put in on writing, so that pads meet the program at the same time.
/// </para>
/// </summary>
public static class Fm2File
{
    private const int FileLimit = 64 << 20;

    // FCEUX 2.6.6; it only shows the number.
    private const string FceuxVersion = "20606";

    // Bit 7 first: the letters read right to left in the order the pad shifts them out. T is Start, S is Select.
    private const string Letters = "RLDUTSBA";

    // Our own word, which FCEUX passes over and does not write: the movie was made on a console that wakes as hardware does.
    private const string HardwareBootKey = "hardwareBoot";

    private const MovieCommands KnownCommands = MovieCommands.Reset | MovieCommands.Power;

    /// <summary>Reads a movie; the stream stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">What messages call it.</param>
    public static Movie Read(Stream stream, string name)
    {
        ReadOnlySpan<byte> file = BoundedText.ReadBytes(stream, FileLimit, name);
        RefuseOtherFormats(file, name);
        Movie movie = new();
        Header header = new();
        List<MovieFrame> records = [];
        int number = 0;
        while (!file.IsEmpty && records.Count < header.Length)
        {
            if (header.IsBinary && file[0] == '|')
            {
                ReadBinary(file.Slice(1), header, records, name);
                break;
            }

            int end = file.IndexOfAny((byte)'\n', (byte)'\r');
            string line = BoundedText.Decode(file.Slice(0, end < 0 ? file.Length : end));
            file = file.Slice(end < 0 ? file.Length : end + 1 + (end + 1 < file.Length && file[end] == '\r' && file[end + 1] == '\n' ? 1 : 0));
            number++;
            if (line.StartsWith("|", StringComparison.Ordinal))
            {
                if (!header.HasVersion)
                {
                    throw MovieFormatException.At(name, number, "input begins without a 'version 3' line; this is not an FM2 file.");
                }

                if (end < 0 && line.Split('|').Length < 5)
                {
                    throw MovieFormatException.At(name, number, $"'{line}' ends in the middle of a frame; the file is cut short.");
                }

                records.Add(ReadFrame(line, name, number));
            }
            else if (line.Trim().Length > 0)
            {
                ReadKey(movie, header, line, name, number);
            }
        }

        if (!header.HasVersion)
        {
            throw new MovieFormatException($"{name}: there is no 'version 3' line; this is not an FM2 file.");
        }

        if (header.HasMicrophone && records.Exists(record => (record.Pad2 & JoypadButtons.Start) != 0))
        {
            throw new MovieFormatException($"{name}: the movie speaks into pad 2's microphone, which this console does not have; movies without it are read.");
        }

        FceuxRam ram = new(header.RamInitOption, header.RamInitSeed, header.Version);
        movie.RamPattern = ram.WorkRam;
        movie.FceuxRam = header.IsHardwareBoot ? null : ram;
        movie.LikeFceux = !header.IsHardwareBoot;
        AddWithoutDeadFrames(movie, records);
        return movie;
    }

    private static void RefuseOtherFormats(ReadOnlySpan<byte> file, string name)
    {
        if (file.StartsWith("PK\x3\x4"u8))
        {
            throw new MovieFormatException($"{name}: this is a zip archive; unpack it and read the .fm2 inside.");
        }

        if (file.StartsWith("FCM\x1A"u8))
        {
            throw new MovieFormatException($"{name}: this is an FCM movie of FCE Ultra; convert it to FM2 with FCEUX and read that.");
        }
    }

    private static void AddWithoutDeadFrames(Movie movie, List<MovieFrame> records)
    {
        bool afterPowerOn = movie.Start != MovieStart.Savestate;
        MovieCommands waiting = MovieCommands.None;
        foreach (MovieFrame record in records)
        {
            if (record.Commands != MovieCommands.None || afterPowerOn)
            {
                // The dead frame: only its command lives on, in the frame that follows.
                waiting |= record.Commands;
            }
            else
            {
                movie.Frames.Add(new MovieFrame(record.Pad1, record.Pad2, waiting));
                waiting = MovieCommands.None;
            }

            afterPowerOn = false;
        }
    }

    /// <summary>Writes a movie; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="movie">The movie.</param>
    /// <param name="name">What messages call the file.</param>
    public static void Write(Stream stream, Movie movie, string name)
    {
        if (movie.Start != MovieStart.PowerOn)
        {
            throw new MovieFormatException($"{name}: the movie starts from {movie.Start}, and what it starts from cannot be carried over; only movies from power-on are written.");
        }

        bool withPad2 = movie.UsesPad2;
        StringBuilder text = new();
        Add("version", "3");
        Add("emuVersion", FceuxVersion);
        Add("rerecordCount", movie.RerecordCount.ToString(CultureInfo.InvariantCulture));
        Add("palFlag", movie.IsPal ? "1" : "0");
        Add("romFilename", movie.Rom.Name);
        if (movie.Rom.Md5 is { } md5)
        {
            Add("romChecksum", "base64:" + md5);
        }

        Add("guid", GuidOf(movie).ToString().ToUpperInvariant());
        Add("RAMInitOption", RamInitOptionOf(movie.RamPattern));
        if (!movie.LikeFceux)
        {
            Add(HardwareBootKey, "1");
        }

        Add("fourscore", "0");
        Add("microphone", "0");
        Add("port0", "1");
        Add("port1", withPad2 ? "1" : "0");
        Add("port2", "0");
        if (movie.Author.Length > 0)
        {
            Add("comment", "author " + movie.Author);
        }

        foreach (string comment in movie.Comments)
        {
            Add("comment", comment);
        }

        foreach (MovieSubtitle subtitle in movie.Subtitles)
        {
            Add("subtitle", FormattableString.Invariant($"{subtitle.Frame + 1} {subtitle.Text}"));
        }

        for (int i = 0; i < movie.Frames.Count; i++)
        {
            MovieFrame frame = movie.Frames[i];
            if (i == 0 && movie.Start != MovieStart.Savestate || frame.Commands != MovieCommands.None)
            {
                AddFrame(frame);
            }

            AddFrame(new MovieFrame(frame.Pad1, frame.Pad2));
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        stream.Write(bytes, 0, bytes.Length);

        void AddFrame(MovieFrame frame)
        {
            text.Append('|').Append((int)frame.Commands).Append('|');
            AppendPad(text, frame.Pad1);
            text.Append('|');
            if (withPad2)
            {
                AppendPad(text, frame.Pad2);
            }

            text.Append("||\n");
        }

        void Add(string key, string value) => text.Append(key).Append(' ').Append(value.Replace('\r', ' ').Replace('\n', ' ')).Append('\n');
    }

    private static void ReadKey(Movie movie, Header header, string line, string name, int number)
    {
        int space = line.IndexOf(' ');
        string key = space < 0 ? line : line.Substring(0, space);
        string value = space < 0 ? "" : line.Substring(space + 1);
        switch (key)
        {
            case "version" when value.Trim() != "3":
                throw MovieFormatException.At(name, number, $"the format's version is '{value}'; version 3 is read.");
            case "version":
                header.HasVersion = true;
                break;
            case "binary":
                header.IsBinary = value.Trim() != "0";
                break;
            case "length":
                header.Length = (int)Math.Min(Number(), int.MaxValue);
                break;
            case HardwareBootKey:
                header.IsHardwareBoot = value.Trim() == "1";
                break;
            case "microphone":
                header.HasMicrophone = value.Trim() != "0";
                break;
            case "RAMInitOption":
                header.RamInitOption = (int)Math.Min(Number(), int.MaxValue);
                break;
            case "RAMInitSeed":
                header.RamInitSeed = int.TryParse(value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed)
                    ? seed
                    : throw MovieFormatException.At(name, number, $"RAMInitSeed is '{value}'; a whole number of 32 bits was expected.");
                break;
            case "fourscore" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, "the movie is for a Four Score; movies of one or two pads are read.");
            case "port0" or "port1" when value.Trim() is not ("0" or "1"):
                string device = value.Trim() == "2" ? " (a Zapper)" : "";
                throw MovieFormatException.At(name, number, $"{key} has device '{value}'{device}; 0 (nothing) and 1 (pad) are read.");
            case "port0":
                header.HasPad1 = value.Trim() == "1";
                break;
            case "port1":
                header.HasPad2 = value.Trim() == "1";
                break;
            case "port2" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, $"port2 has device '{value}'; 0 (nothing) is read there.");
            case "FDS" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, "the movie is for a disk system game; movies of cartridges are read.");
            case "emuVersion":
                movie.EmulatorVersion = "FCEUX " + value.Trim();
                header.Version = int.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : 0;
                break;
            case "rerecordCount":
                movie.RerecordCount = Number();
                break;
            case "palFlag":
                movie.IsPal = value.Trim() == "1";
                break;
            case "romFilename":
                movie.Rom.Name = value;
                break;
            case "romChecksum":
                movie.Rom.Md5 = ReadChecksum(value.Trim())
                    ?? throw MovieFormatException.At(name, number, $"romChecksum is '{value}'; an MD5 sum as 'base64:...' or '0x...' was expected.");
                break;
            case "savestate":
                movie.Start = MovieStart.Savestate;
                break;
            case "saveram":
                movie.Start = MovieStart.SaveRam;
                break;
            case "comment" when value.StartsWith("author ", StringComparison.Ordinal):
                movie.Author = value.Substring("author ".Length);
                break;
            case "comment":
                movie.Comments.Add(value);
                break;
            case "subtitle":
                string[] parts = value.Split([' '], 2);
                movie.Subtitles.Add(parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int frame)
                    ? new MovieSubtitle(Math.Max(frame - 1, 0), parts[1])
                    : throw MovieFormatException.At(name, number, $"'{line}' is not 'subtitle <frame> <text>'."));
                break;
        }

        long Number() => long.TryParse(value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
            ? parsed
            : throw MovieFormatException.At(name, number, $"{key} is '{value}'; a whole number was expected.");
    }

    private static string? ReadChecksum(string value)
    {
        const string base64 = "base64:", hex = "0x";
        const int length = 16;
        if (value.StartsWith(base64, StringComparison.Ordinal))
        {
            return value.Substring(base64.Length).Trim();
        }

        if (!value.StartsWith(hex, StringComparison.Ordinal) || value.Length != hex.Length + 2 * length)
        {
            return null;
        }

        var sum = new byte[length];
        for (int i = 0; i < length; i++)
        {
            if (!byte.TryParse(value.Substring(hex.Length + 2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out sum[i]))
            {
                return null;
            }
        }

        return Convert.ToBase64String(sum);
    }

    // A byte of commands, then one for each pad that is plugged in.
    private static void ReadBinary(ReadOnlySpan<byte> input, Header header, List<MovieFrame> records, string name)
    {
        if (!header.HasVersion)
        {
            throw new MovieFormatException($"{name}: input begins without a 'version 3' line; this is not an FM2 file.");
        }

        int size = 1 + (header.HasPad1 ? 1 : 0) + (header.HasPad2 ? 1 : 0);
        for (; input.Length >= size && records.Count < header.Length; input = input.Slice(size))
        {
            string where = $"{name}, record {records.Count + 1}";
            JoypadButtons pad1 = header.HasPad1 ? (JoypadButtons)input[1] : 0;
            JoypadButtons pad2 = header.HasPad2 ? (JoypadButtons)input[size - 1] : 0;
            records.Add(new MovieFrame(pad1, pad2, ReadCommands(input[0], where)));
        }
    }

    private static MovieCommands ReadCommands(int commands, string where) => (commands & ~(int)KnownCommands) == 0
        ? (MovieCommands)commands
        : throw new MovieFormatException($"{where}: command {commands} is given; 1 (reset) and 2 (power) are known, disks and coins are not.");

    private static MovieFrame ReadFrame(string line, string name, int number)
    {
        string[] fields = line.Split('|');
        if (fields.Length < 4 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int commands))
        {
            throw MovieFormatException.At(name, number, $"'{line}' is not '|commands|{Letters}|{Letters}||'.");
        }

        return new MovieFrame(ReadPad(fields[2]), ReadPad(fields[3]), ReadCommands(commands, $"{name}, line {number}"));

        JoypadButtons ReadPad(string field)
        {
            if (field.Length == 0)
            {
                return JoypadButtons.None;
            }

            if (field.Length != Letters.Length)
            {
                throw MovieFormatException.At(name, number, $"'{field}' has {field.Length} columns; a pad has {Letters.Length} ({Letters}).");
            }

            int buttons = 0;
            foreach (char c in field)
            {
                buttons = (buttons << 1) | (c is '.' or ' ' ? 0 : 1);
            }

            return (JoypadButtons)buttons;
        }
    }

    private static void AppendPad(StringBuilder text, JoypadButtons buttons)
    {
        for (int i = 0; i < Letters.Length; i++)
        {
            text.Append(((int)buttons & (0x80 >> i)) != 0 ? Letters[i] : '.');
        }
    }

    // FCEUX tells movies apart by a random GUID. Ours comes from the contents, so that the same movie is the same file.
    private static Guid GuidOf(Movie movie)
    {
        byte[] name = Encoding.UTF8.GetBytes(movie.Rom.Md5 + "\n" + movie.Author + "\n");
        byte[] contents = new byte[name.Length + movie.Frames.Count * 3];
        name.CopyTo(contents, 0);
        int at = name.Length;
        foreach (MovieFrame frame in movie.Frames)
        {
            contents[at++] = (byte)frame.Commands;
            contents[at++] = (byte)frame.Pad1;
            contents[at++] = (byte)frame.Pad2;
        }

        using MD5 md5 = MD5.Create();
        return new Guid(md5.ComputeHash(contents));
    }

    // A filling that FCEUX cannot make becomes its default.
    private static string RamInitOptionOf(ReadOnlyMemory<byte> pattern) =>
        PowerOnRam.Same(pattern, PowerOnRam.Zeros) ? "2" : PowerOnRam.Same(pattern, PowerOnRam.Ones) ? "1" : "0";

    /// <summary>What the header says about the input that follows.</summary>
    private sealed class Header
    {
        public bool HasVersion { get; set; }

        public bool IsBinary { get; set; }

        /// <summary>How many records are input; in a TAS Editor project something else comes after them.</summary>
        public int Length { get; set; } = int.MaxValue;

        public bool HasPad1 { get; set; } = true;

        public bool HasPad2 { get; set; } = true;

        public bool HasMicrophone { get; set; }

        public bool IsHardwareBoot { get; set; }

        public int RamInitOption { get; set; }

        public int RamInitSeed { get; set; }

        /// <summary>FCEUX's number, or 0.</summary>
        public int Version { get; set; }
    }
}
