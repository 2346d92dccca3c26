using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>Screens, and what the notebooks' own transforms make of them: written by <c>Golden/golden_frames.py</c>, which says what is what.</summary>
internal static class GoldenFrames
{
    public const int Formulas = 4;

    /// <summary>Palette indices of each screen: the four formulas, then Trail's.</summary>
    public static byte[][] Screens { get; } =
    [
        .. Enumerable.Range(0, Formulas).Select(Formula),
        .. Read<byte>("trail_screens.npz", "screens").Chunk(240 * 256),
    ];

    public static T[] Read<T>(string file, string name)
        where T : unmanaged
    {
        using var archive = ZipFile.OpenRead(Path.Combine(Repository.Root, "MarioAgentTool.Tests", "Golden", file));
        using var entry = archive.GetEntry($"{name}.npy")!.Open();
        var bytes = new MemoryStream();
        entry.CopyTo(bytes);

        // "\x93NUMPY", version 1.0, two bytes of header length, the header. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
        byte[] npy = bytes.ToArray();
        int header = npy[8] | npy[9] << 8;
        string text = Encoding.ASCII.GetString(npy, 10, header);
        Assert.That(text, Does.Contain(Marshal.SizeOf<T>() == 1 ? "'|u1'" : "'<u2'").And.Contain("'fortran_order': False"));
        return MemoryMarshal.Cast<byte, T>(npy.AsSpan(10 + header)).ToArray();
    }

    private static byte[] Formula(int number)
    {
        byte[] screen = new byte[240 * 256];
        uint state = 1;
        for (int i = 0; i < screen.Length; i++)
        {
            int x = i % 256, y = i / 256;
            state = state * 1664525 + 1013904223;
            screen[i] = (byte)(number switch
            {
                0 => state >> 26,
                1 => (uint)(x / 4 + y / 4) & 63,
                2 => ((x ^ y) & 1) != 0 ? 0x30u : 0x0F,
                _ => ((x * x / 64 + y * y / 48) & 1) != 0 ? 0x22u : 0x17,
            });
        }

        return screen;
    }
}
