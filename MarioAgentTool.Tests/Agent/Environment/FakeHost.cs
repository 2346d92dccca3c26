using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Tests.Agent.Game;

namespace MarioAgentTool.Tests.Agent.Environment;

/// <summary>
/// A host without an emulator: each frame is a function of RAM, the buttons and the frame's number since the state that was
/// loaded. Its pictures are one grey all over, the number of frames advanced since then.
/// </summary>
internal sealed class FakeHost(Action<ScriptedRam, Buttons, int> onFrame) : IFrameHost
{
    private readonly byte[] _indices = new byte[256 * 240];

    public ScriptedRam Ram { get; } = new();

    /// <summary>Frames since the state that was loaded last.</summary>
    public int Frame { get; private set; }

    public int StatesLoaded { get; private set; }

    /// <summary>Buttons of all frames ever run.</summary>
    public List<Buttons> Inputs { get; } = [];

    /// <summary>Frames, counted as in <see cref="Frame"/>, that were rendered since the last state.</summary>
    public List<int> Rendered { get; } = [];

    public List<(int Address, byte Value)> Writes { get; } = [];

    public int ScreensRead { get; private set; }

    public StartState Start() => new(SaveState(), []);

    public void FrameAdvance(Buttons buttons, bool render)
    {
        Inputs.Add(buttons);
        Frame++;
        Ram.Held = buttons;
        onFrame(Ram, buttons, Frame);
        if (render)
        {
            Rendered.Add(Frame);
            Array.Fill(_indices, (byte)(Frame & 63));
        }
    }

    public ReadOnlySpan<byte> ReadRam() => Ram.Bytes;

    public void WriteByte(int address, byte value)
    {
        Writes.Add((address, value));
        Ram.Bytes[address] = value;
    }

    public Screen ReadScreen()
    {
        ScreensRead++;
        return new Screen { Indices = _indices, Width = 256, Height = 240 };
    }

    public byte[] SaveState() => [.. Ram.Bytes, (byte)Frame, (byte)(Frame >> 8)];

    public void LoadState(byte[] state)
    {
        state.AsSpan(0, RamMap.Size).CopyTo(Ram.Bytes);
        Frame = state[RamMap.Size] | state[RamMap.Size + 1] << 8;
        StatesLoaded++;
        Rendered.Clear();
    }

    /// <summary>Two pixels a frame to the right, two to the left; nothing else happens.</summary>
    public static void Walk(ScriptedRam ram, Buttons buttons, int frame) =>
        ram.X = Math.Max(ram.X + ((buttons & Buttons.Right) != 0 ? 2 : 0) - ((buttons & Buttons.Left) != 0 ? 2 : 0), 0);
}

internal static class SessionDriving
{
    /// <summary>Runs frames until an action is due.</summary>
    public static void RunUntilAsked(this GameSession session, IFrameHost host)
    {
        while (!session.AwaitsAction)
        {
            host.FrameAdvance(session.Buttons, session.WantsScreen);
            session.AfterFrame(host);
        }
    }

    /// <summary>Acts, and runs frames until the next action is due.</summary>
    public static StepResult Play(this GameSession session, IFrameHost host, int action)
    {
        session.Act(action);
        session.RunUntilAsked(host);
        return session.Step;
    }

    /// <summary>Begins, and runs frames until the first action is due.</summary>
    public static void Open(this GameSession session, IFrameHost host)
    {
        session.Begin(host);
        session.RunUntilAsked(host);
    }
}
