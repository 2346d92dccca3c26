namespace MarioAgentTool.Learning;

/// <summary>
/// One environment's part of a <see cref="ReplayBuffer"/>: slots in the order they happened, slot 0 the oldest. A slot holds a
/// frame and, unless it is there for the frame alone, what was done on it.
/// </summary>
/// <param name="slots">How many.</param>
/// <param name="frames">Where the frames are kept.</param>
/// <param name="first">The place there of this ring's first.</param>
internal sealed class ReplayRing(int slots, FrameMemory frames, int first)
{
    private const int FrameOnly = 1;

    // Frames read or written at once when all are.
    private const int SavedAtOnce = 64;

    private readonly byte[] _actions = new byte[slots];
    private readonly float[] _rewards = new float[slots];
    private readonly byte[] _kindsAndEnds = new byte[slots];
    private readonly byte[] _ages = new byte[slots];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Slots ever filled, since the beginning or the last <see cref="Clear"/> or <see cref="Load"/>.</summary>
    public long Pushed { get; private set; }

    /// <summary>Whether the newest slot awaits a successor.</summary>
    public bool InEpisode { get; set; }

    /// <summary>Slots back to the episode's first, for the next slot; stays at 255.</summary>
    public int NextAge { get; set; }

    public bool IsStep(int slot) => (_kindsAndEnds[At(slot)] & FrameOnly) == 0;

    public StepEnd End(int slot) => (StepEnd)(_kindsAndEnds[At(slot)] >> 1);

    public int Age(int slot) => _ages[At(slot)];

    public int Action(int slot) => _actions[At(slot)];

    public float Reward(int slot) => _rewards[At(slot)];

    /// <summary>Where in memory a slot lies: it stays there until it is overwritten.</summary>
    public int PlaceOf(int slot) => first + At(slot);

    /// <summary>The slot in a place.</summary>
    public int SlotAt(int place)
    {
        int slot = place - first - (_head - Count);
        return slot >= slots ? slot - slots : slot;
    }

    public void TruncateNewest() => _kindsAndEnds[At(Count - 1)] = (byte)((int)StepEnd.Truncated << 1);

    /// <summary>A frame acted on.</summary>
    public void PushStep(ReadOnlySpan<byte> frame, byte action, float reward, StepEnd end) => Push(frame, action, reward, (byte)((int)end << 1));

    /// <summary>A frame seen: one that closes a truncated episode, or came before one joined midway.</summary>
    public void PushFrame(ReadOnlySpan<byte> frame) => Push(frame, 0, 0, FrameOnly);

    public void Clear()
    {
        Count = 0;
        _head = 0;
        Pushed = 0;
        InEpisode = false;
    }

    public void Save(BinaryWriter writer)
    {
        byte[] buffer = new byte[SavedAtOnce * frames.FrameBytes];
        writer.Write(Count);
        writer.Write(_head);
        writer.Write(InEpisode);
        writer.Write(NextAge);
        for (int slot = 0, run; slot < Count; slot += run)
        {
            int begin = At(slot);
            run = Run(slot);
            frames.Read(first + begin, buffer.AsSpan(0, run * frames.FrameBytes));
            for (int i = 0; i < run; i++)
            {
                writer.Write(_actions[begin + i]);
                writer.Write(_rewards[begin + i]);
                writer.Write(_kindsAndEnds[begin + i]);
                writer.Write(_ages[begin + i]);
                writer.Write(buffer, i * frames.FrameBytes, frames.FrameBytes);
            }
        }
    }

    public void Load(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        int head = reader.ReadInt32();
        if (count < 0 || count > slots || head < 0 || head >= slots)
        {
            throw new InvalidDataException($"The saved replay claims {count} frames, {head} the next, in a ring of {slots}; the file is damaged.");
        }

        // Each where it was: priorities are kept by place.
        (Count, _head, Pushed) = (count, head, 0);
        InEpisode = reader.ReadBoolean();
        NextAge = reader.ReadInt32();
        byte[] buffer = new byte[SavedAtOnce * frames.FrameBytes];
        for (int slot = 0, run; slot < count; slot += run)
        {
            int begin = At(slot);
            run = Run(slot);
            for (int i = 0; i < run; i++)
            {
                _actions[begin + i] = reader.ReadByte();
                _rewards[begin + i] = reader.ReadSingle();
                _kindsAndEnds[begin + i] = reader.ReadByte();
                _ages[begin + i] = reader.ReadByte();
                LearnerFile.ReadExactly(reader, buffer.AsSpan(i * frames.FrameBytes, frames.FrameBytes));
            }

            frames.Write(first + begin, buffer.AsSpan(0, run * frames.FrameBytes));
        }
    }

    private void Push(ReadOnlySpan<byte> frame, byte action, float reward, byte kindAndEnd)
    {
        frames.Write(first + _head, frame);
        _actions[_head] = action;
        _rewards[_head] = reward;
        _kindsAndEnds[_head] = kindAndEnd;
        _ages[_head] = (byte)NextAge;
        NextAge = Math.Min(NextAge + 1, 255);
        _head = _head + 1 == slots ? 0 : _head + 1;
        Count = Math.Min(Count + 1, slots);
        Pushed++;
    }

    // Slots from this one on that lie side by side.
    private int Run(int slot) => Math.Min(SavedAtOnce, Math.Min(Count - slot, slots - At(slot)));

    private int At(int slot)
    {
        int at = _head - Count + slot;
        return at < 0 ? at + slots : at;
    }
}
