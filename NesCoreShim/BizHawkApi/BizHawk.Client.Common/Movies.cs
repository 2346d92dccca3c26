using System;
using System.Collections.Generic;
using BizHawk.Emulation.Common;

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

        string Name { get; }

        string GameName { get; set; }

        int FrameCount { get; }

        TimeSpan TimeLength { get; }

        double FrameRate { get; }

        IList<string> Comments { get; }

        string SystemID { get; set; }

        ulong Rerecords { get; set; }

        string Hash { get; set; }

        string Author { get; set; }

        string Core { get; set; }

        string EmulatorVersion { get; set; }

        string BoardName { get; set; }

        IDictionary<string, string> HeaderEntries { get; }
    }

    public interface IMovie : IBasicMovieInfo
    {
        MovieMode Mode { get; }

        bool IsCountingRerecords { get; set; }

        /// <summary>Whether there is something that no file holds yet.</summary>
        bool Changes { get; }

        int InputLogLength { get; }

        /// <summary>What the core's savestate was at the first frame; null for a movie from power-on.</summary>
        byte[] BinarySavestate { get; set; }

        /// <summary>The picture that goes with it, ARGB.</summary>
        int[] SavestateFramebuffer { get; set; }

        bool StartsFromSavestate { get; set; }

        bool StartsFromSaveRam { get; set; }

        void Save();

        /// <summary>A line of the input log, or an empty one beyond its end.</summary>
        string GetInputLogEntry(int frame);

        bool Stop(bool saveChanges = true);
    }

    /// <summary>A controller that can be written: what a tool that steps the core itself passes to it.</summary>
    public interface IMovieController : IController
    {
        void SetFrom(IController source);

        void SetFromMnemonic(string mnemonic);

        void SetBool(string buttonName, bool value);

        void SetAxis(string buttonName, int value);
    }

    /// <summary>
    /// The movie that is being recorded or played. Its method Get, which makes a movie for a path, took one argument in 2.9
    /// and takes two since; it is looked up by name and not declared.
    /// </summary>
    public interface IMovieSession
    {
        /// <summary>Null when there is none.</summary>
        IMovie Movie { get; }

        /// <summary>Whether states that are loaded leave the movie's log alone.</summary>
        bool ReadOnly { get; set; }

        bool NewMovieQueued { get; }

        IMovieController MovieController { get; }

        /// <summary>Since 2.10.</summary>
        IMovieController GenerateMovieController(ControllerDefinition definition = null, string logKey = null);

        void StopMovie(bool saveChanges = true);
    }
}
