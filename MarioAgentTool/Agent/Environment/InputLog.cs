using System.Runtime.InteropServices;
using MarioAgentTool.Game;

namespace MarioAgentTool.Environment;

/// <summary>The buttons of every frame since a start; grows to the longest episode once and then allocates no more.</summary>
internal sealed class InputLog
{
    private Buttons[] _frames = new Buttons[4096];
    private int _count;

    public ReadOnlySpan<Buttons> Frames => _frames.AsSpan(0, _count);

    public void Clear() => _count = 0;

    public void Add(Buttons buttons)
    {
        if (_count == _frames.Length)
        {
            Array.Resize(ref _frames, _count * 2);
        }

        _frames[_count++] = buttons;
    }

    public void Sync(SessionSync s)
    {
        s.Sync(ref _count);
        if (_count > _frames.Length)
        {
            Array.Resize(ref _frames, _count);
        }

        s.Sync(MemoryMarshal.AsBytes(_frames.AsSpan(0, _count)));
    }
}
