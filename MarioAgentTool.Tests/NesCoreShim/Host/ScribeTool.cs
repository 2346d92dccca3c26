using BizHawk.Client.Common;
using BizHawk.Emulation.Common;

namespace MarioAgentTool.Tests.Host;

/// <summary>A tool that writes down when it was called, and does at each moment what a test wants.</summary>
[ExternalTool("Scribe")]
[ExternalToolApplicability.SingleSystem("NES")]
public class ScribeTool : IExternalToolForm
{
    public ScribeTool() => Log.Add(Apis is null && Emulator is null ? "made" : "made with services");

    public List<string> Log { get; } = [];

    public Dictionary<ToolFormUpdateType, Action> Do { get; } = [];

    public Action? DoRestart { get; set; }

    public bool MayClose { get; set; } = true;

    [ConfigPersist]
    public string Folder { get; set; } = "";

    public ApiContainer? Apis { get; set; }

    [OptionalApi]
    public IJoypadApi? Joypad { get; set; }

    [OptionalService]
    public IEmulator? Emulator { get; private set; }

    [OptionalService]
    public ISoundProvider? Sound { get; private set; }

    [RequiredService]
    public IMemoryDomains? Memory { get; private set; }

    public bool IsActive { get; private set; } = true;

    public bool IsLoaded => IsActive;

    public bool ContainsFocus => false;

    public void UpdateValues(ToolFormUpdateType type)
    {
        Log.Add($"{type} at {Emulator!.Frame}");
        if (Do.TryGetValue(type, out Action? action))
        {
            action();
        }
    }

    public void Restart()
    {
        Log.Add(Apis is not null && Emulator is not null && Memory is not null ? "restarted" : "restarted without services");
        DoRestart?.Invoke();
    }

    public bool AskSaveChanges() => MayClose;

    public bool Focus() => false;

    public void Show() => Log.Add("shown");

    public void Close()
    {
        IsActive = false;
        Log.Add("closed");
    }
}
