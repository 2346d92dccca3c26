using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// The last transitions, each drawable as soon as it is stored, its next observation kept even where the episode ended: what the
/// notebooks keep, in a fraction of the memory. A frame that several observations share is stored once, packed by
/// <see cref="FramePacking"/>. Where a backend has room beside its networks, each lies there as well, unpacked under the same number, and
/// batches are put together there.
/// </summary>
internal sealed class TransitionReplay : IDisposable
{
    // Of the frames that transitions bring: an episode brings one more than it has steps, and a page goes only when all of it is unused.
    private const double Spare = 0.25;

    private readonly int _stack, _frameBytes;
    private readonly FrameStore _frames;

    // The frames of numbers below _besidePlaces once more; null where the backend keeps none.
    private readonly FrameMemory? _beside;
    private readonly int _besidePlaces;

    // Ring of transitions: the frames of s and of s', then the rest.
    private readonly int[] _ids;
    private readonly byte[] _actions;
    private readonly float[] _rewards;
    private readonly bool[] _terminal;

    // Per environment, the observation last interned and its frames: the next one mostly begins where it ended.
    private readonly byte[][] _latest;
    private readonly int[][] _latestIds;
    private int _head;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="environments">N.</param>
    /// <param name="capacity">Transitions over all environments.</param>
    /// <param name="backend">Says whether frames are beside its networks, too; without it they are not.</param>
    public TransitionReplay(InputSpec input, int environments, int capacity, IBackend? backend = null)
    {
        (_stack, _frameBytes) = (input.Stack, input.FrameBytes);
        _frames = new FrameStore(_frameBytes);
        Capacity = capacity;
        _ids = new int[capacity * 2 * _stack];
        _actions = new byte[capacity];
        _rewards = new float[capacity];
        _terminal = new bool[capacity];
        _latest = new byte[environments][];
        _latestIds = new int[environments][];
        for (int e = 0; e < environments; e++)
        {
            (_latest[e], _latestIds[e]) = ([], []);
        }

        _besidePlaces = (int)Math.Min(int.MaxValue - 1, (long)(capacity * (1 + Spare)) * (input.SlidesByOne ? 1 : _stack) + 2 * FrameStore.PageFrames);
        FrameMemory? frames = backend?.Frames(_besidePlaces, _frameBytes, input.Signed);
        _beside = frames is { IsBesideNetworks: true } ? frames : null;
        Where = _beside is null ? $"replay's frames packed {frames?.Where ?? "in memory"}" : $"replay's frames packed in memory, and plain {_beside.Where}";
    }

    /// <summary>Where its frames are, for people.</summary>
    public string Where { get; }

    /// <summary>Transitions it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Transitions it holds.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that its frames take.</summary>
    public long FrameMemory => _frames.Memory;

    /// <summary>Takes in one transition, in place of the oldest where it is full.</summary>
    public void Add(int environment, ReadOnlySpan<byte> observation, int action, float reward, bool terminal, ReadOnlySpan<byte> next)
    {
        Span<int> ids = _ids.AsSpan(_head * 2 * _stack, 2 * _stack);
        if (Count == Capacity)
        {
            _frames.Release(ids);
        }

        Intern(environment, observation, ids.Slice(0, _stack));
        Intern(environment, next, ids.Slice(_stack));
        _actions[_head] = (byte)action;
        _rewards[_head] = reward;
        _terminal[_head] = terminal;
        _head = _head + 1 == Capacity ? 0 : _head + 1;
        Count = Math.Min(Count + 1, Capacity);
    }

    /// <summary>Fills a batch, every transition alike likely each time.</summary>
    public void Sample(RandomStream random, ReplayBatch batch)
    {
        for (int i = 0; i < batch.Size; i++)
        {
            batch.Places[i] = random.NextInt(Count);
        }

        Read(batch);
    }

    /// <summary>Fills a batch with the transitions in its <see cref="ReplayBatch.Places"/> of the ring.</summary>
    internal void Read(ReplayBatch batch)
    {
        bool isBeside = _beside is not null && AreBeside(batch.Places);
        for (int row = 0; row < batch.Size; row++)
        {
            int at = batch.Places[row];
            Read(StateOf(at), isBeside, batch.States, row);
            Read(NextOf(at), isBeside, batch.NextStates, row);
            batch.Actions[row] = _actions[at];
            batch.Returns[row] = _rewards[at];
            batch.Discounts[row] = _terminal[at] ? 0 : 1;
        }
    }

    /// <summary>Gives the memory beside the networks back.</summary>
    public void Dispose() => _beside?.Dispose();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _frames.Clear();
        (_head, Count) = (0, 0);
        for (int e = 0; e < _latest.Length; e++)
        {
            (_latest[e], _latestIds[e]) = ([], []);
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Capacity);
        writer.Write(_latest.Length);
        writer.Write(_stack);
        writer.Write(_frameBytes);
        writer.Write(Count);
        writer.Write(_head);
        for (int at = 0; at < Count; at++)
        {
            writer.Write(_actions[at]);
            writer.Write(_rewards[at]);
            writer.Write(_terminal[at]);
            for (int i = 0; i < 2 * _stack; i++)
            {
                writer.Write(_ids[at * 2 * _stack + i]);
            }
        }

        for (int e = 0; e < _latest.Length; e++)
        {
            writer.Write(_latest[e].Length);
            writer.Write(_latest[e]);
            foreach (int id in _latestIds[e])
            {
                writer.Write(id);
            }
        }

        _frames.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote. Another capacity, number of environments or frame size is refused.</summary>
    public void Load(BinaryReader reader)
    {
        Clear();
        (int capacity, int environments, int stack, int bytes) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if ((capacity, environments, stack, bytes) != (Capacity, _latest.Length, _stack, _frameBytes))
        {
            throw new InvalidDataException(
                $"The saved replay holds {capacity} transitions of {environments} environments in {stack} frames of {bytes} bytes; this learner has "
                + $"{Capacity} of {_latest.Length} in {_stack} of {_frameBytes}. Use the settings it was saved with, or a checkpoint without replay.");
        }

        int count = reader.ReadInt32();
        int head = reader.ReadInt32();
        if (count < 0 || count > capacity || head < 0 || head >= capacity)
        {
            throw new InvalidDataException($"The saved replay claims {count} transitions, {head} the next, in a ring of {capacity}; the file is damaged.");
        }

        for (int at = 0; at < count; at++)
        {
            _actions[at] = reader.ReadByte();
            _rewards[at] = reader.ReadSingle();
            _terminal[at] = reader.ReadBoolean();
            for (int i = 0; i < 2 * _stack; i++)
            {
                _ids[at * 2 * _stack + i] = reader.ReadInt32();
            }
        }

        for (int e = 0; e < _latest.Length; e++)
        {
            int length = reader.ReadInt32();
            if (length != 0 && length != _stack * _frameBytes)
            {
                throw new InvalidDataException($"The saved replay's latest observation has {length} bytes where {_stack * _frameBytes} belong; the file is damaged.");
            }

            _latest[e] = new byte[length];
            LearnerFile.ReadExactly(reader, _latest[e]);
            _latestIds[e] = new int[length == 0 ? 0 : _stack];
            for (int i = 0; i < _latestIds[e].Length; i++)
            {
                _latestIds[e][i] = reader.ReadInt32();
            }
        }

        _frames.Load(reader);
        (Count, _head) = (count, head);
        CopyBeside();
        _frames.Check(_ids.AsSpan(0, count * 2 * _stack));
        foreach (int[] latest in _latestIds)
        {
            _frames.Check(latest);
        }
    }

    private ReadOnlySpan<int> StateOf(int at) => _ids.AsSpan(at * 2 * _stack, _stack);

    private ReadOnlySpan<int> NextOf(int at) => _ids.AsSpan((at * 2 + 1) * _stack, _stack);

    private void Read(ReadOnlySpan<int> ids, bool isBeside, Observations observations, int row)
    {
        if (isBeside)
        {
            for (int i = 0; i < ids.Length; i++)
            {
                observations.Take(_beside!, row, i, ids[i]);
            }

            return;
        }

        Span<byte> bytes = observations.Overwrite().Slice(row * observations.Length, observations.Length);
        for (int i = 0; i < ids.Length; i++)
        {
            _frames.Read(ids[i], bytes.Slice(i * _frameBytes, _frameBytes));
        }
    }

    // Many short episodes bring more frames than there are places for; a batch with one of those is sent.
    private bool AreBeside(ReadOnlySpan<int> places)
    {
        foreach (int at in places)
        {
            foreach (int id in _ids.AsSpan(at * 2 * _stack, 2 * _stack))
            {
                if (id >= _besidePlaces)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private int AddFrame(ReadOnlySpan<byte> frame)
    {
        int id = _frames.Add(frame);
        if (id < _besidePlaces)
        {
            _beside?.Write(id, frame);
        }

        return id;
    }

    private void CopyBeside()
    {
        byte[] frame = new byte[_frameBytes];
        foreach (int id in _frames.Ids.Where(id => _beside is not null && id < _besidePlaces))
        {
            _frames.Read(id, frame);
            _beside!.Write(id, frame);
        }
    }

    /// <summary>The frames of an observation, those it shares with the one before under the ids they have.</summary>
    private void Intern(int environment, ReadOnlySpan<byte> observation, Span<int> ids)
    {
        byte[] latest = _latest[environment];
        int[] latestIds = _latestIds[environment];
        int shared = latest.Length == 0 ? 0 : _stack;
        while (shared > 0 && !observation.Slice(0, shared * _frameBytes).SequenceEqual(latest.AsSpan((_stack - shared) * _frameBytes)))
        {
            shared--;
        }

        for (int i = 0; i < _stack; i++)
        {
            ReadOnlySpan<byte> frame = observation.Slice(i * _frameBytes, _frameBytes);
            bool repeated = i >= Math.Max(shared, 1) && frame.SequenceEqual(observation.Slice((i - 1) * _frameBytes, _frameBytes));
            ids[i] = i < shared ? latestIds[_stack - shared + i] : repeated ? ids[i - 1] : AddFrame(frame);
            _frames.Retain(ids[i]);
        }

        // The latest observation holds on to its frames until another takes its place.
        if (latest.Length == 0)
        {
            _latest[environment] = new byte[_stack * _frameBytes];
            _latestIds[environment] = latestIds = new int[_stack];
        }
        else
        {
            _frames.Release(latestIds);
        }

        observation.CopyTo(_latest[environment]);
        ids.CopyTo(latestIds);
        foreach (int id in ids)
        {
            _frames.Retain(id);
        }
    }
}
