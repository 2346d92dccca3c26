using MarioAgentTool.Cli.Commands;
using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>
/// The fast machine foretells events, strides over lines, skips idle loops and compiles; the plain one moves every chip with
/// every cycle. Whoever cannot tell them apart need not care which one runs.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class PlainAndFastTests
{
    // Every ROM is compared from power-on and from a later moment, to which the fast machine runs ahead alone.
    private const int FirstFrames = 100, LaterFrames = 60, LatestStart = 1_000;

    // "1": every ROM is compared until its test is over, which takes long.
    private static readonly bool ToTheEnd = System.Environment.GetEnvironmentVariable("NES_COMPARE_TO_THE_END") == "1";

    private static readonly IEnumerable<string> BoardGames = BenchGame.All.Select(g => g.Name);

    // Visits to a place before the undrawn machine compiles it: nearly everything in small programs, what matters in ROMs.
    private const int CompileSoon = 2, CompileHot = 100;

    // Those of ProgramBuilder.Waits that do nothing else.
    private const int PureWaits = 9;

    [TestCaseSource(typeof(TestRoms), nameof(TestRoms.All))]
    public void Test_roms_run_alike_plain_and_fast_drawn_and_undrawn(string path)
    {
        HardwareRomTests.Row? row = Array.Find(HardwareRomTests.Table, row => row.Path == path);
        Cartridge cartridge = LoadSupported(path, row?.Submapper ?? 0);
        int end = path == AccuracyCoinTests.Rom ? AccuracyCoinTests.Frames : row?.WithinFrames ?? 600;
        if (ToTheEnd)
        {
            var run = new Comparison(cartridge, new NesOptions { SoundRate = 44_100, CompileAfter = CompileSoon });
            for (int frame = 0; frame < end; frame++)
            {
                run.AdvanceAlike(Pilot(path, frame));
                run.ResetIfAsked();
            }

            return;
        }

        // The seed is the ROM's, so that each is met at a moment of its own.
        var random = new Random((int)cartridge.Crc32);
        RunAlike(cartridge, FirstFrames, random.Next(), compileAfter: CompileHot);
        var later = new Comparison(cartridge, new NesOptions { SoundRate = 44_100, CompileAfter = CompileHot });
        later.RunAhead(random.Next(FirstFrames, LatestStart), frame => Pilot(path, frame));
        for (int frame = 0; frame < LaterFrames; frame++)
        {
            later.AdvanceAlike((JoypadButtons)random.Next(256));
        }
    }

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
    public void Wild_writes_in_the_middle_of_lines_run_alike_plain_and_fast_drawn_and_undrawn([Range(0, 39)] int seed) =>
        RunAlike(ProgramBuilder.WildSplits(seed).Cartridge(), frames: 12, seed);

    [Test]
    public void Undisturbed_pictures_run_alike_plain_and_fast_drawn_and_undrawn([Range(0, 39)] int seed) =>
        RunAlike(ProgramBuilder.Pictures(seed).Cartridge(), frames: 24, seed);

    [Test]
    public void Hits_of_sprite_0_come_at_the_same_dots([Range(0, 29)] int seed) =>
        RunAlike(ProgramBuilder.SpriteZeroHits(seed).Cartridge(), frames: 34, seed);

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
    public void An_interrupt_that_nobody_acknowledges_is_taken_again_after_every_RTI()
    {
        // The frame interrupt's handler jumps back to an RTI: a loop whose rounds all look alike.
        ProgramBuilder p = new ProgramBuilder().Store(0x4017, 0x00).Emit(0x58);
        int loop = p.Here;
        p.Emit(0xE6, 0x10, 0x4C, (byte)loop, (byte)(loop >> 8)).Emit(0x40);
        int handler = p.Here;
        p.Emit(0x18, 0x90, 0xFC).Vector(0xFFFE, handler);
        RunAlike(p.Cartridge(), frames: 10, seed: 1);
    }

    [Test]
    public void Boards_run_alike_plain_and_fast_drawn_and_undrawn([Values(1, 2, 3, 4, 7, 9, 10, 11, 66)] int mapper, [Range(0, 5)] int seed) =>
        RunAlike(Turmoil(mapper, seed), frames: 40, seed);

    [Test]
    public void The_mmc3_counter_runs_alike_plain_and_fast_drawn_and_undrawn([Range(100, 159)] int seed) =>
        RunAlike(Turmoil(4, seed), frames: 40, seed);

    [Test]
    public void The_mmc3_interrupt_of_a_line_is_foretold_at_any_dot_of_it_with_tall_sprites([Range(0, 4)] int offset) =>
        RunAlike(ProgramBuilder.TallSpriteClocks(offset).Cartridge(), frames: 70, seed: 0);

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

    [Test]
    public void A_PPU_that_wakes_late_runs_alike_plain_and_fast([Range(0, 9)] int seed)
    {
        RunAlike(ProgramBuilder.Noise(seed).Cartridge(), frames: 12, seed, likeFceux: true);
        RunAlike(Turmoil(4, seed), frames: 12, seed, seed % 2 == 0 ? Region.Pal : Region.Ntsc, likeFceux: true);
    }

    [Test]
    public void Pictures_without_some_of_their_layers_are_alike_plain_and_fast([Range(0, 9)] int seed)
    {
        RunAlike(ProgramBuilder.Splits(seed).Cartridge(), frames: 12, seed, layers: true);
        RunAlike(Turmoil(4, seed), frames: 12, seed, layers: true);
        RunAlike(Turmoil(9, seed), frames: 12, seed, layers: true);
        RunAlike(Turmoil(10, seed), frames: 12, seed, layers: true);
    }

    /// <summary>Any board, whose registers are written at every moment.</summary>
    internal static Cartridge Turmoil(int mapper, int seed)
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

    private static void RunAlike(Cartridge cartridge, int frames, int seed, Region? region = null, bool likeFceux = false, bool layers = false, int compileAfter = CompileSoon)
    {
        var run = new Comparison(cartridge, new NesOptions { Region = region, LikeFceux = likeFceux, CompileAfter = compileAfter });
        var random = new Random(seed);
        JoypadButtons pad = JoypadButtons.None;
        for (int frame = 0; frame < frames; frame++)
        {
            if (likeFceux && frame == 6)
            {
                run.Reset();
            }

            if (layers)
            {
                run.LeaveOut(random);
            }

            pad = frame % 5 == 0 ? (JoypadButtons)random.Next(256) : pad;
            run.AdvanceAlike(pad);
        }
    }

    private static Cartridge LoadSupported(string path, int submapper)
    {
        try
        {
            return TestRoms.Load(path, submapper);
        }
        catch (Exception e) when (e is UnsupportedBoardException or InvalidRomException)
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }

    private static JoypadButtons Pilot(string path, int frame) =>
        path == AccuracyCoinTests.Rom ? AccuracyCoinTests.Pad(frame) : JoypadButtons.None;

    /// <summary>The same game on three machines: plain; fast, but without a compiler; and fast without a picture or a sound.</summary>
    private sealed class Comparison
    {
        private readonly Nes _plain, _fast, _undrawn;
        private readonly Nes[] _all;
        private readonly string _name;
        private readonly short[] _plainSound = new short[12_000], _fastSound = new short[12_000];
        private int _frame, _resetIn = -1;

        public Comparison(Cartridge cartridge, NesOptions options)
        {
            _name = cartridge.Name;
            _plain = new Nes(cartridge, options with { Plain = true });
            _fast = new Nes(cartridge, options with { CompileAfter = 0 });
            _undrawn = new Nes(cartridge, options with { SoundRate = 0 });
            _all = [_plain, _fast, _undrawn];
        }

        public void Reset() => Array.ForEach(_all, console => console.Reset());

        /// <summary>Other layers in the next picture; all of them have something left.</summary>
        public void LeaveOut(Random random)
        {
            var flat = new uint[random.Next(129)];
            for (int row = 0; row < flat.Length; row++)
            {
                flat[row] = (uint)random.NextInt64(1L << 32) & (uint)random.NextInt64(1L << 32);
            }

            bool background = random.Next(4) != 0, sprites = !background || random.Next(4) != 0;
            foreach (Nes console in _all)
            {
                console.Layers.SetFlatTiles(flat);
                console.Layers.Background = background;
                console.Layers.Sprites = sprites;
            }
        }

        /// <summary>The fast machine goes first and the others take its state.</summary>
        public void RunAhead(int frames, Func<int, JoypadButtons> pilot)
        {
            for (; _frame < frames; _frame++)
            {
                _undrawn.FrameAdvance(pilot(_frame), render: false);
                ResetIfAsked();
            }

            var state = new byte[_undrawn.StateSize];
            _undrawn.SaveState(state);
            _plain.LoadState(state);
            _fast.LoadState(state);
        }

        /// <summary>A frame on all of them: state, RAM in it, screen and sound are the same.</summary>
        public void AdvanceAlike(JoypadButtons pad)
        {
            _plain.FrameAdvance(pad, ~pad);
            _fast.FrameAdvance(pad, ~pad);
            _undrawn.FrameAdvance(pad, ~pad, render: false);
            ulong hash = _plain.StateHash();
            bool isSameScreen = _plain.Screen.SequenceEqual(_fast.Screen);
            int sound = _plain.TakeSamples(_plainSound), other = _fast.TakeSamples(_fastSound);
            bool isSameSound = _plainSound.AsSpan(0, sound).SequenceEqual(_fastSound.AsSpan(0, other));
            if (hash != _fast.StateHash() || hash != _undrawn.StateHash() || _plain.CpuCycles != _fast.CpuCycles || !isSameScreen || !isSameSound)
            {
                int pixel = _plain.Screen.CommonPrefixLength(_fast.Screen);
                Assert.Fail($"{_name}, frame {_frame}: plain {hash:X16}, fast {_fast.StateHash():X16}, undrawn {_undrawn.StateHash():X16}; "
                    + $"cycles {_plain.CpuCycles} and {_fast.CpuCycles}; same sound: {isSameSound}; "
                    + (isSameScreen ? "same screen." : $"screens differ from {pixel % 256}, {pixel / 256} on."));
            }

            _frame++;
        }

        /// <summary>Presses reset for the tests that want it.</summary>
        public void ResetIfAsked()
        {
            _resetIn = !Verdict.WantsReset(_undrawn) ? -1 : _resetIn < 0 ? Verdict.FramesBeforeReset : _resetIn - 1;
            if (_resetIn == 0)
            {
                Reset();
                _resetIn = -1;
            }
        }
    }
}
