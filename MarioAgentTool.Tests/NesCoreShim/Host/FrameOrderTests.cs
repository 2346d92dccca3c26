using BizHawk.Client.Common;
using NesCoreShim;
using NesCoreShim.Host;

namespace MarioAgentTool.Tests.Host;

/// <summary>The order of EmuHawk's frame, point by point.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FrameOrderTests : IDisposable
{
    private readonly HostedTrail _trail = new();
    private readonly ScribeTool _tool = new();

    public FrameOrderTests()
    {
        _trail.EmuHawk.OpenTool(_tool);
        _tool.Log.Clear();
    }

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    [Test]
    public void A_round_is_general_then_before_the_frame_then_after_it()
    {
        EmuHawk.Tick();
        EmuHawk.Tick();
        Assert.That(_tool.Log, Is.EqualTo(new[] { "General at 0", "PreFrame at 0", "PostFrame at 1", "General at 1", "PreFrame at 1", "PostFrame at 2" }));
    }

    [Test]
    public void Turbo_has_moments_of_its_own()
    {
        EmuHawk.IsTurbo = true;
        EmuHawk.Tick();
        Assert.That(_tool.Log, Is.EqualTo(new[] { "General at 0", "FastPreFrame at 0", "FastPostFrame at 1" }));
    }

    [Test]
    public void General_comes_while_paused_and_frames_do_not()
    {
        EmuHawk.IsPaused = true;
        EmuHawk.Tick();
        EmuHawk.Tick();
        Assert.That(_tool.Log, Is.EqualTo(new[] { "General at 0", "General at 0" }));
        EmuHawk.FrameAdvance();
        Assert.That(_tool.Log.Skip(2), Is.EqualTo(new[] { "PreFrame at 0", "PostFrame at 1" }));
    }

    [Test]
    public void A_seek_pauses_after_its_frame()
    {
        EmuHawk.IsPaused = true;
        EmuHawk.Apis.EmuClient.SeekFrame(3);
        Assert.That(EmuHawk.Apis.EmuClient.IsSeeking());
        _trail.Run(6);
        Assert.That(EmuHawk.Emulator.Frame, Is.EqualTo(3));
        Assert.That(EmuHawk.IsPaused);
    }

    [Test]
    public void What_is_set_before_the_frame_is_recorded_and_holds_for_that_frame_alone()
    {
        Record();
        _tool.Do[ToolFormUpdateType.PreFrame] = () =>
        {
            if (EmuHawk.Emulator.Frame == 1)
            {
                _tool.Joypad!.Set(new Dictionary<string, bool> { ["Right"] = true }, 1);
                _tool.Joypad.Set("P1 A", true);
            }
        };
        _trail.Run(3);
        Assert.That(Log(3), Is.EqualTo(new[] { "|..|........|", "|..|...R...A|", "|..|........|" }));
    }

    [Test]
    public void What_is_set_at_other_moments_is_dropped_before_the_frame()
    {
        Record();
        _tool.Do[ToolFormUpdateType.General] = () => _tool.Joypad!.Set("P1 Left", true);
        _tool.Do[ToolFormUpdateType.PostFrame] = () => _tool.Joypad!.Set("P1 Right", true);
        _trail.Run(2);
        Assert.That(Log(2), Is.All.EqualTo("|..|........|"));
    }

    [Test]
    public void Overrides_press_release_or_leave_the_user_alone()
    {
        Record();
        _tool.Do[ToolFormUpdateType.PreFrame] = () =>
        {
            _tool.Joypad!.Set("P1 A", true);
            _tool.Joypad.Set("P1 B", false);
            _tool.Joypad.Set("P1 Right", false);
            _tool.Joypad.Set("P1 Right", null);
            Assert.That(_tool.Joypad.Get(1)["A"], Is.True);
            Assert.That(_tool.Joypad.Get()["P1 B"], Is.False);
            Assert.That(_tool.Joypad.GetImmediate(1)["B"], Is.True);
        };
        _trail.Run(1, _ => JoypadButtons.B | JoypadButtons.Right);
        Assert.That(Log(1), Is.EqualTo(new[] { "|..|...R...A|" }));
        Assert.That(_tool.Joypad!.GetWithMovie(1)["A"], Is.True);
        Assert.That(_tool.Joypad.Get(1)["B"], Is.False, "until the next frame begins");
    }

    [Test]
    public void A_movie_that_plays_is_not_overridden()
    {
        string path = Record();
        _trail.Run(3, _ => JoypadButtons.Left);
        EmuHawk.Apis.Movie.Stop();
        _tool.Do[ToolFormUpdateType.PreFrame] = () => _tool.Joypad!.Set("P1 A", true);
        EmuHawk.PlayMovie(path);
        _trail.Run(1);
        Assert.That(EmuHawk.Apis.Joypad.GetWithMovie(1), Does.ContainKey("Left").WithValue(true).And.ContainKey("A").WithValue(false));
        _trail.Run(3);
        Assert.That(EmuHawk.Apis.Movie.Mode(), Is.EqualTo("FINISHED"));
        Assert.That(EmuHawk.Apis.Joypad.GetWithMovie(1)["A"], Is.True, "after its end the pads are heard again");
    }

    [Test]
    public void The_power_button_clears_ram_and_the_counter_goes_on()
    {
        _trail.Run(60);
        _tool.Do[ToolFormUpdateType.PreFrame] = () => _tool.Joypad!.Set(new Dictionary<string, bool> { ["Power"] = true });
        uint after = _trail.Run(1)[0];
        Assert.That(EmuHawk.Emulator.Frame, Is.EqualTo(61));
        using HostedTrail fresh = new();
        Assert.That(fresh.Run(1)[0], Is.EqualTo(after));
    }

    [TestCase("RebootCore")]
    [TestCase("LoadRom")]
    [TestCase("CloseRom")]
    [TestCase("StartNewMovie")]
    public void What_EmuHawk_cannot_do_in_a_callback_is_refused_there(string what)
    {
        Action act = what switch
        {
            "RebootCore" => EmuHawk.Apis.EmuClient.RebootCore,
            "LoadRom" => () => EmuHawk.LoadRom("x.nes", []),
            "CloseRom" => EmuHawk.Apis.EmuClient.CloseRom,
            _ => () => EmuHawk.StartNewMovie(_trail.NewMovie("a.bk2"), true),
        };
        _tool.Do[ToolFormUpdateType.PostFrame] = act;
        Assert.That(EmuHawk.Tick, Throws.InvalidOperationException.With.Message.StartWith(what));

        _tool.Do[ToolFormUpdateType.PostFrame] = () => EmuHawk.Post(act);
        EmuHawk.Tick();
        Assert.That(EmuHawk.Tick, Throws.Nothing);
    }

    [Test]
    public void Drawn_frames_are_one_of_so_many_plus_one()
    {
        _trail.Run(60);
        EmuHawk.FrameSkip = 3;
        int changes = 0;
        int[] last = [.. EmuHawk.ReadPicture().Argb];
        for (int i = 0; i < 80; i++)
        {
            _trail.Run(1, _ => HostedTrail.Romp(i));
            int[] now = [.. EmuHawk.ReadPicture().Argb];
            changes += now.AsSpan().SequenceEqual(last) ? 0 : 1;
            last = now;
        }

        Assert.That(changes, Is.InRange(1, 20));
    }

    public void Dispose() => _trail.Dispose();

    private string Record()
    {
        IMovie movie = _trail.NewMovie("a.bk2");
        EmuHawk.StartNewMovie(movie, newMovie: true);
        return movie.Filename;
    }

    private IEnumerable<string> Log(int frames) => Enumerable.Range(0, frames).Select(EmuHawk.Apis.Movie.GetInputAsMnemonic);
}
