using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>Who is told of a run while it goes on: a build through the pipe, or a person at a terminal. Safe on any thread.</summary>
internal interface IRunEvents
{
    /// <summary>How often a long run gives a sign of life.</summary>
    public TimeSpan ProgressInterval { get; }

    /// <summary>A sign of life.</summary>
    /// <param name="now">How far the run is.</param>
    /// <param name="before">How far it was an interval ago.</param>
    public void Progress(SyncProgress now, SyncProgress before);

    /// <summary>A line for people.</summary>
    /// <param name="importance">high, normal or low.</param>
    /// <param name="text">What may come from an origin, or out of a file that anyone has written.</param>
    public void Line(string importance, string text);

    /// <summary>A diagnostic.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="index">The position of the image that it is about; null for none.</param>
    public void Diagnose(Diagnostic diagnostic, int? index);

    /// <summary>An image that another run has settled.</summary>
    public void Settled(int index);

    /// <summary>The file of an image, which is to be an item of the project.</summary>
    public void File(int index, string localPath);

    /// <summary>A file that was deleted, because its item is gone.</summary>
    public void Pruned(string localPath);

    /// <summary>What came of an image; in the order of declaration.</summary>
    public void Image(SyncOutcome outcome);

    /// <summary>The outcome in one line, as the log has it.</summary>
    public void Summary(string summary);

    /// <summary>Where the report is.</summary>
    public void Report(string url);
}
