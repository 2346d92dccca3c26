namespace MarioAgentTool.Learning;

/// <summary>
/// The notebooks' chance of a random action: multiplied by a factor now and then, never below a minimum, and, with
/// <see cref="FrontierSettings"/>, raised again beyond what most episodes reach. In double precision, product by product, as
/// Python does it.
/// </summary>
internal sealed class Exploration(ClassicDqnSettings settings)
{
    private readonly FrontierSettings _frontier = settings.Frontier;
    private readonly Queue<float> _beyond = new();
    private double _decay = settings.EpsilonDecay;
    private long _decisions;
    private bool _raised;
    private int _counter;

    /// <summary>The chance at the next decision, before <see cref="Decide"/> has looked at the frontier.</summary>
    public double Epsilon { get; private set; } = settings.EpsilonStart;

    /// <summary>How far most episodes come; null without frontier.</summary>
    public float? Frontier { get; private set; } = settings.Frontier.Rule == FrontierRule.Off ? null : settings.Frontier.Start;

    /// <summary>The chance for the decision now due.</summary>
    /// <param name="position">Where the last step of any episode left the environment; null before the first.</param>
    /// <param name="begins">Whether the decision is an episode's first.</param>
    public double Decide(float? position, bool begins)
    {
        _decisions++;
        _raised &= !begins;
        if (Frontier is not null && settings.EpsilonMin >= settings.EpsilonStart * Math.Pow(_decay, _decisions))
        {
            // As described, an episode begins at the minimum and knows nothing of the one before.
            bool coded = _frontier.Rule == FrontierRule.AsCoded;
            if (position > Frontier && !_raised && (coded || !begins))
            {
                (Epsilon, _decay, _raised) = (_frontier.RaiseTo, _frontier.Decay, true);
            }
            else if (coded || begins)
            {
                Epsilon = settings.EpsilonMin;
            }
        }

        double now = Epsilon;
        if (settings.EpsilonUnit == EpsilonUnit.Steps)
        {
            Decay();
        }

        return now;
    }

    /// <summary>An update was done.</summary>
    public void Updated()
    {
        if (settings.EpsilonUnit == EpsilonUnit.Updates)
        {
            Decay();
        }
    }

    /// <summary>An episode ended.</summary>
    /// <param name="furthest">The greatest position in it.</param>
    public void EpisodeEnded(float furthest)
    {
        if (!(Frontier < furthest))
        {
            return;
        }

        _counter++;
        _beyond.Enqueue(furthest);
        if (_beyond.Count > _frontier.Episodes)
        {
            _beyond.Dequeue();
        }

        if (_counter == _frontier.Episodes)
        {
            _counter = 0;
            Frontier = Math.Max(Frontier.Value, _beyond.Min());
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(Epsilon);
        writer.Write(_decay);
        writer.Write(_decisions);
        writer.Write(_raised);
        writer.Write(_counter);
        writer.Write(Frontier ?? 0);
        writer.Write(_beyond.Count);
        foreach (float furthest in _beyond)
        {
            writer.Write(furthest);
        }
    }

    public void Load(BinaryReader reader)
    {
        Epsilon = reader.ReadDouble();
        _decay = reader.ReadDouble();
        _decisions = reader.ReadInt64();
        _raised = reader.ReadBoolean();
        _counter = reader.ReadInt32();
        float saved = reader.ReadSingle();
        Frontier = Frontier is null ? null : saved;
        _beyond.Clear();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            _beyond.Enqueue(reader.ReadSingle());
        }
    }

    // ε ← max(εₘᵢₙ, ε · decay)
    private void Decay() => Epsilon = Math.Max(settings.EpsilonMin, Epsilon * _decay);
}
