namespace BizHawk.Client.Common
{
    public enum MovieMode
    {
        Inactive,
        Play,
        Record,
        Finished,
    }

    public interface IBasicMovieInfo
    {
        string Filename { get; set; }

        string Author { get; set; }
    }

    public interface IMovie : IBasicMovieInfo
    {
        MovieMode Mode { get; }
    }

    /// <summary>
    /// The movie that is being recorded or played. Its method Get, which makes a movie for a path, took one argument in 2.9
    /// and takes two since; it is looked up by name and not declared.
    /// </summary>
    public interface IMovieSession
    {
        IMovie Movie { get; }

        void StopMovie(bool saveChanges = true);
    }
}
