using BizHawk.Client.Common;
using NesCoreShim;
using NesCoreShim.Host;
using NesCoreShim.Trail;

namespace MarioAgentTool.Tests.Host;

/// <summary>The headless EmuHawk with Trail in it, and a folder of its own.</summary>
internal sealed class HostedTrail : IDisposable
{
    public HostedTrail(Action<HeadlessEmuHawkOptions>? choose = null)
    {
        HeadlessEmuHawkOptions options = new() { StateFolder = Folder };
        choose?.Invoke(options);
        EmuHawk = new HeadlessEmuHawk(options);
        Assert.That(EmuHawk.LoadRom(TrailRom.Name, TrailRom.Image.ToArray()));
    }

    public HeadlessEmuHawk EmuHawk { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("emuhawk").FullName;

    /// <summary>CRC of RAM after each of so many frames.</summary>
    public List<uint> Run(int frames, Func<int, JoypadButtons>? pad = null)
    {
        List<uint> sums = [];
        for (int i = 0; i < frames; i++)
        {
            EmuHawk.UserPad = pad?.Invoke(i) ?? JoypadButtons.None;
            EmuHawk.Tick();
            sums.Add(Hashing.Crc32(EmuHawk.Nes.Ram));
        }

        return sums;
    }

    /// <summary>Input that gets the fox out of the title and running, with a jump now and then.</summary>
    public static JoypadButtons Romp(int frame) => frame switch
    {
        < 40 => JoypadButtons.None,
        < 44 => JoypadButtons.Start,
        _ => JoypadButtons.Right | JoypadButtons.B | (frame % 60 < 25 ? JoypadButtons.A : JoypadButtons.None),
    };

    public IMovie NewMovie(string name) => ((IMovie)EmuHawk.MovieSession.GetType().GetMethod("Get")!.Invoke(EmuHawk.MovieSession, [Path.Combine(Folder, name), false])!);

    public void Dispose()
    {
        EmuHawk.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
