using MarioAgentTool.Environment;
using MarioAgentTool.Support;

namespace MarioAgentTool.Tests.Agent.Environment;

public class GameSessionPictureTests
{
    private static readonly EnvironmentSettings Pixels = new() { NoOpStarts = 0, Observation = ObservationKind.Pixels };

    [Test]
    public void Only_the_frames_that_will_be_looked_at_are_rendered()
    {
        var (session, host) = Open(Pixels);
        session.Play(host, 1);
        session.Play(host, 1);
        Assert.That(host.Rendered, Is.EqualTo(new[] { 1, 5, 9 }), "the frame that shows the start, and each step's last");
    }

    [Test]
    public void The_brighter_of_two_needs_two()
    {
        var (session, host) = Open(Pixels with { Pixels = new() { MaxOfTwo = true } });
        session.Play(host, 1);
        Assert.That(host.Rendered, Is.EqualTo(new[] { 1, 2, 5, 6 }));
    }

    [Test]
    public void Tiles_need_no_picture()
    {
        var (session, host) = Open(Pixels with { Observation = ObservationKind.Tiles });
        session.Play(host, 1);
        Assert.That(host.Rendered, Is.Empty);
        Assert.That(host.ScreensRead, Is.Zero);
    }

    [Test]
    public void The_first_picture_stands_for_those_before_it()
    {
        var (session, host) = Open(Pixels);
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(1), Grey(1), Grey(1), Grey(1) }));
        session.Play(host, 1);
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(1), Grey(1), Grey(1), Grey(5) }), "oldest first");
        session.Play(host, 1);
        session.Play(host, 1);
        session.Play(host, 1);
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(5), Grey(9), Grey(13), Grey(17) }));
    }

    [Test]
    public void Notebook_002_stacks_the_four_frames_of_one_action()
    {
        var (session, host) = Open(Pixels with { Pixels = new() { EachFrame = true, Size = 96 } });
        session.Play(host, 1);
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(2), Grey(3), Grey(4), Grey(5) }));
        Assert.That(session.ObservationSpec.Length, Is.EqualTo(4 * 96 * 96));
    }

    [Test]
    public void A_new_episode_does_not_remember_the_old_ones_pictures()
    {
        var host = GameSessionTests.DyingHost(atFrame: 7);
        var session = new GameSession(Pixels, host.Start(), new RandomStream(1));
        session.Open(host);
        session.Play(host, 1);
        session.Play(host, 1);
        Assert.That(session.Step.End, Is.EqualTo(EpisodeEnd.Hit));
        Assert.That(Greys(session), Is.EqualTo(new[] { Grey(1), Grey(1), Grey(1), Grey(1) }));
        Assert.That(session.FinalObservation[0], Is.EqualTo(Grey(1)));
        Assert.That(session.FinalObservation[3 * 84 * 84], Is.EqualTo(Grey(5)), "the last picture that was drawn");
    }

    private static (GameSession Session, FakeHost Host) Open(EnvironmentSettings settings)
    {
        var host = new FakeHost(FakeHost.Walk);
        var session = new GameSession(settings, host.Start(), new RandomStream(1));
        session.Open(host);
        return (session, host);
    }

    private static byte Grey(int frame) => (byte)Luma.Rounded(Palette.Argb(PaletteKind.Ours)[frame & 63]);

    private static byte[] Greys(GameSession session)
    {
        int frame = session.ObservationSpec.FrameBytes;
        return [session.Observation[0], session.Observation[frame], session.Observation[2 * frame], session.Observation[3 * frame]];
    }
}
