using System.Drawing;
using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using NesCoreShim;
using NesCoreShim.Host;
using NesCoreShim.Movies;

namespace MarioAgentTool.Tests.Host;

/// <summary>ApiHawk over the headless core: memory, states, movies, drawing.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostApiTests : IDisposable
{
    private readonly HostedTrail _trail = new();

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    private ApiContainer Apis => EmuHawk.Apis;

    private IMemoryDomains Memory => (IMemoryDomains)EmuHawk.Emulator.ServiceProvider.GetService(typeof(IMemoryDomains));

    [TestCase("RAM", 0x800)]
    [TestCase("System Bus", 0x10000)]
    [TestCase("PPU Bus", 0x4000)]
    [TestCase("CIRAM (nametables)", 0x800)]
    [TestCase("PALRAM", 0x20)]
    [TestCase("OAM", 0x100)]
    [TestCase("PRG ROM", 0x8000)]
    [TestCase("CHR VROM", 0x2000)]
    public void A_memory_has_NesHawks_name_and_size(string name, int size)
    {
        Assert.That(Memory[name]?.Size, Is.EqualTo(size));
        Assert.That(Apis.Memory.GetMemoryDomainSize(name), Is.EqualTo(size));
    }

    [Test]
    public void Memories_show_one_machine_from_many_sides()
    {
        _trail.Run(120, HostedTrail.Romp);
        MemoryDomain bus = Memory.SystemBus, ppu = Memory["PPU Bus"];
        Assert.Multiple(() =>
        {
            for (int i = 0; i < 0x800; i++)
            {
                Assert.That(Memory.MainMemory.PeekByte(i), Is.EqualTo(bus.PeekByte(0x800 + i)), "work RAM appears four times");
            }

            Assert.That(Peek(Memory["PRG ROM"], 0, 0x8000), Is.EqualTo(Peek(bus, 0x8000, 0x8000)));
            Assert.That(Peek(Memory["CHR VROM"], 0, 0x2000), Is.EqualTo(Peek(ppu, 0, 0x2000)));
            Assert.That(Peek(Memory["PALRAM"], 1, 3), Is.EqualTo(Peek(ppu, 0x3F01, 3)));
            Assert.That(Peek(Memory["OAM"], 0, 256), Has.Some.Not.EqualTo(0));
        });
    }

    [Test]
    public void Memory_is_read_and_written_by_width()
    {
        IMemoryApi memory = Apis.Memory;
        memory.WriteU16(0x10, 0x1234);
        Assert.That(memory.ReadByte(0x10), Is.EqualTo(0x34));
        Assert.That(memory.ReadU16(0x10), Is.EqualTo(0x1234));
        memory.SetBigEndian();
        Assert.That(memory.ReadU16(0x10), Is.EqualTo(0x3412));
        memory.WriteByte(0x10, 0xFF, "System Bus");
        Assert.That(memory.ReadS8(0x10), Is.EqualTo(-1));
        Assert.That(memory.UseMemoryDomain("PRG ROM"));
        Assert.That(memory.ReadByte(0x7FFD), Is.EqualTo(Memory.SystemBus.PeekByte(0xFFFD)));
        memory.WriteByte(0, 1);
        Assert.That(EmuHawk.Messages.Last(), Is.EqualTo("Error: the domain PRG ROM is not writable"));
        Assert.That(memory.ReadByte(-1), Is.Zero);
        Assert.That(memory.UseMemoryDomain("no such"), Is.False);
    }

    [Test]
    public void A_core_state_in_memory_brings_machine_and_counter_back()
    {
        _trail.Run(80, HostedTrail.Romp);
        string id = Apis.MemorySaveState.SaveCoreStateToMemory();
        List<uint> once = _trail.Run(20, i => HostedTrail.Romp(80 + i));
        Apis.MemorySaveState.LoadCoreStateFromMemory(id);
        Assert.That(Apis.Emulation.FrameCount(), Is.EqualTo(80));
        Assert.That(_trail.Run(20, i => HostedTrail.Romp(80 + i)), Is.EqualTo(once));
        Apis.MemorySaveState.DeleteState(id);
        Assert.That(() => Apis.MemorySaveState.LoadCoreStateFromMemory(id), Throws.InvalidOperationException);
    }

    [Test]
    public void State_files_by_path_name_and_slot_bring_the_machine_back()
    {
        List<string> heard = [];
        Apis.EmuClient.StateSaved += (_, e) => heard.Add("saved " + e.Name);
        Apis.EmuClient.StateLoaded += (_, e) => heard.Add("loaded " + e.Name);
        string path = Path.Combine(_trail.Folder, "here.State");
        _trail.Run(30);
        ulong at30 = EmuHawk.Nes.StateHash();
        Apis.SaveState.Save(path);
        Apis.SaveState.SaveSlot(3);
        Apis.EmuClient.SaveState("mine");
        foreach (Func<bool> load in new Func<bool>[] { () => Apis.SaveState.Load(path), () => Apis.SaveState.LoadSlot(3), () => Apis.EmuClient.LoadState("mine") })
        {
            _trail.Run(5);
            Assert.That(load());
            Assert.That(EmuHawk.Nes.StateHash(), Is.EqualTo(at30));
            Assert.That(EmuHawk.Emulator.Frame, Is.EqualTo(30));
        }

        Assert.That(heard, Has.Exactly(3).StartsWith("saved").And.Exactly(3).StartsWith("loaded"));
        Assert.That(Apis.SaveState.Load(Path.Combine(_trail.Folder, "none.State")), Is.False);
        File.WriteAllText(path, "no zip");
        Assert.That(Apis.SaveState.Load(path), Is.False);
        Assert.That(EmuHawk.Nes.StateHash(), Is.EqualTo(at30));
    }

    [Test]
    public void A_tool_can_step_the_core_itself_and_no_tool_hears_of_it()
    {
        ScribeTool tool = new();
        EmuHawk.OpenTool(tool);
        tool.Log.Clear();
        IMovieController pad = EmuHawk.MovieSession.GenerateMovieController();
        for (int i = 0; i < 100; i++)
        {
            JoypadButtons held = HostedTrail.Romp(i);
            pad.SetBool("P1 Start", held == JoypadButtons.Start);
            pad.SetBool("P1 Right", held.HasFlag(JoypadButtons.Right));
            pad.SetBool("P1 B", held.HasFlag(JoypadButtons.B));
            pad.SetBool("P1 A", held.HasFlag(JoypadButtons.A));
            EmuHawk.Emulator.FrameAdvance(pad, render: false);
        }

        Assert.That(tool.Log, Is.Empty);
        using HostedTrail other = new();
        other.Run(100, HostedTrail.Romp);
        Assert.That(EmuHawk.Nes.StateHash(), Is.EqualTo(other.EmuHawk.Nes.StateHash()));
    }

    [TestCase(Bk2File.NesHawk)]
    [TestCase(Bk2File.QuickerNes)]
    public void A_recording_from_power_on_replays_to_the_same_ram(string core)
    {
        using HostedTrail trail = new(options => options.CoreName = core);
        trail.Run(25);
        IMovie movie = trail.NewMovie("power.bk2");
        movie.Author = "somebody";
        trail.EmuHawk.StartNewMovie(movie, newMovie: true);
        Assert.That(trail.EmuHawk.Emulator.Frame, Is.Zero);
        List<uint> recorded = trail.Run(300, HostedTrail.Romp);
        trail.EmuHawk.Apis.Movie.Stop();

        Movie file = MovieFile.Load(movie.Filename);
        Assert.That((file.Author, file.Core, file.Rom.Sha1, file.RerecordCount, file.Frames.Count), Is.EqualTo(("somebody", core, trail.EmuHawk.Game.Hash, 0L, 300)));
        Assert.That(trail.EmuHawk.Apis.Movie.PlayFromStart(movie.Filename));
        Assert.That(trail.Run(300), Is.EqualTo(recorded));
        Assert.That(trail.EmuHawk.Apis.Movie.Mode(), Is.EqualTo("FINISHED"));
    }

    [Test]
    public void A_recording_from_a_state_replays_to_the_same_ram()
    {
        _trail.Run(250, HostedTrail.Romp);
        IStatable states = (IStatable)EmuHawk.Emulator.ServiceProvider.GetService(typeof(IStatable));
        IMovie movie = _trail.NewMovie("state.bk2");
        movie.StartsFromSavestate = true;
        movie.BinarySavestate = states.CloneSavestate();
        EmuHawk.StartNewMovie(movie, newMovie: true);
        Assert.That(EmuHawk.Emulator.Frame, Is.Zero);
        List<uint> recorded = _trail.Run(150, i => HostedTrail.Romp(250 + i));
        EmuHawk.MovieSession.StopMovie();

        using HostedTrail other = new();
        Assert.That(other.EmuHawk.PlayMovie(movie.Filename));
        Assert.That(other.EmuHawk.Apis.Movie.StartsFromSavestate());
        Assert.That(other.Run(150), Is.EqualTo(recorded));
        using HostedTrail fromPowerOn = new();
        Assert.That(fromPowerOn.Run(150, i => HostedTrail.Romp(250 + i)), Is.Not.EqualTo(recorded), "it began at the state and not at power-on");
    }

    [Test]
    public void A_state_file_takes_a_recording_back_and_counts()
    {
        IMovie movie = _trail.NewMovie("a.bk2");
        EmuHawk.StartNewMovie(movie, newMovie: true);
        _trail.Run(10);
        string path = Path.Combine(_trail.Folder, "at10.State");
        Apis.SaveState.Save(path);
        string inMemory = Apis.MemorySaveState.SaveCoreStateToMemory();
        _trail.Run(10, _ => JoypadButtons.A);

        Assert.That(Apis.SaveState.Load(path));
        Assert.That((Apis.Movie.Length(), Apis.Movie.GetRerecordCount()), Is.EqualTo((10, 1UL)));
        _trail.Run(5, _ => JoypadButtons.B);
        Apis.MemorySaveState.LoadCoreStateFromMemory(inMemory);
        Assert.That((Apis.Movie.Length(), Apis.Movie.GetRerecordCount()), Is.EqualTo((15, 1UL)), "a state in memory neither cuts nor counts");
        _trail.Run(1, _ => JoypadButtons.Left);
        Assert.That((Apis.Movie.Length(), Apis.Movie.GetInputAsMnemonic(10)), Is.EqualTo((11, "|..|..L.....|")), "what is recorded cuts what came after");

        Apis.Movie.SetRerecordCounting(false);
        Assert.That(Apis.SaveState.Load(path));
        Apis.Movie.Stop();
        Assert.That(MovieFile.Load(movie.Filename).RerecordCount, Is.EqualTo(1));
    }

    [Test]
    public void A_read_only_movie_takes_states_of_its_own_course_alone()
    {
        IMovie movie = _trail.NewMovie("a.bk2");
        EmuHawk.StartNewMovie(movie, newMovie: true);
        _trail.Run(10);
        string its = Path.Combine(_trail.Folder, "its.State"), other = Path.Combine(_trail.Folder, "other.State"), none = Path.Combine(_trail.Folder, "none.State");
        Apis.SaveState.Save(its);
        _trail.Run(10);
        Apis.Movie.Stop();
        Apis.SaveState.Save(none);
        EmuHawk.StartNewMovie(_trail.NewMovie("b.bk2"), newMovie: true);
        _trail.Run(4, _ => JoypadButtons.A);
        Apis.SaveState.Save(other);

        EmuHawk.PlayMovie(movie.Filename);
        Apis.Movie.SetReadOnly(true);
        _trail.Run(15);
        Assert.That(Apis.SaveState.Load(other), Is.False);
        Assert.That(Apis.SaveState.Load(none), Is.False);
        Assert.That(EmuHawk.Emulator.Frame, Is.EqualTo(15));
        Assert.That(Apis.SaveState.Load(its));
        Assert.That((Apis.Movie.Mode(), Apis.Movie.Length(), EmuHawk.Emulator.Frame), Is.EqualTo(("PLAY", 20, 10)));
    }

    [Test]
    public void A_recording_that_is_thrown_away_leaves_no_file()
    {
        IMovie movie = _trail.NewMovie("a.bk2");
        EmuHawk.StartNewMovie(movie, newMovie: true);
        _trail.Run(3);
        Apis.Movie.Stop(saveChanges: false);
        Assert.That(movie.Filename, Does.Not.Exist);
        Assert.That(Apis.Movie.Mode(), Is.EqualTo("INACTIVE"));
    }

    [Test]
    public void Drawings_last_one_frame_and_land_on_their_surface()
    {
        IGuiApi gui = Apis.Gui;
        gui.DrawBox(2, 3, 5, 6, Color.Red, Color.FromArgb(128, 0, 0, 255));
        gui.WithSurface(DisplaySurfaceID.Client, g => g.PixelText(1, 1, "HI", Color.White, Color.Black));
        gui.DrawLine(0, 0, 0, 2, Color.Lime);
        Assert.That(EmuHawk.Drawings(DisplaySurfaceID.EmuCore).Select(d => d.ToString()), Is.EqualTo(new[] { "Box 2,3 5,6", "Line 0,0 0,2" }));
        Assert.That(EmuHawk.Drawings(DisplaySurfaceID.Client).Single().Text, Is.EqualTo("HI"));

        Picture window = EmuHawk.ReadWindow();
        Assert.That((window.Width, window.Height), Is.EqualTo((512, 448)));
        Assert.That(At(window, 4, 6), Is.EqualTo(Color.Red.ToArgb()), "core pixels are two window pixels wide");
        Assert.That(At(window, 11, 13), Is.EqualTo(Color.Red.ToArgb()));
        Assert.That(Color.FromArgb(At(window, 8, 8)).B, Is.GreaterThanOrEqualTo(127), "half transparent");
        Assert.That(At(window, 1, 1), Is.EqualTo(Color.White.ToArgb()), "the H begins");

        EmuHawk.Tick();
        Assert.That(EmuHawk.Drawings(DisplaySurfaceID.EmuCore), Is.Empty);

        static int At(Picture picture, int x, int y) => picture.Argb[y * picture.Width + x];
    }

    [Test]
    public void Every_shape_is_drawn_and_shapes_beyond_the_edge_are_cut()
    {
        IGuiApi gui = Apis.Gui;
        Action[] shapes =
        [
            () => gui.DrawEllipse(20, 20, 30, 16, Color.White, Color.Blue),
            () => gui.DrawPolygon([new(100, 20), new(140, 20), new(120, 60)], Color.White, Color.Green),
            () => gui.DrawRectangle(-10, -10, 30, 30, Color.Red),
            () => gui.DrawAxis(250, 220, 20, Color.Yellow),
            () => gui.DrawPixel(200, 100, Color.Magenta),
            () => gui.DrawString(10, 120, "The quick brown fox, 42%", Color.White),
            () => gui.DrawText(240, 150, "over the edge", Color.White),
            () => gui.Text(4, 4, "corner", Color.White, "bottomright"),
        ];
        int[] plain = [.. EmuHawk.ReadWindow().Argb];
        foreach (Action draw in shapes)
        {
            gui.ClearGraphics(DisplaySurfaceID.EmuCore);
            gui.ClearText();
            draw();
            Assert.That(EmuHawk.ReadWindow().Argb, Is.Not.EqualTo(plain));
        }

        Array.ForEach(shapes, draw => draw());
        Assert.That(() => EmuHawk.ReadWindow(), Throws.Nothing);
    }

    [Test]
    public void A_screenshot_is_a_png_of_the_picture()
    {
        _trail.Run(60);
        string path = Path.Combine(_trail.Folder, "shot.png");
        Apis.EmuClient.Screenshot(path);
        byte[] png = File.ReadAllBytes(path);
        Assert.That(png.AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }));
        Assert.That(png.AsSpan(16, 8).ToArray(), Is.EqualTo(new byte[] { 0, 0, 1, 0, 0, 0, 0, 224 }));
        Assert.That(Unpacked(png), Is.EqualTo(EmuHawk.ReadPicture().Argb));
    }

    [Test]
    public void Sound_is_there_when_asked_for()
    {
        using HostedTrail trail = new(options => options.WithSound = true);
        ISoundProvider sound = (ISoundProvider)trail.EmuHawk.Emulator.ServiceProvider.GetService(typeof(ISoundProvider));
        trail.Run(1);
        sound.GetSamplesSync(out short[] samples, out int count);
        Assert.That(count, Is.InRange(700, 780));
        Assert.That(samples, Has.Length.GreaterThanOrEqualTo(2 * count));
        trail.Run(1);
        sound.DiscardSamples();
        sound.GetSamplesSync(out _, out count);
        Assert.That(count, Is.Zero);
    }

    [Test]
    public void What_is_no_game_is_refused_with_a_message_and_the_old_one_goes_on()
    {
        IEmulator before = EmuHawk.Emulator;
        Assert.That(EmuHawk.LoadRom("x.nes", [1, 2, 3]), Is.False);
        Assert.That(EmuHawk.LoadRom("/no/such/file.nes"), Is.False);
        Assert.That(EmuHawk.Messages, Has.Count.EqualTo(2));
        Assert.That(EmuHawk.Emulator, Is.SameAs(before));
    }

    public void Dispose() => _trail.Dispose();

    private static byte[] Peek(MemoryDomain memory, int from, int count) => [.. Enumerable.Range(from, count).Select(a => memory.PeekByte(a))];

    // One IDAT chunk after the 33 bytes of signature and header; rows without filter.
    private static int[] Unpacked(byte[] png)
    {
        using System.IO.Compression.ZLibStream stream = new(new MemoryStream(png, 41, png.Length - 41), System.IO.Compression.CompressionMode.Decompress);
        using MemoryStream rows = new();
        stream.CopyTo(rows);
        byte[] bytes = rows.ToArray();
        int stride = 1 + 256 * 3;
        return [.. Enumerable.Range(0, 256 * 224).Select(i => i / 256 * stride + 1 + i % 256 * 3).Select(at => 0xFF << 24 | bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2])];
    }
}
