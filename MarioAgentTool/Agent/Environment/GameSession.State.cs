namespace MarioAgentTool.Environment;

// Freezing and thawing, for runs that are resumed.
public sealed partial class GameSession
{
    private const int FormatVersion = 5;

    /// <summary>
    /// Writes the whole session: random stream, counters, observation stack, rewards under way, inputs. The machine is the
    /// host's to save, at the same moment.
    /// </summary>
    public void Save(BinaryWriter writer) => Sync(new SessionSync(writer));

    /// <summary>
    /// Reads what <see cref="Save"/> wrote; the session then goes on as if never stopped, once the host has loaded its machine.
    /// Another format, observation or action count is refused with both values named.
    /// </summary>
    public void Load(BinaryReader reader) => Sync(new SessionSync(reader));

    private void Sync(SessionSync s)
    {
        s.Expect("format version", FormatVersion);
        s.Expect("observation length", ObservationSpec.Length);
        s.Expect("action count", ActionCount);
        s.Expect("kind of reward", (int)_settings.Reward.Kind);
        s.Expect("conduct", (int)_settings.Conduct);
        s.Expect("number of start states", _starts.Count);
        s.Sync(_random);
        int phase = (int)_phase;
        s.Sync(ref phase);
        _phase = (Phase)phase;
        s.Sync(ref _noOpsLeft);
        s.Sync(ref _framesLeft);
        s.Sync(ref _passed);
        s.Sync(ref _action);
        s.Sync(ref _start);
        s.Sync(ref _lastStart);
        _tally.Sync(s);
        s.Sync(ref _level);
        s.Sync(ref _maxX);
        _way.Sync(s);
        s.Sync(ref _walked);
        s.Sync(ref _furthestWalked);
        s.Sync(ref _lastFurthestWalked);
        s.Sync(ref _info);
        _skip?.Sync(s);
        s.Sync(ref _step);
        s.Sync(ref _episode);
        s.Sync(ref _lastEpisode);
        _rule.Sync(s);
        _observer.Sync(s);
        _stack.Sync(s);
        s.Sync(_final);
        _inputs.Sync(s);
        _lastInputs.Sync(s);
    }
}
