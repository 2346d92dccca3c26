using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Serialization;

namespace MarioAgentTool.Metrics;

/// <summary>
/// <c>metrics.jsonl</c>: one JSON object a line, appended and flushed as it happens. A run that goes on from a checkpoint
/// cuts the file back to what the checkpoint knew and appends from there.
/// </summary>
public sealed class MetricsLog : IDisposable
{
    private static readonly JsonSerializer Serializer = JsonSerializer.Create(new JsonSerializerSettings
    {
        ContractResolver = new DefaultContractResolver { NamingStrategy = new SnakeCaseNamingStrategy(processDictionaryKeys: true, overrideSpecifiedNames: false) },
    });

    private readonly FileStream _file;

    /// <param name="path">The file.</param>
    /// <param name="keep">Bytes to keep of an existing file; 0 starts over.</param>
    public MetricsLog(string path, long keep = 0)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        if (_file.Length < keep)
        {
            long length = _file.Length;
            _file.Dispose();
            throw new InvalidDataException($"{path} has {length} bytes, but the checkpoint was made when it had {keep}; put the run folder's own file back.");
        }

        _file.SetLength(keep);
        _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Bytes written so far.</summary>
    public long Length => _file.Length;

    /// <summary>Appends one line.</summary>
    public void Write(MetricsLine line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(ToJson(line) + "\n");
        _file.Write(bytes, 0, bytes.Length);
        _file.Flush();
    }

    /// <summary>Waits until the disk has every line.</summary>
    public void FlushToDisk() => _file.Flush(flushToDisk: true);

    /// <summary>The line as it is written: <c>kind</c> first, <c>clock</c> last.</summary>
    public static string ToJson(MetricsLine line) => JObject.FromObject(line, Serializer).ToString(Formatting.None);

    /// <summary>The lines of a file. A last line without its end (a machine that lost power) is left out.</summary>
    public static IReadOnlyList<MetricsLine> Read(string path)
    {
        long position = 0;
        return Read(path, ref position);
    }

    /// <summary>The lines of a file that come after those read before. A last line without its end is left for the next time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="position">Bytes read before; on return, those and what was read now.</param>
    public static IReadOnlyList<MetricsLine> Read(string path, ref long position)
    {
        string text;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            file.Seek(position, SeekOrigin.Begin);
            using var reader = new StreamReader(file, Encoding.UTF8);
            text = reader.ReadToEnd();
        }

        string after = position > 0 ? $" after byte {position}" : "";
        text = text.Substring(0, text.LastIndexOf('\n') + 1);
        position += Encoding.UTF8.GetByteCount(text);
        var lines = new List<MetricsLine>();
        int number = 0;
        for (int start = 0, end; (end = text.IndexOf('\n', start)) >= 0; start = end + 1)
        {
            number++;
            JObject json;
            try
            {
                json = JObject.Parse(text.Substring(start, end - start));
            }
            catch (JsonReaderException e)
            {
                throw new InvalidDataException($"{path}, line {number}{after} is not JSON ({e.Message}); put the run folder's own file back, or cut it off there.");
            }

            string? kind = (string?)json["kind"];
            json.Remove("kind");
            lines.Add(kind switch
            {
                "interval" => json.ToObject<IntervalMetrics>(Serializer)!,
                "evaluation" => json.ToObject<EvaluationMetrics>(Serializer)!,
                _ => throw new InvalidDataException($"{path}, line {number}{after}: kind {kind ?? "(none)"} is unknown; expected interval or evaluation."),
            });
        }

        return lines;
    }

    public void Dispose() => _file.Dispose();
}
