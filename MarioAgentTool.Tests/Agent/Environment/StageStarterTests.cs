using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

public class StageStarterTests
{
    private bool _startWasUp;

    [Test]
    public void Start_is_pressed_on_alternate_frames_of_the_title_and_never_after()
    {
        var host = BootingHost();
        var start = Run(new StageStarter(), host);
        int begun = start.InputsFromPowerOn.ToList().LastIndexOf(Buttons.Start);
        Assert.That(start.InputsFromPowerOn, Has.Length.EqualTo(begun + 1 + 30), "the card stays 30 frames");
        for (int frame = 1; frame <= begun; frame++)
        {
            Assert.That(start.InputsFromPowerOn[frame] == Buttons.Start, Is.Not.EqualTo(start.InputsFromPowerOn[frame - 1] == Buttons.Start), $"frame {frame}");
        }
    }

    [Test]
    public void Stage_1_1_is_reached_without_a_write() 
    {
        var host = BootingHost();
        var start = Run(new StageStarter(), host);
        Assert.That(host.Writes, Is.Empty);
        Assert.That(start.InputsFromPowerOn, Is.EqualTo(host.Inputs));
    }

    [TestCase(1, 1, 0)]
    [TestCase(1, 2, 2, Description = "past the walk into the pipe")]
    [TestCase(2, 3, 3)]
    [TestCase(3, 2, 1)]
    [TestCase(4, 4, 4)]
    [TestCase(7, 1, 0)]
    [TestCase(8, 4, 3)]
    public void Areas_are_stages_except_where_a_pipe_opens_the_second(int world, int stage, int area) =>
        Assert.That(new StageId(world, stage).AreaIndex, Is.EqualTo(area));

    [Test]
    public void Another_stage_is_written_where_the_title_screen_reads_it()
    {
        var host = BootingHost();
        Run(new StageStarter(4, 2), host);
        Assert.That((host.Ram.Frame.World, host.Ram.Frame.Stage, host.Ram.Frame.Area), Is.EqualTo((4, 2, 3)));
    }

    [Test]
    public void A_rom_that_never_leaves_its_title_is_named_as_such()
    {
        var host = new FakeHost((_, _, _) => { }) { Ram = { Mode = OperatingMode.Title } };
        Assert.That(() => Run(new StageStarter(frameLimit: 100), host),
            Throws.TypeOf<StageStartException>().With.Message.Contains("100 frames").And.Message.Contains("$0770").And.Message.Contains("SMB-like"));
    }

    [Test]
    public void Another_game_altogether_is_named_as_such()
    {
        var host = new FakeHost((_, _, _) => { });
        host.Ram.Bytes[RamMap.OperatingMode] = 0x77;
        Assert.That(() => Run(new StageStarter(frameLimit: 10), host),
            Throws.TypeOf<StageStartException>().With.Message.Contains("119").And.Message.Contains("SMB-like"));
    }

    [Test]
    public void A_rom_that_ignores_the_wanted_stage_is_named_as_such()
    {
        var host = BootingHost(takesStage: false);
        Assert.That(() => Run(new StageStarter(8, 1), host), Throws.TypeOf<StageStartException>().With.Message.Contains("1-1 instead of 8-1"));
    }

    [Test]
    public void Stages_that_do_not_exist_are_refused() => Assert.That(() => new StageStarter(9, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("9-1"));

    private static StartState Run(Starter starter, FakeHost host)
    {
        while (!starter.IsStarted)
        {
            host.FrameAdvance(starter.Buttons, render: false);
            starter.AfterFrame(host);
        }

        return starter.Finish(host);
    }

    /// <summary>20 frames of darkness, a title that hears Start when it was up the frame before, a card of 30 frames, play.</summary>
    private FakeHost BootingHost(bool takesStage = true)
    {
        int started = 0;
        _startWasUp = false;
        return new FakeHost((ram, buttons, frame) =>
        {
            if (started == 0 && frame > 20 && _startWasUp && buttons == Buttons.Start)
            {
                started = frame;
                ram.Mode = OperatingMode.Game;
                if (!takesStage)
                {
                    ram.Bytes[RamMap.World] = ram.Bytes[RamMap.Stage] = 0;
                }
            }

            ram.Bytes[RamMap.ModeTask] = (byte)(started > 0 && frame >= started + 30 ? 3 : 1);
            _startWasUp = buttons != Buttons.Start;
        })
        {
            Ram = { Mode = OperatingMode.Title },
        };
    }
}
