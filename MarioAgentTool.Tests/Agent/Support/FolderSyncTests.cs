using MarioAgentTool.Support;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Agent.Support;

public class FolderSyncTests
{
    [Test]
    public void A_folder_is_flushed_and_one_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => FolderSync.Flush(folder.Path), Throws.Nothing);
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(() => FolderSync.Flush(folder["gone"]), Throws.TypeOf<IOException>().With.Message.Contains("gone"));
        }
    }

    [Test]
    public void A_file_replaced_in_the_working_folder_is_whole()
    {
        string name = $"whole-file-{Guid.NewGuid():N}";
        try
        {
            WholeFile.Write(name, "a");
            WholeFile.Write(name, "b");
            Assert.That(File.ReadAllText(name), Is.EqualTo("b"));
        }
        finally
        {
            File.Delete(name);
        }
    }
}
