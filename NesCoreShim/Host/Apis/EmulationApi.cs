using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace NesCoreShim.Host;

/// <summary>Facts of one core. What concerns pace and display is taken and has no effect: there is no clock and no window.</summary>
internal sealed class EmulationApi(HostedCore core, IGameInfo game) : IEmulationApi
{
    public void DisplayVsync(bool enabled)
    {
    }

    public int FrameCount() => core.Frame;

    public long TotalExecutedCycles() => core.Nes.CpuCycles;

    public string GetSystemId() => core.SystemId;

    public bool IsLagged() => core.IsLagFrame;

    public void SetIsLagged(bool value = true) => core.IsLagFrame = value;

    public int LagCount() => core.LagCount;

    public void SetLagCount(int count) => core.LagCount = count;

    public void LimitFramerate(bool enabled)
    {
    }

    public void MinimizeFrameskip(bool enabled)
    {
    }

    public string GetDisplayType() => core.IsPal ? "PAL" : "NTSC";

    public string GetBoardName() => core.BoardName;

    public IGameInfo GetGameInfo() => game;
}

/// <summary>Core states in memory.</summary>
internal sealed class MemorySaveStateApi(HostedCore core) : IMemorySaveStateApi
{
    private readonly Dictionary<string, byte[]> _states = [];

    public string SaveCoreStateToMemory()
    {
        string identifier = Guid.NewGuid().ToString();
        _states.Add(identifier, core.CloneSavestate());
        return identifier;
    }

    public void LoadCoreStateFromMemory(string identifier)
    {
        if (!_states.TryGetValue(identifier, out byte[]? state))
        {
            throw new InvalidOperationException($"There is no state '{identifier}' in memory; states die with their core, and by DeleteState.");
        }

        core.LoadStateBinary(state);
    }

    public void DeleteState(string identifier) => _states.Remove(identifier);

    public void ClearInMemoryStates() => _states.Clear();
}
