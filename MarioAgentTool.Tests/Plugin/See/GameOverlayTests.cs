using BizHawk.Client.Common;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Plugin;
using MarioAgentTool.Tests.Host;
using MarioAgentTool.Training;
using NesCoreShim;
using NesCoreShim.Host;

namespace MarioAgentTool.Tests.Plugin.See;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class GameOverlayTests : IDisposable
{
    private const OverlayParts Everything =
        OverlayParts.Tiles | OverlayParts.Objects | OverlayParts.Values | OverlayParts.Buttons | OverlayParts.Reward | OverlayParts.Position | OverlayParts.Saliency;

    private readonly HostedTrail _trail = new();
    private readonly SessionTool _tool = new();
    private readonly GameOverlay _overlay = new();

    public GameOverlayTests() => EmuHawk.OpenTool(_tool);

    private HeadlessEmuHawk EmuHawk => _trail.EmuHawk;

    [Test]
    public void Boxes_lie_on_the_tiles_and_on_Mario_in_the_cores_own_pixels()
    {
        _trail.Run(400, HostedTrail.Romp);
        MarioFrame frame = new(EmuHawk.Nes.Ram);
        Assert.That(frame.IsInStage, "the game is to be on");
        int height = EmuHawk.ReadPicture().Height, top = (240 - height) / 2;
        Drawing[] drawn = Draw(OverlayParts.Tiles | OverlayParts.Objects);
        Drawing mario = drawn[^1];
        Assert.That(mario.Points[0].X, Is.EqualTo(frame.ScreenX + 2));
        Assert.That(mario.Points[1].Y, Is.EqualTo(frame.Y + 31 - top));

        // Every tile that is solid and in sight lies in a box, whose inside covers no free tile.
        (int firstColumn, int firstRow) = TileObserver.Corner(frame);
        for (int row = Math.Max(0, firstRow); row < Math.Min(RamMap.TileRows, firstRow + TileObserver.Rows); row++)
        {
            for (int column = firstColumn; column < firstColumn + TileObserver.Columns; column++)
            {
                int x = column * 16 - frame.ScreenLeft + 8, y = RamMap.TileTop + row * 16 + 8 - top;
                if (x is < 0 or > 255 || y >= height)
                {
                    continue;
                }

                bool isIn = drawn.SkipLast(1).Any(d => d.Points[0].X <= x && x <= d.Points[1].X && d.Points[0].Y <= y && y <= d.Points[1].Y && d.Fill.A > 0);
                Assert.That(isIn, Is.EqualTo(Metatile.IsSolid(frame.TileAt(column, row)) || Metatile.IsCoin(frame.TileAt(column, row))), $"column {column}, row {row}");
            }
        }
    }

    [Test]
    public void What_plays_is_written_over_the_game()
    {
        _tool.Session.Watch(AgentSource.New(LearnerKind.Pqn));
        RunUntil(() => _tool.Session.Progress.Steps > 30);
        Drawing[] drawn = Draw(Everything);
        string[] texts = [.. drawn.Where(d => d.Shape == Shape.Text).Select(d => d.Text)];
        AgentView view = _tool.Session.View;
        Assert.Multiple(() =>
        {
            Assert.That(texts, Is.SupersetOf(new[] { "right+A+B", "progress", "ending" }));
            Assert.That(texts, Has.Some.StartsWith($"x {new MarioFrame(EmuHawk.Nes.Ram).LevelX}  furthest "));
            Assert.That(texts, Does.Contain(FormattableString.Invariant($"{view.Values[view.Chosen]:0.00}")));
            Assert.That(drawn.Length, Is.LessThan(120), "each call costs");
        });
        Assert.That(Draw(OverlayParts.None), Is.Empty);
    }

    [Test]
    public void Saliency_lies_on_the_tiles_of_the_decision_wherever_the_screen_has_moved_to()
    {
        _tool.Session.Watch(AgentSource.New(LearnerKind.Pqn));
        RunUntil(() => _tool.Session.Progress.Steps > 30);
        AgentView view = _tool.Session.View;
        float[] shares = new float[view.Spec!.Length];
        const int Row = 9, Column = 6;
        shares[TileObserver.StompablePlane * TileObserver.PlaneBytes + Row * TileObserver.Columns + Column] = -0.5f;
        MarioFrame frame = new(EmuHawk.Nes.Ram);

        // Seen when the screen was two tiles further to the left.
        int corner = (frame.ScreenLeft >> 4) - 2;
        ExplainedDecision explained = new(0, Learning.SaliencyOf.Value, view.Observation.ToArray(), shares, (corner, 2), 0);
        Drawing box = Draw(OverlayParts.Saliency, explained).Single();
        Assert.That(box.Points[0].X, Is.EqualTo((corner + Column) * 16 - frame.ScreenLeft));
        Assert.That(box.Points[0].Y, Is.EqualTo(32 + (2 + Row) * 16 - (240 - EmuHawk.ReadPicture().Height) / 2));
        Assert.That(box.Fill.R, Is.GreaterThan(box.Fill.G), "it speaks against");
    }

    [Test]
    public void EmuHawk_drops_it_with_the_next_frame_and_Clear_at_once()
    {
        _trail.Run(400, HostedTrail.Romp);
        Assert.That(Draw(Everything), Is.Not.Empty);
        GameOverlay.Clear(EmuHawk.Apis.Gui);
        Assert.That(EmuHawk.Drawings(DisplaySurfaceID.EmuCore), Is.Empty);
        Assert.That(Draw(Everything), Is.Not.Empty);
        EmuHawk.Tick();
        Assert.That(EmuHawk.Drawings(DisplaySurfaceID.EmuCore), Is.Empty);
    }

    public void Dispose()
    {
        _trail.Dispose();
        _tool.Dispose();
    }

    private Drawing[] Draw(OverlayParts parts, ExplainedDecision? explained = null)
    {
        _overlay.Parts = parts;
        GameOverlay.Clear(EmuHawk.Apis.Gui);
        _overlay.Draw(EmuHawk.Apis.Gui, EmuHawk.Nes.Ram, EmuHawk.ReadPicture().Height, _tool.Session.View, explained);
        return [.. EmuHawk.Drawings(DisplaySurfaceID.EmuCore)];
    }

    private void RunUntil(Func<bool> reached)
    {
        for (int i = 0; i < 20_000 && !reached(); i++)
        {
            EmuHawk.Tick();
        }

        Assert.That(reached(), $"20,000 frames were not enough. {_tool.Session.Message}");
    }
}
