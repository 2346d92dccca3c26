using BizHawk.Client.Common;
using NesCoreShim.Movies;

namespace NesCoreShim.Host;

/// <summary>What can be chosen about a <see cref="HeadlessEmuHawk"/>.</summary>
public sealed class HeadlessEmuHawkOptions
{
    /// <summary>The core it passes for: <see cref="Bk2File.NesHawk"/> or <see cref="Bk2File.QuickerNes"/>. Movies carry the name; the machine is ours.</summary>
    public string CoreName { get; set; } = Bk2File.NesHawk;

    /// <summary>Where states by name and by slot are kept, and screenshots without a path.</summary>
    public string StateFolder { get; set; } = Path.GetTempPath();

    /// <summary>Whether the core makes sound and offers <c>ISoundProvider</c>.</summary>
    public bool WithSound { get; set; }

    /// <summary>
    /// Sets what EmuHawk sets on the base class of its forms (MainForm, MovieSession, Game), before each <c>Restart</c>. That class
    /// has windows; whoever has them too fills it in.
    /// </summary>
    public Action<IExternalToolForm>? SetBaseProperties { get; set; }
}
