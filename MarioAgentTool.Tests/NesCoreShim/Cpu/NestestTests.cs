using System.Text;
using NesCoreShim;

namespace MarioAgentTool.Tests;

public sealed class NestestTests
{
    [Test]
    public void Nestest_runs_line_for_line_like_its_log()
    {
        string[] log = Encoding.ASCII.GetString(TestRoms.Read("other/nestest.log")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var console = new Nes(TestRoms.Load("other/nestest.nes"));
        int line = 0;
        string? difference = null;
        console.Tracer = now =>
        {
            if (line < log.Length && difference is null)
            {
                string expected = Essence(log[line].TrimEnd());
                string actual = Essence(now);
                difference = expected == actual ? null : $"line {line + 1}\nlog: {expected}\nus:  {actual}";
                line++;
            }
        };

        // The log starts at the program's unattended entry, seven cycles after power-on.
        console.Cpu.Jump(0xC000, stack: 0xFD, cycle: 7);
        while (line < log.Length && difference is null)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(difference, Is.Null);
            Assert.That(line, Is.EqualTo(8991));
            Assert.That(console.Peek(0x02), Is.Zero, "official opcodes");
            Assert.That(console.Peek(0x03), Is.Zero, "unofficial opcodes");
        }
    }

    private static string Essence(string line)
    {
        int ppu = line.IndexOf("PPU:", StringComparison.Ordinal);
        string[] position = line[(ppu + 4)..line.IndexOf("CYC:", StringComparison.Ordinal)].Split(',');
        return $"{line[..4]} {line[48..ppu].Trim()} PPU:{int.Parse(position[0])},{int.Parse(position[1])} {line[line.IndexOf("CYC:", StringComparison.Ordinal)..]}";
    }

    private static string Essence(CpuSnapshot now)
    {
        // Three dots to a cycle, 341 to a line, 262 lines to a frame; rendering is off throughout.
        long dots = now.Cycle * 3 % (341 * 262);
        return $"{now.Pc:X4} A:{now.A:X2} X:{now.X:X2} Y:{now.Y:X2} P:{now.P:X2} SP:{now.S:X2} PPU:{dots / 341},{dots % 341} CYC:{now.Cycle}";
    }
}
