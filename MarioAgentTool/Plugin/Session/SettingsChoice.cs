using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;

namespace MarioAgentTool.Plugin;

/// <summary>The settings that training takes: a preset, and what the user changed in it.</summary>
public sealed class SettingsChoice
{
    // Of a run beside EmuHawk only: here one console plays, until it is stopped, and nobody examines it.
    private static readonly string[] s_besideOnly = ["threads", "consoles", "weights", "starts", "save.", "evaluation.", "budget.", "records.", "logPeriod", "checkpointReplay"];

    private readonly SortedDictionary<string, string> _changes = new(StringComparer.OrdinalIgnoreCase);
    private RunSettings? _beside;

    /// <summary>Something else is chosen.</summary>
    public event Action? Changed;

    /// <summary>What is begun with.</summary>
    public Preset Preset { get; private set; } = Presets.All.First(p => p.Settings.Learner == LearnerKind.Dqn);

    /// <summary>What was changed in it, by path.</summary>
    public IReadOnlyDictionary<string, string> Changes => _changes;

    /// <summary>The changes as <c>--set</c> takes them.</summary>
    public IEnumerable<string> Assignments => _changes.Select(c => $"{c.Key}={c.Value}");

    /// <summary>The settings of a run beside EmuHawk.</summary>
    public RunSettings Beside => _beside ??= SettingsFile.With(Preset.Settings, Assignments);

    /// <summary>The settings of training here: what suits one console at EmuHawk's pace, and the user's changes on top.</summary>
    public RunSettings Here => SettingsFile.With(AgentSource.HereFrom(Preset.Settings), Assignments.Where(a => AppliesHere(a.Split('=')[0])));

    /// <summary>Whether a setting has any effect on training here.</summary>
    public static bool AppliesHere(string path) =>
        !s_besideOnly.Any(p => p.EndsWith(".", StringComparison.Ordinal) ? path.StartsWith(p, StringComparison.OrdinalIgnoreCase) : string.Equals(path, p, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a setting is used at all: of the learners' sections only the chosen learner's is.</summary>
    public bool IsUsed(Knob knob)
    {
        string section = knob.Path.Split('.')[0];
        return section == SettingsFile.SectionOf(Beside.Learner)
            || !Enum.GetValues(typeof(LearnerKind)).Cast<LearnerKind>().Any(learner => SettingsFile.SectionOf(learner) == section);
    }

    /// <summary>Begins with another preset; what was changed stays changed.</summary>
    public void Choose(Preset preset)
    {
        if (preset != Preset)
        {
            Preset = preset;
            Touch();
        }
    }

    /// <summary>Changes one.</summary>
    /// <exception cref="SettingsException">It does not take that value; nothing is changed then.</exception>
    public void Set(Knob knob, string value)
    {
        string text = value.Trim();
        if (knob.Choices.Count > 0 && !(knob.TakesNull && text == "null") && !knob.Choices.Any(c => string.Equals(c.Name, text.Replace("-", ""), StringComparison.OrdinalIgnoreCase)))
        {
            throw new SettingsException($"{knob.Path} cannot be {text}. {Suggestion.Sentence(text, [.. knob.Choices.Select(c => c.Name)])}");
        }

        if (text.Length == 0 && knob.Type != typeof(string))
        {
            throw new SettingsException($"{knob.Path} is empty; expected {knob.Expectation}.");
        }

        RunSettings settings;
        try
        {
            settings = SettingsFile.With(Beside, [$"{knob.Path}={text}"]);
        }
        catch (SettingsException)
        {
            throw new SettingsException($"{knob.Path} is {text}; expected {knob.Expectation}.");
        }

        settings.Validate();
        Learners.Check(settings);
        Put(knob.Path, SettingsFile.Get(settings, knob.Path));
        Touch();
    }

    /// <summary>Takes one change back.</summary>
    public void Reset(Knob knob)
    {
        if (_changes.Remove(knob.Path))
        {
            Touch();
        }
    }

    /// <summary>Takes all changes back.</summary>
    public void ResetAll()
    {
        _changes.Clear();
        Touch();
    }

    /// <summary>Takes the settings of a settings.json. Its game is left out.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="source">The file, for errors.</param>
    /// <exception cref="SettingsException">It is none, or holds what no run could use.</exception>
    public void Import(string json, string source)
    {
        RunSettings settings = SettingsFile.FromJson(json, source);
        settings.Validate();
        Preset = Presets.All.FirstOrDefault(p => p.Name == settings.Preset) ?? Preset;
        _changes.Clear();
        foreach ((string path, string value) in SettingsFile.Differences(Preset.Settings, settings).Where(d => SettingsCatalog.All.Any(k => k.Path == d.Path)))
        {
            _changes[path] = value;
        }

        Touch();
    }

    /// <summary>The settings of a run beside as a settings.json.</summary>
    public string Export() => SettingsFile.ToJson(Beside);

    /// <summary>Preset and changes as a text, for EmuHawk's own settings.</summary>
    public string ToText() => JsonConvert.SerializeObject(new Kept { Preset = Preset.Name, Changes = new(_changes) });

    /// <summary>
    /// Takes what <see cref="ToText"/> gave, perhaps of another release: a setting that is gone, or takes its value no more, is left out.
    /// </summary>
    /// <param name="text">The text; empty changes nothing.</param>
    /// <returns>A sentence for each thing that was left out.</returns>
    public IReadOnlyList<string> Restore(string text)
    {
        List<string> refused = [];
        if (text.Length == 0)
        {
            return refused;
        }

        Kept kept;
        try
        {
            kept = JsonConvert.DeserializeObject<Kept>(text) ?? new Kept();
        }
        catch (JsonException e)
        {
            return [$"The settings kept by EmuHawk cannot be read ({e.Message.TrimEnd('.')}); the presets' are used."];
        }

        _changes.Clear();
        Preset? preset = Presets.All.FirstOrDefault(p => p.Name == kept.Preset);
        if (preset is null)
        {
            refused.Add($"The preset {kept.Preset} is no more; {Preset.Name} is used.");
        }

        Preset = preset ?? Preset;
        Touch();
        foreach (KeyValuePair<string, string> change in kept.Changes)
        {
            try
            {
                Set(SettingsCatalog.Get(change.Key), change.Value);
            }
            catch (SettingsException e)
            {
                refused.Add($"{change.Key} = {change.Value} was left out: {e.Message}");
            }
        }

        return refused;
    }

    private void Put(string path, string value)
    {
        if (SettingsFile.Get(Preset.Settings, path) == value)
        {
            _changes.Remove(path);
        }
        else
        {
            _changes[path] = value;
        }
    }

    private void Touch()
    {
        _beside = null;
        Changed?.Invoke();
    }

    private sealed class Kept
    {
        public string Preset { get; set; } = "";

        public Dictionary<string, string> Changes { get; set; } = [];
    }
}
