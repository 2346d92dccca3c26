using System.Globalization;
using MarioAgentTool.Environment;
using MarioAgentTool.Game;
using MarioAgentTool.Support;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace MarioAgentTool.Cli;

/// <summary>
/// Reads back what <c>Lua/mario_log.lua</c> wrote, and drives a real session over its RAM: how long each step is, its reward, its ending
/// and its observation are the session's, and what the log says is compared.
/// </summary>
internal static class TransitionLog
{
    private const int Format = 1;

    // The log rounds to six digits, and the session counts in singles.
    private const float Tolerance = 2e-5f;

    /// <summary>What a log holds.</summary>
    /// <param name="Rom">The game's name.</param>
    /// <param name="Core">BizHawk's core.</param>
    /// <param name="Episodes">Episodes begun.</param>
    /// <param name="Endings">How those ended that did.</param>
    /// <param name="Steps">Steps up to the first difference.</param>
    /// <param name="Frames">Frames of these.</param>
    /// <param name="Reward">Their rewards' sum.</param>
    /// <param name="Difference">The first place where log and session differ; null where there is none.</param>
    public sealed record Result(string Rom, string Core, int Episodes, IReadOnlyList<EpisodeEnd> Endings, int Steps, int Frames, float Reward, string? Difference);

    /// <summary>Checks a log.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sha1">The game it shall be of; null for any.</param>
    /// <exception cref="InvalidDataException">A line is not of such a log; says which and what was expected.</exception>
    public static Result Check(string path, string? sha1)
    {
        var reader = new Reader(path);
        JObject header = reader.Next() is { } first && first.ContainsKey("log") ? first : throw reader.Wrong("the first line is not {\"log\":1,…}, with which mario_log.lua begins");
        if (reader.Integer(header, "log") != Format)
        {
            throw reader.Wrong($"format {header["log"]}; this program reads format {Format}");
        }

        if (sha1 is not null && sha1 != (string?)header["sha1"])
        {
            throw reader.Wrong($"the log is of {header["rom"]} ({header["sha1"]}), not of the ROM given ({sha1})");
        }

        int[] addresses = [.. reader.Array(header, "addresses").Select(a => (int)a)];
        if (addresses.Any(a => a is < 0 or >= RamMap.Size))
        {
            throw reader.Wrong("an address is outside of RAM");
        }

        var settings = new EnvironmentSettings { FrameSkip = reader.Integer(header, "frameSkip"), NoOpStarts = 0, Reward = new() { StallSteps = reader.Integer(header, "stallSteps") } };
        Episode? episode = null;
        int episodes = 0, steps = 0, frames = 0;
        float reward = 0;
        string? difference = null;
        var endings = new List<EpisodeEnd>();
        while (difference is null && reader.Next() is { } line)
        {
            if (line.ContainsKey("episode"))
            {
                episodes++;
                episode = new Episode(settings, reader.Ram(line));
                difference = episode.Begin(reader.Bytes(line, "observation"));
            }
            else if (line.ContainsKey("step") && episode is not null)
            {
                byte[][] told = [.. reader.Array(line, "frames").Select(f => reader.Hex((string?)f, addresses.Length))];
                if (told.Length == 0 || reader.Array(line, "buttons").Count != told.Length)
                {
                    throw reader.Wrong($"a step has {told.Length} frames and {reader.Array(line, "buttons").Count} buttons; expected one or more, and as many of both");
                }

                difference = episode.Step(addresses, told, reader.Ram(line), reader.Bytes(line, "observation"), (float?)line["reward"] ?? float.NaN, (string?)line["end"] ?? "");
                (steps, frames, reward) = (steps + 1, frames + told.Length, reward + episode.Reward);
                if (episode.End != EpisodeEnd.None)
                {
                    endings.Add(episode.End);
                    episode = null;
                }
            }
            else
            {
                throw reader.Wrong("expected {\"episode\":…}, or {\"step\":…} of an episode that has not ended");
            }
        }

        string? place = difference is null ? null : $"line {reader.Line}: {difference}";
        return new Result((string?)header["rom"] ?? "?", (string?)header["core"] ?? "?", episodes, endings, steps, frames, reward, place);
    }

    /// <summary>An episode's session over the log's RAM.</summary>
    private sealed class Episode(EnvironmentSettings settings, byte[] start)
    {
        private readonly TapeHost _host = new(start);
        private readonly GameSession _session = new(settings, new StartState([], []), new Seeds(0).Stream("log"));

        public float Reward { get; private set; }

        public EpisodeEnd End { get; private set; }

        public string? Begin(byte[] observation)
        {
            _session.Begin(_host);
            return !_session.AwaitsAction ? "an episode begins on a frame on which the game does not listen" : Compare(observation, _session.Observation);
        }

        /// <summary>A step's frames, the last of them with all of RAM. What differs, as a sentence without its end.</summary>
        public string? Step(int[] addresses, byte[][] frames, byte[] ram, byte[] observation, float reward, string end)
        {
            _session.Act(0);
            for (int i = 0; i < frames.Length; i++)
            {
                if (_session.AwaitsAction)
                {
                    return $"the step has {frames.Length} frames, and is over after {i}";
                }

                if (i == frames.Length - 1)
                {
                    ram.CopyTo(_host.Ram, 0);
                }

                for (int j = 0; j < addresses.Length; j++)
                {
                    if (i == frames.Length - 1 && ram[addresses[j]] != frames[i][j])
                    {
                        return $"${addresses[j]:X4} is {frames[i][j]:X2} in the last frame's bytes and {ram[addresses[j]]:X2} in its RAM";
                    }

                    _host.Ram[addresses[j]] = frames[i][j];
                }

                _session.AfterFrame(_host);
            }

            if (!_session.AwaitsAction)
            {
                return $"the step has {frames.Length} frames, and goes on";
            }

            (Reward, End) = (_session.Step.Reward, _session.Step.End);
            return End.ToString() != end ? $"the step ends as {end}, and by RAM as {End}"
                : !(Math.Abs(Reward - reward) <= Tolerance) ? string.Create(CultureInfo.InvariantCulture, $"the reward is {reward:F6}, and by RAM {Reward:F6}")
                : Compare(observation, End == EpisodeEnd.None ? _session.Observation : _session.FinalObservation);
        }

        private static string? Compare(ReadOnlySpan<byte> told, ReadOnlySpan<byte> seen)
        {
            if (told.Length != seen.Length)
            {
                return $"the observation has {told.Length} bytes; expected {seen.Length}";
            }

            int at = told.CommonPrefixLength(seen);
            return at == seen.Length ? null : $"the observation's byte {at} is {(sbyte)told[at]}, and by RAM {(sbyte)seen[at]}";
        }
    }

    /// <summary>A host whose RAM is a log's. Loading a state puts back the episode's first frame.</summary>
    private sealed class TapeHost(byte[] start) : IGameHost
    {
        public byte[] Ram { get; } = [.. start];

        public ReadOnlySpan<byte> ReadRam() => Ram;

        public void WriteByte(int address, byte value) => throw new NotSupportedException("A log is not written to.");

        public Screen ReadScreen() => throw new NotSupportedException("A log has no pictures.");

        public byte[] SaveState() => throw new NotSupportedException("A log has no states.");

        public void LoadState(byte[] state) => start.CopyTo(Ram, 0);
    }

    /// <summary>A file of JSON lines.</summary>
    private sealed class Reader(string path)
    {
        private readonly IEnumerator<string> _lines = File.ReadLines(path).GetEnumerator();

        public int Line { get; private set; }

        /// <summary>The next line; null after the last.</summary>
        public JObject? Next()
        {
            if (!_lines.MoveNext())
            {
                return null;
            }

            Line++;
            try
            {
                return JObject.Parse(_lines.Current);
            }
            catch (JsonException e)
            {
                throw Wrong($"no JSON object ({e.Message})");
            }
        }

        public InvalidDataException Wrong(string what) => new($"{path}, line {Line}: {what}.");

        public int Integer(JObject line, string key) => line[key] is JValue { Type: JTokenType.Integer } value ? (int)value : throw Wrong($"\"{key}\" is no whole number");

        public JArray Array(JObject line, string key) => line[key] as JArray ?? throw Wrong($"\"{key}\" is no list");

        public byte[] Ram(JObject line) => Bytes(line, "ram") is { Length: RamMap.Size } ram ? ram : throw Wrong($"\"ram\" is not {RamMap.Size} bytes");

        public byte[] Bytes(JObject line, string key)
        {
            var bytes = new byte[RamMap.Size];
            return Convert.TryFromBase64String((string?)line[key] ?? "!", bytes, out int count) ? bytes[..count] : throw Wrong($"\"{key}\" is not base64 of at most {RamMap.Size} bytes");
        }

        public byte[] Hex(string? text, int count) => text is not null && text.Length == 2 * count && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw Wrong($"\"{text}\" is not {count} bytes in hex");
    }
}
