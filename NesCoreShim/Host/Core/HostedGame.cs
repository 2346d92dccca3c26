using BizHawk.Emulation.Common;

namespace NesCoreShim.Host;

/// <summary>A game that no database knows: it is called after its file.</summary>
internal sealed class HostedGame(string name, string system, string hash) : IGameInfo
{
    /// <summary>What EmuHawk has before the first game.</summary>
    public static HostedGame None { get; } = new("Null", "NULL", "");

    public string Name => name;

    public string System => system;

    public string Hash => hash;

    public string Region => "";

    public bool NotInDatabase => true;
}
