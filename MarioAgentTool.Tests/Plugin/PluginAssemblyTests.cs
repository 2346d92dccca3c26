using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>What EmuHawk's loader sees of the built DLLs.</summary>
public class PluginAssemblyTests
{
    // .NET Framework's own, ours, and what EmuHawk has loaded or carries in its dll folder.
    private static readonly string[] s_allowed =
    [
        "mscorlib", "System", "System.Core", "System.Drawing", "System.Windows.Forms", "netstandard",
        "System.Memory", "System.Numerics.Vectors", "System.Runtime.CompilerServices.Unsafe", "System.Buffers", "Newtonsoft.Json",
        "BizHawk.Client.Common", "BizHawk.Client.EmuHawk", "BizHawk.Emulation.Common",
        "MarioAgentTool.Agent",
    ];

    [Test]
    public void It_needs_only_what_EmuHawk_has()
    {
        using PEReader plugin = Open("MarioAgentTool.Plugin.dll");
        Assert.That(References(plugin.GetMetadataReader()), Is.SubsetOf(s_allowed));
    }

    [Test]
    public void There_is_exactly_one_external_tool_in_it()
    {
        using PEReader plugin = Open("MarioAgentTool.Plugin.dll");
        MetadataReader reader = plugin.GetMetadataReader();
        var tools = from handle in reader.TypeDefinitions
                    let type = reader.GetTypeDefinition(handle)
                    where type.GetCustomAttributes().Any(a => AttributeName(reader, a) == "ExternalToolAttribute")
                    select reader.GetString(type.Name);
        Assert.That(tools, Is.EqualTo(new[] { "MarioAgentForm" }));
    }

    // EmuHawk shows a DLL that refers to BizHawk and has no tool as broken, so the library must not refer to it.
    [Test]
    public void The_library_beside_it_does_not_refer_to_BizHawk()
    {
        using PEReader agent = Open("MarioAgentTool.Agent.dll");
        Assert.That(References(agent.GetMetadataReader()), Has.None.StartsWith("BizHawk"));
    }

    [Test]
    public void Neither_BizHawks_declarations_nor_the_host_are_copied_along()
    {
        string folder = Path.GetDirectoryName(PathOf("MarioAgentTool.Plugin.dll"))!, package = Path.Combine(Repository.Root, "ExternalTools");
        foreach (string pattern in new[] { "BizHawk.*", "NesCoreShim.Host*" })
        {
            Assert.That(Directory.GetFiles(folder, pattern), Is.Empty);
            Assert.That(Directory.GetFiles(package, pattern, SearchOption.AllDirectories), Is.Empty);
        }
    }

    [Test]
    public void Every_library_of_others_that_travels_with_the_command_is_named_with_its_licence()
    {
        string notices = File.ReadAllText(Path.Combine(Repository.Root, "ExternalTools", "THIRD-PARTY.md"));
        var libraries = Newtonsoft.Json.Linq.JObject.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "mario-agent.deps.json")))["libraries"]!
            .Children<Newtonsoft.Json.Linq.JProperty>().Where(l => (string?)l.Value["type"] == "package").Select(l => l.Name.Split('/')[0]).ToArray();
        Assert.That(libraries, Is.Not.Empty);
        Assert.That(libraries.Where(l => !notices.Contains($"| {l} |", StringComparison.Ordinal)), Is.Empty);
    }

    private static PEReader Open(string name) => new(File.OpenRead(PathOf(name)));

    private static string PathOf(string name)
    {
        // The configuration that these tests were built in, as their own folder tells.
        string configuration = new DirectoryInfo(TestContext.CurrentContext.TestDirectory).Parent!.Name;
        string path = Path.Combine(Repository.Root, "MarioAgentTool", "Plugin", "bin", configuration, "net48", name);
        if (!File.Exists(path))
        {
            Assert.Ignore($"{path} is not built; it needs .NET Framework 4.8 reference assemblies: apt-get install mono-devel");
        }

        return path;
    }

    private static IEnumerable<string> References(MetadataReader reader) =>
        reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name));

    private static string AttributeName(MetadataReader reader, CustomAttributeHandle handle)
    {
        EntityHandle constructor = reader.GetCustomAttribute(handle).Constructor;
        return constructor.Kind == HandleKind.MemberReference
            && reader.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name)
            : "";
    }
}
