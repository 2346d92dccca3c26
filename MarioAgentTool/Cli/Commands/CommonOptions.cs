using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using MarioAgentTool.Learning.Backends;
using NesCoreShim;

namespace MarioAgentTool.Cli.Commands;

/// <summary>Options that several commands share, and numbers whose errors say what was expected.</summary>
internal static class CommonOptions
{
    private static readonly string[] RegionNames = ["auto", "ntsc", "pal", "dendy"];

    public static Option<FileInfo?> Rom() => new("--rom") { Description = "An iNES image (.nes). Without it the built-in game is played.", HelpName = "FILE" };

    /// <summary>Whose timing a game runs with; read it with <see cref="GetRegion"/>.</summary>
    /// <param name="automatic">What decides when nobody asks.</param>
    public static Option<string?> Region(string automatic = "auto (what the ROM's header says)") => new("--region")
    {
        Description = $"Whose timing to keep: {automatic}, ntsc, pal or dendy. Default: auto.",
        HelpName = "NAME",
        Validators =
        {
            result =>
            {
                string text = result.Tokens[0].Value;
                if (Array.IndexOf(RegionNames, text.ToLowerInvariant()) < 0)
                {
                    result.AddError($"--region {text}: expected {string.Join(", ", RegionNames)}");
                }
            },
        },
    };

    /// <summary>The region asked for; null for the header's own.</summary>
    public static Region? GetRegion(ParseResult parsed, Option<string?> option) => parsed.GetValue(option)?.ToLowerInvariant() switch
    {
        "ntsc" => NesCoreShim.Region.Ntsc,
        "pal" => NesCoreShim.Region.Pal,
        "dendy" => NesCoreShim.Region.Dendy,
        _ => null,
    };

    public static Argument<DirectoryInfo> Run() => new("DIR") { Description = "A run's folder, as train wrote it." };

    /// <summary>A number of a certain kind.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">For the help.</param>
    /// <param name="expected">Ends the sentence "expected …".</param>
    /// <param name="isValid">Which values it may have.</param>
    public static Option<T?> Number<T>(string name, string description, string expected, Func<T, bool> isValid)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = typeof(T) == typeof(double) ? "X" : "N",
            CustomParser = result => Parse(result, name, expected, isValid),
        };

    private static T? Parse<T>(ArgumentResult result, string name, string expected, Func<T, bool> isValid)
        where T : struct, INumber<T>
    {
        string text = result.Tokens[0].Value;
        if (T.TryParse(text.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture, out T value) && isValid(value))
        {
            return value;
        }

        result.AddError($"{name} {text}: expected {expected}");
        return null;
    }

    /// <summary><c>--backend</c>.</summary>
    public static Option<BackendKind?> Backend() => new("--backend") { Description = "What computes the networks: managed (built in) or torch (PyTorch, where TorchSharp has been added). Default: managed.", HelpName = "KIND" };

    /// <summary><c>--device</c>.</summary>
    public static Option<BackendDevice?> Device() => new("--device") { Description = "Where torch computes: cpu, cuda, or auto, a GPU if there is one. Default: auto.", HelpName = "KIND" };
}
