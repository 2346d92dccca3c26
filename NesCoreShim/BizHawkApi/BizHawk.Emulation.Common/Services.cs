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

    /// <summary>A core that is running.</summary>
    public interface IEmulator : IEmulatorService, IDisposable
    {
        int Frame { get; }
    }

    /// <summary>The core's memories by name; NES work RAM is "RAM".</summary>
    public interface IMemoryDomains : IEnumerable<MemoryDomain>, IEmulatorService
    {
        MemoryDomain this[string name] { get; }
    }

    /// <summary>One of the core's memories.</summary>
    public abstract class MemoryDomain
    {
        public string Name { get; protected set; }

        public long Size { get; protected set; }

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

    /// <summary>The core's picture: the buffer is the core's own and changes with the next frame.</summary>
    public interface IVideoProvider : IEmulatorService
    {
        int BufferWidth { get; }

        int BufferHeight { get; }

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
    }
}
