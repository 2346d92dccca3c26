using MarioAgentTool.Game;
using MarioAgentTool.Support;

namespace MarioAgentTool.Environment;

/// <summary>
/// Writes or reads a session's fields: one list of calls serves both directions, so that no field can be kept in one and
/// forgotten in the other.
/// </summary>
internal sealed class SessionSync
{
    private readonly BinaryWriter? _writer;
    private readonly BinaryReader? _reader;

    public SessionSync(BinaryWriter writer) => _writer = writer;

    public SessionSync(BinaryReader reader) => _reader = reader;

    /// <summary>Whether values come from the file.</summary>
    public bool IsReading => _reader is not null;

    /// <summary>Written as it is; on reading, anything else is refused with both values named.</summary>
    public void Expect(string what, int value)
    {
        int found = value;
        Sync(ref found);
        if (found != value)
        {
            throw new InvalidDataException($"The saved session's {what} is {found}, this session's {value}; resume with the settings it was saved under.");
        }
    }

    public void Sync(ref int value)
    {
        _writer?.Write(value);
        value = _reader?.ReadInt32() ?? value;
    }

    public void Sync(ref bool value)
    {
        _writer?.Write(value);
        value = _reader?.ReadBoolean() ?? value;
    }

    public void Sync(ref float value)
    {
        _writer?.Write(value);
        value = _reader?.ReadSingle() ?? value;
    }

    public void Sync(ref double value)
    {
        _writer?.Write(value);
        value = _reader?.ReadDouble() ?? value;
    }

    public void Sync(Span<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            _writer?.Write(bytes[i]);
            bytes[i] = _reader?.ReadByte() ?? bytes[i];
        }
    }

    /// <summary>Bytes whose number is not known beforehand.</summary>
    public void Sync(ref byte[] bytes)
    {
        int length = bytes.Length;
        Sync(ref length);
        _writer?.Write(bytes);
        bytes = _reader?.ReadBytes(length) ?? bytes;
    }

    public void Sync(ref RewardParts parts)
    {
        var (progress, time, shaping, ending) = parts;
        Sync(ref progress);
        Sync(ref time);
        Sync(ref shaping);
        Sync(ref ending);
        parts = new RewardParts(progress, time, shaping, ending);
    }

    public void Sync(ref GymInfo info)
    {
        var (coins, flag, life, score, stage, status, time, world, x, y) = info;
        int lifeValue = life;
        double scoreValue = score;
        int power = status switch { "small" => 0, "tall" => 1, _ => 2 };
        Sync(ref coins);
        Sync(ref flag);
        Sync(ref lifeValue);
        Sync(ref scoreValue);
        Sync(ref stage);
        Sync(ref power);
        Sync(ref time);
        Sync(ref world);
        Sync(ref x);
        Sync(ref y);
        info = new GymInfo(coins, flag, (byte)lifeValue, (long)scoreValue, stage, GymInfo.StatusOf((PowerState)power), time, world, x, y);
    }

    public void Sync(ref EpisodeEnd end)
    {
        int value = (int)end;
        Sync(ref value);
        end = (EpisodeEnd)value;
    }

    public void Sync(ref StepResult step)
    {
        var (reward, end, parts) = step;
        Sync(ref reward);
        Sync(ref end);
        Sync(ref parts);
        step = new StepResult(reward, end, parts);
    }

    public void Sync(ref EpisodeSummary episode)
    {
        var (reward, steps, frames, furthest, x, end) = episode;
        Sync(ref reward);
        Sync(ref steps);
        Sync(ref frames);
        Sync(ref furthest);
        Sync(ref x);
        Sync(ref end);
        episode = new EpisodeSummary(reward, steps, frames, furthest, x, end);
    }

    public void Sync(RandomStream random)
    {
        var (a, b, c, d) = random.State;
        random.State = (Sync(a), Sync(b), Sync(c), Sync(d));
    }

    private ulong Sync(ulong value)
    {
        _writer?.Write(value);
        return _reader?.ReadUInt64() ?? value;
    }
}
