using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Learning.Networks;
using MarioAgentTool.Learning.Returns;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// DQN with replay and a target network copied now and then (Mnih et al., 2015, https://www.nature.com/articles/nature14236), and what
/// has been found to better it, each on or off by <see cref="DqnSettings"/> and each in a file of its own:
/// <list type="bullet">
/// <item>who chooses the next action: <see cref="NextPolicy"/> (DQN, Double DQN) or <see cref="Returns.Munchausen"/>;</item>
/// <item>what is said of a return: <see cref="MeanReturn"/>, <see cref="CategoricalReturn"/> (C51) or <see cref="QuantileReturn"/> (QR-DQN, and IQN by <see cref="ImplicitQuantiles"/>);</item>
/// <item>how far a target looks ahead: n steps, in <see cref="ReplayBuffer"/>;</item>
/// <item>what is learned from: all alike, or <see cref="PrioritisedReplay"/>;</item>
/// <item>the network: <see cref="Dueling"/>, <see cref="NoisyLinear"/>, <see cref="ImpalaBody"/>.</item>
/// </list>
/// Rainbow (Hessel et al., 2018, https://arxiv.org/abs/1710.02298) is Double, C51, n steps, priorities, dueling and noise together.
/// </summary>
public sealed class Dqn : ILearner, IExploresByNoise, ITellsWhere
{
    // Observations put through the network at once when somebody asks for values.
    private const int ValueBatch = 256;

    private readonly InputSpec _input;
    private readonly int _actions, _environments;
    private readonly DqnSettings _settings;
    private readonly IBackend _backend;
    private readonly IReturnModel _model;
    private readonly Munchausen? _munchausen;
    private readonly IQNetwork _online, _target;
    private readonly INetworkOptimiser _optimiser;
    private readonly RandomStream _explore, _draw, _noise;
    private readonly ReplayBuffer _replay;
    private readonly PrioritisedReplay? _priorities;
    private readonly ReplayBatch _batch;
    private readonly NextPolicy _policy;

    // Q⁻(s, ·), Q(s', ·) and Q⁻(s', ·) of a batch, as far as its targets ask for them.
    private readonly PassOutputs _before, _chooser, _next;
    private readonly float[] _values, _targets, _gradient, _errors, _acting;

    // What the environments show now: N observations, once there have been any.
    private readonly byte[] _current;
    private bool _hasCurrent;

    private long _steps, _updates;
    private float _loss = float.NaN, _meanQ = float.NaN;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from, at most 256.</param>
    /// <param name="environments">N: environments stepped together.</param>
    /// <param name="settings">Every knob.</param>
    /// <param name="seeds">Streams "weights", "explore", "replay" and "noise" are drawn from.</param>
    /// <param name="threads">Threads to learn on; results do not depend on it.</param>
    public Dqn(InputSpec input, int actions, int environments, DqnSettings settings, Seeds seeds, int threads)
        : this(input, actions, environments, settings, seeds, new ManagedBackend(threads))
    {
    }

    /// <summary>As the other, on any backend, which it disposes of in the end.</summary>
    internal Dqn(InputSpec input, int actions, int environments, DqnSettings settings, Seeds seeds, IBackend backend)
    {
        Require.ActionsInAByte(actions);
        settings.Check();
        Require.AtLeast(environments, 1, nameof(environments));
        _input = input;
        _actions = actions;
        _environments = environments;
        _settings = settings;
        Algorithm = settings.AlgorithmName();
        _model = settings.ReturnModel();
        _munchausen = settings.Munchausen > 0 ? new Munchausen(settings.Munchausen, settings.MunchausenTemperature, settings.MunchausenFloor) : null;
        _backend = backend;
        try
        {
            _online = backend.Network(input, actions, settings.Network, seeds.Stream("weights"), _model.Atoms);
            _target = backend.Network(input, actions, settings.Network, seeds.Stream("weights"), _model.Atoms);
            _replay = new ReplayBuffer(input, environments, settings.ReplayCapacity, settings.NStep, settings.Discount, settings.ReplayFile, backend);
        }
        catch
        {
            backend.Dispose();
            throw;
        }

        _optimiser = backend.Adam(_online, settings.AdamEpsilon);
        _explore = seeds.Stream("explore");
        _draw = seeds.Stream("replay");
        _noise = seeds.Stream("noise");
        _priorities = settings.PriorityExponent > 0 ? new PrioritisedReplay(_replay, settings.PriorityExponent) : null;
        _batch = new ReplayBatch(settings.BatchSize, input.Length);
        _policy = new NextPolicy(settings.BatchSize, actions);
        int outputs = settings.BatchSize * _online.Outputs;
        (_before, _chooser, _next) = (backend.Outputs(outputs), backend.Outputs(outputs), backend.Outputs(outputs));
        _values = new float[settings.BatchSize * actions];
        _targets = new float[settings.BatchSize * _model.Atoms];
        _gradient = new float[outputs];
        _errors = new float[settings.BatchSize];
        _acting = new float[environments * actions];
        _current = new byte[environments * input.Length];
    }

    /// <summary>What papers call this combination.</summary>
    public string Algorithm { get; }

    /// <inheritdoc/>
    public string Where => $"{_backend.Name}; {_replay.Where}";

    /// <inheritdoc/>
    public LearnerProgress Progress => new(_steps, _updates, Epsilon, _loss, _meanQ);

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => _online.Tensors;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> TargetWeights => _target.Tensors;

    private float Epsilon => Schedules.Linear(_steps, _settings.EpsilonStart, _settings.EpsilonFinal, _settings.EpsilonDecay);

    // β of prioritised replay, which grows to 1.
    private float PriorityCorrection => Schedules.Linear(_steps, _settings.PriorityCorrection, 1, _settings.PriorityCorrectionSteps);

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        Resume(observations);
        _online.Noise(_noise);
        _model.Means(_online.Evaluate(observations, _environments), _acting);
        float epsilon = Epsilon;
        for (int e = 0; e < _environments; e++)
        {
            actions[e] = _explore.NextSingle() < epsilon
                ? _explore.NextInt(_actions)
                : Greedy.ArgMax(_acting.AsSpan(e * _actions, _actions));
        }
    }

    /// <inheritdoc/>
    public void Observe(in StepBatch batch)
    {
        for (int e = 0; e < _environments; e++)
        {
            int at = e * _input.Length;
            _replay.Add(
                e, _current.AsSpan(at, _input.Length), batch.Actions[e], batch.Rewards[e], batch.Ends[e],
                batch.NextObservations.Slice(at, _input.Length));
            _priorities?.Added(e);
        }

        batch.Observations.CopyTo(_current);
        long before = _steps;
        _steps += _environments;
        if (_replay.Count < _settings.BurnIn || !_replay.Ready || _priorities is { Ready: false })
        {
            return;
        }

        for (long due = _steps / _settings.LearnEvery - before / _settings.LearnEvery; due > 0; due--)
        {
            Update();
        }
    }

    /// <inheritdoc/>
    public void QValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        _online.Noise(null);
        Values(observations, values);
    }

    /// <inheritdoc/>
    public void NoisyQValues(ReadOnlySpan<byte> observations, Span<float> values)
    {
        _online.Noise(_noise);
        Values(observations, values);
    }

    /// <inheritdoc/>
    public void Save(Stream stream, bool withReplay)
    {
        using LearnerFile file = LearnerFile.Begin(stream, Algorithm, _online.Shape);
        Sync(file, withReplay && _hasCurrent);
    }

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        using LearnerFile file = LearnerFile.Open(stream, Algorithm, _online.Shape);
        _replay.Clear();
        _priorities?.Clear();
        Sync(file, withReplay: false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _replay.Dispose();
        _before.Dispose();
        _chooser.Dispose();
        _next.Dispose();
        _optimiser.Dispose();
        _online.Dispose();
        _target.Dispose();
        _backend.Dispose();
    }

    private void Sync(LearnerFile file, bool withReplay)
    {
        file.Sync(ref _steps);
        file.Sync(ref _updates);
        file.Sync(ref _loss);
        file.Sync(ref _meanQ);
        file.Sync("the online network", _online);
        file.Sync("the target network", _target);
        file.Sync(_optimiser);
        file.Sync(_explore);
        file.Sync(_draw);
        file.Sync(_noise);
        file.Sync(ref withReplay);
        _hasCurrent = file.IsReading ? withReplay : _hasCurrent;
        if (!withReplay)
        {
            return;
        }

        file.SyncObservations(_current, _input.Length);
        file.Sync(_replay.Save, _replay.Load);
        bool isPrioritised = _priorities is not null;
        file.Sync(ref isPrioritised);
        if (isPrioritised != _priorities is not null)
        {
            throw new InvalidDataException(
                $"The saved replay is drawn from {(isPrioritised ? "by priority" : "evenly")}, this learner's {(isPrioritised ? "evenly" : "by priority")}. "
                + "Use the settings it was saved with, or a checkpoint without replay.");
        }

        if (_priorities is not null)
        {
            file.Sync(_priorities.Save, _priorities.Load);
        }
    }

    /// <summary>Notes what is acted on. Where it is not what the last step led to, that episode was abandoned: truncated.</summary>
    private void Resume(ReadOnlySpan<byte> observations)
    {
        for (int e = 0; e < _environments && _hasCurrent; e++)
        {
            Span<byte> known = _current.AsSpan(e * _input.Length, _input.Length);
            if (!observations.Slice(e * _input.Length, _input.Length).SequenceEqual(known))
            {
                _replay.Cut(e, known);
                _priorities?.Added(e);
            }
        }

        observations.CopyTo(_current);
        _hasCurrent = true;
    }

    private void Values(ReadOnlySpan<byte> observations, Span<float> values)
    {
        int count = observations.Length / _input.Length;
        for (int i = 0; i < count; i += ValueBatch)
        {
            int n = Math.Min(ValueBatch, count - i);
            _model.Means(_online.Evaluate(observations.Slice(i * _input.Length, n * _input.Length), n), values.Slice(i * _actions, n * _actions));
        }
    }

    private void Update()
    {
        int size = _batch.Size;
        if (_priorities is null)
        {
            _replay.Sample(_draw, _batch);
        }
        else
        {
            _priorities.Sample(_draw, PriorityCorrection, _batch);
        }

        ReadOnlySpan<float> outputs = Outputs();
        ReadOnlySpan<float> taus = _online.Taus;
        ComputeTargets();

        // L = mean of w · loss(outputs for a, target);  w = 1 unless drawn by priority
        Array.Clear(_gradient, 0, _gradient.Length);
        int atoms = _model.Atoms;
        Span<float> value = _values.AsSpan(0, 1);
        float loss = 0, meanQ = 0;
        for (int i = 0; i < size; i++)
        {
            int at = (i * _actions + _batch.Actions[i]) * atoms;
            ReadOnlySpan<float> taken = outputs.Slice(at, atoms), chances = taus.IsEmpty ? taus : taus.Slice(i * atoms, atoms);
            Span<float> gradient = _gradient.AsSpan(at, atoms);
            float weight = _batch.Weights[i];
            loss += weight * _model.Loss(taken, chances, _targets.AsSpan(i * atoms, atoms), gradient, out _errors[i]) / size;
            _model.Means(taken, value);
            meanQ += value[0] / size;
            foreach (ref float derivative in gradient)
            {
                derivative = weight * derivative / size;
            }
        }

        _online.Backward(_gradient);
        _optimiser.Step(Schedules.LearningRate(_steps, _settings.LearningRate, _settings.LearningRateDecay), _settings.GradientNorm);
        _priorities?.Learned(_batch, _errors);

        _updates++;
        if (_updates % _settings.TargetUpdatePeriod == 0)
        {
            _target.CopyFrom(_online);
        }

        // Running means over some hundred updates.
        float share = 1f / Math.Min(_updates, 100);
        _loss = _updates == 1 ? loss : _loss + (loss - _loss) * share;
        _meanQ = _updates == 1 ? meanQ : _meanQ + (meanQ - _meanQ) * share;
    }

    /// <summary>
    /// Asks for every pass that an update needs, each through a noisy network with noise of its own, and then waits for all of them at once:
    /// none depends on another's outputs.
    /// </summary>
    /// <returns>The last pass's, which is learned from: the online network's for s.</returns>
    private ReadOnlySpan<float> Outputs()
    {
        int size = _batch.Size;
        if (_munchausen is not null)
        {
            _target.Noise(_noise);
            _target.Evaluate(_batch.States, size, _before);
        }

        if (_settings.Double)
        {
            _online.Noise(_noise);
            _online.Evaluate(_batch.NextStates, size, _chooser);
        }

        _target.Noise(_noise);
        _target.Evaluate(_batch.NextStates, size, _next);
        _online.Noise(_noise);
        return _online.Forward(_batch.States, size);
    }

    /// <summary>What the outputs for (s, a) ought to have been, for the batch.</summary>
    private void ComputeTargets()
    {
        if (_munchausen is not null)
        {
            // R ← R + α [τ ln π(a | s)] between l₀ and 0
            _model.Means(_before.Read(), _values);
            _munchausen.Reward(_values, _batch.Actions, _batch.Returns);
        }

        // a' = argmaxₐ Q(s', a),  or π = softmax(Q⁻(s', ·)/τ),  or a' = argmaxₐ Q⁻(s', a)
        _model.Means((_settings.Double ? _chooser : _next).Read(), _values);
        if (_munchausen is not null)
        {
            _munchausen.Choose(_values, _policy);
        }
        else
        {
            _policy.Greedily(_values);
        }

        _model.Targets(_batch.Returns, _batch.Discounts, _next.Read(), _policy, _targets);
    }
}
