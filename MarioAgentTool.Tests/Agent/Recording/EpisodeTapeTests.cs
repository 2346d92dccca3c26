using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Recording;

namespace MarioAgentTool.Tests.Agent.Recording;

public class EpisodeTapeTests
{
    [Test]
    public void A_tape_leads_from_power_on_through_the_start_into_the_episode()
    {
        var start = new StartState([], [Buttons.None, Buttons.Start]);

        EpisodeTape tape = EpisodeTape.Join(start, [Buttons.Right, Buttons.A], "two frames");

        Assert.That(tape.Inputs, Is.EqualTo(new[] { Buttons.None, Buttons.Start, Buttons.Right, Buttons.A }));
        Assert.That(tape.EpisodeStart, Is.EqualTo(2));
    }
}
