using System;

namespace BizHawk.Client.Common
{
    /// <summary>Marks the one class of a DLL that EmuHawk opens as an external tool.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ExternalToolAttribute : Attribute
    {
        public readonly string Name;

        public ExternalToolAttribute(string name) => Name = name;

        public string Description { get; set; }

        /// <summary>DLLs beside the tool to load before it.</summary>
        public string[] LoadAssemblyFiles { get; set; }
    }

    /// <summary>The tool's icon, a resource of its assembly.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class ExternalToolEmbeddedIconAttribute : Attribute
    {
        public readonly string ResourcePath;

        public ExternalToolEmbeddedIconAttribute(string resourcePath) => ResourcePath = resourcePath;
    }

    /// <summary>For which games a tool can be opened.</summary>
    public abstract class ExternalToolApplicabilityAttributeBase : Attribute
    {
        /// <summary>No game of that system will do.</summary>
        public abstract bool NotApplicableTo(string sysID);

        /// <summary>This game will not do.</summary>
        public abstract bool NotApplicableTo(string romHash, string sysID);
    }

    public static class ExternalToolApplicability
    {
        /// <summary>Any game of one system.</summary>
        [AttributeUsage(AttributeTargets.Class)]
        public sealed class SingleSystem : ExternalToolApplicabilityAttributeBase
        {
            private readonly string _sysID;

            public SingleSystem(string sysID) => _sysID = sysID;

            public override bool NotApplicableTo(string sysID) => sysID != _sysID;

            public override bool NotApplicableTo(string romHash, string sysID) => sysID != _sysID;
        }
    }

    /// <summary>EmuHawk keeps a tool's property so marked with its own settings.</summary>
    public sealed class ConfigPersistAttribute : Attribute
    {
    }

    /// <summary>A moment of the run loop. The fast ones stand for the plain ones while turbo is held.</summary>
    public enum ToolFormUpdateType
    {
        General,
        PreFrame,
        FastPreFrame,
        PostFrame,
        FastPostFrame,
    }

    /// <summary>What EmuHawk asks of a tool.</summary>
    public interface IToolForm
    {
        bool IsActive { get; }

        bool IsLoaded { get; }

        bool ContainsFocus { get; }

        void UpdateValues(ToolFormUpdateType type);

        /// <summary>A core has started: services and APIs are new.</summary>
        void Restart();

        /// <summary>EmuHawk wants to close the tool or the game; false forbids it.</summary>
        bool AskSaveChanges();

        bool Focus();

        void Show();

        void Close();
    }

    public interface IExternalToolForm : IToolForm
    {
    }
}
