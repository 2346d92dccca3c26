using BizHawk.Client.Common;
using BizHawk.Emulation.Common;
using MarioAgentTool.Plugin;

namespace MarioAgentTool.Tests.Plugin;

/// <summary>The tool without its window: the same session, told of the same moments.</summary>
internal sealed class SessionTool(ToolSession? session = null) : IExternalToolForm, IDisposable
{
    public ToolSession Session { get; } = session ?? new ToolSession();

    /// <summary>The agent's view of the core, since the last restart.</summary>
    public BizHawkHost? Host { get; private set; }

    /// <summary>What is done at the end of Restart.</summary>
    public Action? Restarted { get; set; }

    public ApiContainer? Apis { get; set; }

    [OptionalService]
    public IEmulator? Emulator { get; set; }

    [OptionalService]
    public IMemoryDomains? Memory { get; set; }

    [OptionalService]
    public IVideoProvider? Video { get; set; }

    [OptionalService]
    public IStatable? States { get; set; }

    public bool IsActive { get; private set; } = true;

    public bool IsLoaded => IsActive;

    public bool ContainsFocus => false;

    public void Restart()
    {
        Host = Emulator is null ? null : new BizHawkHost(Emulator, Memory!, Video!, States!);
        Session.Attach(Host, Host is null ? "No game is loaded." : null);
        Restarted?.Invoke();
    }

    public void UpdateValues(ToolFormUpdateType type)
    {
        switch (type)
        {
            case ToolFormUpdateType.PreFrame or ToolFormUpdateType.FastPreFrame:
                Session.PreFrame(Apis!.Joypad);
                break;
            case ToolFormUpdateType.PostFrame or ToolFormUpdateType.FastPostFrame:
                Session.PostFrame();
                break;
        }
    }

    public bool AskSaveChanges() => true;

    public bool Focus() => false;

    public void Show()
    {
    }

    public void Close()
    {
        IsActive = false;
        Dispose();
    }

    public void Dispose() => Session.Dispose();
}
