using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Learning;

namespace MarioAgentTool.Plugin;

/// <summary>
/// What the agent sees, wants and does now, for whoever looks at it. It stays as it is while EmuHawk is paused. What it saw, what
/// each action was worth and what it chose are always of one decision.
/// </summary>
public sealed class AgentView
{
    private float[] _values = [];
    private byte[] _observation = [];
    private bool _isLookedAt = true;

    /// <summary>What it can do; null before it plays.</summary>
    public ActionSet? Actions { get; private set; }

    /// <summary>The world it plays in; null before it plays.</summary>
    public EnvironmentSettings? World { get; private set; }

    /// <summary>Q(s, a) of the decision, one an action.</summary>
    public IReadOnlyList<float> Values => _values;

    /// <summary>The action chosen; −1 before the first.</summary>
    public int Chosen { get; private set; } = -1;

    /// <summary>The action of the highest value; −1 before the first decision.</summary>
    public int Best => Chosen < 0 ? -1 : Greedy.ArgMax(_values);

    /// <summary>What pad 1 holds.</summary>
    public Buttons Held { get; internal set; }

    /// <summary>The user's hand is on the pad.</summary>
    public bool IsHuman { get; internal set; }

    /// <summary>What the latest step led to, its reward by cause.</summary>
    public StepResult Step { get; internal set; }

    /// <summary>The episode so far.</summary>
    public EpisodeSummary Episode { get; private set; }

    /// <summary>The episode's reward so far, by cause.</summary>
    public RewardParts EpisodeParts { get; internal set; }

    /// <summary>What the network was shown for the decision.</summary>
    public ReadOnlySpan<byte> Observation => _observation;

    /// <summary>Layout of <see cref="Observation"/>; null before it plays.</summary>
    public ObservationSpec? Spec { get; private set; }

    /// <summary>The level column and row, in tiles, of the observation's upper left cell; null where it is no grid of tiles.</summary>
    public (int Column, int Row)? GridCorner { get; private set; }

    /// <summary>Counts decisions that were noted, so that nobody draws the same twice.</summary>
    public int Decisions { get; private set; }

    /// <summary>
    /// Asks for the next decision. While training, decisions nobody asked for are not noted: working out all values of each would
    /// cost as much as playing does.
    /// </summary>
    public void Look() => _isLookedAt = true;

    /// <summary>Whether the next decision was asked for, which is asked once.</summary>
    internal bool TakeLook()
    {
        bool wasLookedAt = _isLookedAt;
        _isLookedAt = false;
        return wasLookedAt;
    }

    internal void Clear()
    {
        (Actions, World, Spec, GridCorner) = (null, null, null, null);
        (_values, _observation, Chosen) = ([], [], -1);
        (Held, IsHuman, Step, Episode, EpisodeParts) = (Buttons.None, false, default, default, default);
        Decisions++;
    }

    internal void Begin(EnvironmentSettings world, GameSession session)
    {
        (World, Actions, Spec, GridCorner, Chosen) = (world, session.Actions, session.ObservationSpec, null, -1);
        _values = new float[session.ActionCount];
        _observation = new byte[session.ObservationSpec.Length];
    }

    internal void Decide(ReadOnlySpan<byte> observation, ReadOnlySpan<float> values, int chosen, in MarioFrame frame)
    {
        observation.CopyTo(_observation);
        values.CopyTo(_values);
        Chosen = chosen;
        GridCorner = World?.Observation switch
        {
            ObservationKind.Tiles => TileObserver.Corner(frame),
            ObservationKind.ScreenGrid => (frame.ScreenLeft >> 4, 0),
            ObservationKind.MariO => (((frame.LevelX + 8) >> 4) - GridObserver.Radius, ((frame.Y - RamMap.TileTop) >> 4) - GridObserver.Radius),
            _ => null,
        };
        Decisions++;
    }

    internal void AfterFrame(GameSession session) => Episode = session.Episode;
}
