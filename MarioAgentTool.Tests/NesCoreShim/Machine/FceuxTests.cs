using System.Diagnostics;
using System.Globalization;
using MarioAgentTool.Tests.Agent.Training;
using MarioAgentTool.Tests.Trail;
using NesCoreShim;
using NesCoreShim.Movies;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests;

/// <summary>
/// A second opinion: FCEUX plays the same movie on Trail, of random input or one that clears a stage, and its RAM is compared frame by frame.
/// <para>
/// Left out are frames that end while the program works, as when a stage is loaded: FCEUX's frame ends some lines away from ours,
/// and finds the work further on or further back. Left out, too, are bytes that nobody has written yet: what RAM holds at power-on
/// differs between emulators. They are known by running two consoles that were filled differently; and the
/// stack below the three bytes that an interrupt of <c>JMP *</c>, where Trail waits, pushes: the interrupts that count a loading screen's
/// frames leave there where they found the work.
/// </para>
/// </summary>
[NonParallelizable]
public sealed class FceuxTests
{
    private const int RandomFrames = 3_000, RamSize = 2_048;

    // What Trail leaves on its stack; its own variables lie below.
    private const int StackBottom = 0x1A4, StackTop = 0x1FC;

    // FCEUX's first vertical blank comes two frames after power-on, and its frames end a little before vertical blank
    // instead of in it: our RAM after n frames is FCEUX's after n + 2.
    private const int BootOffset = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(50);

    [Test]
    public void Random_input_on_Trail_leaves_the_same_RAM_in_FCEUX([Values(1, 2)] int seed)
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "random.fm2");
        MovieFile.Save(file, RandomMovie(seed));
        PlayOnBoth(folder.Path, file);
    }

    [Test]
    public void The_movies_clear_their_stages_in_FCEUX([Values("1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-4")] string stage)
    {
        using var folder = new TemporaryFolder();
        Nes console = PlayOnBoth(folder.Path, Path.Combine(TrailRebuildTests.SourceFolder(), "movies", stage + ".fm2"));
        int next = (stage[0] - '1') * 4 + stage[2] - '0';
        Assert.That(console.Ram[0x75F] * 4 + console.Ram[0x75C], Is.EqualTo(next % 8), "the stage after it, as the last frames were compared too");
        Assert.That(IsIdle(console), "the movie's last frame was compared");
    }

    /// <summary>Compares RAM after each frame of a movie file; returns our console at its end.</summary>
    private static Nes PlayOnBoth(string folder, string file)
    {
        string fceux = Find("fceux"), xvfb = Find("Xvfb");
        Movie movie = MovieFile.Load(file);
        int frames = movie.Frames.Count;
        byte[] theirs = PlayInFceux(fceux, xvfb, folder, TrailRom.Image.ToArray(), file, frames + BootOffset + 1);

        Cartridge cartridge = Cartridge.Load(TrailRom.Image, TrailRom.Name);
        Nes ours = new(cartridge), filled = new(cartridge, new NesOptions { RamPattern = PowerOnRam.Ones });
        int compared = 0, busy = 0;
        for (int frame = 1; frame <= frames; frame++)
        {
            JoypadButtons pad = movie.Frames[frame - 1].Pad1;
            ours.FrameAdvance(pad, render: false);
            filled.FrameAdvance(pad, render: false);
            if (!IsIdle(ours))
            {
                busy++;
                continue;
            }

            ReadOnlySpan<byte> their = theirs.AsSpan((frame + BootOffset) * RamSize, RamSize);
            for (int address = 0; address < RamSize; address++)
            {
                bool isCompared = ours.Ram[address] == filled.Ram[address] && address is (< StackBottom or > StackTop);
                compared += isCompared ? 1 : 0;
                if (isCompared && ours.Ram[address] != their[address])
                {
                    Assert.Fail($"Frame {frame}, ${address:X4}: {ours.Ram[address]:X2} here, {their[address]:X2} in FCEUX.");
                }
            }
        }

        TestContext.Out.WriteLine($"{frames - busy} frames, {compared} bytes equal; {busy} frames ended during work.");
        Assert.That(busy, Is.LessThan(frames / 40), "frames left out");
        Assert.That(compared, Is.GreaterThan(frames * 1_500), "bytes compared");
        return ours;
    }

    /// <summary>
    /// A program that is not ready for its first vertical blank by the time hardware shows it writes down both pads in every NMI.
    /// Reset and power are pressed on the way, and RAM begins as FCEUX fills it.
    /// </summary>
    [Test]
    public void A_slow_boot_meets_the_pads_where_FCEUX_does([Values(0, 1, 4)] int mapper, [Values] bool pal)
    {
        (byte[] image, int reset, int power) = (PadLogger(mapper), 300, 600);
        (Movie movie, byte[] theirs) = PlayInFceux(image, reset, power, pal: pal);
        Assert.That(FirstDifference(image, movie, theirs, movie.LikeFceux), Is.EqualTo(-1), "the frame from which on RAM differs");
        Assert.That(FirstDifference(image, movie, theirs, likeFceux: false), Is.InRange(0, 10), "as hardware boots, the pads come a frame early");
    }

    /// <summary>
    /// A program that waits in <c>BIT $2002, BPL</c> counts the vertical blanks it sees. On hardware a read just as one begins
    /// misses it; in FCEUX none does.
    /// </summary>
    [Test]
    public void A_program_that_polls_for_vertical_blank_sees_as_many_as_in_FCEUX([Values] bool withNmi)
    {
        byte[] image = BlankCounter(withNmi);
        (Movie movie, byte[] theirs) = PlayInFceux(image);
        Assert.That(FirstDifference(image, movie, theirs, movie.LikeFceux), Is.EqualTo(-1), "the frame from which on RAM differs");
        Assert.That(FirstDifference(image, movie, theirs, likeFceux: false), Is.Not.EqualTo(-1), "hardware has lost some");
    }

    /// <summary>
    /// A program that copies what the cartridge's RAM holds at power-on, from both ends of it.
    /// </summary>
    [TestCase(0, "0")]
    [TestCase(0, "1")]
    [TestCase(1, "0")]
    [TestCase(4, "1")]
    [TestCase(1, "3\nRAMInitSeed 1234")]
    [TestCase(4, "3\nRAMInitSeed -5")]
    public void The_cartridges_RAM_begins_as_in_FCEUX(int mapper, string option)
    {
        byte[] image = RamCopier(mapper);
        (Movie movie, byte[] theirs) = PlayInFceux(image, frames: 60, ramInitOption: option);
        Assert.That(FirstDifference(image, movie, theirs, movie.LikeFceux), Is.EqualTo(-1), "the frame from which on RAM differs");
        Assert.That(theirs[^RamSize..].AsSpan(0x500, 0x100).IndexOfAnyExcept((byte)0), Is.Not.EqualTo(-1), "something was copied");
    }

    private static (Movie Movie, byte[] Rows) PlayInFceux(byte[] image, int reset = -1, int power = -1, int frames = 900, string ramInitOption = "0", bool pal = false)
    {
        string fceux = Find("fceux"), xvfb = Find("Xvfb");
        using var folder = new TemporaryFolder();
        var written = new Movie { RamPattern = PowerOnRam.Fceux, LikeFceux = true, IsPal = pal, Rom = MovieRom.Of("program", image) };
        var random = new Random(1);
        for (int frame = 0; frame < frames; frame++)
        {
            MovieCommands commands = frame == reset ? MovieCommands.Reset : frame == power ? MovieCommands.Power : MovieCommands.None;
            written.Frames.Add(new MovieFrame((JoypadButtons)random.Next(256), (JoypadButtons)random.Next(256), commands));
        }

        string file = Path.Combine(folder.Path, "a.fm2");
        MovieFile.Save(file, written);
        File.WriteAllText(file, File.ReadAllText(file).Replace("RAMInitOption 0\n", $"RAMInitOption {ramInitOption}\n").Replace("emuVersion 20606", "emuVersion 20605"));
        byte[] rows = PlayInFceux(fceux, xvfb, folder.Path, image, file, frames + BootOffset + 4);
        Movie movie = MovieFile.Load(file);
        Assert.That(movie.Frames, Is.EqualTo(written.Frames));
        return (movie, rows);
    }

    private static int FirstDifference(byte[] image, Movie movie, byte[] theirs, bool likeFceux)
    {
        Cartridge cartridge = Cartridge.Load(image, "program");
        var ours = new Nes(cartridge, movie.ConsoleOptions(cartridge) with { LikeFceux = likeFceux, Region = movie.IsPal ? Region.Pal : Region.Ntsc });

        // FCEUX spends a frame on power-on and on every press of a button of the console's own.
        int row = BootOffset;
        for (int frame = 0; frame < movie.Frames.Count; frame++)
        {
            MovieFrame input = movie.Frames[frame];
            input.Press(ours);
            ours.FrameAdvance(input.Pad1, input.Pad2, render: false);
            row += input.Commands == MovieCommands.None ? 1 : 2;

            // What the stack's page holds below the idle loop's return address differs: FCEUX pushes nothing at reset.
            ReadOnlySpan<byte> their = theirs.AsSpan(row * RamSize, RamSize);
            if (!ours.Ram[..0x100].SequenceEqual(their[..0x100]) || !ours.Ram[0x200..].SequenceEqual(their[0x200..]))
            {
                return frame;
            }
        }

        return -1;
    }

    private static byte[] BlankCounter(bool withNmi)
    {
        var p = new ProgramBuilder();
        p.Emit(0x78, 0xD8, 0xA2, 0xFF, 0x9A, 0xA9, 0x00, 0x85, 0x10, 0x85, 0x11, 0x85, 0x12, 0x85, 0x13);
        if (withNmi)
        {
            p.Store(0x2000, 0x80);
        }

        int wait = p.Here;
        p.Emit(0x2C, 0x02, 0x20, 0x10, 0xFB, 0xE6, 0x10, 0xD0, 0xF7, 0xE6, 0x11, 0x4C, (byte)wait, (byte)(wait >> 8));

        // The NMI's own count.
        int nmi = p.Here;
        p.Emit(0xE6, 0x12, 0xD0, 0x02, 0xE6, 0x13, 0x40);
        p.Vector(0xFFFA, nmi);
        return p.Image();
    }

    private static byte[] RamCopier(int mapper)
    {
        var p = new ProgramBuilder();
        p.WarmUp();

        // LDX #0; LDA $6000,X; STA $0300,X; LDA $7F00,X; STA $0400,X; INX; BNE
        p.Emit(0xA2, 0x00, 0xBD, 0x00, 0x60, 0x9D, 0x00, 0x03, 0xBD, 0x00, 0x7F, 0x9D, 0x00, 0x04, 0xE8, 0xD0, 0xF1);
        foreach ((int from, byte to) in new[] { (0x0000, (byte)5), (0x0F00, (byte)6) })
        {
            // LDA $2007; LDX #0; LDA $2007; STA to,X; INX; BNE
            p.Store(0x2006, from >> 8).Store(0x2006, 0).Emit(0xAD, 0x07, 0x20, 0xA2, 0x00, 0xAD, 0x07, 0x20, 0x9D, 0x00, to, 0xE8, 0xD0, 0xF7);
        }

        byte[] image = p.Idle().Image()[..^8192];
        image[5] = 0;
        image[6] = (byte)(mapper << 4);
        return image;
    }

    private static byte[] PadLogger(int mapper)
    {
        var p = new ProgramBuilder();

        // Half a frame longer than hardware takes to its first vertical blank; then one is awaited.
        p.Emit(0x78, 0xD8, 0xA2, 0xFF, 0x9A, 0xA9, 0x00, 0x85, 0x11);
        p.Emit(0xA0, 0x20, 0xA2, 0x00, 0xCA, 0xD0, 0xFD, 0x88, 0xD0, 0xF8);
        p.Emit(0x2C, 0x02, 0x20, 0x10, 0xFB).Store(0x2000, 0x80).Idle();
        int nmi = p.Here;
        p.Store(0x4016, 1).Store(0x4016, 0);
        p.Emit(0xA2, 0x08, 0xAD, 0x16, 0x40, 0x4A, 0x26, 0x10, 0xCA, 0xD0, 0xF7);
        p.Emit(0xA2, 0x08, 0xAD, 0x17, 0x40, 0x4A, 0x26, 0x12, 0xCA, 0xD0, 0xF7);
        p.Emit(0xA6, 0x11, 0xA5, 0x10, 0x9D, 0x00, 0x03, 0xA5, 0x12, 0x9D, 0x00, 0x04, 0xE6, 0x11, 0x40);
        p.Vector(0xFFFA, nmi);
        byte[] image = p.Image();
        image[6] = (byte)(mapper << 4);
        return image;
    }

    /// <summary>Whether the program waits for the next interrupt: Trail does so in <c>JMP *</c>.</summary>
    private static bool IsIdle(Nes console)
    {
        ushort at = console.Cpu.Snapshot().Pc;
        return console.Peek(at) == 0x4C && (console.Peek((ushort)(at + 1)) | console.Peek((ushort)(at + 2)) << 8) == at;
    }

    /// <summary>Mostly to the right and often jumping, but for everything a pad can say.</summary>
    private static Movie RandomMovie(int seed)
    {
        var random = new Random(seed);
        var movie = new Movie { Rom = new MovieRom { Name = TrailRom.Name } };
        JoypadButtons pad = JoypadButtons.None;
        for (int frame = 0; frame < RandomFrames; frame++)
        {
            if (random.Next(6) == 0)
            {
                pad = random.Next(3) == 0 ? (JoypadButtons)random.Next(256) : JoypadButtons.Right | (JoypadButtons)(random.Next(256) & 3);
                pad &= random.Next(4) == 0 ? ~JoypadButtons.None : ~JoypadButtons.Start;
            }

            movie.Frames.Add(new MovieFrame(pad));
        }

        return movie;
    }

    /// <summary>RAM before FCEUX's first frame and after each one.</summary>
    private static byte[] PlayInFceux(string fceux, string xvfb, string folder, byte[] image, string fm2, int rows)
    {
        string rom = Path.Combine(folder, "rom.nes"), script = Path.Combine(folder, "dump.lua");
        string dump = Path.Combine(folder, "ram.bin");
        File.WriteAllBytes(rom, image);
        File.WriteAllText(script, $"""
            local out = io.open([[{dump}.part]], "wb")
            emu.speedmode("maximum")
            for i = 1, {rows} do
              out:write(memory.readbyterange(0, {RamSize}))
              emu.frameadvance()
            end
            out:close()
            os.rename([[{dump}.part]], [[{dump}]])
            os.exit(0)
            """);

        var timer = Stopwatch.StartNew();
        using Process screen = Start(xvfb, folder, display: null, "-displayfd", "1", "-screen", "0", "800x600x24", "-nolisten", "tcp");
        try
        {
            string? display = Wait(screen.StandardOutput.ReadLineAsync(), timer);
            if (string.IsNullOrEmpty(display))
            {
                Assert.Ignore($"{xvfb} gave no display within {Limit.TotalSeconds} s.");
            }

            using Process player = Start(fceux, folder, display: ":" + display, "--sound", "0", "--playmov", fm2, "--loadlua", script, rom);
            try
            {
                Task<string> output = player.StandardOutput.ReadToEndAsync();
                while (!File.Exists(dump) && !player.HasExited && timer.Elapsed < Limit)
                {
                    Thread.Sleep(50);
                }

                Assert.That(dump, Does.Exist, () => player.HasExited ? $"FCEUX ended with {player.ExitCode}: {output.Result}" : $"FCEUX was not done after {timer.Elapsed.TotalSeconds:0} s.");
            }
            finally
            {
                player.Kill(entireProcessTree: true);
                player.WaitForExit(5_000);
            }
        }
        finally
        {
            screen.Kill(entireProcessTree: true);
            screen.WaitForExit(5_000);
        }

        byte[] ram = File.ReadAllBytes(dump);
        Assert.That(ram, Has.Length.EqualTo(rows * RamSize));
        return ram;
    }

    private static string? Wait(Task<string?> line, Stopwatch timer)
    {
        TimeSpan left = Limit - timer.Elapsed;
        return left > TimeSpan.Zero && line.Wait(left) ? line.Result?.Trim() : null;
    }

    // The home folder is ours: nobody's configuration is read or changed.
    private static Process Start(string program, string home, string? display, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        start.Environment["HOME"] = start.Environment["XDG_RUNTIME_DIR"] = home;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(home, ".config");
        start.Environment["QT_QPA_PLATFORM"] = "xcb";
        start.Environment["DISPLAY"] = display;
        start.Environment.Remove("WAYLAND_DISPLAY");
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static string Find(string program)
    {
        string path = System.Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (string folder in path.Split(Path.PathSeparator).Append("/usr/games"))
        {
            string file = Path.Combine(folder, program);
            if (File.Exists(file))
            {
                return file;
            }
        }

        Assert.Ignore(string.Create(CultureInfo.InvariantCulture, $"{program} is on neither PATH nor /usr/games; Debian's packages fceux and xvfb have it."));
        return "";
    }
}
