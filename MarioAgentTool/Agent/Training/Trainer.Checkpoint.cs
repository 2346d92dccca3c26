using System.Text;
using MarioAgentTool.Metrics;
using Newtonsoft.Json;

namespace MarioAgentTool.Training;

// All that going on needs, written and read in the same order.
public sealed partial class Trainer
{
    // The ledger's JSON is ours alone: JsonConvert would follow whatever defaults the host program has set.
    private static readonly JsonSerializer Json = JsonSerializer.Create(new JsonSerializerSettings { Formatting = Formatting.Indented });

    private void Save()
    {
        _metrics.FlushToDisk();
        _ledger.MetricsLength = _metrics.Length;
        _ledger.Seconds = Seconds;
        Checkpoint.Write(_folder.Checkpoint,
        [
            ("learner.bin", stream => _learner.Save(stream, _settings.CheckpointReplay)),
            ("consoles.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                _fleet.Save(writer);
            }),
            ("curriculum.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                _curriculum.Save(writer);
            }),
            ("average.bin", stream =>
            {
                using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
                _average.Save(writer);
            }),
            (RecordsPart, SaveRecords),
            ("ledger.json", stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 4096, leaveOpen: true);
                Json.Serialize(writer, _ledger);
            }),
        ]);
        DrawCurves();
        _shell.Watcher?.Saved();
    }

    private Ledger Load(string checkpoint)
    {
        using (var learner = new FileStream(Path.Combine(checkpoint, "learner.bin"), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16))
        {
            _learner.Load(learner);
        }

        using (var consoles = new BinaryReader(File.OpenRead(Path.Combine(checkpoint, "consoles.bin"))))
        {
            _fleet.Load(consoles);
        }

        using (var curriculum = new BinaryReader(File.OpenRead(Path.Combine(checkpoint, "curriculum.bin"))))
        {
            _curriculum.Load(curriculum);
        }

        using (var average = new BinaryReader(File.OpenRead(Path.Combine(checkpoint, "average.bin"))))
        {
            _average.Load(average);
        }

        string ledger = Path.Combine(checkpoint, "ledger.json");
        try
        {
            using var reader = new JsonTextReader(new StreamReader(ledger));
            return Json.Deserialize<Ledger>(reader) ?? new Ledger();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{ledger} cannot be read ({e.Message}); the checkpoint is damaged, so start a new run.");
        }
    }

    private void DrawCurves() => Curves.Write(
        MetricsLog.Read(_folder.Metrics), $"{_settings.Preset}, seed {_settings.Seed}", RunSummary.Progress(_ledger), _folder.CurvesSvg, _folder.CurvesPng);
}
