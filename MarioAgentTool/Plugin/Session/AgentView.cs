using MarioAgentTool.Environment;
using MarioAgentTool.Game;

namespace MarioAgentTool.Plugin;

/// <summary>What the agent sees, wants and does now, for whoever looks at it. It stays as it is while EmuHawk is paused.</summary>
public sealed class AgentView
{
    private float[] _values = [];
    private byte[] _observation = [];

    /// <summary>Somebody looks: values are worked out while training too.</summary>
    public bool IsWatched { get; set; } = true;

    /// <summary>What it can do; null before it plays.</summary>
    public ActionSet? Actions { get; private set; }

    /// <summary>The world it plays in; null before it plays.</summary>
    public EnvironmentSettings? World { get; private set; }

    /// <summary>Q(s, a) of the latest step, one an action.</summary>
    public IReadOnlyList<float> Values => _values;

    /// <summary>The action chosen; −1 before the first.</summary>
    public int Chosen { get; internal set; } = -1;

    /// <summary>What pad 1 holds.</summary>
    public Buttons Held { get; internal set; }

    /// <summary>The user's hand is on the pad.</summary>
    public bool IsHuman { get; internal set; }

    /// <summary>What the latest step led to, its reward by cause.</summary>
    public StepResult Step { get; internal set; }

    /// <summary>The episode so far.</summary>
    public EpisodeSummary Episode { get; private set; }

    /// <summary>What the network was shown, the latest step's.</summary>
    public ReadOnlySpan<byte> Observation => _observation;

    /// <summary>Layout of <see cref="Observation"/>; null before it plays.</summary>
    public ObservationSpec? Spec { get; private set; }

    internal void Clear()
    {
        (Actions, World, Spec) = (null, null, null);
        (_values, _observation, Chosen) = ([], [], -1);
        (Held, IsHuman, Step, Episode) = (Buttons.None, false, default, default);
    }

    internal void Begin(EnvironmentSettings world, GameSession session)
    {
        (World, Actions, Spec) = (world, session.Actions, session.ObservationSpec);
        _values = new float[session.ActionCount];
        _observation = new byte[session.ObservationSpec.Length];
    }

    internal void SetValues(ReadOnlySpan<float> values) => values.CopyTo(_values);

    internal void AfterFrame(GameSession session)
    {
        Episode = session.Episode;
        if (session.IsHolding)
        {
            session.Observation.CopyTo(_observation);
        }
    }
}
