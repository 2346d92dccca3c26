using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>A decision explained.</summary>
/// <param name="Decision">Its number in <see cref="AgentView.Decisions"/>.</param>
/// <param name="Of">Which number of the chosen action.</param>
/// <param name="Observation">What the network was shown.</param>
/// <param name="Shares">How much each byte of it speaks for the action; see <see cref="InputGradients"/>.</param>
/// <param name="GridCorner">As <see cref="AgentView.GridCorner"/> was.</param>
/// <param name="Milliseconds">How long a thread of the pool worked on it.</param>
internal sealed record ExplainedDecision(int Decision, SaliencyOf Of, byte[] Observation, float[] Shares, (int Column, int Row)? GridCorner, double Milliseconds);

/// <summary>
/// Explains decisions on a thread of the pool, one at a time and ten a second at most, with a copy of the network that is brought up
/// to date when the learner's has changed. Whoever asks never waits, and no learner notices.
/// </summary>
internal sealed class SaliencyWorker : IDisposable
{
    private static readonly TimeSpan s_every = TimeSpan.FromMilliseconds(100);

    private InputGradients? _gradients;
    private ILearner? _learner;
    private long _updates;
    private bool _fits;
    private Task<ExplainedDecision>? _work;
    private TimeSpan _started = TimeSpan.MinValue;

    /// <summary>The latest decision explained; null before the first.</summary>
    public ExplainedDecision? Latest { get; private set; }

    /// <summary>Why nothing is explained, a sentence; empty while all is well.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Takes in what was worked out, and begins with the view's decision where it is a new one and one is due.</summary>
    /// <param name="view">What to explain.</param>
    /// <param name="source">Where the learner came from; null where nobody plays.</param>
    /// <param name="learner">Whose decision it was.</param>
    /// <param name="of">Which number of the chosen action.</param>
    /// <param name="now">Time since any moment.</param>
    /// <returns>Whether <see cref="Latest"/> is another.</returns>
    public bool Look(AgentView view, AgentSource? source, ILearner? learner, SaliencyOf of, TimeSpan now)
    {
        bool isNews = TakeIn();
        if (_work is not null || view.Chosen < 0 || source is null || learner is null || view.Spec is not { } spec
            || (Latest?.Decision == view.Decisions && Latest.Of == of) || (_started != TimeSpan.MinValue && now - _started < s_every))
        {
            return isNews;
        }

        if (learner != _learner)
        {
            Begin(source.Settings, spec, learner, view.Values.Count);
        }
        else if (_fits && learner.Progress.Updates != _updates)
        {
            TakeWeights(learner);
        }

        if (_fits)
        {
            _started = now;
            byte[] observation = view.Observation.ToArray();
            (int decision, int chosen, InputGradients gradients, (int, int)? corner) = (view.Decisions, view.Chosen, _gradients!, view.GridCorner);
            _work = Task.Run(() => Explain(gradients, decision, observation, chosen, of, corner));
        }

        return isNews;
    }

    /// <summary>Waits for what is being worked out, and takes it in: for tests and measurements.</summary>
    internal void Finish()
    {
        _work?.Wait();
        TakeIn();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work?.Wait();
        _work = null;
        _gradients?.Dispose();
        _gradients = null;
        _learner = null;
    }

    private bool TakeIn()
    {
        if (_work is not { IsCompleted: true })
        {
            return false;
        }

        Latest = _work.GetAwaiter().GetResult();
        _work = null;
        return true;
    }

    private void Begin(RunSettings settings, ObservationSpec spec, ILearner learner, int actions)
    {
        _gradients?.Dispose();
        _gradients = Learners.CreateGradients(settings, spec, actions);
        _learner = learner;
        Latest = null;
        TakeWeights(learner);
    }

    // What is read here is the learner's own thread's.
    private void TakeWeights(ILearner learner)
    {
        _updates = learner.Progress.Updates;
        _fits = _gradients!.TryTake(learner.Weights);
        Message = _fits ? "" : $"{learner.Algorithm}'s network is of a shape that cannot be explained here.";
    }

    private static ExplainedDecision Explain(InputGradients gradients, int decision, byte[] observation, int action, SaliencyOf of, (int, int)? corner)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        float[] shares = new float[observation.Length];
        gradients.Explain(observation, action, of, shares);
        return new ExplainedDecision(decision, of, observation, shares, corner, watch.Elapsed.TotalMilliseconds);
    }
}
