using System.Text;
using MarioAgentTool.Learning;
using MarioAgentTool.Metrics;

namespace MarioAgentTool.Training;

// The records that are told of every step.
public sealed partial class Trainer
{
    private const string RecordsPart = "records.bin";

    private readonly List<IRunRecord> _records = [];

    private void OpenRecords(string? checkpoint)
    {
        RecordSettings settings = _settings.Records;
        void Tell(string line) => _shell.Watcher?.Noted(line);
        if (settings.Log == EpisodeLogKind.MetricLogger)
        {
            _records.Add(new MetricLogger(_folder.Path, Tell));
        }

        if (settings.Log == EpisodeLogKind.Scores)
        {
            _records.Add(new ScoreLog(_folder.Path, Tell));
        }

        if (settings.TensorBoard && _shell.TensorBoard is { } tensorBoard)
        {
            _records.Add(tensorBoard(_folder.Path));
        }

        if (checkpoint is not null && Path.Combine(checkpoint, RecordsPart) is var saved && File.Exists(saved))
        {
            using var reader = new BinaryReader(File.OpenRead(saved), Encoding.UTF8);
            _records.ForEach(record => record.Load(reader));
        }
    }

    private void SaveRecords(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        _records.ForEach(record => record.Save(writer));
    }

    // After the learner has observed; the ledger still stands before the step.
    private void TellRecords(LearnerProgress before)
    {
        LearnerProgress after = _learner.Progress;
        bool updated = after.Updates > before.Updates;
        ReadOnlySpan<float> rewards = _fleet.Batch.Rewards;
        long episode = _ledger.Episodes;
        for (int i = 0; i < _fleet.Count; i++)
        {
            bool ended = _fleet.Ends[i] != StepEnd.None;
            _ledger.FurthestX = Math.Max(_ledger.FurthestX, ended ? _fleet[i].LastEpisode.FurthestX : 0);
            var step = new StepFacts
            {
                Step = _ledger.Steps + i + 1,
                Console = i,
                Reward = rewards[i],
                Ended = ended,
                Episode = episode,
                FurthestX = after.Frontier is { } frontier ? (int)frontier : _ledger.FurthestX,
                Epsilon = after.Epsilon,
                Loss = updated ? after.Loss : null,
                MeanQ = updated ? after.MeanQ : null,
                ReplaySize = Math.Min(_ledger.Steps + i + 1, ReplayCapacity),
                Updates = after.Updates,
            };
            _records.ForEach(record => record.Step(step));
            episode += ended ? 1 : 0;
        }
    }

    private long ReplayCapacity => _settings.Learner switch
    {
        LearnerKind.Dqn => _settings.Dqn.ReplayCapacity,
        LearnerKind.ClassicDqn => _settings.ClassicDqn.ReplayCapacity,
        _ => 0,
    };
}
