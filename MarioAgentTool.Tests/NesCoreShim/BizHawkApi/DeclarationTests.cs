using System.Text;
using MarioAgentTool.Tests.Agent.Training;

namespace MarioAgentTool.Tests.BizHawkApi;

/// <summary>The declarations of BizHawk's API against BizHawk.</summary>
public class DeclarationTests
{
    private const string Home = "BIZHAWK_HOME";

    private static IEnumerable<string> Assemblies => BizHawkFolder.Places.Keys;

    [TestCaseSource(nameof(Assemblies))]
    public void Every_declaration_is_as_BizHawk_has_it(string assembly)
    {
        string? home = System.Environment.GetEnvironmentVariable(Home);
        if (string.IsNullOrEmpty(home))
        {
            Assert.Ignore($"{Home} is not set; it names the folder of a BizHawk's EmuHawk.exe.");
        }

        using TemporaryFolder ours = StandIn();
        Assert.That(Differences(assembly, ours.Path, home!), Is.Empty);
    }

    [TestCaseSource(nameof(Assemblies))]
    public void The_declarations_agree_with_a_BizHawk_that_is_made_of_them(string assembly)
    {
        using TemporaryFolder ours = StandIn(), theirs = StandIn();
        Assert.That(Differences(assembly, ours.Path, theirs.Path), Is.Empty);
    }

    [TestCase("BizHawk.Emulation.Common", "LoadStateBinary", "has public System.Void LoadStateBinary(System.IO.BinaryReader reader)")]
    [TestCase("BizHawk.Client.Common", "SaveCoreStateToMemory", "has public System.String SaveCoreStateToMemory()")]
    [TestCase("BizHawk.Client.EmuHawk", "FastUpdateBefore", "lets heirs override protected System.Void FastUpdateBefore()")]
    public void A_BizHawk_that_calls_a_member_otherwise_is_noticed(string assembly, string member, string difference)
    {
        using TemporaryFolder ours = StandIn(), theirs = StandIn();
        Rename(theirs[BizHawkFolder.Places[assembly]], member);
        Assert.That(Differences(assembly, ours.Path, theirs.Path), Has.Some.EndsWith(difference));
    }

    [Test]
    public void Every_kind_of_difference_is_noticed()
    {
        IReadOnlyList<string> differences = ApiFacts.Differences(
            typeof(Declared).GetNestedTypes(), name => Type.GetType(name.Replace(nameof(Declared), nameof(Real))));
        string[] expected =
        [
            "Gone exists",
            "Turned is an interface",
            "Moved descends from System.IO.Stream, 2 above the root",
            "Members has the public field System.Int32 IsField",
            "Members has public System.Void set_IsSet(System.Int32 value)",
            "Members has public static System.Void IsStatic()",
            "Members has public System.Void Defaults(System.Int32 x = 1)",
            "Members has public System.Void Names(System.Int32 x)",
            "Members has public System.Int32 Returns()",
            "Members has public System.Void Takes(System.Int64 x)",
            "Members has public System.Void Open()",
            "Members lets heirs override public System.Void IsVirtual()",
            "Members has the public constructor (System.Int32 x)",
            "Members has the event System.EventHandler Happens",
            "Numbers has Two = 2",
        ];
        Assert.Multiple(() =>
        {
            foreach (string difference in expected)
            {
                Assert.That(differences, Has.Some.EndsWith("." + difference));
            }

            Assert.That(differences, Has.None.Contains("Same"));
        });
    }

    private static IReadOnlyList<string> Differences(string assembly, string ours, string theirs)
    {
        using BizHawkFolder declared = new(ours), real = new(theirs);
        System.Reflection.Assembly counterpart = real[assembly];
        return ApiFacts.Differences(declared[assembly].GetTypes(), counterpart.GetType);
    }

    // Our declarations, laid out as BizHawk is.
    private static TemporaryFolder StandIn()
    {
        TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["dll"]);
        string configuration = new DirectoryInfo(TestContext.CurrentContext.TestDirectory).Parent!.Name;
        foreach ((string name, string place) in BizHawkFolder.Places)
        {
            string framework = place.EndsWith(".exe", StringComparison.Ordinal) ? "net48" : "netstandard2.0";
            string built = Path.Combine(Repository.Root, "NesCoreShim", "BizHawkApi", name, "bin", configuration, framework, name + ".dll");
            if (!File.Exists(built))
            {
                folder.Dispose();
                Assert.Ignore($"{built} is not built; it needs .NET Framework 4.8 reference assemblies: apt-get install mono-devel");
            }

            File.Copy(built, folder[place]);
        }

        return folder;
    }

    // Names lie in an assembly as UTF-8 between zeros; one of the same length can take another's place.
    private static void Rename(string path, string member)
    {
        byte[] bytes = File.ReadAllBytes(path), name = Encoding.UTF8.GetBytes($"\0{member}\0");
        int at = bytes.AsSpan().IndexOf(name);
        Assert.That(at, Is.Positive);
        bytes[at + 1]++;
        File.WriteAllBytes(path, bytes);
    }

#pragma warning disable CS0067, CS0649, CA1822 // Nobody uses these: they are looked at.
    public static class Declared
    {
        public class Gone;

        public interface Turned;

        public class Moved : MemoryStream;

        public class Same
        {
            public int Value { get; set; }
        }

        public enum Numbers
        {
            One = 1,
            Two = 2,
        }

        public class Members
        {
            public int IsField;

            public Members(int x) => IsSet = x;

            public event EventHandler? Happens;

            public int IsSet { get; set; }

            public static void IsStatic()
            {
            }

            public void Defaults(int x = 1)
            {
            }

            public void Names(int x)
            {
            }

            public int Returns() => 0;

            public void Takes(long x)
            {
            }

            public void Open()
            {
            }

            public virtual void IsVirtual()
            {
            }
        }
    }

    public static class Real
    {
        public class Turned;

        public class Moved;

        public class Same
        {
            public int Value { get; set; }

            public int More { get; set; }
        }

        public enum Numbers
        {
            One = 1,
            Two = 3,
        }

        public class Members
        {
            public int IsField { get; set; }

            public int IsSet { get; private set; }

            public void IsStatic() => IsSet = 1;

            public void Defaults(int x = 2)
            {
            }

            public void Names(int y)
            {
            }

            public long Returns() => 0;

            public void Takes(int x)
            {
            }

            public void IsVirtual()
            {
            }

            protected void Open()
            {
            }
        }
    }
#pragma warning restore CS0067, CS0649, CA1822
}
