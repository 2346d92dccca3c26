namespace NesCoreShim.Movies;

/// <summary>A movie that cannot be read or written; the message names the file, the line, the value and what was expected.</summary>
public sealed class MovieFormatException : FormatException
{
    /// <param name="message">File, line, value, expectation.</param>
    /// <param name="inner">What lay beneath, if anything.</param>
    public MovieFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static MovieFormatException At(string where, int line, string what) => new($"{where}, line {line}: {what}");
}
