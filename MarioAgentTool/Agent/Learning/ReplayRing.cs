namespace MarioAgentTool.Learning;

/// <summary>
/// One environment's part of a <see cref="ReplayBuffer"/>: slots in the order they happened, slot 0 the oldest. A slot holds a
/// frame and, unless it is there for the frame alone, what was done on it. Pages of frames are taken as they fill.
/// </summary>
internal sealed class ReplayRing(int slots, int frameBytes)
{
    private const int PageSlots = 256;
    private const int FrameOnly = 1;

    private readonly byte[]?[] _pages = new byte[(slots + PageSlots - 1) / PageSlots][];
    private readonly byte[] _actions = new byte[slots];
    private readonly float[] _rewards = new float[slots];
    private readonly byte[] _kindsAndEnds = new byte[slots];
    private readonly byte[] _ages = new byte[slots];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Whether the newest slot awaits a successor.</summary>
    public bool InEpisode { get; set; }

    /// <summary>Slots back to the episode's first, for the next slot; stays at 255.</summary>
    public int NextAge { get; set; }

    public bool IsStep(int slot) => (_kindsAndEnds[At(slot)] & FrameOnly) == 0;

    public StepEnd End(int slot) => (StepEnd)(_kindsAndEnds[At(slot)] >> 1);

    public int Age(int slot) => _ages[At(slot)];

    public int Action(int slot) => _actions[At(slot)];

    public float Reward(int slot) => _rewards[At(slot)];

    public ReadOnlySpan<byte> Frame(int slot) => FrameAt(At(slot));

    public void TruncateNewest() => _kindsAndEnds[At(Count - 1)] = (byte)((int)StepEnd.Truncated << 1);

    /// <summary>A frame acted on.</summary>
    public void PushStep(ReadOnlySpan<byte> frame, byte action, float reward, StepEnd end) => Push(frame, action, reward, (byte)((int)end << 1));

    /// <summary>A frame seen: one that closes a truncated episode, or came before one joined midway.</summary>
    public void PushFrame(ReadOnlySpan<byte> frame) => Push(frame, 0, 0, FrameOnly);

    public void Clear()
    {
        Count = 0;
        _head = 0;
        InEpisode = false;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(InEpisode);
        writer.Write(NextAge);
        for (int slot = 0; slot < Count; slot++)
        {
            int at = At(slot);
            writer.Write(_actions[at]);
            writer.Write(_rewards[at]);
            writer.Write(_kindsAndEnds[at]);
            writer.Write(_ages[at]);
            writer.Write(_pages[at / PageSlots]!, at % PageSlots * frameBytes, frameBytes);
        }
    }

    public void Load(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 0 || count > slots)
        {
            throw new InvalidDataException($"The saved replay claims {count} frames in a ring of {slots}; the file is damaged.");
        }

        InEpisode = reader.ReadBoolean();
        NextAge = reader.ReadInt32();
        for (int at = 0; at < count; at++)
        {
            _actions[at] = reader.ReadByte();
            _rewards[at] = reader.ReadSingle();
            _kindsAndEnds[at] = reader.ReadByte();
            _ages[at] = reader.ReadByte();
            LearnerFile.ReadExactly(reader, FrameAt(at));
        }

        Count = count;
        _head = count % slots;
    }

    private void Push(ReadOnlySpan<byte> frame, byte action, float reward, byte kindAndEnd)
    {
        frame.CopyTo(FrameAt(_head));
        _actions[_head] = action;
        _rewards[_head] = reward;
        _kindsAndEnds[_head] = kindAndEnd;
        _ages[_head] = (byte)NextAge;
        NextAge = Math.Min(NextAge + 1, 255);
        _head = _head + 1 == slots ? 0 : _head + 1;
        Count = Math.Min(Count + 1, slots);
    }

    private int At(int slot)
    {
        int at = _head - Count + slot;
        return at < 0 ? at + slots : at;
    }

    private Span<byte> FrameAt(int at)
    {
        byte[] page = _pages[at / PageSlots] ??= new byte[Math.Min(PageSlots, slots - at / PageSlots * PageSlots) * frameBytes];
        return page.AsSpan(at % PageSlots * frameBytes, frameBytes);
    }
}
