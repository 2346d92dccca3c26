using System.Reflection;

namespace MarioAgentTool.Tests.BizHawkApi;

/// <summary>The assemblies of a BizHawk folder, looked at and not run.</summary>
internal sealed class BizHawkFolder : IDisposable
{
    /// <summary>The assemblies that tools meet, with the place each has in the folder.</summary>
    public static readonly IReadOnlyDictionary<string, string> Places = new Dictionary<string, string>
    {
        ["BizHawk.Emulation.Common"] = "dll/BizHawk.Emulation.Common.dll",
        ["BizHawk.Client.Common"] = "dll/BizHawk.Client.Common.dll",
        ["BizHawk.Client.EmuHawk"] = "EmuHawk.exe",
    };

    private static readonly string[] s_frameworks = ["/usr/lib/mono/4.8-api", @"C:\Windows\Microsoft.NET\Framework64\v4.0.30319"];

    private readonly MetadataLoadContext _context;
    private readonly string _folder;

    public BizHawkFolder(string folder)
    {
        _folder = folder;
        string framework = s_frameworks.FirstOrDefault(f => File.Exists(Path.Combine(f, "System.Windows.Forms.dll"))) ?? "";
        if (framework.Length == 0)
        {
            Assert.Ignore("BizHawk's assemblies stand on .NET Framework 4.8, whose own are not here: apt-get install mono-devel");
        }

        IEnumerable<string> paths = Libraries(framework).Concat(Libraries(Path.Combine(framework, "Facades"))).Concat(Libraries(Path.Combine(folder, "dll")));
        _context = new MetadataLoadContext(new PathAssemblyResolver(paths), "mscorlib");
    }

    public Assembly this[string name]
    {
        get
        {
            string path = Path.Combine(_folder, Places[name]);
            return File.Exists(path) ? _context.LoadFromAssemblyPath(path) : throw new FileNotFoundException($"{path} is not there; BIZHAWK_HOME names the folder of EmuHawk.exe.");
        }
    }

    public void Dispose() => _context.Dispose();

    private static IEnumerable<string> Libraries(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.dll") : [];
}
