using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// DQN (Mnih et al., 2015, https://www.nature.com/articles/nature14236) as people write it in notebooks: one step of the world,
/// one transition into a uniform replay, an update now and then, by Adam. Every point on which three much-read notebooks differ
/// is a setting; given one's settings, batches and first weights, it computes that one's numbers.
/// </summary>
/// <remarks>
/// A step is: decide (epsilon decays) · step the world · store · copy into the target if due by steps · update if due (a copy due
/// by updates before it, epsilon's decay by updates after it) · at an episode's end, copy if due by episodes.
/// </remarks>
public sealed class ClassicDqn : ILearner, ITellsWhere
{
    private readonly InputSpec _input;
    private readonly int _actions, _environments;
    private readonly ClassicDqnSettings _settings;
    private readonly IBackend _backend;
    private readonly IQNetwork _online, _target;
    private readonly INetworkOptimiser _optimiser;
    private readonly RandomStream _explore, _draw;
    private readonly Exploration _exploration;
    private readonly TransitionReplay _replay;
    private readonly ReplayBatch _batch;

    // Q⁻(s', ·) and Q(s', ·) of a batch.
    private readonly PassOutputs _next, _chooser;
    private readonly float[] _targets, _gradient;

    // What the environments show now: N observations, once there have been any.
    private readonly byte[] _current;
    private readonly bool[] _begins;
    private float? _position;

    private long _steps, _updates, _episodes, _syncs;
    private float _loss = float.NaN, _meanQ = float.NaN;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from, at most 256.</param>
    /// <param name="environments">N: environments stepped together; their steps count one after the other. The notebooks have one.</param>
    /// <param name="settings">Every knob.</param>
    /// <param name="seeds">Streams "weights", "target weights", "explore" and "replay" are drawn from.</param>
    /// <param name="threads">Threads to learn on; results do not depend on it.</param>
    public ClassicDqn(InputSpec input, int actions, int environments, ClassicDqnSettings settings, Seeds seeds, int threads)
        : this(input, actions, environments, settings, seeds, new ManagedBackend(threads))
    {
    }

    /// <summary>As the other, on any backend, which it disposes of in the end.</summary>
    internal ClassicDqn(InputSpec input, int actions, int environments, ClassicDqnSettings settings, Seeds seeds, IBackend backend)
    {
        Require.ActionsInAByte(actions);
        settings.Check();
        Require.AtLeast(environments, 1, nameof(environments));
        if (environments > 1 && settings.Frontier.Rule != FrontierRule.Off)
        {
            throw new ArgumentException($"Frontier follows one environment's position, and {environments} play; set consoles=1, or Frontier.Rule=off.");
        }

        _input = settings.InputRange == InputRange.Bytes ? input with { Scale = 1 } : input;
        _actions = actions;
        _environments = environments;
        _settings = settings;
        _backend = backend;
        try
        {
            _online = backend.Network(_input, actions, settings.Network, seeds.Stream("weights"));
            _target = backend.Network(_input, actions, settings.Network, seeds.Stream("target weights"));
            _replay = new TransitionReplay(_input, environments, settings.ReplayCapacity, backend);
        }
        catch
        {
            backend.Dispose();
            throw;
        }

        // The dueling notebook finds the size of its convolutions' output by a black picture, which the running statistics take in.
        _online.Evaluate(new byte[input.Length], 1);
        _target.Evaluate(new byte[input.Length], 1);
        if (settings.TargetStartsAsCopy)
        {
            _target.CopyFrom(_online);
        }

        _optimiser = backend.Adam(_online, settings.AdamEpsilon);
        _explore = seeds.Stream("explore");
        _draw = seeds.Stream("replay");
        _exploration = new Exploration(settings);
        _batch = new ReplayBatch(settings.BatchSize, input.Length);
        (_next, _chooser) = (backend.Outputs(settings.BatchSize * actions), backend.Outputs(settings.BatchSize * actions));
        _targets = new float[settings.BatchSize];
        _gradient = new float[settings.BatchSize * actions];
        _current = new byte[environments * input.Length];
        _begins = new bool[environments];
        _begins.AsSpan().Fill(true);
    }

    /// <inheritdoc/>
    public string Algorithm => "Classic DQN";

    /// <inheritdoc/>
    public string Where => $"{_backend.Name}; {_replay.Where}";

    /// <summary>Where learning stands; loss and value are the latest update's own.</summary>
    public LearnerProgress Progress => new(_steps, _updates, _exploration.Epsilon, _loss, _meanQ) { Frontier = _exploration.Frontier };

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => _online.Tensors;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> TargetWeights => _target.Tensors;

    /// <summary>Copies into the target network so far.</summary>
    internal long Syncs => _syncs;

    /// <summary>Epsilon in double precision, as the notebooks have it.</summary>
    internal double ExactEpsilon => _exploration.Epsilon;

    internal TransitionReplay Replay => _replay;

    /// <summary>Targets of the latest update.</summary>
    internal IReadOnlyList<float> LastTargets => _targets;

    private NormalBy Acting => _settings.ActingStatistics == ActingStatistics.Running ? NormalBy.Running : NormalBy.Batch;

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        observations.CopyTo(_current);
        for (int e = 0; e < _environments; e++)
        {
            // ε-greedy; the network is asked only where its answer counts, and one observation at a time.
            double epsilon = _exploration.Decide(_position, _begins[e]);
            actions[e] = _explore.NextDouble() < epsilon
                ? _explore.NextInt(_actions)
                : Greedy.ArgMax(_online.Evaluate(observations.Slice(e * _input.Length, _input.Length), 1, Acting));
        }
    }

    /// <inheritdoc/>
    public void Observe(in StepBatch batch)
    {
        for (int e = 0; e < _environments; e++)
        {
            bool ended = batch.Ends[e] != StepEnd.None;
            int at = e * _input.Length;
            _replay.Add(
                e, _current.AsSpan(at, _input.Length), batch.Actions[e], batch.Rewards[e], batch.Ends[e] == StepEnd.Terminal,
                batch.NextObservations.Slice(at, _input.Length));
            _steps++;
            if (_settings.SyncUnit == SyncUnit.Steps && _steps % _settings.SyncPeriod == 0)
            {
                CopyIntoTarget();
            }

            if (_steps >= _settings.BurnIn && _steps % _settings.LearnEvery == 0)
            {
                if (_settings.SyncUnit == SyncUnit.Updates && _updates > 0 && _updates % _settings.SyncPeriod == 0)
                {
                    CopyIntoTarget();
                }

                _replay.Sample(_draw, _batch);
                Update(_batch);
            }

            _begins[e] = ended;
            _position = batch.Positions.IsEmpty ? null : batch.Positions[e];
            if (ended)
            {
                if (_settings.SyncUnit == SyncUnit.Episodes && _episodes % _settings.SyncPeriod == 0)
                {
                    CopyIntoTarget();
                }

                _episodes++;
                if (!batch.Furthest.IsEmpty)
                {
                    _exploration.EpisodeEnded(batch.Furthest[e]);
                }
            }
        }

        batch.Observations.CopyTo(_current);
    }

    /// <inheritdoc/>
    public void QValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        // Each picture by its own statistics, as if it were acted on alone; looking changes nothing.
        NormalBy by = Acting == NormalBy.Batch ? NormalBy.Sample : NormalBy.Running;
        const int AtOnce = 64;
        int count = observations.Length / _input.Length;
        for (int i = 0; i < count; i += AtOnce)
        {
            int n = Math.Min(AtOnce, count - i);
            _online.Evaluate(observations.Slice(i * _input.Length, n * _input.Length), n, by).CopyTo(values.Slice(i * _actions));
        }
    }

    /// <inheritdoc/>
    public void Save(Stream stream, bool withReplay)
    {
        using LearnerFile file = LearnerFile.Begin(stream, Algorithm, _online.Shape);
        Sync(file, withReplay);
    }

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        using LearnerFile file = LearnerFile.Open(stream, Algorithm, _online.Shape);
        _replay.Clear();
        Sync(file, withReplay: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _replay.Dispose();
        _next.Dispose();
        _chooser.Dispose();
        _optimiser.Dispose();
        _online.Dispose();
        _target.Dispose();
        _backend.Dispose();
    }

    /// <summary>One optimiser step on a batch.</summary>
    internal void Update(ReplayBatch batch)
    {
        ReadOnlySpan<float> q = Values(batch);
        ComputeTargets(batch);
        Array.Clear(_gradient, 0, _gradient.Length);
        double loss = 0, meanQ = 0;
        for (int i = 0; i < batch.Size; i++)
        {
            int at = i * _actions + batch.Actions[i];
            float delta = q[at] - _targets[i];
            if (_settings.Loss == LossKind.SquaredError)
            {
                // L = mean of δ²;  dL/dQ = 2δ / size
                loss += delta * delta;
                _gradient[at] = 2 * delta / batch.Size;
            }
            else
            {
                // L = mean of δ²/2 while |δ| < 1, |δ| − 1/2 beyond;  dL/dQ = clamp(δ, −1, 1) / size
                float clamped = Math.Max(-1, Math.Min(1, delta));
                loss += clamped * (delta - clamped / 2);
                _gradient[at] = clamped / batch.Size;
            }

            meanQ += q[at];
        }

        _online.Backward(_gradient);
        _optimiser.Step(_settings.LearningRate, gradientNorm: 0);
        _updates++;
        _exploration.Updated();
        (_loss, _meanQ) = ((float)(loss / batch.Size), (float)(meanQ / batch.Size));
    }

    /// <summary>
    /// Asks for every pass that an update needs, then waits for all of them at once: none depends on another's outputs. A target network
    /// with BatchNorm takes the batch into its running statistics, as an unfrozen module does.
    /// </summary>
    /// <returns>Q(s, ·), which is learned from.</returns>
    private ReadOnlySpan<float> Values(ReplayBatch batch)
    {
        _target.Evaluate(batch.NextStates, batch.Size, _next, Acting);
        if (_settings.Target == TargetKind.Double)
        {
            _online.Evaluate(batch.NextStates, batch.Size, _chooser);
        }

        return _online.Forward(batch.States, batch.Size);
    }

    /// <summary>What Q(s, a) ought to have been.</summary>
    private void ComputeTargets(ReplayBatch batch)
    {
        // DQN (Mnih et al., 2015):                 y = r + γ (1 − done) maxₐ Q⁻(s', a)
        // Double DQN (van Hasselt et al., 2016):   y = r + γ (1 − done) Q⁻(s', argmaxₐ Q(s', a))
        ReadOnlySpan<float> next = _next.Read(), chooser = (_settings.Target == TargetKind.Double ? _chooser : _next).Read();
        for (int i = 0; i < batch.Size; i++)
        {
            int greedy = Greedy.ArgMax(chooser.Slice(i * _actions, _actions));
            _targets[i] = batch.Returns[i] + _settings.Discount * next[i * _actions + greedy] * batch.Discounts[i];
        }
    }

    private void CopyIntoTarget()
    {
        _target.CopyFrom(_online);
        _syncs++;
    }

    private void Sync(LearnerFile file, bool withReplay)
    {
        file.Sync(ref _steps);
        file.Sync(ref _updates);
        file.Sync(ref _episodes);
        file.Sync(ref _syncs);
        file.Sync(ref _loss);
        file.Sync(ref _meanQ);
        (bool hasPosition, float position) = (_position.HasValue, _position ?? 0);
        file.Sync(ref hasPosition);
        file.Sync(ref position);
        _position = hasPosition ? position : null;
        file.Sync("the online network", _online);
        file.Sync("the target network", _target);
        file.Sync(_optimiser);
        file.Sync(_explore);
        file.Sync(_draw);
        file.Sync(_exploration.Save, _exploration.Load);
        file.Sync(ref withReplay);
        if (withReplay)
        {
            file.SyncObservations(_current, _input.Length);
            foreach (ref bool begins in _begins.AsSpan())
            {
                file.Sync(ref begins);
            }

            file.Sync(_replay.Save, _replay.Load);
        }
    }
}
