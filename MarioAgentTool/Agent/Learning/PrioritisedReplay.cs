using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// Prioritised experience replay: Schaul, Quan, Antonoglou and Silver (2016, https://arxiv.org/abs/1511.05952), the proportional
/// variant. A transition is drawn the more often the greater its error was when it was last learned from; new ones count as the
/// greatest so far. Weights make up for that.
/// <code>
///   P(i) = p_i^α / Σ p_k^α,  p_i = |δ_i| + ε        equation 1, section 3.3
///   w_i = (N P(i))^−β / max_j w_j                  section 3.4
/// </code>
/// </summary>
/// <param name="replay">The transitions. Whatever is added to it has to be told to <see cref="Added"/>.</param>
/// <param name="alpha">α.</param>
internal sealed class PrioritisedReplay(ReplayBuffer replay, float alpha)
{
    // ε: what keeps a transition without error from never being drawn again.
    private const double Least = 1e-6;

    private readonly SumTree _tree = new(replay.Places);
    private readonly long[] _seen = new long[replay.Environments];

    // Of all p^α so far.
    private double _highest = 1;

    /// <summary>Whether there is something to draw.</summary>
    public bool Ready => _tree.Filled > 0;

    /// <summary>p_i^α of a transition; 0 where none begins.</summary>
    internal double PriorityOf(int environment, int slot) => _tree[replay.PlaceOf(environment, slot)];

    /// <summary>Something was added to that environment's transitions, or they were cut off.</summary>
    public void Added(int environment)
    {
        int count = replay.CountOf(environment);
        long pushed = replay.PushedOf(environment);
        int fresh = (int)Math.Min(pushed - _seen[environment], count);
        _seen[environment] = pushed;

        // What stood in these places is gone.
        for (int slot = count - fresh; slot < count; slot++)
        {
            _tree[replay.PlaceOf(environment, slot)] = 0;
        }

        // The newest become whole once n steps have followed, or the end; the oldest cease to be when their stack's first frame goes.
        for (int slot = Math.Max(0, count - fresh - replay.NStep - 1); slot < count; slot++)
        {
            int place = replay.PlaceOf(environment, slot);
            if (_tree[place] == 0 && replay.IsWhole(environment, slot))
            {
                _tree[place] = _highest;
            }
        }

        for (int slot = 0; slot < Math.Min(count, fresh + replay.Stack); slot++)
        {
            int place = replay.PlaceOf(environment, slot);
            if (_tree[place] > 0 && !replay.IsWhole(environment, slot))
            {
                _tree[place] = 0;
            }
        }
    }

    /// <summary>Fills the batch, weights included: the whole mass is cut into as many equal parts, and one drawn from each.</summary>
    public void Sample(RandomStream random, float beta, ReplayBatch batch)
    {
        double part = _tree.Total / batch.Size, largest = 0;
        for (int i = 0; i < batch.Size; i++)
        {
            int place = _tree.Find((i + random.NextDouble()) * part);
            if (!replay.TryReadPlace(place, batch, i))
            {
                throw new InvalidOperationException($"Place {place} has a priority and no transition; what is added to replay has to be told to {nameof(Added)}.");
            }

            batch.Places[i] = place;
            double weight = Math.Pow(_tree.Filled * _tree[place] / _tree.Total, -beta);
            batch.Weights[i] = (float)weight;
            largest = Math.Max(largest, weight);
        }

        for (int i = 0; i < batch.Size; i++)
        {
            batch.Weights[i] = (float)(batch.Weights[i] / largest);
        }
    }

    /// <summary>Takes in the errors of the batch that was drawn last.</summary>
    public void Learned(ReplayBatch batch, ReadOnlySpan<float> errors)
    {
        for (int i = 0; i < batch.Size; i++)
        {
            double priority = Math.Pow(errors[i] + Least, alpha);
            _tree[batch.Places[i]] = priority;
            _highest = Math.Max(_highest, priority);
        }
    }

    /// <summary>Forgets everything, as its replay does.</summary>
    public void Clear()
    {
        _tree.Clear();
        _highest = 1;
        Array.Clear(_seen, 0, _seen.Length);
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_highest);
        writer.Write(_tree.Places);
        for (int place = 0; place < _tree.Places; place++)
        {
            writer.Write(_tree[place]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, once the replay has been read.</summary>
    public void Load(BinaryReader reader)
    {
        Clear();
        _highest = reader.ReadDouble();
        int places = reader.ReadInt32();
        if (places != _tree.Places)
        {
            throw new InvalidDataException($"The saved priorities are {places}; this learner has {_tree.Places} places. Use the settings it was saved with, or a checkpoint without replay.");
        }

        for (int place = 0; place < places; place++)
        {
            double priority = reader.ReadDouble();
            if (!(priority >= 0 && priority <= double.MaxValue) || (priority > 0) != replay.IsWholePlace(place))
            {
                throw new InvalidDataException($"The saved priority {priority} of place {place} does not go with its transition; the file is damaged, so start a new run.");
            }

            _tree[place] = priority;
        }

        for (int e = 0; e < _seen.Length; e++)
        {
            _seen[e] = replay.PushedOf(e);
        }
    }
}
