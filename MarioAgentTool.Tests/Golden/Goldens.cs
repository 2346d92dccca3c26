using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Tests;

/// <summary>Numbers that the originals produced; beside each file lies the script that had them do it.</summary>
internal static class Goldens
{
    /// <summary>Reads a file of this folder.</summary>
    public static JObject Read(string name) =>
        JObject.Parse(File.ReadAllText(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", name)));
}
