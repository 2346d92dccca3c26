using System.CommandLine;
using System.Globalization;
using MarioAgentTool.Cli.Lua;
using MarioAgentTool.Learning;
using MarioAgentTool.Learning.Weights;
using MarioAgentTool.Metrics;
using MarioAgentTool.Support;
using MarioAgentTool.Training;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent weights</c>: networks to and from PyTorch. Files are read without running anything in them.</summary>
internal static class WeightsCommand
{
    private const string Notebook = "notebook";

    // What checkpoints call the network's state dict.
    private static readonly string[] Envelopes = ["model.", "model_state_dict.", "state_dict."];

    private static readonly string[] NameChoices = [.. StateDictNames.All.Select(n => n.Name), Notebook];

    private static readonly Argument<FileInfo> FileArgument = new("FILE") { Description = "Weights: .pt, .pth, .chkpt or .safetensors." };
    private static readonly Argument<string> Source = new("RUN|FILE") { Description = "A run's folder, whose best network is meant, or a weights file." };
    private static readonly Option<FileInfo> Out = new("--out") { Description = $"The file to write; its ending says the format: {string.Join(", ", WeightsFile.Extensions)}, {LuaPolicy.Extension} (for Lua/mario_play.lua).", HelpName = "FILE", Required = true };
    private static readonly Option<FileInfo?> ImportOut = new("--out") { Description = "A .safetensors file to write under this program's names.", HelpName = "FILE" };
    private static readonly Option<DirectoryInfo?> Run = new("--run") { Description = "The run that shall play with these weights; with --preset a new one.", HelpName = "DIR" };
    private static readonly Option<string?> PresetName = new("--preset") { Description = "The preset whose network the weights must fit.", HelpName = "NAME" };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();

    private static readonly Option<string?> Names = new("--names")
    {
        Description = $"How tensors are called: {string.Join(", ", NameChoices)} (the one that fits the run). Default: own.",
        HelpName = "NAMES",
    };

    private static readonly Option<double?> ExplorationRate = CommonOptions.Number<double>(
        "--exploration-rate", "For a .chkpt: the rate beside the network. Default: the run's latest.", "a chance from 0 to 1", p => p is >= 0 and <= 1);

    public static Command Create()
    {
        Command show = Show(), import = Import(), export = Export();
        var command = new Command("weights", "Shows, imports and exports networks: PyTorch's files and safetensors.") { show, import, export };
        Examples.Set(command,
            ("mario-agent weights show mario_net_1.chkpt", "names, types, shapes"),
            ("mario-agent weights import mario_net_1.chkpt --preset tutorial-ddqn --run runs/mine", "a run that plays with a notebook's network"),
            ("mario-agent weights export runs/<run> --out net.pt", "for torch.load"));
        return command;
    }

    private static Command Show()
    {
        var command = new Command("show", "Lists what a weights file holds; nothing in it is run.") { Source };
        command.SetAction(parsed => Show(PathOf(parsed.GetRequiredValue(Source))));
        Examples.Set(command, ("mario-agent weights show main_dqn_1-1.pt", "a notebook's network"), ("mario-agent weights show runs/<run>", "a run's best network"));
        return command;
    }

    private static Command Import()
    {
        var command = new Command("import", "Takes over a network that PyTorch saved, for a run to play with or as a file under this program's names.") { FileArgument, Run, ImportOut, PresetName, Rom };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Run) is null == result.GetValue(ImportOut) is null)
            {
                result.AddError("one of --run and --out is needed, and not both");
            }
        });
        command.SetAction(parsed => parsed.GetValue(Run) is { } run ? ImportIntoRun(parsed, run) : ImportIntoFile(parsed, parsed.GetValue(ImportOut)!));
        Examples.Set(command,
            ("mario-agent weights import mario_net_1.chkpt --preset tutorial-ddqn --run runs/mine", "a new run"),
            ("mario-agent weights import model.pt --run runs/<run>", "in place of a run's best network"),
            ("mario-agent weights import main_dqn_1-1.pt --out dueling.safetensors", "only another format"));
        return command;
    }

    private static Command Export()
    {
        var command = new Command("export", "Writes a network for PyTorch (torch.load, weights_only=True) or as safetensors.") { Source, Out, Names, ExplorationRate };
        command.SetAction(parsed => Export(parsed));
        Examples.Set(command,
            ("mario-agent weights export runs/<run> --out net.safetensors", "for safetensors.torch.load_file"),
            ("mario-agent weights export runs/<run> --names notebook --out mario_net_0.chkpt", "as the notebook's own code loads it"),
            ("mario-agent weights export old.pth --out new.pt", "from one format into another"),
            ("mario-agent weights export runs/<run> --out Lua/policy.lua", "for Lua scripts in BizHawk"));
        return command;
    }

    private static int Show(string path)
    {
        StateDict file = WeightsFile.Read(path);
        var detected = StateDictNames.Detect(file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            File      {path}, {new FileInfo(path).Length:N0} bytes, {file.Format}
            Tensors   {file.Tensors.Count:N0}, of {file.Tensors.Sum(t => (long)t.Count):N0} numbers, {file.Tensors.Sum(t => (long)t.Bytes.Length):N0} bytes
            Named as  {(detected is var (names, prefix) ? $"{names.Name}{(prefix.Length == 0 ? "" : $", behind {Clean(prefix)}")}" : "own, or somebody else's")}
            """));
        if (file.Tensors.Count > 0)
        {
            Console.WriteLine();
            int wide = Math.Min(60, file.Tensors.Max(t => Clean(t.Name).Length));
            foreach (StoredTensor tensor in file.Tensors)
            {
                Console.WriteLine($"{Clean(tensor.Name).PadRight(wide)}  {tensor.Type.ToString().ToLowerInvariant(),-8}  [{string.Join(", ", tensor.Shape)}]{Range(tensor)}");
            }
        }

        if (file.Scalars.Count > 0)
        {
            Console.WriteLine();
            foreach (KeyValuePair<string, object?> scalar in file.Scalars)
            {
                Console.WriteLine($"{Clean(scalar.Key)} = {Clean(Convert.ToString(scalar.Value ?? "None", CultureInfo.InvariantCulture)!)}");
            }
        }

        return CommandLine.Success;
    }

    private static int ImportIntoRun(ParseResult parsed, DirectoryInfo directory)
    {
        string path = Existing(parsed.GetRequiredValue(FileArgument).FullName);
        string? preset = parsed.GetValue(PresetName);
        bool isNew = !File.Exists(Path.Combine(directory.FullName, "settings.json"));
        if (isNew && preset is null)
        {
            throw new SettingsException($"{directory} holds no run; name the preset of a new one with --preset, or the folder of a run.");
        }

        if (!isNew && (preset ?? parsed.GetValue(Rom)?.Name) is { } given)
        {
            throw new SettingsException($"{directory} already holds a run with its own settings; leave out {given}, or name another folder.");
        }

        RunSettings settings = isNew
            ? Presets.Get(preset!).Settings with { Rom = GameRom.Load(parsed.GetValue(Rom)).Identity }
            : RunFolder.Open(directory.FullName).ReadSettings();
        (IReadOnlyList<StoredTensor> tensors, Dictionary<string, string> texts) = Fitted(path, settings);

        // The settings make it a run, so they come last.
        RunFolder folder = isNew ? RunFolder.Create(directory.FullName) : RunFolder.Open(directory.FullName);
        using (folder.Claim())
        {
            WeightsFile.Write(folder.BestWeights, tensors, texts, explorationRate: null);
            if (isNew)
            {
                folder.WriteSettings(settings);
            }
        }

        Console.WriteLine($"{folder.BestWeights}: {tensors.Count} tensors of {Path.GetFileName(path)}. Next: mario-agent eval {directory}");
        return CommandLine.Success;
    }

    private static int ImportIntoFile(ParseResult parsed, FileInfo target)
    {
        string path = Existing(parsed.GetRequiredValue(FileArgument).FullName);
        if (!string.Equals(target.Extension, ".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"--out {target}: expected a name that ends in .safetensors; weights export writes the other formats.");
        }

        (IReadOnlyList<StoredTensor> tensors, Dictionary<string, string> texts) = parsed.GetValue(PresetName) is { } preset
            ? Fitted(path, Presets.Get(preset).Settings)
            : Own(WeightsFile.Read(path));
        Save(target, tensors, texts, explorationRate: null);
        return CommandLine.Success;
    }

    private static int Export(ParseResult parsed)
    {
        string source = parsed.GetRequiredValue(Source);
        FileInfo target = parsed.GetRequiredValue(Out);
        string names = parsed.GetValue(Names) ?? StateDictNames.Own.Name;
        if (!NameChoices.Contains(names))
        {
            throw new SettingsException($"--names {names} is unknown. {Suggestion.Sentence(names, NameChoices)}");
        }

        (IReadOnlyList<StoredTensor> tensors, Dictionary<string, string> texts) = Own(WeightsFile.Read(PathOf(source)));
        if (string.Equals(target.Extension, LuaPolicy.Extension, StringComparison.OrdinalIgnoreCase))
        {
            return ExportLua(source, target, tensors);
        }

        double? rate = parsed.GetValue(ExplorationRate);
        string? preset = null;
        if (Directory.Exists(source))
        {
            RunFolder run = RunFolder.Open(source);
            preset = run.ReadSettings().Preset;
            rate ??= File.Exists(run.Metrics) ? MetricsLog.Read(run.Metrics).OfType<IntervalMetrics>().LastOrDefault()?.Epsilon : null;
        }
        else
        {
            rate ??= texts.TryGetValue(WeightsFile.ExplorationRate, out string? text) && double.TryParse(text, CultureInfo.InvariantCulture, out double known) ? known : null;
        }

        StateDictNames[] fitting = [.. StateDictNames.All.Where(n => n.Modules.Count > 0 && n.Fits(tensors.Select(t => t.Name)))];
        StateDictNames chosen = names != Notebook
            ? StateDictNames.All.Single(n => n.Name == names)
            : fitting.FirstOrDefault(n => n.Name == preset) ?? (fitting.Length == 1 ? fitting[0] : null)
                ?? throw new SettingsException(fitting.Length == 0
                    ? $"{source}: no notebook has a network of this shape ({tensors[0].Title}, …); leave out --names."
                    : $"{source}: two notebooks have a network of this shape; say which with --names {string.Join(" or --names ", fitting.Select(n => n.Name))}.");
        if (!chosen.Fits(tensors.Select(t => t.Name)))
        {
            throw new SettingsException($"{source}: {tensors.First(t => chosen.Theirs(t.Name) is null).Title} has no name in {chosen.Name}, whose network has another shape; leave out --names.");
        }

        Save(target, chosen.Rename(tensors), texts, rate);
        return CommandLine.Success;
    }

    private static int ExportLua(string source, FileInfo target, IReadOnlyList<StoredTensor> tensors)
    {
        if (!Directory.Exists(source))
        {
            throw new SettingsException($"{source} is a weights file; {target.Name} also says what the network sees and does, so give the run's folder.");
        }

        string lua = LuaPolicy.Describe(Path.GetFileName(Path.TrimEndingDirectorySeparator(source)), RunFolder.Open(source).ReadSettings(), tensors);
        Directory.CreateDirectory(target.DirectoryName!);
        WholeFile.Write(target.FullName, lua);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {tensors.Count} tensors, {tensors.Sum(t => (long)t.Count):N0} numbers. Next, in BizHawk: Lua/mario_play.lua"));
        return CommandLine.Success;
    }

    private static void Save(FileInfo target, IReadOnlyList<StoredTensor> tensors, Dictionary<string, string> texts, double? explorationRate)
    {
        WeightsFile.Write(target.FullName, tensors, texts, explorationRate);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {tensors.Count} tensors, {tensors.Sum(t => (long)t.Count):N0} numbers"));
    }

    /// <summary>A file's tensors as the network of those settings has them; refused where they do not fit.</summary>
    private static (IReadOnlyList<StoredTensor> Tensors, Dictionary<string, string> Texts) Fitted(string path, RunSettings settings)
    {
        using ILearner learner = Learners.CreateToPlay(settings);
        IReadOnlyList<NamedTensor> weights = learner.Weights;
        var texts = new Dictionary<string, string> { ["algorithm"] = learner.Algorithm, ["imported_from"] = Path.GetFileName(path) };
        foreach (KeyValuePair<string, string> text in WeightsFile.ReadInto(path, weights))
        {
            texts[text.Key] = text.Value;
        }

        return ([.. weights.Select(StoredTensor.Of)], texts);
    }

    /// <summary>A file's network under our names where they are known, without the word that a checkpoint puts before it.</summary>
    private static (IReadOnlyList<StoredTensor> Tensors, Dictionary<string, string> Texts) Own(StateDict file)
    {
        var detected = StateDictNames.Detect(file);
        string prefix = detected?.Prefix ?? Envelopes.FirstOrDefault(e => file.Tensors.Any(t => t.Name.StartsWith(e, StringComparison.Ordinal))) ?? "";
        IReadOnlyList<StoredTensor> tensors = [.. file.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(t => t with { Name = t.Name[prefix.Length..] })];
        tensors = detected?.Names.RenameBack(tensors) ?? tensors;
        return tensors.Count == 0
            ? throw new InvalidDataException("There are no tensors in the file; expected a state dict.")
            : (tensors, file.Scalars.ToDictionary(s => s.Key, s => Convert.ToString(s.Value, CultureInfo.InvariantCulture) ?? ""));
    }

    private static string PathOf(string source) => Directory.Exists(source) ? Existing(RunFolder.Open(source).BestWeights) : Existing(source);

    private static string Existing(string path) => File.Exists(path) ? path : throw new FileNotFoundException($"{path} does not exist; expected a weights file, or the folder of a run that has been evaluated.");

    // What a file calls things could hold control characters.
    private static string Clean(string text) => new([.. text.Take(200).Select(c => char.IsControl(c) ? '?' : c)]);

    private static string Range(StoredTensor tensor)
    {
        float[] values = tensor.ToFloats();
        return values.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {values.Min():G4} to {values.Max():G4}");
    }
}
