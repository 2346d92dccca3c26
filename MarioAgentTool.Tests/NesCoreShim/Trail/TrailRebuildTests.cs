using System.Diagnostics;
using NesCoreShim.Trail;
using Levels = NesCoreShim.Trail.Levels;

namespace MarioAgentTool.Tests.Trail;

public class TrailRebuildTests
{
    [Test]
    public void The_committed_image_is_what_the_sources_build()
    {
        if (OperatingSystem.IsWindows() || !IsOnPath("ca65") || !IsOnPath("ld65"))
        {
            Assert.Ignore("ca65 and ld65 (package cc65) and a shell are needed to rebuild Trail; they are not on PATH.");
        }

        string output = Path.Combine(Path.GetTempPath(), $"trail-{Guid.NewGuid():N}.nes");
        try
        {
            using Process build = Process.Start(new ProcessStartInfo("sh")
            {
                ArgumentList = { Path.Combine(SourceFolder(), "build.sh"), "--assemble", output },
                RedirectStandardError = true,
            })!;
            string errors = build.StandardError.ReadToEnd();
            build.WaitForExit();

            Assert.That(build.ExitCode, Is.Zero, errors);
            Assert.That(File.ReadAllBytes(output).AsSpan().SequenceEqual(TrailRom.Image), "run NesCoreShim/Trail/build.sh and commit Trail.nes");
        }
        finally
        {
            File.Delete(output);
        }
    }

    [Test]
    public void The_committed_levels_are_what_the_drawings_make()
    {
        string folder = SourceFolder();
        Assert.That(File.ReadAllText(Path.Combine(folder, "levels.s")), Is.EqualTo(Levels.StageSet.Load(Path.Combine(folder, "levels")).ToAssembly()), "run NesCoreShim/Trail/build.sh and commit levels.s");
    }

    [Test]
    public void The_image_is_an_nrom_cartridge_with_vertical_mirroring()
    {
        ReadOnlySpan<byte> image = TrailRom.Image;

        Assert.That(image.Length, Is.EqualTo(16 + 32 * 1024 + 8 * 1024));
        Assert.That(image[..8].ToArray(), Is.EqualTo(new byte[] { (byte)'N', (byte)'E', (byte)'S', 0x1A, 2, 1, 1, 0 }));
    }

    [Test]
    public void Every_source_file_is_text_and_the_image_needs_no_other()
    {
        string[] extensions = ["*.s", "*.inc", "*.cfg", "*.sh"];
        foreach (string file in extensions.SelectMany(e => Directory.GetFiles(SourceFolder(), e)).Concat(Directory.GetFiles(Path.Combine(SourceFolder(), "levels"))))
        {
            Assert.That(File.ReadAllBytes(file), Has.None.GreaterThan((byte)0x7E), file);
        }
    }

    internal static string SourceFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            string trail = Path.Combine(folder.FullName, "NesCoreShim", "Trail");
            if (File.Exists(Path.Combine(trail, "trail.s")))
            {
                return trail;
            }
        }

        Assert.Ignore("the sources of Trail are not above the test's folder");
        return "";
    }

    private static bool IsOnPath(string program)
    {
        return (System.Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
    }
}
