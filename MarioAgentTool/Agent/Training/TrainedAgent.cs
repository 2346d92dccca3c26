using MarioAgentTool.Environment;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Kernels;
using MarioAgentTool.Support;

namespace MarioAgentTool.Training;

/// <summary>The best network of a run, ready to play.</summary>
public sealed class TrainedAgent : IDisposable
{
    private readonly WorkerPool _pool;
    private readonly Evaluator _evaluator;
    private readonly ILearner _learner;

    private TrainedAgent(RunFolder folder, RunSettings settings, Func<IFrameHost> newHost)
    {
        Starts = Boot.ToStarts(newHost, settings.Environment);
        var session = new GameSession(settings.Environment, Starts, new Seeds(settings.Seed).Stream("shape"));
        _learner = Learners.CreateToPlay(settings, session.ObservationSpec, session.ActionCount);
        Origin = WeightsFile.ReadInto(folder.BestWeights, _learner.Weights);
        _pool = new WorkerPool(settings.ThreadsOrCores);
        _evaluator = new Evaluator(settings.Environment, Starts, newHost, _pool);
    }

    /// <summary>Where episodes start: the stages' beginnings, wherever the run's own episodes did.</summary>
    public IReadOnlyList<StartState> Starts { get; }

    /// <summary>What the weights' file says about them.</summary>
    public IReadOnlyDictionary<string, string> Origin { get; }

    /// <summary>Loads a run's best network.</summary>
    public static TrainedAgent Load(RunFolder folder, RunSettings settings, Func<IFrameHost> newHost) => File.Exists(folder.BestWeights)
        ? new TrainedAgent(folder, settings, newHost)
        : throw new SettingsException($"{folder.Path} has no {Path.GetFileName(folder.BestWeights)} yet: the run was not evaluated once. Go on with mario-agent train --resume {folder.Path}.");

    /// <summary>Frames emulated so far.</summary>
    public long Frames => _evaluator.Frames;

    /// <summary>Plays greedily, so many episodes of each stage; see <see cref="Evaluator.Play"/>.</summary>
    public IReadOnlyList<PlayedEpisode> Play(int episodes, Protocol protocol, ulong seed) => _evaluator.Play(_learner, episodes, protocol, new Seeds(seed), $"play {protocol.Name}");

    public void Dispose()
    {
        _learner.Dispose();
        _pool.Dispose();
    }
}
