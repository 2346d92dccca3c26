using MarioAgentTool.Environment;
using MarioAgentTool.Game;

namespace MarioAgentTool.Recording;

/// <summary>An episode as an input log: what pad 1 held in every frame since power-on. Whoever plays it back sees the episode again.</summary>
/// <param name="Inputs">One entry a frame, the first one after power-on first.</param>
/// <param name="EpisodeStart">Frames before the episode: the title screen and the way into the stage.</param>
/// <param name="Description">One line for people.</param>
public sealed record EpisodeTape(Buttons[] Inputs, int EpisodeStart, string Description)
{
    /// <summary>The way to the start state, then the episode.</summary>
    /// <param name="start">Where the episode's session started.</param>
    /// <param name="episode">Buttons of each frame of the episode, its no-ops included.</param>
    /// <param name="description">One line for people.</param>
    public static EpisodeTape Join(StartState start, ReadOnlySpan<Buttons> episode, string description)
    {
        var inputs = new Buttons[start.InputsFromPowerOn.Length + episode.Length];
        start.InputsFromPowerOn.CopyTo(inputs, 0);
        episode.CopyTo(inputs.AsSpan(start.InputsFromPowerOn.Length));
        return new EpisodeTape(inputs, start.InputsFromPowerOn.Length, description);
    }
}

/// <summary>Writes movies. The shell knows the formats and the cartridge; the file's extension names the format.</summary>
public interface IMovieSink
{
    /// <summary>Extensions that can be written, with their dots.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Writes the tape as a movie from power-on.</summary>
    void Write(string path, EpisodeTape tape);
}
