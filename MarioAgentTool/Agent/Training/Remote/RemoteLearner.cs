using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training.Remote;

/// <summary>The learner at the other end is gone, or said why it cannot go on. The network that plays is still here.</summary>
public sealed class LearnerLostException(string message) : IOException(message);

/// <summary>What a <see cref="RemoteLearner"/> talks to.</summary>
/// <param name="ToLearner">Transitions go here.</param>
/// <param name="FromLearner">Weights come from here.</param>
/// <param name="Home">Where it learns, for people: "in process 4711".</param>
/// <param name="WhyGone">Asked once the connection has ended: what is known about that, or an empty text.</param>
/// <param name="Close">Ends the other side.</param>
public sealed record LearnerConnection(Stream ToLearner, Stream FromLearner, string Home, Func<string> WhyGone, Action Close);

/// <summary>
/// Plays with a copy of the network and lets a <see cref="LearnerServer"/> learn from it. No call waits for the other side, but
/// for <see cref="Save"/>, <see cref="Load"/> and <see cref="CatchUp"/>; two threads of its own read and write. Where the learner
/// falls behind, steps are played without being told until it has caught up.
/// </summary>
public sealed class RemoteLearner : ILearner
{
    private const int BytesOnTheWay = 64 << 20, MostStepsOnTheWay = 4096, LeastStepsOnTheWay = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1), FarewellPatience = TimeSpan.FromSeconds(2);

    private readonly LearnerConnection _connection;
    private readonly LearnerPipe _pipe;
    private readonly ILearner _player;
    private readonly RandomStream _explore;
    private readonly int _actions, _limit;
    private readonly float[] _values;
    private readonly Thread _reader, _writer;
    private readonly BlockingCollection<(FrameKind Kind, byte[] Payload)> _outgoing = [];
    private readonly object _news = new();
    private byte[]? _weights;
    private byte[] _current = [];
    private LearnerProgress _progress;
    private long _told, _taken, _synced, _syncs;
    private bool _mustBegin = true, _isResting;
    private MemoryStream? _state;
    private bool _stateIsWhole, _isSaving;
    private string? _lost;
    private volatile bool _isClosing;

    /// <param name="connection">To a learner that has not been greeted yet.</param>
    /// <param name="settings">What it is to learn with.</param>
    /// <param name="observation">What a session observes.</param>
    /// <param name="actions">How many actions it offers.</param>
    public RemoteLearner(LearnerConnection connection, RunSettings settings, ObservationSpec observation, int actions)
    {
        _connection = connection;
        _pipe = new LearnerPipe(connection.FromLearner, connection.ToLearner);
        _player = Learners.CreateToPlay(settings with { Threads = 1 }, observation, actions);
        _progress = _player.Progress;
        _explore = new Seeds(settings.Seed).Stream("explore");
        _actions = actions;
        _values = new float[actions];
        _limit = Math.Max(LeastStepsOnTheWay, Math.Min(MostStepsOnTheWay, BytesOnTheWay / observation.Length));
        Tell(FrameKind.Hello, w =>
        {
            w.Write(LearnerPipe.Magic);
            w.Write(LearnerPipe.Version);
            w.Write(SettingsFile.ToJson(settings));
            w.Write(observation.FrameBytes);
            w.Write(observation.Stack);
            w.Write(observation.Signed);
            w.Write(observation.Scale);
            w.Write(observation.Height);
            w.Write(observation.Width);
            w.Write(actions);
        });
        _reader = Start(ReadAll, "learner's news");
        _writer = Start(WriteAll, "learner's steps");
    }

    /// <summary>Where it learns, for people.</summary>
    public string Home => _connection.Home;

    /// <summary>Why nothing more is learned, a sentence; null while all is well.</summary>
    public string? Lost
    {
        get
        {
            lock (_news)
            {
                return _lost;
            }
        }
    }

    /// <summary>Steps told that the learner has not taken in.</summary>
    public long Backlog
    {
        get
        {
            lock (_news)
            {
                return _told - _taken;
            }
        }
    }

    /// <summary>Whoever sets the pace should wait a little.</summary>
    public bool IsBehind => Backlog > _limit / 2;

    /// <inheritdoc/>
    public string Algorithm => _player.Algorithm;

    /// <inheritdoc/>
    public LearnerProgress Progress
    {
        get
        {
            lock (_news)
            {
                return _progress;
            }
        }
    }

    /// <summary>The latest network that arrived; writing to it changes how it plays until the next arrives.</summary>
    public IReadOnlyList<NamedTensor> Weights
    {
        get
        {
            TakeWeights();
            return _player.Weights;
        }
    }

    /// <summary>None: the target network stays with the learner.</summary>
    public IReadOnlyList<NamedTensor> TargetWeights => [];

    /// <inheritdoc/>
    /// <exception cref="LearnerLostException">The learner is gone.</exception>
    public void Act(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        ThrowIfLost();
        TakeWeights();
        _current = observations.ToArray();
        if (_explore.NextSingle() < Progress.Epsilon)
        {
            actions[0] = _explore.NextInt(_actions);
            return;
        }

        if (_player is IExploresByNoise explorer)
        {
            explorer.NoisyQValues(observations, _values);
        }
        else
        {
            _player.QValues(observations, _values);
        }

        actions[0] = Greedy.ArgMax(_values);
    }

    /// <inheritdoc/>
    /// <exception cref="LearnerLostException">The learner is gone.</exception>
    public void Observe(in StepBatch batch)
    {
        ThrowIfLost();
        long backlog = Backlog;
        _isResting = _isResting ? backlog > _limit / 4 : backlog >= _limit;
        if (_isResting)
        {
            // To the learner, an episode left in the middle.
            _mustBegin = true;
            return;
        }

        if (_mustBegin)
        {
            _outgoing.Add((FrameKind.Begin, _current));
            _mustBegin = false;
        }

        int length = batch.NextObservations.Length;
        bool ended = batch.Ends[0] != StepEnd.None;
        byte[] step = new byte[LearnerPipe.StepHead + (ended ? 2 : 1) * length];
        BitConverter.GetBytes(batch.Actions[0]).CopyTo(step, 0);
        BitConverter.GetBytes((batch.Performed.IsEmpty ? batch.Actions : batch.Performed)[0]).CopyTo(step, 4);
        BitConverter.GetBytes(batch.Rewards[0]).CopyTo(step, 8);
        step[12] = (byte)batch.Ends[0];
        batch.NextObservations.CopyTo(step.AsSpan(LearnerPipe.StepHead));
        if (ended)
        {
            batch.Observations.CopyTo(step.AsSpan(LearnerPipe.StepHead + length));
        }

        lock (_news)
        {
            _told++;
        }

        _outgoing.Add((FrameKind.Step, step));
    }

    /// <inheritdoc/>
    public void QValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        TakeWeights();
        _player.QValues(observations, values);
    }

    /// <summary>Waits until all that was told has been learned, and takes the network that came of it.</summary>
    /// <exception cref="LearnerLostException">The learner is gone, or says nothing for a minute.</exception>
    public void CatchUp()
    {
        long mine = ++_syncs;
        Tell(FrameKind.Sync, _ => { });
        WaitFor(() => _synced >= mine, Patience);
        TakeWeights();
    }

    /// <inheritdoc/>
    /// <exception cref="LearnerLostException">The learner is gone, or says nothing for a minute.</exception>
    public void Save(Stream stream, bool withReplay)
    {
        BeginSave(withReplay);
        WaitFor(() => _stateIsWhole, Patience);
        byte[] state = TakeSaved()!;
        stream.Write(state, 0, state.Length);
    }

    /// <summary>Asks for what <see cref="Save"/> writes, without waiting for it; nothing where it is on its way already.</summary>
    public void BeginSave(bool withReplay)
    {
        if (!_isSaving)
        {
            _isSaving = true;
            Tell(FrameKind.Save, w => w.Write(withReplay));
        }
    }

    /// <summary>What <see cref="BeginSave"/> asked for; null until it has come.</summary>
    public byte[]? TakeSaved()
    {
        lock (_news)
        {
            if (!_stateIsWhole)
            {
                return null;
            }

            using MemoryStream state = _state!;
            (_state, _stateIsWhole, _isSaving) = (null, false, false);
            return state.ToArray();
        }
    }

    /// <summary>Waits for what <see cref="BeginSave"/> asked for.</summary>
    /// <exception cref="LearnerLostException">The learner is gone, or it took longer.</exception>
    public void WaitForSaved(TimeSpan patience) => WaitFor(() => _stateIsWhole, patience);

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        BeginLoad(stream);
        CatchUp();
    }

    /// <summary>As <see cref="Load"/>, without waiting until it has been read: the network comes as it comes, and what is wrong with it too.</summary>
    public void BeginLoad(Stream stream)
    {
        byte[] chunk = new byte[LearnerPipe.StateChunk];
        for (int count; (count = stream.Read(chunk, 0, chunk.Length)) > 0;)
        {
            _outgoing.Add((FrameKind.State, chunk.AsSpan(0, count).ToArray()));
        }

        _outgoing.Add((FrameKind.StateEnd, []));
        _mustBegin = true;
    }

    /// <summary>Closes the connection; the other side ends by that, or is ended.</summary>
    public void Dispose()
    {
        if (_isClosing)
        {
            return;
        }

        _isClosing = true;
        _outgoing.CompleteAdding();
        _writer.Join(FarewellPatience);
        _connection.Close();
        _writer.Join(FarewellPatience);
        _reader.Join(FarewellPatience);
        _player.Dispose();
    }

    private void Tell(FrameKind kind, Action<BinaryWriter> payload)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        payload(writer);
        writer.Flush();
        _outgoing.Add((kind, bytes.ToArray()));
    }

    private void ThrowIfLost()
    {
        if (Lost is { } why)
        {
            throw new LearnerLostException(why);
        }
    }

    private void WaitFor(Func<bool> reached, TimeSpan patience)
    {
        DateTime end = DateTime.UtcNow + patience;
        lock (_news)
        {
            while (!reached())
            {
                if (_lost is not null)
                {
                    throw new LearnerLostException(_lost);
                }

                TimeSpan left = end - DateTime.UtcNow;
                if (left <= TimeSpan.Zero || !Monitor.Wait(_news, left))
                {
                    throw new LearnerLostException($"The learner {Home} has said nothing for {patience.TotalSeconds:0} seconds; stop and start training again.");
                }
            }
        }
    }

    // Weights are taken on the thread that plays: the network is never half new.
    private void TakeWeights()
    {
        byte[]? bytes = Interlocked.Exchange(ref _weights, null);
        if (bytes is null)
        {
            return;
        }

        int at = 0;
        foreach (NamedTensor tensor in _player.Weights)
        {
            Span<byte> values = MemoryMarshal.AsBytes(tensor.Values.Span);
            bytes.AsSpan(at, values.Length).CopyTo(values);
            at += values.Length;
        }
    }

    private void ReadAll()
    {
        int expected = _player.Weights.Sum(w => w.Values.Length) * sizeof(float);
        string why = "";
        try
        {
            while (_pipe.TryRead(out FrameKind kind, out ReadOnlyMemory<byte> payload))
            {
                if (kind == FrameKind.Weights)
                {
                    if (payload.Length != expected)
                    {
                        throw new InvalidDataException($"It sent a network of {payload.Length} bytes where {expected} were expected; take both from the same release.");
                    }

                    Interlocked.Exchange(ref _weights, payload.ToArray());
                    continue;
                }

                lock (_news)
                {
                    TakeNews(kind, payload);
                    Monitor.PulseAll(_news);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or FormatException or IOException or ObjectDisposedException)
        {
            why = e.Message;
        }
        catch (Exception e)
        {
            // What a thread throws would end the program whose guest this is.
            why = e.ToString();
        }

        Lose(why);
    }

    private void TakeNews(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        using BinaryReader reader = new(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        switch (kind)
        {
            case FrameKind.Welcome:
                int version = reader.ReadInt32();
                if (version != LearnerPipe.Version)
                {
                    throw new InvalidDataException($"It speaks version {version}, this tool version {LearnerPipe.Version}; take both from the same release.");
                }

                break;
            case FrameKind.Progress:
                _taken = reader.ReadInt64();
                _progress = new LearnerProgress(reader.ReadInt64(), reader.ReadInt64(), reader.ReadDouble(), reader.ReadSingle(), reader.ReadSingle());
                break;
            case FrameKind.Synced:
                _synced++;
                break;
            case FrameKind.State:
                (_state ??= new MemoryStream()).Write(payload.ToArray(), 0, payload.Length);
                break;
            case FrameKind.StateEnd:
                _stateIsWhole = _state is not null;
                break;
            case FrameKind.Failure:
                throw new InvalidDataException(reader.ReadString());
            default:
                throw new InvalidDataException($"It sent frame {(byte)kind}, which is unknown; take both from the same release.");
        }
    }

    private void WriteAll()
    {
        try
        {
            foreach ((FrameKind kind, byte[] payload) in _outgoing.GetConsumingEnumerable())
            {
                _pipe.Write(kind, payload, payload.Length);
                if (_outgoing.Count == 0)
                {
                    _pipe.Flush();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The reader sees the same end and says why.
        }
        catch (Exception e)
        {
            Lose(e.ToString());
        }
    }

    private void Lose(string why)
    {
        if (_isClosing)
        {
            return;
        }

        string known = why.Length > 0 ? why : _connection.WhyGone();
        lock (_news)
        {
            _lost = $"The learner {Home} has ended{(known.Length > 0 ? $": {known.TrimEnd('.')}" : "")}. What it had sent is kept; start training again to go on.";
            Monitor.PulseAll(_news);
        }
    }

    private static Thread Start(ThreadStart run, string name)
    {
        Thread thread = new(run) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }
}
