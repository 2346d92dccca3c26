using System.Text;
using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>Reads what a test ROM says about us: at $6000 if it speaks that protocol, else from the screen.</summary>
internal static class Verdict
{
    private const byte Running = 0x80;
    private const byte ResetWanted = 0x81;

    // "Press reset, but not sooner than 100 ms from now."
    public const int FramesBeforeReset = 8;

    /// <summary>Runs until the ROM has decided.</summary>
    /// <param name="console">The console with the ROM in it.</param>
    /// <param name="withinFrames">How long it may take.</param>
    /// <param name="shows">For ROMs that only print: what a console prints.</param>
    /// <returns>Whether it passed, or null if it never said; and what it wrote.</returns>
    public static (bool? Passed, string Text) Await(Nes console, int withinFrames, string? shows = null)
    {
        int resetIn = -1;
        for (int frame = 1; frame <= withinFrames; frame++)
        {
            console.FrameAdvance(JoypadButtons.None, render: false);
            if (SpeaksProtocol(console))
            {
                byte status = console.Peek(0x6000);
                if (status == ResetWanted)
                {
                    resetIn = resetIn < 0 ? FramesBeforeReset : resetIn - 1;
                    if (resetIn == 0)
                    {
                        console.Reset();
                        resetIn = -1;
                    }
                }
                else if (status < Running)
                {
                    return (status == 0, Message(console));
                }
            }
            else if (frame % 30 == 0)
            {
                string screen = ScreenText(console);
                if (screen.Contains(shows ?? "PASSED") || screen.Contains("Passed") || screen.Contains("$01"))
                {
                    return (true, screen);
                }

                if (screen.Contains("FAIL") || screen.Contains("Failed") || screen.Contains("ERROR") || screen.Contains("$0"))
                {
                    return (false, screen);
                }
            }
        }

        return (null, ScreenText(console));
    }

    /// <summary>Whether the ROM asks for the reset button.</summary>
    public static bool WantsReset(Nes console) => SpeaksProtocol(console) && console.Peek(0x6000) == ResetWanted;

    /// <summary>The first nametable read as ASCII, the way most test ROMs lay out their font.</summary>
    public static string ScreenText(Nes console)
    {
        var text = new StringBuilder();
        for (int row = 0; row < 30; row++)
        {
            var line = new StringBuilder();
            for (int column = 0; column < 32; column++)
            {
                byte tile = console.PeekPpu((ushort)(0x2000 + row * 32 + column));
                line.Append(tile is >= 0x20 and < 0x7F ? (char)tile : ' ');
            }

            if (!string.IsNullOrWhiteSpace(line.ToString()))
            {
                text.AppendLine(line.ToString().Trim());
            }
        }

        return text.ToString();
    }

    private static bool SpeaksProtocol(Nes console) =>
        console.Peek(0x6001) == 0xDE && console.Peek(0x6002) == 0xB0 && console.Peek(0x6003) == 0x61;

    private static string Message(Nes console)
    {
        var text = new StringBuilder();
        for (ushort at = 0x6004; at < 0x7000 && console.Peek(at) != 0; at++)
        {
            text.Append((char)console.Peek(at));
        }

        return text.ToString().Trim();
    }
}
