using MarioAgentTool.Support;

namespace MarioAgentTool.Environment;

/// <summary>
/// Says where episodes begin, for consoles that step at the same time: asked from many threads at once, it changes nothing while it
/// answers, so that who asks first is all the same.
/// </summary>
public interface IStartSource
{
    /// <summary>Where an episode begins.</summary>
    /// <param name="random">The session's own.</param>
    StartState Draw(RandomStream random);

    /// <summary>The start of that <see cref="StartState.Number"/>; in place of one that is no longer kept, another.</summary>
    StartState Find(int number);
}
