using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Support;

namespace MarioAgentTool.Learning;

/// <summary>
/// Double DQN: van Hasselt, Guez and Silver, "Deep Reinforcement Learning with Double Q-learning" (2016,
/// https://arxiv.org/abs/1509.06461), with n-step returns, on the frame of Mnih et al. (2015): replay, a target network copied
/// now and then, Huber loss. The default network adds LayerNorm and a dueling head.
/// </summary>
public sealed class DoubleDqn : ILearner
{
    // Observations put through the network at once when somebody asks for values.
    private const int ValueBatch = 256;

    private readonly InputSpec _input;
    private readonly int _actions, _environments;
    private readonly DoubleDqnSettings _settings;
    private readonly IBackend _backend;
    private readonly IQNetwork _online, _target;
    private readonly INetworkOptimiser _optimiser;
    private readonly RandomStream _explore, _draw;
    private readonly ReplayBuffer _replay;
    private readonly ReplayBatch _batch;
    private readonly float[] _targets, _gradient;

    // What the environments show now: N observations, once there have been any.
    private readonly byte[] _current;
    private bool _hasCurrent;

    private long _steps, _updates;
    private float _loss = float.NaN, _meanQ = float.NaN;

    /// <param name="input">What an observation looks like.</param>
    /// <param name="actions">Actions to choose from, at most 256.</param>
    /// <param name="environments">N: environments stepped together.</param>
    /// <param name="settings">Every knob.</param>
    /// <param name="seeds">Streams "weights", "explore" and "replay" are drawn from.</param>
    /// <param name="threads">Threads to learn on; results do not depend on it.</param>
    public DoubleDqn(InputSpec input, int actions, int environments, DoubleDqnSettings settings, Seeds seeds, int threads)
        : this(input, actions, environments, settings, seeds, new ManagedBackend(threads))
    {
    }

    /// <summary>As the other, on any backend, which it disposes of in the end.</summary>
    internal DoubleDqn(InputSpec input, int actions, int environments, DoubleDqnSettings settings, Seeds seeds, IBackend backend)
    {
        if (actions is < 1 or > 256)
        {
            throw new ArgumentOutOfRangeException(nameof(actions), actions, "Replay keeps an action in one byte: 1 to 256 actions.");
        }

        settings.Check();
        Require.AtLeast(environments, 1, nameof(environments));
        _input = input;
        _actions = actions;
        _environments = environments;
        _settings = settings;
        _backend = backend;
        _online = backend.Network(input, actions, settings.Network, seeds.Stream("weights"));
        _target = backend.Network(input, actions, settings.Network, seeds.Stream("weights"));
        _optimiser = backend.Adam(_online, settings.AdamEpsilon);
        _explore = seeds.Stream("explore");
        _draw = seeds.Stream("replay");
        _replay = new ReplayBuffer(input, environments, settings.ReplayCapacity, settings.NStep, settings.Discount);
        _batch = new ReplayBatch(settings.BatchSize, input.Length);
        _targets = new float[settings.BatchSize];
        _gradient = new float[settings.BatchSize * actions];
        _current = new byte[environments * input.Length];
    }

    /// <inheritdoc/>
    public string Algorithm => "Double DQN";

    /// <inheritdoc/>
    public LearnerProgress Progress => new(_steps, _updates, Epsilon, _loss, _meanQ);

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> Weights => _online.Tensors;

    /// <inheritdoc/>
    public IReadOnlyList<NamedTensor> TargetWeights => _target.Tensors;

    private float Epsilon => Schedules.Epsilon(_steps, _settings.EpsilonStart, _settings.EpsilonFinal, _settings.EpsilonDecay);

    /// <inheritdoc/>
    public void Act(ReadOnlySpan<byte> observations, Span<int> actions)
    {
        Resume(observations);
        ReadOnlySpan<float> q = _online.Forward(observations, _environments);
        float epsilon = Epsilon;
        for (int e = 0; e < _environments; e++)
        {
            actions[e] = _explore.NextSingle() < epsilon
                ? _explore.NextInt(_actions)
                : Greedy.ArgMax(q.Slice(e * _actions, _actions));
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
        }

        batch.Observations.CopyTo(_current);
        long before = _steps;
        _steps += _environments;
        if (_replay.Count < _settings.BurnIn || !_replay.Ready)
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
        int count = observations.Length / _input.Length;
        for (int i = 0; i < count; i += ValueBatch)
        {
            int n = Math.Min(ValueBatch, count - i);
            _online.Forward(observations.Slice(i * _input.Length, n * _input.Length), n).CopyTo(values.Slice(i * _actions));
        }
    }

    /// <inheritdoc/>
    public void Save(Stream stream, bool withReplay)
    {
        using BinaryWriter writer = LearnerFile.Begin(stream, Algorithm, _online.Shape);
        writer.Write(_steps);
        writer.Write(_updates);
        writer.Write(_loss);
        writer.Write(_meanQ);
        writer.Write(_online);
        writer.Write(_target);
        writer.Write(_optimiser);
        writer.Write(_explore);
        writer.Write(_draw);
        writer.Write(withReplay && _hasCurrent);
        if (withReplay && _hasCurrent)
        {
            writer.Write(_current.Length);
            writer.Write(_current);
            _replay.Save(writer);
        }
    }

    /// <inheritdoc/>
    public void Load(Stream stream)
    {
        using BinaryReader reader = LearnerFile.Open(stream, Algorithm, _online.Shape);
        _steps = reader.ReadInt64();
        _updates = reader.ReadInt64();
        _loss = reader.ReadSingle();
        _meanQ = reader.ReadSingle();
        reader.Read("the online network", _online);
        reader.Read("the target network", _target);
        reader.Read(_optimiser);
        reader.Read(_explore);
        reader.Read(_draw);
        _replay.Clear();
        _hasCurrent = reader.ReadBoolean();
        if (_hasCurrent)
        {
            LearnerFile.ReadObservations(reader, _current, _input.Length);
            _replay.Load(reader);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _optimiser.Dispose();
        _online.Dispose();
        _target.Dispose();
        _backend.Dispose();
    }

    /// <summary>What Q(s, a) ought to have been, for a batch.</summary>
    /// <param name="returns">R, the n rewards discounted and summed.</param>
    /// <param name="discounts">γⁿ (1 − done).</param>
    /// <param name="onlineQ">Q(s', ·).</param>
    /// <param name="targetQ">Q⁻(s', ·).</param>
    /// <param name="actions">Actions in a row of either.</param>
    /// <param name="targets">y, filled in.</param>
    internal static void Targets(
        ReadOnlySpan<float> returns, ReadOnlySpan<float> discounts, ReadOnlySpan<float> onlineQ, ReadOnlySpan<float> targetQ,
        int actions, Span<float> targets)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            // Double DQN (van Hasselt et al., 2016):  y = R + γⁿ (1 − done) Q⁻(s', argmaxₐ Q(s', a))
            int greedy = Greedy.ArgMax(onlineQ.Slice(i * actions, actions));
            targets[i] = returns[i] + discounts[i] * targetQ[i * actions + greedy];
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
            }
        }

        observations.CopyTo(_current);
        _hasCurrent = true;
    }

    private void Update()
    {
        int size = _batch.Size;
        _replay.Sample(_draw, _batch);

        Targets(
            _batch.Returns, _batch.Discounts, _online.Forward(_batch.NextStates, size), _target.Forward(_batch.NextStates, size),
            _actions, _targets);

        // L = mean of Huber(Q(s, a) − y):  δ² / 2 while |δ| ≤ κ, κ (|δ| − κ/2) beyond;  dL/dQ = clamp(δ, −κ, κ) / size
        ReadOnlySpan<float> q = _online.Forward(_batch.States, size);
        Array.Clear(_gradient, 0, _gradient.Length);
        float kappa = _settings.HuberDelta, loss = 0, meanQ = 0;
        for (int i = 0; i < size; i++)
        {
            int at = i * _actions + _batch.Actions[i];
            float delta = q[at] - _targets[i];
            float clamped = Math.Max(-kappa, Math.Min(kappa, delta));
            loss += clamped * (delta - clamped / 2) / size;
            meanQ += q[at] / size;
            _gradient[at] = clamped / size;
        }

        _online.Backward(_gradient);
        _optimiser.Step(Schedules.LearningRate(_steps, _settings.LearningRate, _settings.LearningRateDecay), _settings.GradientNorm);

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
}
