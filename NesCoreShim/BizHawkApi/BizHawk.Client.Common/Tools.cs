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
    }

    /// <summary>For which games a tool can be opened.</summary>
    public abstract class ExternalToolApplicabilityAttributeBase : Attribute
    {
        public abstract bool NotApplicableTo(string sysID);

        public abstract bool NotApplicableTo(string romHash, string sysID);
    }

    public static class ExternalToolApplicability
    {
        /// <summary>Any game of one system.</summary>
        [AttributeUsage(AttributeTargets.Class)]
        public sealed class SingleSystem : ExternalToolApplicabilityAttributeBase
        {
            public SingleSystem(string sysID)
            {
            }

            public override bool NotApplicableTo(string sysID) => false;

            public override bool NotApplicableTo(string romHash, string sysID) => false;
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
        void UpdateValues(ToolFormUpdateType type);

        void Restart();
    }

    public interface IExternalToolForm : IToolForm
    {
    }
}
