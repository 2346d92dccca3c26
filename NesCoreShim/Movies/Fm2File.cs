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

    private const MovieCommands KnownCommands = MovieCommands.Reset | MovieCommands.Power;

    /// <summary>Reads a movie; the stream stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">What messages call it.</param>
    public static Movie Read(Stream stream, string name)
    {
        Movie movie = new();
        bool hasVersion = false;
        bool afterPowerOn = true;
        MovieCommands waiting = MovieCommands.None;
        int number = 0;
        foreach (string line in BoundedText.Lines(BoundedText.Read(stream, FileLimit, name)))
        {
            number++;
            if (line.StartsWith("|", StringComparison.Ordinal))
            {
                if (!hasVersion)
                {
                    throw MovieFormatException.At(name, number, "input begins without a 'version 3' line; this is not an FM2 file.");
                }

                MovieFrame frame = ReadFrame(line, name, number);
                if (frame.Commands != MovieCommands.None || afterPowerOn && movie.Start != MovieStart.Savestate)
                {
                    // The dead frame: only its command lives on, in the frame that follows.
                    waiting |= frame.Commands;
                }
                else
                {
                    movie.Frames.Add(new MovieFrame(frame.Pad1, frame.Pad2, waiting));
                    waiting = MovieCommands.None;
                }

                afterPowerOn = false;
            }
            else if (line.Trim().Length > 0)
            {
                ReadKey(movie, line, name, number);
                hasVersion |= line.StartsWith("version ", StringComparison.Ordinal);
            }
        }

        return hasVersion ? movie : throw new MovieFormatException($"{name}: there is no 'version 3' line; this is not an FM2 file.");
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

    private static void ReadKey(Movie movie, string line, string name, int number)
    {
        int space = line.IndexOf(' ');
        string key = space < 0 ? line : line.Substring(0, space);
        string value = space < 0 ? "" : line.Substring(space + 1);
        switch (key)
        {
            case "version" when value.Trim() != "3":
                throw MovieFormatException.At(name, number, $"the format's version is '{value}'; version 3 is read.");
            case "binary" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, "the input is binary; save the movie as text in FCEUX and read that.");
            case "fourscore" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, "the movie is for a Four Score; movies of one or two pads are read.");
            case "port0" or "port1" when value.Trim() is not ("0" or "1"):
                throw MovieFormatException.At(name, number, $"{key} has device '{value}'; 0 (nothing) and 1 (pad) are read.");
            case "FDS" when value.Trim() != "0":
                throw MovieFormatException.At(name, number, "the movie is for a disk system game; movies of cartridges are read.");
            case "emuVersion":
                movie.EmulatorVersion = "FCEUX " + value.Trim();
                break;
            case "rerecordCount":
                movie.RerecordCount = long.TryParse(value, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out long count)
                    ? count
                    : throw MovieFormatException.At(name, number, $"rerecordCount is '{value}'; a whole number was expected.");
                break;
            case "palFlag":
                movie.IsPal = value.Trim() == "1";
                break;
            case "romFilename":
                movie.Rom.Name = value;
                break;
            case "romChecksum":
                const string base64 = "base64:";
                movie.Rom.Md5 = value.StartsWith(base64, StringComparison.Ordinal)
                    ? value.Substring(base64.Length).Trim()
                    : throw MovieFormatException.At(name, number, $"romChecksum is '{value}'; 'base64:' and an MD5 sum were expected.");
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
    }

    private static MovieFrame ReadFrame(string line, string name, int number)
    {
        string[] fields = line.Split('|');
        if (fields.Length < 4 || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out int commands))
        {
            throw MovieFormatException.At(name, number, $"'{line}' is not '|commands|{Letters}|{Letters}||'.");
        }

        if ((commands & ~(int)KnownCommands) != 0)
        {
            throw MovieFormatException.At(name, number, $"command {commands} is given; 1 (reset) and 2 (power) are known, disks and coins are not.");
        }

        return new MovieFrame(ReadPad(fields[2]), ReadPad(fields[3]), (MovieCommands)commands);

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
}
