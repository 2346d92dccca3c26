using MarioAgentTool.Learning.Backends;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.Agent.Learning;

/// <summary>What is said where TorchSharp is asked for and cannot be had.</summary>
[NonParallelizable]
public class TorchLibraryTests
{
    private TemporaryFolder _folder = null!;
    private string? _before;

    [SetUp]
    public void Name()
    {
        _folder = new TemporaryFolder();
        _before = System.Environment.GetEnvironmentVariable(TorchLibrary.FolderVariable);
        System.Environment.SetEnvironmentVariable(TorchLibrary.FolderVariable, _folder.Path);
    }

    [TearDown]
    public void Restore()
    {
        System.Environment.SetEnvironmentVariable(TorchLibrary.FolderVariable, _before);
        _folder.Dispose();
    }

    [Test]
    public void Where_it_is_not_installed_the_command_that_adds_it_is_named() => Assert.That(
        () => Backends.Create(BackendKind.Torch, new BackendOptions(1)),
        Throws.TypeOf<BackendException>().With.Message.Contains(TorchLibrary.BuildCommand).And.Message.Contains(_folder.Path).And.Message.Contains("--backend managed"));

    [Test]
    public void A_folder_without_the_native_libraries_is_refused_with_their_names()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "MarioAgentTool.Torch.dll"), "");
        Assert.That(
            () => Backends.Create(BackendKind.Torch, new BackendOptions(1)),
            Throws.TypeOf<BackendException>().With.Message.Contains(TorchLibrary.NativeName("LibTorchSharp")).And.Message.Contains(TorchLibrary.NativeName("torch_cpu")));
    }

    [Test]
    public void A_native_library_that_does_not_load_is_named()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "MarioAgentTool.Torch.dll"), "");
        string broken = Path.Combine(_folder.Path, TorchLibrary.NativeName("LibTorchSharp"));
        File.WriteAllText(broken, "no library");
        Assert.That(() => Backends.Create(BackendKind.Torch, new BackendOptions(1)), Throws.TypeOf<BackendException>().With.Message.Contains($"{broken} does not load"));
    }

    [Test]
    public void Natives_come_in_the_order_of_their_need_of_each_other_with_CUDA_where_it_is()
    {
        string[] all = ["LibTorchSharp", "torch", "torch_cuda", "torch_cpu", "c10_cuda", "c10"];
        foreach (string name in all)
        {
            File.WriteAllText(Path.Combine(_folder.Path, TorchLibrary.NativeName(name)), "");
        }

        Assert.That(TorchLibrary.Natives(_folder.Path).Present.Select(Path.GetFileName), Is.EqualTo(all.Reverse().Select(TorchLibrary.NativeName)));
        File.Delete(Path.Combine(_folder.Path, TorchLibrary.NativeName("torch_cuda")));
        Assert.That(
            TorchLibrary.Natives(_folder.Path).Present.Select(Path.GetFileName),
            Is.EqualTo(new[] { "c10", "torch_cpu", "torch", "LibTorchSharp" }.Select(TorchLibrary.NativeName)));
    }

    [Test]
    public void The_managed_backend_has_no_GPU() => Assert.That(
        () => Backends.Create(BackendKind.Managed, new BackendOptions(1, BackendDevice.Cuda)), Throws.TypeOf<BackendException>().With.Message.Contains("--backend torch"));
}
