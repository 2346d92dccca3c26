using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// PQN: Gallici et al., "Simplifying Deep Temporal Difference Learning" (2024, https://arxiv.org/abs/2407.04811). N environments
/// take T steps; Q(λ) returns of that rollout are regressed on in a few epochs of minibatches; then it is thrown away. No replay,
/// no target network: LayerNorm keeps the values in bounds. The default network adds a dueling head, and by default a value is told as a
/// <see cref="Histogram"/> instead of a number.
/// </summary>
public sealed class Pqn : ILearner, ITellsWhere
{
    // Observations put through the network at once when somebody asks for values.
    private const int ValueBatch = 256;

    // In bytes: .NET's longest array, since a minibatch may be all of it.
    private const int LargestRollout = 0x7FFFFFC7;

    // Rows of a minibatch whose loss is worked out at once, and numbers to an action up to which it takes no memory.
    private const int LossRows = 128, LargestOnStack = 256;

    // Observations read or written at once when a rollout is saved.
    private const int SavedAtOnce = 64;

    private readonly InputSpec _input;
    private readonly int _actions, _environments, _length;
    private readonly PqnSettings _settings;
    private readonly IBackend _backend;
    private readonly IQNetwork _network;
    private readonly IRegression _model;
    private readonly INetworkOptimiser _optimiser;
    private readonly RandomStream _explore, _shuffle;

    // The rollout, step after step, N environments each. _nextValues[t, e] = V(s_{t+1}), known one step later.
    private readonly FrameMemory _observations;
    private readonly int[] _performed;
    private readonly float[] _rewards, _nextValues, _returns;
    private readonly StepEnd[] _ends;
    private int _t;

    // What the environments show now: N observations, once there have been any; and what the network says of them.
    private readonly Observations _current;
    private readonly PassOutputs _outputs;
    private bool _hasCurrent;

    // Q(s, ·) of what was last put through the network.
    private float[] _values = [];

    // One minibatch.
    private readonly int[] _order;
    private readonly Observations _batch;
    private readonly int[] _taken;
    private readonly float[] _targets, _gradient, _losses, _predicted;
    private readonly Action<int, int> _lossChunk;
    private int _size;

    private long _steps, _updates;
    private float _loss = float.NaN, _meanQ = float.NaN;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from.</param>
    /// <param name="environments">N: environments stepped together.</param>
    /// <param name="settings">Every knob.</param>
    /// <param name="seeds">Streams "weights", "explore" and "shuffle" are drawn from.</param>
    /// <param name="threads">Threads to learn on; results do not depend on it.</param>
    public Pqn(InputSpec input, int actions, int environments, PqnSettings settings, Seeds seeds, int threads)
        : this(input, actions, environments, settings, seeds, new ManagedBackend(threads))
    {
    }

    /// <summary>As the other, on any backend, which it disposes of in the end.</summary>
    internal Pqn(InputSpec input, int actions, int environments, PqnSettings settings, Seeds seeds, IBackend backend)
    {
        settings.Check();
        Require.AtLeast(actions, 1, nameof(actions));
        Require.AtLeast(environments, 1, nameof(environments));
        if ((long)settings.RolloutSteps * environments * input.Length > LargestRollout)
        {
            throw new ArgumentException(
                $"A rollout of {settings.RolloutSteps} steps of {environments} environments with {input.Length} bytes each is more than the largest "
                + $"({LargestRollout:N0} bytes); take fewer steps or environments.");
        }

        _input = input;
        _length = input.Length;
        _actions = actions;
        _environments = environments;
        _settings = settings;
        _backend = backend;
        _model = settings.Regression();
        _network = backend.Network(input, actions, settings.Network, seeds.Stream("weights"), _model.Atoms);
        _optimiser = backend.RAdam(_network, settings.AdamEpsilon);
        _explore = seeds.Stream("explore");
        _shuffle = seeds.Stream("shuffle");

        int rollout = settings.RolloutSteps * environments;
        int largest = Math.Min(settings.MinibatchSize, rollout);
        _observations = backend.Frames(rollout, _length, input.Signed);
        _performed = new int[rollout];
        _rewards = new float[rollout];
        _nextValues = new float[rollout];
        _returns = new float[rollout];
        _ends = new StepEnd[rollout];
        _order = new int[rollout];
        _current = new Observations(environments, _length);
        _outputs = backend.Outputs(environments * actions * _model.Atoms);
        _batch = new Observations(largest, _length);
        _taken = new int[largest];
        _targets = new float[largest];
        _losses = new float[largest];
        _predicted = new float[largest];
        _lossChunk = LossChunk;
        _gradient = new float[largest * _model.Atoms];
    }

    /// <inheritdoc/>
    public string Algorithm => "PQN";

    /// <inheritdoc/>
    public string Where => FormattableString.Invariant($"{_backend.Name}; a rollout's {_order.Length:N0} observations {_observations.Where}");

    /// <inheritdoc/>
    public LearnerProgress Progress => new(_steps, _updates, Epsilon, _loss, _meanQ);

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => _network.Tensors;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> TargetWeights => [];

    private float Epsilon => Schedules.Linear(_steps, _settings.EpsilonStart, _settings.EpsilonFinal, _settings.EpsilonDecay);

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        Resume(observations);
        ReadOnlySpan<float> q = CurrentValues();
        float epsilon = Epsilon;
        int explorers = (int)(_settings.Explorers * _environments);
        for (int e = 0; e < _environments; e++)
        {
            ReadOnlySpan<float> values = q.Slice(e * _actions, _actions);
            actions[e] = _explore.NextSingle() < (e < explorers ? Math.Max(epsilon, _settings.ExplorerEpsilon) : epsilon) ? _explore.NextInt(_actions) : Greedy.ArgMax(values);

            // The step before led here: this is its bootstrap value, unless its episode ended.
            int before = (_t - 1) * _environments + e;
            if (_t > 0 && _ends[before] == StepEnd.None)
            {
                _nextValues[before] = NextValue(values, _performed[before]);
            }
        }
    }

    /// <inheritdoc/>
    public void Observe(in StepBatch batch)
    {
        int row = _t * _environments;
        _observations.Write(row, _current);
        (_settings.Sticky > 0 && !batch.Performed.IsEmpty ? batch.Performed : batch.Actions).CopyTo(_performed.AsSpan(row));
        batch.Rewards.CopyTo(_rewards.AsSpan(row));
        batch.Ends.CopyTo(_ends.AsSpan(row));
        for (int e = 0; e < _environments; e++)
        {
            if (batch.Ends[e] == StepEnd.Truncated)
            {
                _nextValues[row + e] = Value(batch.NextObservations.Slice(e * _length, _length), _performed[row + e]);
            }
        }

        batch.Observations.CopyTo(_current.Overwrite());
        _steps += _environments;
        if (++_t == _settings.RolloutSteps)
        {
            Learn();
            _t = 0;
        }
    }

    /// <inheritdoc/>
    public void QValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        int count = observations.Length / _length;
        for (int i = 0; i < count; i += ValueBatch)
        {
            int n = Math.Min(ValueBatch, count - i);
            Values(observations.Slice(i * _length, n * _length), n).CopyTo(values.Slice(i * _actions));
        }
    }

    /// <summary>Writes everything; the unfinished rollout counts as replay.</summary>
    public void Save(Stream stream, bool withReplay)
    {
        using LearnerFile file = LearnerFile.Begin(stream, Algorithm, _network.Shape);
        Sync(file, withReplay && _hasCurrent);
    }

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        using LearnerFile file = LearnerFile.Open(stream, Algorithm, _network.Shape);
        _t = 0;
        Sync(file, withReplay: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _observations.Dispose();
        _outputs.Dispose();
        _optimiser.Dispose();
        _network.Dispose();
        _backend.Dispose();
    }

    /// <summary>
    /// Q(λ) returns of a rollout, last step first, as the paper's appendix has them:
    /// G_t = r_t + γ [(1 − λ) V(s_{t+1}) + λ G_{t+1}], V = maxₐ Q(·, a), cut where an episode or the rollout ends.
    /// </summary>
    internal static void LambdaReturns(
        int steps, int environments, ReadOnlySpan<float> rewards, ReadOnlySpan<StepEnd> ends, ReadOnlySpan<float> nextValues,
        float discount, float lambda, Span<float> returns)
    {
        for (int t = steps - 1; t >= 0; t--)
        {
            for (int e = 0; e < environments; e++)
            {
                int i = t * environments + e;
                bool last = t == steps - 1 || ends[i] == StepEnd.Truncated;
                float future = ends[i] == StepEnd.Terminal ? 0
                    : last ? nextValues[i]
                    : (1 - lambda) * nextValues[i] + lambda * returns[i + environments];
                returns[i] = rewards[i] + discount * future;
            }
        }
    }

    private void Sync(LearnerFile file, bool withReplay)
    {
        file.Sync(ref _steps);
        file.Sync(ref _updates);
        file.Sync(ref _loss);
        file.Sync(ref _meanQ);
        file.Sync("the network", _network);
        file.Sync(_optimiser);
        file.Sync(_explore);
        file.Sync(_shuffle);
        file.Sync(ref withReplay);
        _hasCurrent = file.IsReading ? withReplay : _hasCurrent;
        if (!withReplay)
        {
            return;
        }

        file.SyncObservations(_current.Overwrite(), _length);
        file.Sync(ref _t);
        if (_t < 0 || _t >= _settings.RolloutSteps)
        {
            throw new InvalidDataException(
                $"The saved rollout is {_t} steps long; this learner's are {_settings.RolloutSteps}. Use the settings it was saved with, or a checkpoint without replay.");
        }

        int count = _t * _environments;
        byte[] buffer = new byte[SavedAtOnce * _length];
        for (int at = 0; at < count; at += SavedAtOnce)
        {
            Span<byte> some = buffer.AsSpan(0, Math.Min(SavedAtOnce, count - at) * _length);
            if (file.IsReading)
            {
                file.Sync(some);
                _observations.Write(at, some);
            }
            else
            {
                _observations.Read(at, some);
                file.Sync(some);
            }
        }

        for (int i = 0; i < count; i++)
        {
            file.Sync(ref _performed[i]);
            file.Sync(ref _rewards[i]);
            file.Sync(ref _ends[i]);
            file.Sync(ref _nextValues[i]);
        }
    }

    /// <summary>Notes what is acted on. Where it is not what the last step led to, that episode was abandoned: truncated.</summary>
    private void Resume(ReadOnlySpan<byte> observations)
    {
        if (_hasCurrent && observations.SequenceEqual(_current.Bytes))
        {
            return;
        }

        for (int e = 0; e < _environments && _hasCurrent && _t > 0; e++)
        {
            int before = (_t - 1) * _environments + e;
            ReadOnlySpan<byte> known = _current.Bytes.Slice(e * _length, _length);
            if (_ends[before] == StepEnd.None && !observations.Slice(e * _length, _length).SequenceEqual(known))
            {
                _ends[before] = StepEnd.Truncated;
                _nextValues[before] = Value(known, _performed[before]);
            }
        }

        observations.CopyTo(_current.Overwrite());
        _hasCurrent = true;
    }

    private ReadOnlySpan<float> CurrentValues()
    {
        _network.Evaluate(_current, _environments, _outputs);
        return Means(_outputs.Read(), _environments);
    }

    private ReadOnlySpan<float> Values(ReadOnlySpan<byte> observations, int count) => Means(_network.Evaluate(observations, count), count);

    private ReadOnlySpan<float> Means(ReadOnlySpan<float> outputs, int count)
    {
        if (_values.Length < count * _actions)
        {
            _values = new float[count * _actions];
        }

        Span<float> values = _values.AsSpan(0, count * _actions);
        _model.Means(outputs, values);
        return values;
    }

    private float Value(ReadOnlySpan<byte> observation, int performed) => NextValue(Values(observation, 1), performed);

    /// <summary>
    /// What is to come in s', where the environment holds on to the action performed before, b, with chance ς: V(s') = (1 − ς) maxₐ Q(s', a) + ς Q(s', b).
    /// Q is that of actions performed, so that what holding on costs is not averaged out of samples but reckoned. Which action is best is the same.
    /// </summary>
    private float NextValue(ReadOnlySpan<float> values, int performed)
    {
        float sticky = _settings.Sticky ?? 0;
        return (1 - sticky) * Greedy.Max(values) + sticky * values[performed];
    }

    private void Learn()
    {
        // The last step leads out of the rollout; its value has to be asked for.
        int rollout = _settings.RolloutSteps * _environments;
        ReadOnlySpan<float> q = CurrentValues();
        for (int e = 0; e < _environments; e++)
        {
            int i = rollout - _environments + e;
            if (_ends[i] == StepEnd.None)
            {
                _nextValues[i] = NextValue(q.Slice(e * _actions, _actions), _performed[i]);
            }
        }

        float failure = _settings.FailureFactorAt(_steps);
        for (int i = 0; i < rollout; i++)
        {
            _rewards[i] *= _ends[i] == StepEnd.Terminal && _rewards[i] < 0 ? failure : 1;
        }

        LambdaReturns(
            _settings.RolloutSteps, _environments, _rewards, _ends, _nextValues, _settings.DiscountAt(_steps), _settings.Lambda, _returns);

        int minibatches = (rollout + _settings.MinibatchSize - 1) / _settings.MinibatchSize;
        float loss = 0, meanQ = 0;
        for (int epoch = 0; epoch < _settings.Epochs; epoch++)
        {
            Shuffle();
            for (int m = 0; m < minibatches; m++)
            {
                int from = (int)((long)rollout * m / minibatches);
                int to = (int)((long)rollout * (m + 1) / minibatches);
                Update(_order.AsSpan(from, to - from), ref loss, ref meanQ);
            }
        }

        _loss = loss / (_settings.Epochs * minibatches);
        _meanQ = meanQ / (_settings.Epochs * minibatches);
    }

    private void Update(ReadOnlySpan<int> rows, ref float loss, ref float meanQ)
    {
        int size = rows.Length;
        for (int i = 0; i < size; i++)
        {
            _batch.Take(_observations, i, 0, rows[i]);
            _taken[i] = _performed[rows[i]];
            _targets[i] = _returns[rows[i]];
        }

        // L = mean of loss(outputs for a, G):  ½ (Q(s, a) − G)², or cross-entropy
        ReadOnlySpan<float> outputs = _network.Forward(_batch, _taken, size);
        outputs.CopyTo(_gradient);
        _size = size;
        _backend.Run((size + LossRows - 1) / LossRows, _lossChunk);
        for (int i = 0; i < size; i++)
        {
            loss += _losses[i] / size;
            meanQ += _predicted[i] / size;
        }

        _network.Backward(_gradient.AsSpan(0, size * _model.Atoms));
        float rate = Schedules.Easing(_steps, _settings.LearningRate, _settings.LearningRateEasing);
        _optimiser.Step(Schedules.LearningRate(_steps, rate, _settings.LearningRateDecay), _settings.GradientNorm);
        _updates++;
    }

    // Outputs give way to the loss's derivatives by them.
    private void LossChunk(int chunk, int worker)
    {
        int atoms = _model.Atoms, end = Math.Min(_size, (chunk + 1) * LossRows);
        Span<float> outputs = stackalloc float[LargestOnStack];
        outputs = atoms <= LargestOnStack ? outputs.Slice(0, atoms) : new float[atoms];
        for (int i = chunk * LossRows; i < end; i++)
        {
            Span<float> gradient = _gradient.AsSpan(i * atoms, atoms);
            gradient.CopyTo(outputs);
            _losses[i] = _model.Loss(outputs, _targets[i], gradient, out _predicted[i]);
            foreach (ref float derivative in gradient)
            {
                derivative /= _size;
            }
        }
    }

    /// <summary>Fisher and Yates, from the natural order, so that a saved run needs no memory of the last shuffle.</summary>
    private void Shuffle()
    {
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        for (int i = _order.Length - 1; i > 0; i--)
        {
            int j = _shuffle.NextInt(i + 1);
            (_order[i], _order[j]) = (_order[j], _order[i]);
        }
    }
}
