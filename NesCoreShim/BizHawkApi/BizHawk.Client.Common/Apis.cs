using System;
using System.Collections.Generic;

namespace BizHawk.Client.Common
{
    /// <summary>One library of ApiHawk. Instances live as long as the core does.</summary>
    public interface IExternalApi
    {
    }

    /// <summary>All of ApiHawk; EmuHawk sets a property of this type before Restart().</summary>
    public sealed class ApiContainer
    {
        public readonly IReadOnlyDictionary<Type, IExternalApi> Libraries;

        public ApiContainer(IReadOnlyDictionary<Type, IExternalApi> libs) => Libraries = libs;

        public IJoypadApi Joypad => (IJoypadApi)Libraries[typeof(IJoypadApi)];
    }

    public interface IJoypadApi : IExternalApi
    {
        /// <summary>Overrides the user for one frame: true presses, false releases, a missing name leaves alone.</summary>
        void Set(IReadOnlyDictionary<string, bool> buttons, int? controller = null);
    }
}
