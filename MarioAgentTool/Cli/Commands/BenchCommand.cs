using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using MarioAgentTool.Training;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli.Commands;

/// <summary><c>mario-agent bench</c>: the measurements that comments in the code speak of.</summary>
internal static class BenchCommand
{
    private const double DefaultSeconds = 5;

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object instead of text." };
    private static readonly Option<FileInfo?> Rom = CommonOptions.Rom();
    private static readonly Option<double?> Seconds = CommonOptions.Number<double>("--seconds", "Time for each measurement. Default: 5.", "seconds, more than 0", s => s > 0);

    public static Command Create()
    {
        var emulate = new Command("emulate", "Frames per second of user CPU time: without video, with it, and with a state saved and loaded every frame.") { Json, Rom, Seconds };
        emulate.SetAction(parsed => Print(parsed, EmulateBenchmark.Run(GameRom.Load(parsed.GetValue(Rom)), parsed.GetValue(Seconds) ?? DefaultSeconds)));
        Examples.Set(emulate, ("mario-agent bench emulate --rom smb.nes", "your cartridge"), ("mario-agent bench emulate --json", "for a script"));

        var bench = new Command("bench", "Measures emulation, observation and learning on this machine.") { emulate };
        Examples.Set(bench, ("mario-agent bench emulate", "frames per second"), ("mario-agent bench learn", "updates per second"));
        return bench;
    }

    private static int Print(ParseResult parsed, IReadOnlyList<Measurement> measurements)
    {
        if (parsed.GetValue(Json))
        {
            Console.WriteLine(new JObject
            {
                ["machine"] = Machine(),
                ["measurements"] = new JArray(measurements.Select(m => new JObject { ["name"] = m.Name, ["value"] = m.Value, ["unit"] = m.Unit })),
            }.ToString(Formatting.Indented));
            return CommandLine.Success;
        }

        Console.WriteLine(Machine());
        foreach (Measurement m in measurements)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{m.Name,-44}{(m.Value >= 100 ? m.Value.ToString("N0", CultureInfo.InvariantCulture) : m.Value.ToString("0.###", CultureInfo.InvariantCulture)),12} {m.Unit}"));
        }

        return CommandLine.Success;
    }

    private static string Machine()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? model = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;
        string vectors = System.Runtime.Intrinsics.X86.Avx512F.IsSupported ? "AVX-512" : System.Runtime.Intrinsics.X86.Avx2.IsSupported ? "AVX2" : "no AVX2";
        return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {System.Environment.ProcessorCount} cores, {vectors}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
    }
}

/// <summary>One figure.</summary>
internal sealed record Measurement(string Name, double Value, string Unit);
