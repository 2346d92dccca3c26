using System.Security.Cryptography;
using BizHawk.Emulation.Common;
using MarioAgentTool.Training;

namespace MarioAgentTool.Plugin;

/// <summary>Which game is loaded, and whether the agent's RAM map fits it.</summary>
public static class GameCheck
{
    // The game waits for the next frame in a jump to itself: $8057 JMP $8057. All dumps have it, and so do hacks that keep the code.
    private const int IdleLoop = 0x8057;
    private static readonly byte[] s_idleLoop = [0x4C, 0x57, 0x80];

    /// <summary>What keeps the agent from playing, as a sentence; null when nothing does.</summary>
    /// <param name="game">The loaded game, if any.</param>
    /// <param name="memory">The core's memories, if any.</param>
    public static string? Obstacle(IGameInfo? game, IMemoryDomains? memory)
    {
        if (game is null || memory is null || string.IsNullOrEmpty(game.System) || game.System == "NULL")
        {
            return "No game is loaded. Load Super Mario Bros. with File > Open ROM.";
        }

        if (game.System != "NES")
        {
            return $"{game.Name} is a game for {game.System}; the agent plays Super Mario Bros. for the NES.";
        }

        if (IsNamedLikeIt(game.Name) || HasIdleLoop(memory["System Bus"]))
        {
            return null;
        }

        return $"{game.Name} is loaded, which is not called Super Mario Bros. and has no JMP $8057 at $8057, as that game and its hacks do; load one of those, or Trail.";
    }

    /// <summary>The loaded game as a run's settings name it.</summary>
    /// <param name="game">The loaded game.</param>
    /// <param name="path">Its file, or a file inside an archive as EmuHawk writes it.</param>
    public static RomIdentity Identify(IGameInfo game, string path)
    {
        if (!File.Exists(path))
        {
            return new RomIdentity(path, game.Name, game.Hash);
        }

        using SHA1 sha1 = SHA1.Create();
        return new RomIdentity(path, game.Name, BitConverter.ToString(sha1.ComputeHash(File.ReadAllBytes(path))).Replace("-", ""));
    }

    private static bool HasIdleLoop(MemoryDomain? bus)
    {
        if (bus is null || bus.Size < 0x10000)
        {
            return false;
        }

        for (int i = 0; i < s_idleLoop.Length; i++)
        {
            if (bus.PeekByte(IdleLoop + i) != s_idleLoop[i])
            {
                return false;
            }
        }

        return true;
    }

    // Trail is the free game that comes with this tool: its RAM map is the same, its code is not.
    private static bool IsNamedLikeIt(string? name) =>
        name is not null && (name.StartsWith("Trail", StringComparison.OrdinalIgnoreCase) || name.Equals("Super Mario Bros.", StringComparison.OrdinalIgnoreCase));
}
