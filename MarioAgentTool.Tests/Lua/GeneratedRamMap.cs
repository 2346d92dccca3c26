using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Lua;

/// <summary><c>Lua/lib/ram.lua</c>, made from the constants and enumerations of <see cref="RamMap"/> and their comments.</summary>
internal static class GeneratedRamMap
{
    private static readonly Type[] Enums = [typeof(OperatingMode), typeof(PlayerRoutine), typeof(FloatState), typeof(PowerState), typeof(AreaType), typeof(PowerUpKind), typeof(ObjectType)];

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "Lua", "lib", "ram.lua");

    public static string Text()
    {
        Dictionary<string, string> comments = Comments();
        var lua = new StringBuilder("""
            -- Where Super Mario Bros. keeps things in CPU $0000-$07FF, and what the values mean.
            -- Made from MarioAgentTool/Agent/Game/RamMap.*.cs; do not edit. To make it anew:
            --     MARIO_WRITE_LUA=1 dotnet test --filter GeneratedRamMapTests

            return {

            """);
        foreach (FieldInfo field in typeof(RamMap).GetFields().Where(f => f.IsLiteral).OrderBy(f => f.MetadataToken))
        {
            int value = (int)field.GetRawConstantValue()!;
            string number = IsAmount(field.Name) ? $"{value}" : $"0x{value:X4}";
            lua.Append($"    {field.Name} = {number}, -- {comments[$"F:{field.DeclaringType!.FullName}.{field.Name}"]}\n");
        }

        foreach (Type type in Enums)
        {
            lua.Append($"\n    -- {comments[$"T:{type.FullName}"]}\n    {type.Name}s = {{\n");
            foreach (string name in Enum.GetNames(type))
            {
                lua.Append($"        {name} = 0x{(byte)Enum.Parse(type, name):X2},\n");
            }

            lua.Append("    },\n");
        }

        return lua.Append("}\n").ToString();
    }

    // Counts and sizes read better in decimal; all else is an address.
    private static bool IsAmount(string name) => Regex.IsMatch(name, "(Slots|Rows|Columns|Count|Size|Top|Task|Bytes)$") && name is not (nameof(RamMap.ModeTask) or nameof(RamMap.ScreenTask) or nameof(RamMap.PlayerCount) or nameof(RamMap.PlayerSize));

    // The first line of each summary, its references by name.
    private static Dictionary<string, string> Comments()
    {
        XDocument xml = XDocument.Load(System.IO.Path.ChangeExtension(typeof(RamMap).Assembly.Location, ".xml"), LoadOptions.PreserveWhitespace);
        return xml.Descendants("member").Where(m => m.Element("summary") is not null).GroupBy(m => (string)m.Attribute("name")!).ToDictionary(
            g => g.Key,
            g =>
            {
                XElement summary = g.First().Element("summary")!;
                foreach (XElement reference in summary.Elements("see").ToArray())
                {
                    reference.ReplaceWith(((string)reference.Attribute("cref")!).Split('.', ':')[^1]);
                }

                return Regex.Replace(summary.Value, @"\s+", " ").Trim();
            });
    }
}

public class GeneratedRamMapTests
{
    [Test]
    public void The_scripts_RAM_map_is_the_agents()
    {
        string text = GeneratedRamMap.Text();
        if (System.Environment.GetEnvironmentVariable("MARIO_WRITE_LUA") == "1")
        {
            File.WriteAllText(GeneratedRamMap.Path, text);
        }

        Assert.That(
            File.ReadAllText(GeneratedRamMap.Path).ReplaceLineEndings("\n"), Is.EqualTo(text),
            "Lua/lib/ram.lua differs from RamMap.*.cs; make it anew with MARIO_WRITE_LUA=1 dotnet test --filter GeneratedRamMapTests");
    }
}
