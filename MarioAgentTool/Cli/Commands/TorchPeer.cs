using System.Diagnostics;
using System.Runtime.InteropServices;
using MarioAgentTool.Learning;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary>A Python with PyTorch in a process of its own, which takes the steps of <see cref="LearnBenchmark"/> by torch_steps.py.</summary>
internal sealed class TorchPeer : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly Task<string> _complaints;

    private TorchPeer(Process process, DirectoryInfo folder, int threads)
    {
        (_process, _folder) = (process, folder);
        _complaints = process.StandardError.ReadToEndAsync();
        JObject about = Ask(new JObject { ["about"] = 1, ["threads"] = threads });
        About = $"PyTorch {about["version"]}, linear algebra by {about["blas"]}";
        HasReferenceBlas = (bool)about["reference"]!;
    }

    /// <summary>Version and linear algebra, in a line.</summary>
    public string About { get; }

    /// <summary>Whether its dense layers run on the reference BLAS, some twenty times slower than any other.</summary>
    public bool HasReferenceBlas { get; }

    /// <summary>Starts the first of $PYTHON, /usr/bin/python3 and python3 that has PyTorch; null where none has.</summary>
    public static TorchPeer? Start(int threads)
    {
        string? own = System.Environment.GetEnvironmentVariable("PYTHON");
        string[] candidates = own is { Length: > 0 } ? [own] : ["/usr/bin/python3", "python3", "python"];
        foreach (string python in candidates)
        {
            if (!HasTorch(python))
            {
                continue;
            }

            DirectoryInfo folder = Directory.CreateTempSubdirectory("bench-learn");
            string script = Path.Combine(folder.FullName, "torch_steps.py");
            using (Stream text = typeof(TorchPeer).Assembly.GetManifestResourceStream("torch_steps.py")!)
            using (FileStream file = File.Create(script))
            {
                text.CopyTo(file);
            }

            ProcessStartInfo start = Command(python, script);
            start.RedirectStandardInput = true;
            start.Environment["OMP_NUM_THREADS"] = $"{threads}";

            // Threads that wait for work sleep: spinning ones would take our turn from us, and on a busy machine from one another.
            start.Environment["OMP_WAIT_POLICY"] = "PASSIVE";
            return new TorchPeer(Process.Start(start)!, folder, threads);
        }

        return own is { Length: > 0 } ? throw new SettingsException($"PYTHON is {own}, which cannot import torch; name a Python that can, or unset it.") : null;
    }

    /// <summary>Hands over a step: its weights as they are now, and its batch.</summary>
    public void Prepare(LearnStep step)
    {
        string online = Write("online", step.Weights()), target = Write("target", step.TargetWeights());
        string states = Path.Combine(_folder.FullName, "states"), nextStates = Path.Combine(_folder.FullName, "nextStates");
        File.WriteAllBytes(states, step.Batch.States.Bytes);
        File.WriteAllBytes(nextStates, step.Batch.NextStates.Bytes);
        InputSpec input = step.Input;
        Ask(new JObject
        {
            ["step"] = new JObject
            {
                ["kind"] = step.Kind,
                ["network"] = step.Network,
                ["batch"] = step.Batch.Size,
                ["shape"] = input.Height > 0 ? new JArray(input.Stack, input.Height, input.Width) : new JArray(input.Length),
                ["signed"] = input.Signed,
                ["scale"] = input.Scale,
                ["discount"] = step.Discount,
                ["gradientNorm"] = step.GradientNorm,
                ["learningRate"] = step.LearningRate,
                ["actionCount"] = LearnBenchmark.Actions,
                ["online"] = Describe(step.Weights()),
                ["onlineFile"] = online,
                ["target"] = Describe(step.TargetWeights()),
                ["targetFile"] = target,
                ["states"] = states,
                ["nextStates"] = nextStates,
                ["actions"] = new JArray(step.Batch.Actions),
                ["returns"] = new JArray(step.Batch.Returns),
                ["discounts"] = new JArray(step.Batch.Discounts),
            },
        });
    }

    /// <summary>Takes the step so many times.</summary>
    /// <returns>Milliseconds of each, and what the last one computed.</returns>
    public (double[] Milliseconds, double[] Result) Take(int times)
    {
        JObject answer = Ask(new JObject { ["take"] = times });
        return (answer["milliseconds"]!.ToObject<double[]>()!, answer["result"]!.ToObject<double[]>()!);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private static bool HasTorch(string python)
    {
        try
        {
            using Process process = Process.Start(Command(python, "-c", "import torch"))!;
            Task<string> complaints = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            complaints.Wait();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No such program.
            return false;
        }
    }

    private static ProcessStartInfo Command(string python, params string[] arguments)
    {
        var start = new ProcessStartInfo(python) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        return start;
    }

    private static JArray Describe(IReadOnlyList<NamedTensor> tensors) =>
        [.. tensors.Select(t => new JObject { ["name"] = t.Name, ["shape"] = new JArray(t.Shape), ["length"] = t.Values.Length })];

    private string Write(string name, IReadOnlyList<NamedTensor> tensors)
    {
        string path = Path.Combine(_folder.FullName, name);
        using FileStream file = File.Create(path);
        foreach (NamedTensor tensor in tensors)
        {
            file.Write(MemoryMarshal.AsBytes(tensor.Values.Span));
        }

        return path;
    }

    private JObject Ask(JObject request)
    {
        _process.StandardInput.WriteLine(request.ToString(Formatting.None));
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() is { } line ? JObject.Parse(line)
            : throw new InvalidOperationException($"PyTorch's side of the comparison ended: {_complaints.Result.Trim()}");
    }
}
