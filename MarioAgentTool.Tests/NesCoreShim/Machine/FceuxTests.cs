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
        byte[] theirs = PlayInFceux(fceux, xvfb, folder, file, frames);

        Cartridge cartridge = Cartridge.Load(TrailRom.Image, TrailRom.Name);
        Nes ours = new(cartridge), filled = new(cartridge, new NesOptions { RamFill = 0xFF });
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
    private static byte[] PlayInFceux(string fceux, string xvfb, string folder, string fm2, int frames)
    {
        string rom = Path.Combine(folder, "Trail.nes"), script = Path.Combine(folder, "dump.lua");
        string dump = Path.Combine(folder, "ram.bin");
        File.WriteAllBytes(rom, TrailRom.Image.ToArray());
        int rows = frames + BootOffset + 1;
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
