using MarioAgentTool.Environment;
using MarioAgentTool.Game;

namespace MarioAgentTool.Tests.Agent.Training;

/// <summary>
/// A game of three facts in Super Mario Bros.' RAM: Start begins, Right walks, and one pit must be jumped on the way to
/// the flag. Cheap enough to train on by the thousand steps.
/// </summary>
internal sealed class ToyHost : IFrameHost
{
    private const int Origin = 40, PitFrom = 120, PitTo = 132, Flag = 320, Airtime = 24, TicksASecond = 24;

    private readonly byte[] _ram = new byte[RamMap.Size];
    private int _x, _air, _frames;

    public ToyHost()
    {
        _ram[RamMap.PlayerYHigh] = 1;
        _ram[RamMap.PlayerY] = 176;
    }

    /// <summary>Frames run by this console since it was made.</summary>
    public int Frames { get; private set; }

    public void FrameAdvance(Buttons buttons, bool render)
    {
        Frames++;
        if ((OperatingMode)_ram[RamMap.OperatingMode] == OperatingMode.Title)
        {
            if ((buttons & Buttons.Start) != 0)
            {
                Begin();
            }

            return;
        }

        if ((PlayerRoutine)_ram[RamMap.PlayerRoutine] != PlayerRoutine.Control)
        {
            return;
        }

        _frames++;
        _air = _air > 0 ? _air - 1 : (buttons & Buttons.A) != 0 ? Airtime : 0;
        _x = Math.Max(Origin, _x + ((buttons & Buttons.Right) != 0 ? (buttons & Buttons.B) != 0 ? 2 : 1 : (buttons & Buttons.Left) != 0 ? -1 : 0));
        bool falls = _x is >= PitFrom and < PitTo && _air == 0;
        Show(falls ? (byte)2 : (byte)1, _x >= Flag ? PlayerRoutine.FlagpoleSlide : PlayerRoutine.Control);
    }

    public ReadOnlySpan<byte> ReadRam() => _ram;

    public void WriteByte(int address, byte value) => _ram[address] = value;

    public Screen ReadScreen() => default;

    public byte[] SaveState() => [.. _ram, (byte)_air, .. BitConverter.GetBytes(_x), .. BitConverter.GetBytes(_frames)];

    public void LoadState(byte[] state)
    {
        state.AsSpan(0, RamMap.Size).CopyTo(_ram);
        _air = state[RamMap.Size];
        _x = BitConverter.ToInt32(state, RamMap.Size + 1);
        _frames = BitConverter.ToInt32(state, RamMap.Size + 5);
    }

    private void Begin()
    {
        _ram[RamMap.OperatingMode] = (byte)OperatingMode.Game;
        _ram[RamMap.ModeTask] = RamMap.PlayTask;
        (_x, _air, _frames) = (Origin, 0, 0);
        Show(1, PlayerRoutine.Control);
    }

    private void Show(byte yHigh, PlayerRoutine routine)
    {
        _ram[RamMap.PlayerPage] = (byte)(_x >> 8);
        _ram[RamMap.PlayerXInPage] = (byte)_x;
        _ram[RamMap.PlayerYHigh] = yHigh;
        _ram[RamMap.PlayerRoutine] = (byte)routine;
        _ram[RamMap.FloatState] = (byte)(_air > 0 ? FloatState.Jumping : FloatState.Ground);
        int time = Math.Max(0, 400 - _frames / TicksASecond);
        _ram[RamMap.TimeDigits] = (byte)(time / 100);
        _ram[RamMap.TimeDigits + 1] = (byte)(time / 10 % 10);
        _ram[RamMap.TimeDigits + 2] = (byte)(time % 10);
    }
}
