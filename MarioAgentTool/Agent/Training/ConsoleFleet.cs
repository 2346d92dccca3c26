using System.Diagnostics;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;

namespace MarioAgentTool.Training;

/// <summary>
/// Consoles that play in lock step, each with a session of its own. A pool steps them on all cores; consoles share nothing, so
/// whoever steps which, the outcome is that of stepping them one after the other.
/// </summary>
internal sealed class ConsoleFleet
{
    private readonly GameSession[] _sessions;
    private readonly IFrameHost[] _hosts;
    private readonly WorkerPool _pool;
    private readonly Action<int, int> _step, _begin;
    private readonly int[] _actions, _performed;
    private readonly float[] _rewards, _positions, _furthest;
    private readonly StepEnd[] _ends;
    private readonly long[] _frames, _emulating, _observing;
    private readonly byte[] _observations, _nextObservations;
    private readonly int _length;

    /// <param name="sessions">One a console; they begin with <see cref="Begin"/> or <see cref="Load"/>.</param>
    /// <param name="hosts">One a session, powered on.</param>
    /// <param name="pool">Threads to share the work.</param>
    public ConsoleFleet(IReadOnlyList<GameSession> sessions, IReadOnlyList<IFrameHost> hosts, WorkerPool pool)
    {
        _sessions = [.. sessions];
        _hosts = [.. hosts.Take(_sessions.Length)];
        _pool = pool;
        _step = StepOne;
        _begin = BeginOne;
        _length = _sessions[0].ObservationSpec.Length;
        _actions = new int[Count];
        _performed = new int[Count];
        _rewards = new float[Count];
        _positions = new float[Count];
        _furthest = new float[Count];
        _ends = new StepEnd[Count];
        _frames = new long[Count];
        _emulating = new long[Count];
        _observing = new long[Count];
        _observations = new byte[Count * _length];
        _nextObservations = new byte[Count * _length];
    }

    /// <summary>A console that is left alone in a step is given this action.</summary>
    public const int Rest = -1;

    /// <summary>Consoles.</summary>
    public int Count => _sessions.Length;

    /// <summary>Frames emulated by all consoles together.</summary>
    public long Frames => _frames.Sum();

    /// <summary>
    /// Of the time that <see cref="Step"/> has taken, the share in which consoles ran, between 0 and 1; in the rest sessions read what
    /// came of it. Since the last call.
    /// </summary>
    public double TakeEmulationShare()
    {
        double emulating = _emulating.Sum(), observing = _observing.Sum();
        Array.Clear(_emulating, 0, Count);
        Array.Clear(_observing, 0, Count);
        return emulating + observing == 0 ? 1 : emulating / (emulating + observing);
    }

    /// <summary>Count × observation length: what to act on now.</summary>
    public ReadOnlySpan<byte> Observations => _observations;

    /// <summary>What console <paramref name="i"/> acts on now.</summary>
    public ReadOnlySpan<byte> ObservationOf(int i) => _observations.AsSpan(i * _length, _length);

    /// <summary>Whose last step closed how.</summary>
    public ReadOnlySpan<StepEnd> Ends => _ends;

    /// <summary>The session of console <paramref name="i"/>.</summary>
    public GameSession this[int i] => _sessions[i];

    /// <summary>Console <paramref name="i"/> itself.</summary>
    public IGameHost HostOf(int i) => _hosts[i];

    /// <summary>
    /// The last step as a learner takes it in; valid until the next.
    /// </summary>
    public StepBatch Batch => new()
    {
        Actions = _actions,
        Performed = _performed,
        Rewards = _rewards,
        Ends = _ends,
        NextObservations = _nextObservations,
        Observations = _observations,
        Positions = _positions,
        Furthest = _furthest,
    };

    /// <summary>Begins an episode on every console and runs to where the first actions are awaited.</summary>
    public void Begin() => _pool.Run(Count, _begin);

    /// <summary>Gives a console another session, and begins it.</summary>
    public void Replace(int i, GameSession session)
    {
        _sessions[i] = session;
        BeginOne(i, 0);
    }

    /// <summary>One agent step on every console whose action is not <see cref="Rest"/>.</summary>
    public void Step(ReadOnlySpan<int> actions)
    {
        actions.CopyTo(_actions);
        _pool.Run(Count, _step);
    }

    /// <summary>Writes every console and session.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        for (int i = 0; i < Count; i++)
        {
            byte[] state = _hosts[i].SaveState();
            writer.Write(state.Length);
            writer.Write(state);
            writer.Write(_frames[i]);
            _sessions[i].Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, instead of <see cref="Begin"/>.</summary>
    public void Load(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count != Count)
        {
            throw new InvalidDataException($"The checkpoint has {count} consoles, the settings ask for {Count}; go on with the run's own settings.");
        }

        for (int i = 0; i < Count; i++)
        {
            _hosts[i].LoadState(reader.ReadBytes(reader.ReadInt32()));
            _frames[i] = reader.ReadInt64();
            _sessions[i].Load(reader);
            _sessions[i].Observation.CopyTo(_observations.AsSpan(i * _length));
        }
    }

    private void BeginOne(int i, int worker)
    {
        _sessions[i].Begin(_hosts[i]);
        RunToNextAction(i);
        _sessions[i].Observation.CopyTo(_observations.AsSpan(i * _length));
    }

    private void StepOne(int i, int worker)
    {
        if (_actions[i] == Rest)
        {
            return;
        }

        GameSession session = _sessions[i];
        session.Act(_actions[i]);
        _performed[i] = session.HeldAction;
        RunToNextAction(i);

        StepResult step = session.Step;
        _rewards[i] = step.Reward;
        _ends[i] = step.End switch
        {
            EpisodeEnd.None => StepEnd.None,
            EpisodeEnd.Truncated => StepEnd.Truncated,
            _ => StepEnd.Terminal,
        };
        (_positions[i], _furthest[i]) = (session.Info.XPos, session.MaxX);
        Span<byte> next = _nextObservations.AsSpan(i * _length, _length);
        session.Observation.CopyTo(_observations.AsSpan(i * _length));
        (step.End == EpisodeEnd.None ? session.Observation : session.FinalObservation).CopyTo(next);
    }

    private void RunToNextAction(int i)
    {
        GameSession session = _sessions[i];
        IFrameHost host = _hosts[i];
        long emulating = 0, begun = Stopwatch.GetTimestamp();
        while (!session.AwaitsAction)
        {
            long before = Stopwatch.GetTimestamp();
            host.FrameAdvance(session.Buttons, session.WantsScreen);
            emulating += Stopwatch.GetTimestamp() - before;
            session.AfterFrame(host);
            _frames[i]++;
        }

        _emulating[i] += emulating;
        _observing[i] += Stopwatch.GetTimestamp() - begun - emulating;
    }
}
