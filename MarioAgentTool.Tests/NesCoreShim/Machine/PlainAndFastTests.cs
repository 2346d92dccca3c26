using MarioAgentTool.Cli.Commands;
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
        "MMC1_A12/mmc1_a12.nes",
        "apu_test/rom_singles/7-dmc_basics.nes",
        "cpu_interrupts_v2/rom_singles/3-nmi_and_irq.nes",
        "cpu_interrupts_v2/rom_singles/4-irq_and_dma.nes",
        "cpu_interrupts_v2/rom_singles/5-branch_delays_irq.nes",
        "dmc_dma_during_read4/dma_2007_read.nes",
        "mmc3_test_2/rom_singles/1-clocking.nes",
        "mmc3_test_2/rom_singles/3-A12_clocking.nes",
        "mmc3_test_2/rom_singles/4-scanline_timing.nes",
        "other/nestest.nes",
        "ppu_read_buffer/test_ppu_read_buffer.nes",
        "ppu_vbl_nmi/rom_singles/10-even_odd_timing.nes",
        "sprdma_and_dmc_dma/sprdma_and_dmc_dma.nes",
        "sprite_hit_tests_2005.10.05/01.basics.nes",
        "sprite_hit_tests_2005.10.05/09.timing_basics.nes",
        "sprite_hit_tests_2005.10.05/11.edge_timing.nes",
        "sprite_overflow_tests/3.Timing.nes",
        "sprite_overflow_tests/4.Obscure.nes",
        "vbl_nmi_timing/5.nmi_suppression.nes",
    ];

    private static readonly IEnumerable<string> BoardGames = BenchGame.All.Select(g => g.Name);

    // Those of ProgramBuilder.Waits that do nothing else.
    private const int PureWaits = 9;

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

    [Test]
    public void Loops_that_wait_run_alike_plain_and_fast([Range(0, 29)] int seed) =>
        RunAlike(ProgramBuilder.Waiting(seed).Cartridge(), frames: 30, seed);

    [Test]
    public void Loops_that_only_wait_are_skipped([Range(0, PureWaits - 1)] int wait)
    {
        Cartridge cartridge = ProgramBuilder.Waiting(seed: 1, wait).Cartridge();
        RunAlike(cartridge, frames: 30, seed: 1);
        var console = new Nes(cartridge);
        for (int frame = 0; frame < 30; frame++)
        {
            console.FrameAdvance(JoypadButtons.None);
        }

        Assert.That(console.SkippedCycles, Is.GreaterThan(console.CpuCycles / 2));
    }

    [Test]
    public void Boards_run_alike_plain_and_fast_drawn_and_undrawn([Values(1, 2, 3, 4, 7, 9, 10, 11, 66)] int mapper, [Range(0, 5)] int seed) =>
        RunAlike(Turmoil(mapper, seed), frames: 40, seed);

    [Test]
    public void The_mmc3_counter_runs_alike_plain_and_fast_drawn_and_undrawn([Range(100, 159)] int seed) =>
        RunAlike(Turmoil(4, seed), frames: 40, seed);

    [Test]
    public void Banks_that_tiles_move_run_alike_plain_and_fast_drawn_and_undrawn([Values(9, 10)] int mapper, [Range(200, 239)] int seed) =>
        RunAlike(Turmoil(mapper, seed), frames: 30, seed);

    [TestCaseSource(nameof(BoardGames))]
    public void Games_of_every_board_run_alike_plain_and_fast_drawn_and_undrawn(string name) =>
        RunAlike(Cartridge.Load(BenchGame.All.Single(g => g.Name == name).Image(), name), frames: 60, seed: 4);

    [Test]
    public void Regions_run_alike_plain_and_fast_drawn_and_undrawn([Values(Region.Pal, Region.Dendy)] Region region, [Range(0, 4)] int seed)
    {
        RunAlike(Turmoil(4, seed), frames: 30, seed, region);
        RunAlike(ProgramBuilder.Noise(seed).Cartridge(), frames: 20, seed, region);
    }

    [Test]
    public void Games_run_alike_in_every_region([Values(Region.Pal, Region.Dendy)] Region region)
    {
        RunAlike(ProgramBuilder.SyntheticGame().Cartridge(), frames: 120, seed: 2, region);
        RunAlike(Cartridge.Load(TestRoms.ReadFromRepository("NesCoreShim/Trail/Trail.nes"), "Trail.nes"), frames: 300, seed: 3, region);
    }

    private static Cartridge Turmoil(int mapper, int seed)
    {
        ReadOnlySpan<int> registers = mapper switch
        {
            1 => [0x8000, 0xA000, 0xC000, 0xE000],
            4 => [0x8000, 0x8001, 0x8001, 0xA000, 0xA001, 0xC000, 0xC001, 0xE000, 0xE001, 0xE001],
            9 or 10 => [0xA000, 0xB000, 0xC000, 0xD000, 0xE000, 0xF000],
            _ => [0x8000, 0x9123, 0xFFFF],
        };
        var image = new BoardImage(mapper, prgKib: 128, chrKib: (seed & 3) == 3 ? 0 : 128, seed);
        image.Header[6] |= (byte)(seed & 1);
        return image.WithTurmoil(seed, registers).Cartridge($"turmoil {mapper}/{seed}");
    }

    private static void RunAlike(Cartridge cartridge, int frames, int seed, Region? region = null)
    {
        var plain = new Nes(cartridge, new NesOptions { Plain = true, Region = region });
        var fast = new Nes(cartridge, new NesOptions { Region = region });
        var undrawn = new Nes(cartridge, new NesOptions { Region = region });
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
                int pixel = plain.Screen.CommonPrefixLength(fast.Screen);
                Assert.Fail($"{cartridge.Name}, frame {frame}: plain {hash:X16}, fast {fast.StateHash():X16}, undrawn {undrawn.StateHash():X16}; "
                    + (pixel == plain.Screen.Length ? "same screen." : $"screens differ from {pixel % 256}, {pixel / 256} on."));
            }
        }

        Assert.That(fast.CpuCycles, Is.EqualTo(plain.CpuCycles));
    }
}
