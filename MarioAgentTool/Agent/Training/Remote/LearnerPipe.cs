using System.Text;

namespace MarioAgentTool.Training.Remote;

/// <summary>What a frame between a player and a learner holds. Numbers are little-endian, observations whole.</summary>
internal enum FrameKind : byte
{
    /// <summary>To the learner, first: magic, version, settings as JSON, layout of observations, number of actions.</summary>
    Hello = 1,

    /// <summary>To the learner: the observation to act on, of a first episode or after steps that were not told.</summary>
    Begin,

    /// <summary>To the learner: action as chosen (i32), as performed (i32), reward (f32), <see cref="Learning.StepEnd"/> (u8), what it led to and, after an end, the next episode's first observation.</summary>
    Step,

    /// <summary>To the learner: send your state; with replay (u8).</summary>
    Save,

    /// <summary>To the learner: answer once all before this has been learned.</summary>
    Sync,

    /// <summary>Either way: a part of a learner's state.</summary>
    State,

    /// <summary>Either way: the state is whole.</summary>
    StateEnd,

    /// <summary>To the player, the answer to Hello: version, name of the algorithm.</summary>
    Welcome = 64,

    /// <summary>To the player: steps taken in by this connection (i64), then <see cref="Learning.LearnerProgress"/>.</summary>
    Progress,

    /// <summary>To the player: the network's values, tensor after tensor.</summary>
    Weights,

    /// <summary>To the player: the answer to Sync.</summary>
    Synced,

    /// <summary>To the player, last: why nothing more can be learned, a sentence.</summary>
    Failure,
}

/// <summary>
/// Frames over two streams: length of what follows (u32), <see cref="FrameKind"/> (u8), payload. Reading and writing may be done
/// by two threads, one each.
/// </summary>
internal sealed class LearnerPipe(Stream input, Stream output)
{
    /// <summary>"MALP".</summary>
    public const uint Magic = 0x504C414D;

    public const int Version = 2;

    /// <summary>Bytes of a <see cref="FrameKind.Step"/> before its observations.</summary>
    public const int StepHead = 13;

    /// <summary>The largest payload, bytes: a network of sixteen million values.</summary>
    public const int LargestFrame = 64 << 20;

    /// <summary>Payload of one <see cref="FrameKind.State"/>.</summary>
    public const int StateChunk = 1 << 20;

    private const int ReadAtOnce = 1 << 16;

    private readonly byte[] _head = new byte[5];
    private byte[] _payload = new byte[256];

    /// <summary>Reads the next frame; its payload is valid until the next call.</summary>
    /// <returns>False where the stream ends between two frames.</returns>
    /// <exception cref="InvalidDataException">It ends within one, or its length makes no sense.</exception>
    public bool TryRead(out FrameKind kind, out ReadOnlyMemory<byte> payload)
    {
        kind = default;
        payload = default;
        int got = Fill(_head, 0, _head.Length);
        if (got == 0)
        {
            return false;
        }

        uint length = got == _head.Length ? BitConverter.ToUInt32(_head, 0) : 0;
        if (length is 0 or > LargestFrame + 1)
        {
            throw new InvalidDataException(got < _head.Length
                ? "The connection ended within a frame's head."
                : $"A frame of {length} bytes was announced; expected 1 to {LargestFrame + 1}.");
        }

        // Room is made as bytes arrive: a length alone takes no memory.
        kind = (FrameKind)_head[4];
        int size = (int)length - 1;
        for (int at = 0; at < size;)
        {
            int next = Math.Min(size, at + ReadAtOnce);
            if (_payload.Length < next)
            {
                Array.Resize(ref _payload, Math.Max(next, Math.Min(size, 2 * _payload.Length)));
            }

            if (Fill(_payload, at, next - at) < next - at)
            {
                throw new InvalidDataException($"The connection ended within a frame of {size} bytes.");
            }

            at = next;
        }

        payload = _payload.AsMemory(0, size);
        return true;
    }

    /// <summary>Writes a frame.</summary>
    public void Write(FrameKind kind, byte[] payload, int count)
    {
        byte[] head = [.. BitConverter.GetBytes((uint)count + 1), (byte)kind];
        output.Write(head, 0, head.Length);
        output.Write(payload, 0, count);
    }

    /// <inheritdoc cref="Write(FrameKind, byte[], int)"/>
    public void Write(FrameKind kind, Action<BinaryWriter> payload)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        payload(writer);
        writer.Flush();
        Write(kind, bytes.GetBuffer(), (int)bytes.Length);
    }

    /// <summary>Writes a state in parts, and its end.</summary>
    public void WriteState(Stream state)
    {
        byte[] chunk = new byte[StateChunk];
        for (int count; (count = state.Read(chunk, 0, chunk.Length)) > 0;)
        {
            Write(FrameKind.State, chunk, count);
        }

        Write(FrameKind.StateEnd, [], 0);
    }

    /// <summary>Hands on what has been written.</summary>
    public void Flush() => output.Flush();

    private int Fill(byte[] buffer, int offset, int count)
    {
        int got = 0;
        for (int n; got < count && (n = input.Read(buffer, offset + got, count - got)) > 0;)
        {
            got += n;
        }

        return got;
    }
}
