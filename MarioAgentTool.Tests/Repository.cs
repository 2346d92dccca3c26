namespace MarioAgentTool.Tests;

/// <summary>Where the sources are, for tests that read files of the repository.</summary>
internal static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Find(TestContext.CurrentContext.TestDirectory);

    private static string Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "MarioAgentTool.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException($"No MarioAgentTool.slnx in {TestContext.CurrentContext.TestDirectory} or above; run the tests from a checkout.");
    }
}
