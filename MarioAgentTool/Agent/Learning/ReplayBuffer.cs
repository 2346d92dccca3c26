using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// The last transitions of N environments, each frame kept once as bytes; stacks and n-step returns are put together when drawn.
/// A transition takes its frame and 7 bytes: 7,063 bytes for an 84 × 84 picture. (A truncated episode keeps one frame more, the one
/// it is bootstrapped from.) Memory is taken as it fills; frames may live in a file instead, or beside the networks.
/// </summary>
/// <remarks>
/// One ring an environment, of slots in the order they happened:
/// <code>
///   frame    f0    f1    f2    f3  | f4    f5 …          f3 closes a truncated episode: a frame without an action.
///   action   a0    a1    a2    –   | a4    a5            s1 of a stack of 4 is f0 f0 f0 f1: the first repeats.
///   end      –     –   Trunc.  –   | –     –             f4 begins the next episode.
///   age      0     1     2     3   | 0     1
/// </code>
/// </remarks>
internal sealed class ReplayBuffer : IDisposable
{
    private readonly ReplayRing[] _rings;
    private readonly FrameMemory _frames;

    // Frames as they are kept: an observation that does not slide by one is a single frame here.
    private readonly int _frameBytes, _stack;
    private readonly int _slotsPerRing;
    private readonly int _nStep;
    private readonly float _discount;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="environments">N.</param>
    /// <param name="capacity">Transitions over all environments.</param>
    /// <param name="nStep">n: rewards summed before bootstrapping.</param>
    /// <param name="discount">γ.</param>
    /// <param name="file">A file for the frames, mapped into memory; empty for memory.</param>
    /// <param name="backend">Says which memory, if it is to be no file; the host's without it.</param>
    public ReplayBuffer(InputSpec input, int environments, int capacity, int nStep, float discount, string file = "", IBackend? backend = null)
    {
        _slotsPerRing = (capacity + environments - 1) / environments;
        (_frameBytes, _stack) = input.SlidesByOne ? (input.FrameBytes, input.Stack) : (input.Length, 1);
        _nStep = nStep;
        _discount = discount;
        if (nStep < 1 || _slotsPerRing < Enough)
        {
            throw new ArgumentException(
                $"A replay of {capacity} transitions over {environments} environments leaves {_slotsPerRing} to each; "
                + $"{nStep}-step returns over stacks of {_stack} need at least {Enough}.",
                nameof(capacity));
        }

        int places = environments * _slotsPerRing;
        _frames = file.Length > 0 ? new MappedFrames(file, places, _frameBytes)
            : backend is null ? new PagedFrames(places, _frameBytes)
            : backend.Frames(places, _frameBytes, input.Signed);
        _rings = new ReplayRing[environments];
        for (int i = 0; i < environments; i++)
        {
            _rings[i] = new ReplayRing(_slotsPerRing, _frames, i * _slotsPerRing);
        }
    }

    /// <summary>Where its frames are, for people.</summary>
    public string Where => FormattableString.Invariant($"replay's {Places:N0} frames {_frames.Where}");

    /// <summary>N.</summary>
    public int Environments => _rings.Length;

    /// <summary>Places that a transition can have in memory, over all environments.</summary>
    public int Places => _rings.Length * _slotsPerRing;

    /// <summary>n.</summary>
    public int NStep => _nStep;

    /// <summary>Frames that are put together to one observation.</summary>
    public int Stack => _stack;

    /// <summary>Slots filled, over all environments.</summary>
    public int Count
    {
        get
        {
            int sum = 0;
            foreach (ReplayRing ring in _rings)
            {
                sum += ring.Count;
            }

            return sum;
        }
    }

    /// <summary>Whether every environment has something to draw.</summary>
    public bool Ready
    {
        get
        {
            foreach (ReplayRing ring in _rings)
            {
                if (ring.Count < Enough)
                {
                    return false;
                }
            }

            return true;
        }
    }

    // With so many slots, some transition has its whole stack and its n successors.
    private int Enough => _nStep + 2 * _stack + 1;

    /// <summary>Takes in one transition.</summary>
    /// <param name="environment">Whose.</param>
    /// <param name="observation">What was acted on.</param>
    /// <param name="action">What was done, 0 to 255.</param>
    /// <param name="reward">What it brought.</param>
    /// <param name="end">How it closed.</param>
    /// <param name="next">What it led to; read where the episode was truncated.</param>
    public void Add(int environment, ReadOnlySpan<byte> observation, int action, float reward, StepEnd end, ReadOnlySpan<byte> next)
    {
        ReplayRing ring = _rings[environment];
        if (!ring.InEpisode)
        {
            Begin(ring, observation);
        }

        ring.PushStep(Newest(observation), (byte)action, reward, end);
        if (end == StepEnd.Truncated)
        {
            ring.PushFrame(Newest(next));
        }

        ring.InEpisode = end == StepEnd.None;
    }

    /// <summary>Nobody will tell how the running episode of that environment goes on: it was truncated at <paramref name="last"/>.</summary>
    public void Cut(int environment, ReadOnlySpan<byte> last)
    {
        ReplayRing ring = _rings[environment];
        if (ring.InEpisode)
        {
            ring.TruncateNewest();
            ring.PushFrame(Newest(last));
            ring.InEpisode = false;
        }
    }

    /// <summary>Fills the batch with transitions drawn uniformly, with replacement.</summary>
    public void Sample(RandomStream random, ReplayBatch batch)
    {
        int longest = 0;
        foreach (ReplayRing ring in _rings)
        {
            longest = Math.Max(longest, ring.Count);
        }

        for (int i = 0; i < batch.Size;)
        {
            // Uniform over (environment, slot), drawn again where there is no whole transition: uniform over those that are.
            ReplayRing ring = _rings[random.NextInt(_rings.Length)];
            int slot = random.NextInt(longest);
            if (TryRead(ring, slot, batch, i))
            {
                i++;
            }
        }
    }

    /// <summary>Slots filled, of one environment.</summary>
    public int CountOf(int environment) => _rings[environment].Count;

    /// <summary>Slots ever filled, of one environment.</summary>
    public long PushedOf(int environment) => _rings[environment].Pushed;

    /// <summary>Where the <paramref name="slot"/>-th oldest slot lies: 0 to <see cref="Places"/> − 1, the same until it is overwritten.</summary>
    public int PlaceOf(int environment, int slot) => _rings[environment].PlaceOf(slot);

    /// <summary>Whether a transition that can be drawn begins there.</summary>
    public bool IsWhole(int environment, int slot) => IsWhole(_rings[environment], slot, out _);

    /// <inheritdoc cref="IsWhole(int, int)"/>
    public bool IsWholePlace(int place)
    {
        ReplayRing ring = _rings[place / _slotsPerRing];
        return IsWhole(ring, ring.SlotAt(place), out _);
    }

    /// <summary>Copies the transition in that place into a row of the batch, if there is one.</summary>
    public bool TryReadPlace(int place, ReplayBatch batch, int row)
    {
        ReplayRing ring = _rings[place / _slotsPerRing];
        return TryRead(ring, ring.SlotAt(place), batch, row);
    }

    /// <summary>Gives the frames' memory back.</summary>
    public void Dispose() => _frames.Dispose();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        foreach (ReplayRing ring in _rings)
        {
            ring.Clear();
        }
    }

    /// <summary>Writes everything, oldest slot first.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(_rings.Length);
        writer.Write(_slotsPerRing);
        writer.Write(_frameBytes);
        foreach (ReplayRing ring in _rings)
        {
            ring.Save(writer);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote. Another number of environments, capacity or frame size is refused.</summary>
    public void Load(BinaryReader reader)
    {
        (int environments, int slots, int bytes) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        if ((environments, slots, bytes) != (_rings.Length, _slotsPerRing, _frameBytes))
        {
            throw new InvalidDataException(
                $"The saved replay holds {environments} environments × {slots} frames of {bytes} bytes; this learner has "
                + $"{_rings.Length} × {_slotsPerRing} of {_frameBytes}. Use the settings it was saved with, or a checkpoint without replay.");
        }

        foreach (ReplayRing ring in _rings)
        {
            ring.Load(reader);
        }
    }

    /// <summary>The transition that begins at the <paramref name="slot"/>-th oldest slot, if it is whole.</summary>
    internal bool TryRead(int environment, int slot, ReplayBatch batch, int row) => TryRead(_rings[environment], slot, batch, row);

    /// <param name="ring">Whose.</param>
    /// <param name="slot">Where it begins.</param>
    /// <param name="next">The slot of s': n steps on, or less where the episode ended before.</param>
    private bool IsWhole(ReplayRing ring, int slot, out int next)
    {
        next = slot;
        if (slot >= ring.Count || !ring.IsStep(slot) || slot < Math.Min(ring.Age(slot), _stack - 1))
        {
            return false;
        }

        StepEnd end = StepEnd.None;
        for (int k = 0; k < _nStep && end == StepEnd.None; k++, next++)
        {
            if (next >= ring.Count)
            {
                return false;
            }

            end = ring.End(next);
        }

        return end == StepEnd.Terminal || next < ring.Count;
    }

    private bool TryRead(ReplayRing ring, int slot, ReplayBatch batch, int row)
    {
        if (!IsWhole(ring, slot, out int next))
        {
            return false;
        }

        // n-step return (Sutton, 1988, https://doi.org/10.1007/BF00115009):  R = Σ_{k<n} γᵏ r_k, cut at the episode's end
        float sum = 0, discount = 1;
        for (int k = slot; k < next; k++)
        {
            sum += discount * ring.Reward(k);
            discount *= _discount;
        }

        bool isTerminal = ring.End(next - 1) == StepEnd.Terminal;
        if (isTerminal)
        {
            discount = 0;
        }

        TakeStack(ring, isTerminal ? null : next, batch.NextStates, row);
        TakeStack(ring, slot, batch.States, row);
        batch.Actions[row] = ring.Action(slot);
        batch.Returns[row] = sum;
        batch.Discounts[row] = discount;
        return true;
    }

    // Of no slot: zeros.
    private void TakeStack(ReplayRing ring, int? newest, Observations stacks, int row)
    {
        for (int back = 0; back < _stack; back++)
        {
            // The first frame of an episode stands in for those before it.
            int place = newest is { } slot ? ring.PlaceOf(slot - Math.Min(back, ring.Age(slot))) : Observations.Blank;
            stacks.Take(_frames, row, _stack - 1 - back, place);
        }
    }

    /// <summary>An episode joined midway brings the older frames of its first stack along.</summary>
    private void Begin(ReplayRing ring, ReadOnlySpan<byte> observation)
    {
        ring.NextAge = 0;
        int first = 0;
        while (first < _stack - 1 && FrameOf(observation, first + 1).SequenceEqual(FrameOf(observation, 0)))
        {
            first++;
        }

        for (int i = first; i < _stack - 1; i++)
        {
            ring.PushFrame(FrameOf(observation, i));
        }
    }

    private ReadOnlySpan<byte> Newest(ReadOnlySpan<byte> observation) => FrameOf(observation, _stack - 1);

    private ReadOnlySpan<byte> FrameOf(ReadOnlySpan<byte> observation, int index)
        => observation.Slice(index * _frameBytes, _frameBytes);
}
