using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace NesCoreShim.Movies;

/// <summary>
/// BizHawk's movie: a zip of a header, the core's sync settings and a text log. https://tasvideos.org/Bizhawk/BK2Format
/// Header and log are all that BizHawk needs to play one.
/// </summary>
public static class Bk2File
{
    /// <summary>BizHawk's cycle-exact core.</summary>
    public const string NesHawk = "NesHawk";

    /// <summary>BizHawk's fast core, its default for NES since 2.10.</summary>
    public const string QuickerNes = "quickerNES";

    // An hour of play is 5 MB of log. Whatever claims to be a movie and unpacks to more than this is not one.
    private const int LogLimit = 64 << 20;
    private const int TextLimit = 1 << 20;
    private const int StateLimit = 1 << 20;

    private const string HeaderEntry = "Header.txt", SyncEntry = "SyncSettings.json", LogEntry = "Input Log.txt",
        CommentsEntry = "Comments.txt", SubtitlesEntry = "Subtitles.txt", RamPatternKey = "\"InitialWRamStatePattern\":[",
        ContainerEntry = "BizState 1.0", StateEntry = "Core.bin";

    // One fixed moment, so that the same movie is the same file. It is the earliest a zip can hold.
    private static readonly DateTimeOffset s_zipEpoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a movie; the stream stays open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">What messages call it.</param>
    public static Movie Read(Stream stream, string name)
    {
        try
        {
            using ZipArchive zip = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            Movie movie = new();
            ReadHeader(movie, Required(HeaderEntry, TextLimit), $"{name}: {HeaderEntry}");
            movie.SyncSettings = Optional(SyncEntry)?.Trim();
            movie.RamPattern = ReadRamPattern(movie, $"{name}: {SyncEntry}");
            foreach (string line in Lines(Optional(CommentsEntry)))
            {
                movie.Comments.Add(line);
            }

            ReadSubtitles(movie, Optional(SubtitlesEntry), $"{name}: {SubtitlesEntry}");
            ReadLog(movie, Required(LogEntry, LogLimit), $"{name}: {LogEntry}");
            movie.StartState = movie.Start == MovieStart.Savestate ? ReadState(zip, Optional(ContainerEntry), name) : null;
            return movie;

            string Required(string entry, int limit) => Unpack(zip, entry, limit, name)
                ?? throw new MovieFormatException($"{name}: the archive has no '{entry}'; a .bk2 needs '{HeaderEntry}' and '{LogEntry}'.");

            string? Optional(string entry) => Unpack(zip, entry, TextLimit, name);
        }
        catch (InvalidDataException e)
        {
            throw new MovieFormatException($"{name}: not a zip archive, or a damaged one ({e.Message}); a .bk2 is a zip.", e);
        }
    }

    /// <summary>Writes a movie; the stream stays open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="movie">The movie.</param>
    /// <param name="name">What messages call the file.</param>
    /// <param name="core">
    /// The core BizHawk shall play it on. Left out, it is the one the movie was recorded on, else NesHawk: a log made on
    /// another emulator is best judged by the cycle-exact core, and NesHawk runs every board that quickerNES runs and more.
    /// </param>
    public static void Write(Stream stream, Movie movie, string name, string? core = null)
    {
        core ??= movie.Core ?? NesHawk;
        if (core is not (NesHawk or QuickerNes))
        {
            throw new MovieFormatException($"{name}: the core is '{core}'; movies are written for '{NesHawk}' and '{QuickerNes}'.");
        }

        if (movie.Start == MovieStart.SaveRam || (movie.Start == MovieStart.Savestate && movie.StartState is null))
        {
            throw new MovieFormatException($"{name}: the movie starts from {movie.Start}, and what it starts from cannot be carried over; only movies from power-on, or with their state, are written.");
        }

        using ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Pack(zip, HeaderEntry, Header(movie, core));
        if (movie.Comments.Count > 0)
        {
            Pack(zip, CommentsEntry, string.Concat(movie.Comments.Select(line => OneLine(line) + "\n")));
        }

        if (movie.Subtitles.Count > 0)
        {
            // subtitle <frame> <x> <y> <duration in frames> <ARGB> <text>
            Pack(zip, SubtitlesEntry, string.Concat(movie.Subtitles.Select(s => FormattableString.Invariant($"subtitle {s.Frame} 0 0 120 FFFFFFFF {OneLine(s.Text)}\n"))));
        }

        bool ownSettings = movie.SyncSettings is not null && core == movie.Core;
        Pack(zip, SyncEntry, (ownSettings ? movie.SyncSettings! : DefaultSyncSettings(core, movie)) + "\n");

        // Kept settings may have pad 2 plugged in although nobody touched it; the log's groups must match what is plugged in.
        bool withPad2 = movie.UsesPad2 || (ownSettings && HasPad2(movie.SyncSettings!));
        Bk2LogKey key = Bk2LogKey.For(core, withPad2);
        StringBuilder log = new("[Input]\n");
        log.Append("LogKey:").Append(key).Append('\n');
        foreach (MovieFrame frame in movie.Frames)
        {
            log.Append(key.Write(frame)).Append('\n');
        }

        Pack(zip, LogEntry, log.Append("[/Input]\n").ToString());
        if (movie.Start == MovieStart.Savestate)
        {
            // Without the entry "BizState 1.0" a reader takes binary entries as they are.
            Pack(zip, StateEntry, movie.StartState!);
        }
    }

    private static string Header(Movie movie, string core)
    {
        StringBuilder header = new();
        Add("MovieVersion", "BizHawk v2.0.0");
        Add("Author", movie.Author);
        Add("emuVersion", movie.EmulatorVersion);
        Add("Platform", "NES");
        Add("GameName", movie.Rom.Name);
        Add("SHA1", movie.Rom.Sha1 ?? "");
        Add("Core", core);
        if (movie.IsPal)
        {
            Add("PAL", "1");
        }

        if (movie.Start == MovieStart.Savestate)
        {
            Add("StartsFromSavestate", "True");
        }

        // BizHawk leaves the count out while it is 0.
        if (movie.RerecordCount > 0)
        {
            Add("rerecordCount", movie.RerecordCount.ToString(CultureInfo.InvariantCulture));
        }

        return header.ToString();

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                header.Append(key).Append(' ').Append(OneLine(value)).Append('\n');
            }
        }
    }

    private static void ReadHeader(Movie movie, string text, string where)
    {
        int number = 0;
        foreach (string line in Lines(text))
        {
            number++;
            int space = line.IndexOf(' ');
            string key = space < 0 ? line : line.Substring(0, space);
            string value = space < 0 ? "" : line.Substring(space + 1).Trim();
            switch (key)
            {
                case "Platform" when value != "NES":
                    throw MovieFormatException.At(where, number, $"the platform is '{value}'; only movies of 'NES' are read.");
                case "Author":
                    movie.Author = value;
                    break;
                case "emuVersion":
                    movie.EmulatorVersion = value;
                    break;
                case "GameName":
                    movie.Rom.Name = value;
                    break;
                case "SHA1":
                    movie.Rom.Sha1 = value;
                    break;
                case "Core":
                    movie.Core = value;
                    break;
                case "PAL":
                    movie.IsPal = IsTrue(value);
                    break;
                case "rerecordCount":
                    movie.RerecordCount = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                        ? count
                        : throw MovieFormatException.At(where, number, $"rerecordCount is '{value}'; a whole number was expected.");
                    break;
                case "StartsFromSavestate" when IsTrue(value):
                    movie.Start = MovieStart.Savestate;
                    break;
                case "StartsFromSaveRam" when IsTrue(value):
                    movie.Start = MovieStart.SaveRam;
                    break;
            }
        }

        static bool IsTrue(string value) => value == "1" || value.Equals("true", StringComparison.OrdinalIgnoreCase);
    }

    private static void ReadLog(Movie movie, string text, string where)
    {
        Bk2LogKey? key = null;
        int number = 0;
        foreach (string line in Lines(text))
        {
            number++;
            if (line.StartsWith("LogKey:", StringComparison.Ordinal))
            {
                key = Bk2LogKey.Parse(line.Substring("LogKey:".Length));
            }
            else if (line.StartsWith("|", StringComparison.Ordinal))
            {
                if (key is null)
                {
                    throw MovieFormatException.At(where, number, $"'{line}' comes before any 'LogKey:' line, so nobody knows what its columns mean.");
                }

                try
                {
                    movie.Frames.Add(key.Read(line));
                }
                catch (FormatException e)
                {
                    throw MovieFormatException.At(where, number, e.Message);
                }
            }
        }
    }

    private static void ReadSubtitles(Movie movie, string? text, string where)
    {
        int number = 0;
        foreach (string line in Lines(text))
        {
            number++;
            if (line.Trim().Length == 0)
            {
                continue;
            }

            string[] parts = line.Split([' '], 7);
            if (parts.Length < 7 || parts[0] != "subtitle" || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int frame))
            {
                throw MovieFormatException.At(where, number, $"'{line}' is not 'subtitle <frame> <x> <y> <duration> <ARGB> <text>'.");
            }

            movie.Subtitles.Add(new MovieSubtitle(frame, parts[6]));
        }
    }

    // What BizHawk writes for its defaults, with the second port plugged in where it is used. Settings that are left out
    // (the VS System's switches) take the core's default. NesHawk's region (1 NTSC, 2 PAL) is the movie's: by default it is
    // the cartridge's, and a European cartridge filmed at NTSC speed would be played at 50 Hz. quickerNES knows NTSC alone.
    private static string DefaultSyncSettings(string core, Movie movie) => core == QuickerNes
        ? """{"o":{"$type":"BizHawk.Emulation.Cores.Consoles.Nintendo.QuickNES.QuickNES+QuickNESSyncSettings, BizHawk.Emulation.Cores","Port1":1,"Port2":""" + (movie.UsesPad2 ? 1 : 0) + "}}"
        : """{"o":{"$type":"BizHawk.Emulation.Cores.Nintendo.NES.NES+NESSyncSettings, BizHawk.Emulation.Cores","BoardProperties":{},"RegionOverride":""" + (movie.IsPal ? 2 : 1) + ""","Controls":{"Famicom":false,"NesLeftPort":"ControllerNES","NesRightPort":""" + '"'
            + (movie.UsesPad2 ? "ControllerNES" : "UnpluggedNES") + '"' + ""","FamicomExpPort":"UnpluggedFam"},"InitialWRamStatePattern":[""" + RamPatternOf(movie) + "]}}";

    // NesHawk's settings may name a filling of work RAM; quickerNES has one of its own.
    private static ReadOnlyMemory<byte> ReadRamPattern(Movie movie, string where)
    {
        if (movie.Core is QuickerNes or "QuickNes")
        {
            return PowerOnRam.QuickerNes;
        }

        string settings = movie.SyncSettings ?? "";
        int start = settings.IndexOf(RamPatternKey, StringComparison.Ordinal);
        int end = start < 0 ? -1 : settings.IndexOf(']', start);
        if (end < 0)
        {
            return PowerOnRam.Fceux;
        }

        start += RamPatternKey.Length;
        string[] numbers = settings.Substring(start, end - start).Split([',', ' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        byte[] pattern = [.. numbers.Select(number => byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out byte value)
            ? value
            : throw new MovieFormatException($"{where}: the RAM pattern holds '{number}'; bytes in decimal were expected."))];
        return pattern.Length == 0 ? PowerOnRam.Fceux : pattern;
    }

    private static string RamPatternOf(Movie movie) =>
        PowerOnRam.Same(movie.RamPattern, PowerOnRam.Fceux) ? ""
        : movie.RamPattern.IsEmpty ? "0"
        : string.Join(",", movie.RamPattern.ToArray().Select(value => value.ToString(CultureInfo.InvariantCulture)));

    private static bool HasPad2(string syncSettings) => syncSettings.Contains("\"NesRightPort\":\"ControllerNES\"") || syncSettings.Contains("\"Port2\":1");

    private static string? Unpack(ZipArchive zip, string entry, int limit, string name)
    {
        if (zip.GetEntry(entry) is not { } found)
        {
            return null;
        }

        // The size an archive declares is a claim; what counts is what comes out.
        using Stream unpacked = found.Open();
        return BoundedText.Read(unpacked, limit, $"{name}: {entry}");
    }

    // Containers of version 2 hold binary entries as Zstandard, which .NET cannot read; earlier ones hold them as they are.
    private static byte[]? ReadState(ZipArchive zip, string? container, string name)
    {
        if (container?.Trim() == "2" || zip.GetEntry(StateEntry) is not { } entry)
        {
            return null;
        }

        using Stream unpacked = entry.Open();
        using MemoryStream state = new();
        byte[] chunk = new byte[1 << 14];
        int read;
        while ((read = unpacked.Read(chunk, 0, chunk.Length)) > 0)
        {
            if (state.Length + read > StateLimit)
            {
                throw new MovieFormatException($"{name}: {StateEntry} unpacks to more than {StateLimit} bytes; no state of a NES is that large.");
            }

            state.Write(chunk, 0, read);
        }

        return state.ToArray();
    }

    private static void Pack(ZipArchive zip, string entry, string text) => Pack(zip, entry, Encoding.UTF8.GetBytes(text));

    private static void Pack(ZipArchive zip, string entry, byte[] bytes)
    {
        ZipArchiveEntry created = zip.CreateEntry(entry, CompressionLevel.Optimal);
        created.LastWriteTime = s_zipEpoch;
        using Stream packed = created.Open();
        packed.Write(bytes, 0, bytes.Length);
    }

    private static IEnumerable<string> Lines(string? text) => BoundedText.Lines(text ?? "");

    private static string OneLine(string value) => value.Replace('\r', ' ').Replace('\n', ' ');
}
