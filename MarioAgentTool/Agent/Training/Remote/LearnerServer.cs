using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Backends;

namespace MarioAgentTool.Training.Remote;

/// <summary>
/// The learner's end of a connection: takes transitions in, learns, and sends weights back now and then. It runs in a process of
/// its own or on a thread; what it learns follows from the settings and the transitions alone.
/// </summary>
public sealed class LearnerServer
{
    // Often enough for eyes and for acting; a network of a megabyte costs a few milliseconds.
    private static readonly TimeSpan WeightsEvery = TimeSpan.FromMilliseconds(250), ProgressEvery = TimeSpan.FromMilliseconds(20);

    private readonly LearnerPipe _pipe;
    private readonly Func<RunSettings, ObservationSpec, int, ILearner> _make;
    private readonly Stopwatch _sinceWeights = Stopwatch.StartNew(), _sinceProgress = Stopwatch.StartNew();
    private readonly int[] _action = new int[1], _performed = new int[1], _chosen = new int[1];
    private readonly float[] _reward = new float[1];
    private readonly StepEnd[] _end = new StepEnd[1];
    private ILearner? _learner;
    private int _actions;
    private byte[] _current = [], _next = [];
    private bool _hasBegun;
    private long _taken, _sentUpdates;
    private MemoryStream? _state;

    private LearnerServer(LearnerPipe pipe, Func<RunSettings, ObservationSpec, int, ILearner> make)
    {
        _pipe = pipe;
        _make = make;
    }

    /// <summary>Serves one player until its end of the connection closes.</summary>
    /// <param name="input">From the player.</param>
    /// <param name="output">To the player.</param>
    /// <returns>Null, or what was wrong with what came; the player has been told too.</returns>
    public static string? Run(Stream input, Stream output) =>
        Run(input, output, (settings, observation, actions) => Learners.Create(settings, observation, actions, environments: 1));

    /// <inheritdoc cref="Run(Stream, Stream)"/>
    /// <param name="input">From the player.</param>
    /// <param name="output">To the player.</param>
    /// <param name="make">Makes the learner for settings, observations and a number of actions.</param>
    internal static string? Run(Stream input, Stream output, Func<RunSettings, ObservationSpec, int, ILearner> make)
    {
        LearnerPipe pipe = new(input, output);
        LearnerServer server = new(pipe, make);
        try
        {
            while (pipe.TryRead(out FrameKind kind, out ReadOnlyMemory<byte> payload))
            {
                server.Take(kind, payload);
            }

            return null;
        }
        catch (Exception e) when (e is InvalidDataException or SettingsException or BackendException or EndOfStreamException or FormatException or ArgumentException)
        {
            server.TellFailure(e.Message);
            return e.Message;
        }
        finally
        {
            server._learner?.Dispose();
        }
    }

    private void Take(FrameKind kind, ReadOnlyMemory<byte> payload)
    {
        if (_learner is null != (kind == FrameKind.Hello))
        {
            throw new InvalidDataException(_learner is null ? $"The connection began with frame {kind}; expected Hello." : "A second Hello came.");
        }

        switch (kind)
        {
            case FrameKind.Hello:
                Begin(payload);
                break;
            case FrameKind.Begin:
                Expect(kind, payload.Length, _current.Length);
                payload.Span.CopyTo(_current);
                _hasBegun = true;
                break;
            case FrameKind.Step:
                Step(payload.Span);
                break;
            case FrameKind.Save:
                Expect(kind, payload.Length, 1);
                Save(withReplay: payload.Span[0] != 0);
                break;
            case FrameKind.Sync:
                SendWeights();
                SendProgress();
                _pipe.Write(FrameKind.Synced, [], 0);
                _pipe.Flush();
                break;
            case FrameKind.State:
                (_state ??= new MemoryStream()).Write(payload.ToArray(), 0, payload.Length);
                break;
            case FrameKind.StateEnd:
                Load();
                break;
            default:
                throw new InvalidDataException($"Frame {(byte)kind} is unknown; player and learner must come from the same release.");
        }
    }

    private void Begin(ReadOnlyMemory<byte> payload)
    {
        using BinaryReader reader = new(new MemoryStream(payload.ToArray()), Encoding.UTF8);
        if (reader.ReadUInt32() != LearnerPipe.Magic)
        {
            throw new InvalidDataException("What came is not from a player; this command is started by the tool in EmuHawk.");
        }

        int version = reader.ReadInt32();
        if (version != LearnerPipe.Version)
        {
            throw new InvalidDataException($"The player speaks version {version}, this learner version {LearnerPipe.Version}; take both from the same release.");
        }

        RunSettings settings = SettingsFile.FromJson(reader.ReadString(), "The player's settings");
        settings.Validate();
        ObservationSpec observation = new()
        {
            FrameBytes = reader.ReadInt32(),
            Stack = reader.ReadInt32(),
            Signed = reader.ReadBoolean(),
            Scale = reader.ReadSingle(),
            Height = reader.ReadInt32(),
            Width = reader.ReadInt32(),
        };
        _actions = reader.ReadInt32();
        if (observation.FrameBytes is < 1 or > 1 << 20 || observation.Stack is < 1 or > 64 || _actions is < 1 or > 256
            || (long)observation.Height * observation.Width is < 0 or > 1 << 20 || observation.Height < 0)
        {
            throw new InvalidDataException($"Observations of {observation.Stack} x {observation.FrameBytes} bytes for {_actions} actions make no sense.");
        }

        _learner = _make(settings, observation, _actions);
        _current = new byte[observation.Length];
        _next = new byte[observation.Length];
        _pipe.Write(FrameKind.Welcome, w =>
        {
            w.Write(LearnerPipe.Version);
            w.Write(_learner.Algorithm);
        });
        SendProgress();
        _pipe.Flush();
    }

    private void Step(ReadOnlySpan<byte> payload)
    {
        const int head = LearnerPipe.StepHead;
        if (!_hasBegun || payload.Length < head)
        {
            throw new InvalidDataException(_hasBegun ? $"A step of {payload.Length} bytes came; its head alone has {head}." : "A step came before anything to act on.");
        }

        _action[0] = MemoryMarshal.Read<int>(payload);
        _performed[0] = MemoryMarshal.Read<int>(payload.Slice(4));
        _reward[0] = MemoryMarshal.Read<float>(payload.Slice(8));
        _end[0] = (StepEnd)payload[12];
        if ((uint)_action[0] >= (uint)_actions || (uint)_performed[0] >= (uint)_actions || float.IsNaN(_reward[0]) || float.IsInfinity(_reward[0]) || _end[0] > StepEnd.Truncated)
        {
            throw new InvalidDataException($"A step with action {_action[0]}, performed {_performed[0]}, of {_actions}, reward {_reward[0]} and end {payload[12]} makes no sense.");
        }

        bool ended = _end[0] != StepEnd.None;
        Expect(FrameKind.Step, payload.Length, head + (ended ? 2 : 1) * _current.Length);

        // The choice was made by the player; the learner's own is asked for and left.
        _learner!.Act(_current, _chosen);
        payload.Slice(head, _next.Length).CopyTo(_next);
        payload.Slice(payload.Length - _current.Length).CopyTo(_current);
        _learner.Observe(new StepBatch { Actions = _action, Performed = _performed, Rewards = _reward, Ends = _end, NextObservations = _next, Observations = _current });
        _taken++;
        if (_sinceWeights.Elapsed >= WeightsEvery && _learner.Progress.Updates != _sentUpdates)
        {
            SendWeights();
            SendProgress();
            _pipe.Flush();
        }
        else if (_sinceProgress.Elapsed >= ProgressEvery)
        {
            SendProgress();
            _pipe.Flush();
        }
    }

    private void Save(bool withReplay)
    {
        using MemoryStream state = new();
        _learner!.Save(state, withReplay);

        // Save closes what it writes to, or does not; either way the bytes are here.
        _pipe.WriteState(new MemoryStream(state.ToArray()));
        _pipe.Flush();
    }

    private void Load()
    {
        using MemoryStream state = _state ?? throw new InvalidDataException("A state ended that had not begun.");
        _state = null;
        state.Position = 0;
        _learner!.Load(state);
        SendWeights();
        SendProgress();
        _pipe.Flush();
    }

    private void SendWeights()
    {
        IReadOnlyList<NamedTensor> weights = _learner!.Weights;
        byte[] bytes = new byte[weights.Sum(w => w.Values.Length) * sizeof(float)];
        int at = 0;
        foreach (NamedTensor tensor in weights)
        {
            ReadOnlySpan<byte> values = MemoryMarshal.AsBytes(tensor.Values.Span);
            values.CopyTo(bytes.AsSpan(at));
            at += values.Length;
        }

        _pipe.Write(FrameKind.Weights, bytes, bytes.Length);
        _sentUpdates = _learner.Progress.Updates;
        _sinceWeights.Restart();
    }

    private void SendProgress()
    {
        LearnerProgress progress = _learner!.Progress;
        _pipe.Write(FrameKind.Progress, w =>
        {
            w.Write(_taken);
            w.Write(progress.Steps);
            w.Write(progress.Updates);
            w.Write(progress.Epsilon);
            w.Write(progress.Loss);
            w.Write(progress.MeanQ);
        });
        _sinceProgress.Restart();
    }

    private void TellFailure(string message)
    {
        try
        {
            _pipe.Write(FrameKind.Failure, w => w.Write(message));
            _pipe.Flush();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Whoever would have read it is gone; the caller has the message.
        }
    }

    private static void Expect(FrameKind kind, int length, int expected)
    {
        if (length != expected)
        {
            throw new InvalidDataException($"Frame {kind} has {length} bytes; expected {expected}.");
        }
    }
}
