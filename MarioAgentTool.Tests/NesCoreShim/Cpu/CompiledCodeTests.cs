using NesCoreShim;

namespace MarioAgentTool.Tests;

/// <summary>Code that is compiled does what the plain machine does, to the last bit, whatever it touches and whatever comes between.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CompiledCodeTests
{
    private const int Soon = 2;

    [Test]
    public void Random_routines_run_alike_compiled_and_plain([Range(0, 59)] int seed)
    {
        // NROM, or MMC3, whose banks are smaller.
        byte[] image = new RoutineWriter(seed).Program().Image();
        image[6] |= (byte)(seed % 2 == 0 ? 0x00 : 0x40);
        Cartridge cartridge = Cartridge.Load(image, $"routines {seed}");
        Nes compiled = RunAlike(cartridge, frames: 12);
        Assert.That(cartridge.Code!.Regions, Is.Positive, "nothing was compiled");
        Assert.That(compiled.FrameCount, Is.EqualTo(12));
    }

    [Test]
    public void Code_in_RAM_that_writes_itself_runs_alike()
    {
        // Copies a routine to $0300 and calls it 256 times; it counts in its own operand.
        byte[] routine = [0xA9, 0x00, 0xEE, 0x01, 0x03, 0x18, 0x65, 0x10, 0x85, 0x10, 0x60];
        ProgramBuilder p = new ProgramBuilder().WarmUp();
        for (int i = 0; i < routine.Length; i++)
        {
            p.Store(0x0300 + i, routine[i]);
        }

        int loop = p.Here;
        p.Emit(0x20, 0x00, 0x03, 0xE6, 0x11, 0xD0, 0xF9).Emit(0x4C, (byte)loop, (byte)(loop >> 8));
        Nes console = RunAlike(p.Cartridge(), frames: 20);
        Assert.That(console.Ram[0x0301], Is.Not.EqualTo(console.Ram[0x0300 + 5]), "the routine has counted");
    }

    [Test]
    public void A_bank_that_moves_takes_its_code_along()
    {
        // UxROM: each bank's $8000 adds a number of its own to $10; the fixed bank calls all four, for ever.
        var image = new BoardImage(2, prgKib: 64, chrKib: 0, seed: 1);
        for (int bank = 0; bank < 4; bank++)
        {
            byte[] routine = [0xA2, 0x04, 0xA5, 0x10, 0x18, 0x69, (byte)(3 + bank), 0x85, 0x10, 0xCA, 0xD0, 0xF6, 0x60];
            routine.CopyTo(image.Prg[(bank * 0x4000)..]);
        }

        byte[] main = [0x78, 0xA2, 0xFF, 0x9A, 0xA0, 0x00, 0x98, 0x29, 0x03, 0xA8, 0x8D, 0x00, 0xC1, 0x20, 0x00, 0x80, 0xC8, 0x4C, 0x06, 0xC0];
        main.CopyTo(image.Prg[0xC000..]);
        image.Prg[0xFFFC] = 0x00;
        image.Prg[0xFFFD] = 0xC0;
        Cartridge cartridge = image.Cartridge("moving banks");
        RunAlike(cartridge, frames: 20);
        Assert.That(cartridge.Code!.Regions, Is.GreaterThan(3), "each bank's routine is code of its own");
    }

    [Test]
    public void Code_that_moves_its_own_bank_goes_on_in_the_other_one()
    {
        // UxROM: every bank asks for the next one, counts in a byte of its own, and jumps to its start.
        var image = new BoardImage(2, prgKib: 64, chrKib: 0, seed: 1);
        for (int bank = 0; bank < 4; bank++)
        {
            byte[] routine = [0xA9, (byte)((bank + 1) & 3), 0x8D, 0x00, 0xC1, 0xE6, (byte)(0x10 + bank), 0x4C, 0x00, 0x80];
            routine.CopyTo(image.Prg[(bank * 0x4000)..]);
        }

        byte[] main = [0x78, 0xA9, 0x00, 0x8D, 0x00, 0xC1, 0x4C, 0x00, 0x80];
        main.CopyTo(image.Prg[0xC200..]);
        image.Prg[0xC100] = 0xFF;
        image.Prg[0xFFFC] = 0x00;
        image.Prg[0xFFFD] = 0xC2;
        Cartridge cartridge = image.Cartridge("a bank that leaves");
        Nes console = RunAlike(cartridge, frames: 20);
        Assert.That(cartridge.Code!.Regions, Is.EqualTo(4), "each bank's routine is code of its own");
        Assert.That(console.Ram[0x10] - console.Ram[0x13], Is.InRange(0, 1), "all banks are visited in turn");
    }

    [Test]
    public void Handlers_are_compiled_up_to_their_RTI_while_other_interrupts_wait()
    {
        // The frame interrupt's handler quiets it now and then only, so that RTI, CLI and PLP find it waiting at other times.
        ProgramBuilder p = new ProgramBuilder().WarmUp().Store(0x4017, 0x00).Store(0x2000, 0x80).Emit(0x58);
        int loop = p.Here;
        p.Emit(0x08, 0xE6, 0x10, 0x78, 0xE6, 0x11, 0x58, 0xE6, 0x12, 0x08, 0x78, 0xF8, 0xE6, 0x13, 0xD8, 0x28, 0x28, 0x4C, (byte)loop, (byte)(loop >> 8));
        p.Org(0xE000).Emit(0x48, 0xE6, 0x14, 0x68, 0x40);
        p.Org(0xE100).Emit(0x48, 0xE6, 0x15, 0xA5, 0x15, 0x29, 0x0F, 0xD0, 0x03, 0xAD, 0x15, 0x40, 0x68, 0x40);
        Cartridge cartridge = p.Vector(0xFFFA, 0xE000).Vector(0xFFFE, 0xE100).Cartridge("handlers");
        Nes console = RunAlike(cartridge, frames: 60);
        Assert.That(console.Ram[0x15], Is.GreaterThan(0), "the handler has run");
        Assert.That(cartridge.Code!.Regions, Is.GreaterThanOrEqualTo(3), "the loop and both handlers");
    }

    [Test]
    public void Consoles_on_two_threads_share_what_one_of_them_compiles()
    {
        Cartridge cartridge = ProgramBuilder.SyntheticGame().Cartridge();
        var options = new NesOptions { CompileAfter = Soon };
        var consoles = new Nes[4];
        Parallel.For(0, consoles.Length, i =>
        {
            consoles[i] = new Nes(cartridge, options);
            Run(consoles[i], 60);
        });
        var plain = new Nes(cartridge, options with { Plain = true });
        Run(plain, 60);
        Assert.That(consoles.Select(c => c.StateHash()), Is.All.EqualTo(plain.StateHash()));
        int regions = cartridge.Code!.Regions;
        Run(new Nes(cartridge, options), 60);
        Assert.That(cartridge.Code.Regions, Is.EqualTo(regions), "a later console finds everything compiled");
    }

    [Test]
    public void Code_is_compiled_once_it_is_hot_and_not_before()
    {
        // A loop of 256 rounds, once a frame at most.
        Cartridge cartridge = ProgramBuilder.SyntheticGame().Cartridge();
        var console = new Nes(cartridge, new NesOptions { CompileAfter = 2560 });
        Run(console, 9);
        Assert.That(cartridge.Code!.Regions, Is.Zero);
        Run(console, 12);
        Assert.That(cartridge.Code.Regions, Is.Positive);
        Cartridge other = ProgramBuilder.SyntheticGame().Cartridge();
        Run(new Nes(other, new NesOptions { CompileAfter = 0 }), 40);
        Assert.That(other.Code!.Regions, Is.Zero, "0 is never");
    }

    [Test]
    public void Compiled_code_allocates_nothing()
    {
        var console = new Nes(ProgramBuilder.SyntheticGame().Cartridge(), new NesOptions { CompileAfter = Soon });
        Run(console, 60);
        Assert.That(Allocations.Fewest(() => Run(console, 60)), Is.Zero);
    }

    private static void Run(Nes console, int frames)
    {
        for (int frame = 0; frame < frames; frame++)
        {
            console.FrameAdvance((JoypadButtons)(frame * 37 & 0xFF), render: false);
        }
    }

    private static Nes RunAlike(Cartridge cartridge, int frames)
    {
        Nes compiled = new(cartridge, new NesOptions { CompileAfter = Soon }), plain = new(cartridge, new NesOptions { Plain = true });
        for (int frame = 0; frame < frames; frame++)
        {
            compiled.FrameAdvance((JoypadButtons)frame, render: false);
            plain.FrameAdvance((JoypadButtons)frame, render: false);
            Assert.That(compiled.StateHash(), Is.EqualTo(plain.StateHash()), $"{cartridge.Name}, frame {frame}, cycles {compiled.CpuCycles} and {plain.CpuCycles}");
        }

        return compiled;
    }

    /// <summary>
    /// Writes programs of many small routines out of every official instruction: they count loops, branch, call each other, and
    /// point anywhere, also where there are registers, ROM or nothing, while NMIs, frame interrupts and DMC fetches come.
    /// </summary>
    private sealed class RoutineWriter(int seed)
    {
        // $00-$1F: pointers, set anew in every round; $20-$FF and $0200-$07FF are free to write.
        private const int Routines = 12, Pointers = 16, FirstFree = 0x20;

        private static readonly byte[] Implied = [0xAA, 0xA8, 0x8A, 0x98, 0xE8, 0xC8, 0xCA, 0x88, 0x18, 0x38, 0xB8, 0xD8, 0xF8, 0x58, 0x78, 0x0A, 0x4A, 0x2A, 0x6A, 0xEA, 0xBA];
        private static readonly byte[] Immediate = [0xA9, 0xA2, 0xA0, 0x09, 0x29, 0x49, 0x69, 0xE9, 0xC9, 0xE0, 0xC0];
        private static readonly byte[] ZeroPage = [0xA5, 0xA6, 0xA4, 0x05, 0x25, 0x45, 0x65, 0xE5, 0xC5, 0xE4, 0xC4, 0x24, 0x85, 0x86, 0x84, 0xE6, 0xC6, 0x06, 0x46, 0x26, 0x66];
        private static readonly byte[] ZeroPageReadIndexed = [0xB5, 0xB4, 0xB6, 0x15, 0x35, 0x55, 0x75, 0xF5, 0xD5];
        private static readonly byte[] AbsoluteRead = [0xAD, 0xAE, 0xAC, 0x0D, 0x2D, 0x4D, 0x6D, 0xED, 0xCD, 0xEC, 0xCC, 0x2C, 0xBD, 0xB9, 0xBC, 0xBE, 0x1D, 0x19, 0x3D, 0x39, 0x5D, 0x59, 0x7D, 0x79, 0xFD, 0xF9, 0xDD, 0xD9];
        private static readonly byte[] AbsoluteWrite = [0x8D, 0x8E, 0x8C, 0x9D, 0x99, 0xEE, 0xCE, 0x0E, 0x4E, 0x2E, 0x6E, 0xFE, 0xDE, 0x1E, 0x5E, 0x3E, 0x7E];
        private static readonly byte[] IndirectRead = [0xB1, 0x11, 0x31, 0x51, 0x71, 0xF1, 0xD1, 0xA1, 0x01, 0x21, 0x41, 0x61, 0xE1, 0xC1];
        private static readonly byte[] Branches = [0x10, 0x30, 0x50, 0x70, 0x90, 0xB0, 0xD0, 0xF0];
        private static readonly byte[] Pages = [0x02, 0x03, 0x05, 0x06, 0x07, 0x0B, 0x1E, 0x1F, 0x20, 0x40, 0x41, 0x60, 0x7F, 0x80, 0x9F, 0xC0, 0xE0, 0xFE, 0xFF];

        private readonly Random _random = new(seed);
        private readonly ProgramBuilder _program = new();
        private readonly int[] _places = new int[Routines];

        public ProgramBuilder Program()
        {
            _random.NextBytes(_program.Chr);
            _random.NextBytes(_program.Prg);
            _program.WarmUp();
            if (_random.Next(2) == 0)
            {
                // Frame interrupts, and sometimes a sample that loops and is fetched all the time.
                _program.Store(0x4017, 0x00).Store(0x4010, 0x40 | _random.Next(16)).Store(0x4013, 3).Store(0x4015, _random.Next(2) * 0x10).Emit(0x58);
            }

            _program.Store(0x2001, _random.Next(2) * 0x1E).Store(0x2000, 0x80).Emit(0x4C, 0x00, 0xF0);

            // Each calls only those after it, so that the last is written first; one may cross into the next bank of 8 KiB.
            for (int routine = Routines - 1; routine >= 0; routine--)
            {
                _program.Org(0x9F40 + routine * 0x200 + _random.Next(0x80));
                _places[routine] = _program.Here;
                Routine(routine);
            }

            Main();
            _program.Org(0xE800).Emit(0x48, 0xE6, 0x20, 0xAD, 0x02, 0x20, 0x68, 0x40);
            _program.Org(0xE880).Emit(0x48, 0xAD, 0x15, 0x40, 0xE6, 0x21, 0x68, 0x40);
            return _program.Vector(0xFFFA, 0xE800).Vector(0xFFFC, 0x8000).Vector(0xFFFE, 0xE880);
        }

        private void Main()
        {
            _program.Org(0xF000);
            for (int pointer = 0; pointer < 2 * Pointers; pointer += 2)
            {
                _program.Emit(0xA5, (byte)_random.Next(256), 0x85, (byte)pointer, 0xA9, Any(Pages), 0x85, (byte)(pointer + 1));
            }

            // A jump through a pointer in RAM, then calls.
            _program.Emit(0xA9, 0x20, 0x8D, 0xFE, 0x02, 0xA9, 0xF1, 0x8D, 0xFF, 0x02, 0x6C, 0xFE, 0x02);
            _program.Org(0xF120);
            for (int i = 0; i < 8; i++)
            {
                Call(_random.Next(Routines));
            }

            _program.Emit(0x4C, 0x00, 0xF0);
        }

        private void Routine(int number)
        {
            // LDX, a loop of DEX and BNE around some of the instructions.
            Instructions(number, 4);
            bool byX = _random.Next(2) == 0;
            _program.Emit(0xA9, (byte)_random.Next(1, 12), 0x8D, 0x00, 0x02);
            int loop = _program.Here;
            Instructions(number, 10);
            _program.Emit(byX ? (byte)0xE8 : (byte)0xEA).Emit(0xCE, 0x00, 0x02, 0xF0, 0x03, 0x4C, (byte)loop, (byte)(loop >> 8));
            Instructions(number, 4);
            _program.Emit(0x60);
        }

        private void Instructions(int routine, int count)
        {
            for (int i = 0; i < count; i++)
            {
                switch (_random.Next(14))
                {
                    case 0 or 1:
                        _program.Emit(Any(Implied));
                        break;
                    case 2 or 3:
                        _program.Emit(Any(Immediate), (byte)_random.Next(256));
                        break;
                    case 4 or 5:
                        _program.Emit(Any(ZeroPage), (byte)_random.Next(FirstFree, 256));
                        break;
                    case 6:
                        _program.Emit(Any(ZeroPageReadIndexed), (byte)_random.Next(256));
                        break;
                    case 7 or 8:
                        _program.Emit(Any(AbsoluteRead), (byte)_random.Next(256), Any(Pages));
                        break;
                    case 9:
                        // Mostly RAM; now and then a register of the PPU or beside those of the APU.
                        _program.Emit(Any(AbsoluteWrite), (byte)_random.Next(256), (byte)(_random.Next(8) == 0 ? 0x1F : _random.Next(3, 7)));
                        break;
                    case 10:
                        _program.Emit(Any(IndirectRead), (byte)_random.Next(2 * Pointers));
                        break;
                    case 11:
                        _program.Emit(_random.Next(3) == 0 ? (byte)0x81 : (byte)0x91, (byte)(_random.Next(Pointers) * 2));
                        break;
                    case 12:
                        // A branch over an instruction of two bytes; PHA and PLA, or PHP and PLP, around one, or one for the other.
                        _ = _random.Next(2) == 0
                            ? _program.Emit(Any(Branches), 0x02, Any(Immediate), (byte)_random.Next(256))
                            : _program.Emit(Any([0x48, 0x08]), Any(Immediate), (byte)_random.Next(256), Any([0x68, 0x28]));
                        break;
                    default:
                        if (routine < Routines - 1 && _random.Next(3) == 0)
                        {
                            Call(_random.Next(routine + 1, Routines));
                        }
                        else
                        {
                            byte[] registers = [0x02, 0x04, 0x05, 0x07];
                            _program.Emit(_random.Next(2) == 0 ? (byte)0xAD : (byte)0x8D, Any(registers), 0x20);
                        }

                        break;
                }
            }
        }

        private void Call(int routine) => _program.Emit(0x20, (byte)_places[routine], (byte)(_places[routine] >> 8));

        private byte Any(byte[] of) => of[_random.Next(of.Length)];
    }
}
