using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>
/// The fast machine foretells events, strides over lines and skips idle loops; the plain one moves every chip with
/// every cycle. Whoever cannot tell them apart need not care which one runs.
/// </summary>
public sealed class PlainAndFastTests
{
    private static readonly string[] Roms =
    [
        "AccuracyCoin.nes",
        "apu_test/rom_singles/7-dmc_basics.nes",
        "cpu_interrupts_v2/rom_singles/3-nmi_and_irq.nes",
        "cpu_interrupts_v2/rom_singles/4-irq_and_dma.nes",
        "cpu_interrupts_v2/rom_singles/5-branch_delays_irq.nes",
        "dmc_dma_during_read4/dma_2007_read.nes",
        "other/nestest.nes",
        "ppu_vbl_nmi/rom_singles/10-even_odd_timing.nes",
        "sprdma_and_dmc_dma/sprdma_and_dmc_dma.nes",
        "sprite_hit_tests_2005.10.05/01.basics.nes",
        "sprite_hit_tests_2005.10.05/09.timing_basics.nes",
        "sprite_hit_tests_2005.10.05/11.edge_timing.nes",
        "sprite_overflow_tests/3.Timing.nes",
        "sprite_overflow_tests/4.Obscure.nes",
        "vbl_nmi_timing/5.nmi_suppression.nes",
    ];

    [TestCaseSource(nameof(Roms))]
    public void Test_roms_run_alike_plain_and_fast_drawn_and_undrawn(string path) =>
        RunAlike(TestRoms.Load(path), frames: 240, seed: 1);

    [Test]
    public void A_platform_game_runs_alike_plain_and_fast_drawn_and_undrawn() =>
        RunAlike(ProgramBuilder.SyntheticGame().Cartridge(), frames: 300, seed: 2);

    [Test]
    public void Trail_runs_alike_plain_and_fast_drawn_and_undrawn() =>
        RunAlike(Cartridge.Load(TestRoms.ReadFromRepository("NesCoreShim/Trail/Trail.nes"), "Trail.nes"), frames: 600, seed: 3);

    [Test]
    public void Writes_in_the_middle_of_lines_run_alike_plain_and_fast_drawn_and_undrawn([Range(0, 19)] int seed) =>
        RunAlike(ProgramBuilder.Splits(seed).Cartridge(), frames: 12, seed);

    [Test]
    public void Noise_runs_alike_plain_and_fast_drawn_and_undrawn([Range(0, 39)] int seed) =>
        RunAlike(ProgramBuilder.Noise(seed).Cartridge(), frames: 20, seed);

    private static void RunAlike(Cartridge cartridge, int frames, int seed)
    {
        var plain = new Nes(cartridge, new NesOptions { Plain = true });
        var fast = new Nes(cartridge);
        var undrawn = new Nes(cartridge);
        var random = new Random(seed);
        JoypadButtons pad = JoypadButtons.None;
        for (int frame = 0; frame < frames; frame++)
        {
            pad = frame % 5 == 0 ? (JoypadButtons)random.Next(256) : pad;
            plain.FrameAdvance(pad, ~pad);
            fast.FrameAdvance(pad, ~pad);
            undrawn.FrameAdvance(pad, ~pad, render: false);
            ulong hash = plain.StateHash();
            if (hash != fast.StateHash() || hash != undrawn.StateHash() || !plain.Screen.SequenceEqual(fast.Screen))
            {
                Assert.Fail($"{cartridge.Name}, frame {frame}: plain {hash:X16}, fast {fast.StateHash():X16}, undrawn {undrawn.StateHash():X16}; "
                    + $"same screen: {plain.Screen.SequenceEqual(fast.Screen)}.");
            }
        }

        Assert.That(fast.CpuCycles, Is.EqualTo(plain.CpuCycles));
    }
}
