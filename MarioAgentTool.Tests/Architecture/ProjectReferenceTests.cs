using System.Xml.Linq;

namespace MarioAgentTool.Tests.Architecture;

/// <summary>References between projects point one way. The table is the rule; a project that is not in it has no rule yet.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> _mayReference = new()
    {
        ["NesCoreShim"] = [],
        ["TrailLevels"] = [],
        ["BizHawk.Emulation.Common"] = [],
        ["BizHawk.Client.Common"] = ["BizHawk.Emulation.Common"],
        ["BizHawk.Client.EmuHawk"] = ["BizHawk.Client.Common", "BizHawk.Emulation.Common"],
        ["NesCoreShim.Host"] = ["NesCoreShim", "BizHawk.Client.Common", "BizHawk.Emulation.Common"],
        ["NesCoreShim.Host.Shell"] = ["NesCoreShim", "NesCoreShim.Host", "BizHawk.Client.EmuHawk", "BizHawk.Client.Common", "BizHawk.Emulation.Common"],
        ["MarioAgentTool.Agent"] = [],
        ["MarioAgentTool.Cli"] = ["MarioAgentTool.Agent", "NesCoreShim"],
        ["MarioAgentTool.Plugin"] =
            ["MarioAgentTool.Agent", "BizHawk.Client.EmuHawk", "BizHawk.Client.Common", "BizHawk.Emulation.Common"],
        ["MarioAgentTool.Torch"] = ["MarioAgentTool.Agent"],
        ["MarioAgentTool.Tests"] =
            ["MarioAgentTool.Agent", "MarioAgentTool.Torch", "MarioAgentTool.Cli", "MarioAgentTool.Plugin", "NesCoreShim", "TrailLevels", "NesCoreShim.Host", "NesCoreShim.Host.Shell",
                "BizHawk.Client.EmuHawk", "BizHawk.Client.Common", "BizHawk.Emulation.Common"],
    };

    private static IEnumerable<string> Projects => Repository.Files("*.csproj").Select(Repository.Relative);

    [TestCaseSource(nameof(Projects))]
    public void A_project_references_only_those_below_it(string project)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        Assert.That(_mayReference, Does.ContainKey(name), "a new project needs its line in the table");

        var references = XDocument.Load(Path.Combine(Repository.Root, project))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.That(references, Is.SubsetOf(_mayReference[name]));
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        var listed = XDocument.Load(Path.Combine(Repository.Root, "MarioAgentTool.slnx"))
            .Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        Assert.That(Projects, Is.SubsetOf(listed));
    }
}
