using System;
using System.Collections.Generic;
using System.IO;

namespace BizHawk.Emulation.Common
{
    /// <summary>A service that a core offers; tools have them injected.</summary>
    public interface IEmulatorService
    {
    }

    /// <summary>EmuHawk sets a property so marked before Restart(), to null when the core lacks the service.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class OptionalServiceAttribute : Attribute
    {
    }

    /// <summary>EmuHawk sets a property so marked before Restart(); the tool is closed when the core lacks the service.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    public sealed class RequiredServiceAttribute : Attribute
    {
    }

    /// <summary>What a core offers, by the service's type.</summary>
    public interface IEmulatorServiceProvider
    {
        IEnumerable<Type> AvailableServices { get; }

        bool HasService(Type t);

        object GetService(Type t);
    }

    /// <summary>A core that is running.</summary>
    public interface IEmulator : IEmulatorService, IDisposable
    {
        IEmulatorServiceProvider ServiceProvider { get; }

        ControllerDefinition ControllerDefinition { get; }

        /// <summary>Frames since the core was booted; a state that is loaded brings its own.</summary>
        int Frame { get; }

        /// <summary>"NES".</summary>
        string SystemId { get; }

        bool DeterministicEmulation { get; }

        /// <summary>Runs a frame behind EmuHawk's back: no tool, no movie and no window hears of it.</summary>
        bool FrameAdvance(IController controller, bool render, bool renderSound = true);

        void ResetCounters();
    }

    /// <summary>The names of a core's controls: "Power", "Reset", "P1 Up"…</summary>
    public class ControllerDefinition
    {
        public readonly string Name;

        public ControllerDefinition(string name) => Name = name;

        public IList<string> BoolButtons { get; set; } = new List<string>();

        /// <summary>Closes the list. Cores do so before they offer it.</summary>
        public ControllerDefinition MakeImmutable()
        {
            BoolButtons = new System.Collections.ObjectModel.ReadOnlyCollection<string>(BoolButtons);
            return this;
        }
    }

    /// <summary>
    /// Which of a core's controls are held. Not all that a class of one's own would have to implement is declared; a movie
    /// session's GenerateMovieController makes one.
    /// </summary>
    public interface IController
    {
        ControllerDefinition Definition { get; }

        bool IsPressed(string button);

        int AxisValue(string name);
    }

    /// <summary>The core's memories by name; NES work RAM is "RAM".</summary>
    public interface IMemoryDomains : IEnumerable<MemoryDomain>, IEmulatorService
    {
        /// <summary>Null when there is none of that name.</summary>
        MemoryDomain this[string name] { get; }

        MemoryDomain MainMemory { get; }

        bool HasSystemBus { get; }

        MemoryDomain SystemBus { get; }

        bool Has(string name);
    }

    /// <summary>One of the core's memories. Bulk reads are left out: their argument is of another type from release to release.</summary>
    public abstract class MemoryDomain
    {
        public string Name { get; protected set; }

        public long Size { get; protected set; }

        public int WordSize { get; protected set; }

        public bool Writable { get; set; }

        public abstract byte PeekByte(long addr);

        public abstract void PokeByte(long addr, byte val);

        /// <summary>Opens a run of many peeks; nothing happens where the memory has no lock.</summary>
        public virtual void Enter()
        {
        }

        /// <summary>Closes what <see cref="Enter"/> opened.</summary>
        public virtual void Exit()
        {
        }
    }

    /// <summary>Whether the game looked at the pads.</summary>
    public interface IInputPollable : IEmulatorService
    {
        int LagCount { get; set; }

        bool IsLagFrame { get; set; }
    }

    /// <summary>The core's sound. Whoever steps the core must throw away what it made.</summary>
    public interface ISoundProvider : IEmulatorService
    {
        /// <summary>Left and right in turn, 44,100 pairs a second.</summary>
        void GetSamplesSync(out short[] samples, out int nsamp);

        void DiscardSamples();
    }

    public interface IBoardInfo : IEmulatorService
    {
        string BoardName { get; }
    }

    /// <summary>The core's picture: the buffer is the core's own and changes with the next frame.</summary>
    public interface IVideoProvider : IEmulatorService
    {
        int BufferWidth { get; }

        int BufferHeight { get; }

        /// <summary>Frames a second are this…</summary>
        int VsyncNumerator { get; }

        /// <summary>…divided by this.</summary>
        int VsyncDenominator { get; }

        /// <summary>ARGB, row by row.</summary>
        int[] GetVideoBuffer();
    }

    /// <summary>A core whose whole state can be written and read.</summary>
    public interface IStatable : IEmulatorService
    {
        void SaveStateBinary(BinaryWriter writer);

        void LoadStateBinary(BinaryReader reader);
    }

    /// <summary>
    /// States as byte arrays. The bodies run in tests only, against a core that the test brings; they do what BizHawk's do.
    /// </summary>
    public static class StatableExtensions
    {
        public static void LoadStateBinary(this IStatable core, byte[] state)
        {
            using (BinaryReader reader = new BinaryReader(new MemoryStream(state, writable: false)))
            {
                core.LoadStateBinary(reader);
            }
        }

        public static byte[] CloneSavestate(this IStatable core)
        {
            using (MemoryStream state = new MemoryStream())
            using (BinaryWriter writer = new BinaryWriter(state))
            {
                core.SaveStateBinary(writer);
                writer.Flush();
                return state.ToArray();
            }
        }
    }

    /// <summary>The game as BizHawk's database or the file's name has it.</summary>
    public interface IGameInfo
    {
        string Name { get; }

        string System { get; }

        /// <summary>The sum the database knows the game by, upper-case hex; for a .nes file the SHA-1 of the whole file.</summary>
        string Hash { get; }

        string Region { get; }

        bool NotInDatabase { get; }
    }
}
