using MarioAgentTool.Learning;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>Keeps the network that is being trained in a run's folder, again and again, so that little is lost whatever happens.</summary>
/// <param name="folder">The run's folder; the next autosave takes its place.</param>
/// <param name="every">Between two.</param>
/// <param name="rom">The game it is trained on.</param>
public sealed class Autosave(string folder, TimeSpan every, RomIdentity rom)
{
    private TimeSpan? _last;

    /// <summary>The run's folder.</summary>
    public string Folder { get; } = folder;

    internal void KeepIfDue(TimeSpan now, AgentSource source, ILearner learner)
    {
        _last ??= now;
        if (now - _last >= every)
        {
            Keep(source, learner);
            _last = now;
        }
    }

    internal void Keep(AgentSource source, ILearner learner) => source.Replace(Folder, learner, rom);
}
