using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>
/// Programs written by hardware testers to tell a console from an imitation. Each row names a ROM and how long it may
/// take; the ROM itself says whether we passed.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class HardwareRomTests
{
    internal static readonly Row[] Table =
    [
        // MMC1_A12
        // It asks the onlooker, in a font of its own, to watch a bar; MMC1's tests look for that bar.
        new("MMC1_A12/mmc1_a12.nes", Shows: "#$+ 8"),
        // apu_reset
        new("apu_reset/4015_cleared.nes"),
        new("apu_reset/4017_timing.nes"),
        new("apu_reset/4017_written.nes"),
        new("apu_reset/irq_flag_cleared.nes"),
        new("apu_reset/len_ctrs_enabled.nes"),
        new("apu_reset/works_immediately.nes"),
        // apu_test
        new("apu_test/rom_singles/1-len_ctr.nes"),
        new("apu_test/rom_singles/2-len_table.nes"),
        new("apu_test/rom_singles/3-irq_flag.nes"),
        new("apu_test/rom_singles/4-jitter.nes"),
        new("apu_test/rom_singles/5-len_timing.nes"),
        new("apu_test/rom_singles/6-irq_flag_timing.nes"),
        new("apu_test/rom_singles/7-dmc_basics.nes"),
        new("apu_test/rom_singles/8-dmc_rates.nes"),
        // blargg_apu_2005.07.30
        new("blargg_apu_2005.07.30/01.len_ctr.nes"),
        new("blargg_apu_2005.07.30/02.len_table.nes"),
        new("blargg_apu_2005.07.30/03.irq_flag.nes"),
        new("blargg_apu_2005.07.30/04.clock_jitter.nes"),
        new("blargg_apu_2005.07.30/05.len_timing_mode0.nes"),
        new("blargg_apu_2005.07.30/06.len_timing_mode1.nes"),
        new("blargg_apu_2005.07.30/07.irq_flag_timing.nes"),
        new("blargg_apu_2005.07.30/08.irq_timing.nes"),
        new("blargg_apu_2005.07.30/09.reset_timing.nes"),
        new("blargg_apu_2005.07.30/10.len_halt_timing.nes"),
        new("blargg_apu_2005.07.30/11.len_reload_timing.nes"),
        // blargg_nes_cpu_test5
        new("blargg_nes_cpu_test5/official.nes", WithinFrames: 3600, Shows: "All tests complete"),
        // blargg_ppu_tests_2005.09.15b
        new("blargg_ppu_tests_2005.09.15b/palette_ram.nes"),
        new("blargg_ppu_tests_2005.09.15b/power_up_palette.nes"),
        new("blargg_ppu_tests_2005.09.15b/sprite_ram.nes"),
        new("blargg_ppu_tests_2005.09.15b/vbl_clear_time.nes"),
        new("blargg_ppu_tests_2005.09.15b/vram_access.nes"),
        // branch_timing_tests
        new("branch_timing_tests/1.Branch_Basics.nes"),
        new("branch_timing_tests/2.Backward_Branch.nes"),
        new("branch_timing_tests/3.Forward_Branch.nes"),
        // cpu_dummy_reads
        new("cpu_dummy_reads/cpu_dummy_reads.nes"),
        // cpu_dummy_writes
        new("cpu_dummy_writes/cpu_dummy_writes_oam.nes"),
        new("cpu_dummy_writes/cpu_dummy_writes_ppumem.nes"),
        // cpu_interrupts_v2
        new("cpu_interrupts_v2/rom_singles/1-cli_latency.nes"),
        new("cpu_interrupts_v2/rom_singles/2-nmi_and_brk.nes"),
        new("cpu_interrupts_v2/rom_singles/3-nmi_and_irq.nes"),
        new("cpu_interrupts_v2/rom_singles/4-irq_and_dma.nes"),
        new("cpu_interrupts_v2/rom_singles/5-branch_delays_irq.nes"),
        // cpu_reset
        new("cpu_reset/ram_after_reset.nes"),
        new("cpu_reset/registers.nes"),
        // cpu_timing_test6
        new("cpu_timing_test6/cpu_timing_test.nes", WithinFrames: 900),
        // dmc_dma_during_read4
        // These two print what they read; their source lists the checksums that consoles gave.
        new("dmc_dma_during_read4/dma_2007_read.nes", Shows: "159A7A8F"),
        new("dmc_dma_during_read4/dma_2007_write.nes"),
        new("dmc_dma_during_read4/dma_4016_read.nes"),
        new("dmc_dma_during_read4/double_2007_read.nes", Shows: "F018C287"),
        new("dmc_dma_during_read4/read_write_2007.nes"),
        // instr_misc
        new("instr_misc/rom_singles/01-abs_x_wrap.nes"),
        new("instr_misc/rom_singles/02-branch_wrap.nes"),
        new("instr_misc/rom_singles/03-dummy_reads.nes"),
        new("instr_misc/rom_singles/04-dummy_reads_apu.nes"),
        // instr_test-v5
        new("instr_test-v5/rom_singles/01-basics.nes"),
        new("instr_test-v5/rom_singles/02-implied.nes"),
        new("instr_test-v5/rom_singles/03-immediate.nes"),
        new("instr_test-v5/rom_singles/04-zero_page.nes"),
        new("instr_test-v5/rom_singles/05-zp_xy.nes"),
        new("instr_test-v5/rom_singles/06-absolute.nes"),
        new("instr_test-v5/rom_singles/07-abs_xy.nes"),
        new("instr_test-v5/rom_singles/08-ind_x.nes"),
        new("instr_test-v5/rom_singles/09-ind_y.nes"),
        new("instr_test-v5/rom_singles/10-branches.nes"),
        new("instr_test-v5/rom_singles/11-stack.nes"),
        new("instr_test-v5/rom_singles/12-jmp_jsr.nes"),
        new("instr_test-v5/rom_singles/13-rts.nes"),
        new("instr_test-v5/rom_singles/14-rti.nes"),
        new("instr_test-v5/rom_singles/15-brk.nes"),
        new("instr_test-v5/rom_singles/16-special.nes"),
        // instr_timing
        new("instr_timing/rom_singles/1-instr_timing.nes", WithinFrames: 1200),
        new("instr_timing/rom_singles/2-branch_timing.nes"),
        // mmc3_test_2
        // 5 and 6 contradict each other: they want the two revisions of the chip.
        new("mmc3_test_2/rom_singles/1-clocking.nes"),
        new("mmc3_test_2/rom_singles/2-details.nes"),
        new("mmc3_test_2/rom_singles/3-A12_clocking.nes"),
        new("mmc3_test_2/rom_singles/4-scanline_timing.nes"),
        new("mmc3_test_2/rom_singles/5-MMC3.nes"),
        new("mmc3_test_2/rom_singles/6-MMC3_alt.nes", Submapper: 4),
        // oam_read
        new("oam_read/oam_read.nes"),
        // ppu_open_bus
        new("ppu_open_bus/ppu_open_bus.nes"),
        // ppu_read_buffer
        new("ppu_read_buffer/test_ppu_read_buffer.nes", WithinFrames: 3000),
        // ppu_vbl_nmi
        new("ppu_vbl_nmi/rom_singles/01-vbl_basics.nes"),
        new("ppu_vbl_nmi/rom_singles/02-vbl_set_time.nes"),
        new("ppu_vbl_nmi/rom_singles/03-vbl_clear_time.nes"),
        new("ppu_vbl_nmi/rom_singles/04-nmi_control.nes"),
        new("ppu_vbl_nmi/rom_singles/05-nmi_timing.nes"),
        new("ppu_vbl_nmi/rom_singles/06-suppression.nes"),
        new("ppu_vbl_nmi/rom_singles/07-nmi_on_timing.nes"),
        new("ppu_vbl_nmi/rom_singles/08-nmi_off_timing.nes"),
        new("ppu_vbl_nmi/rom_singles/09-even_odd_frames.nes"),
        new("ppu_vbl_nmi/rom_singles/10-even_odd_timing.nes"),
        // sprdma_and_dmc_dma
        new("sprdma_and_dmc_dma/sprdma_and_dmc_dma.nes"),
        new("sprdma_and_dmc_dma/sprdma_and_dmc_dma_512.nes"),
        // sprite_hit_tests_2005.10.05
        new("sprite_hit_tests_2005.10.05/01.basics.nes"),
        new("sprite_hit_tests_2005.10.05/02.alignment.nes"),
        new("sprite_hit_tests_2005.10.05/03.corners.nes"),
        new("sprite_hit_tests_2005.10.05/04.flip.nes"),
        new("sprite_hit_tests_2005.10.05/05.left_clip.nes"),
        new("sprite_hit_tests_2005.10.05/06.right_edge.nes"),
        new("sprite_hit_tests_2005.10.05/07.screen_bottom.nes"),
        new("sprite_hit_tests_2005.10.05/08.double_height.nes"),
        new("sprite_hit_tests_2005.10.05/09.timing_basics.nes"),
        new("sprite_hit_tests_2005.10.05/10.timing_order.nes"),
        new("sprite_hit_tests_2005.10.05/11.edge_timing.nes"),
        // sprite_overflow_tests
        new("sprite_overflow_tests/1.Basics.nes"),
        new("sprite_overflow_tests/2.Details.nes"),
        new("sprite_overflow_tests/3.Timing.nes"),
        new("sprite_overflow_tests/4.Obscure.nes"),
        new("sprite_overflow_tests/5.Emulator.nes"),
        // vbl_nmi_timing
        new("vbl_nmi_timing/1.frame_basics.nes"),
        new("vbl_nmi_timing/2.vbl_timing.nes"),
        new("vbl_nmi_timing/3.even_odd_frames.nes"),
        new("vbl_nmi_timing/4.vbl_clear_timing.nes"),
        new("vbl_nmi_timing/5.nmi_suppression.nes"),
        new("vbl_nmi_timing/6.nmi_disable.nes"),
        new("vbl_nmi_timing/7.nmi_timing.nes"),
    ];

    /// <summary>What we do not pass, and why. An unexpected pass fails the suite, so that this list stays true.</summary>
    private static readonly Dictionary<string, string> KnownFailures = new()
    {
    };

    private static IEnumerable<TestCaseData> Cases() => Table.Select(row => new TestCaseData(row).SetArgDisplayNames(row.Path));

    [TestCaseSource(nameof(Cases))]
    public void A_hardware_test_passes(Row row)
    {
        var console = new Nes(TestRoms.Load(row.Path, row.Submapper));
        (bool? passed, string text) = Verdict.Await(console, row.WithinFrames, row.Shows);
        if (KnownFailures.TryGetValue(row.Path, out string? reason))
        {
            Assert.That(passed, Is.Not.True, $"{row.Path} passes now, which is good news: take it off KnownFailures (\"{reason}\").");
            Assert.Ignore($"{row.Path}: known failure, {reason}");
        }

        Assert.That(passed, Is.True, passed is null ? $"{row.Path} said nothing within {row.WithinFrames} frames:\n{text}" : $"{row.Path}:\n{text}");
    }

    public sealed record Row(string Path, int WithinFrames = 600, string? Shows = null, int Submapper = 0);
}
