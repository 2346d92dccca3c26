using System.Diagnostics;

namespace MarioAgentTool.Tests.Golden;

/// <summary>Debian's Python with PyTorch, where this machine has it.</summary>
internal static class PyTorch
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> _isThere = new(() => File.Exists(Interpreter) && Start("-c", "import torch, numpy").Code == 0);

    /// <summary>Skips the test where there is none.</summary>
    public static void Require()
    {
        if (!_isThere.Value)
        {
            Assert.Ignore($"{Interpreter} has no PyTorch here (Debian: apt-get install python3-torch python3-numpy).");
        }
    }

    /// <summary>Runs a script beside this file; what it complains about fails the test.</summary>
    public static string Run(string script, params string[] arguments)
    {
        (int code, string output, string error) = Start([Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", script), .. arguments]);
        Assert.That(code, Is.Zero, error);
        return output;
    }

    private static (int Code, string Output, string Error) Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
