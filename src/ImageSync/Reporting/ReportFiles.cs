using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>Where the results of a run go, each absolute; null where it is not wanted.</summary>
/// <param name="Report">The HTML report, written anew.</param>
/// <param name="Summary">The Markdown summary, appended.</param>
/// <param name="History">The runs of the past, one line each.</param>
internal sealed record ReportFiles(string? Report, string? Summary, string? History)
{
    /// <summary>The manifest of the project as a whole, absolute; null where it is not wanted.</summary>
    public string? Manifest { get; init; }

    /// <summary>The folder of the validator cache, absolute; null where that is of no concern.</summary>
    public string? IntermediateFolder { get; init; }

    /// <summary>Whether a report of any kind is wanted.</summary>
    public bool AreWanted => Report is not null || Summary is not null || History is not null;

    /// <summary>Brings the manifest up to date, where it is wanted.</summary>
    /// <param name="outcomes">What came of the images that the run has synced.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="unwritten">Takes what could not be written: the option, the file and the cause.</param>
    public void UpdateManifest(IReadOnlyList<SyncOutcome> outcomes, SyncOptions options, Action<string, string, string> unwritten) =>
        Try("ManifestFile", Manifest, options.ProjectDirectory, path => ManifestFile.Update(path, outcomes, options), unwritten);

    /// <summary>Writes the reports that are wanted; one that cannot be written does not keep the others from it.</summary>
    /// <param name="report">What there is to tell.</param>
    /// <param name="unwritten">Takes what could not be written: the option, the file and the cause.</param>
    /// <returns>Whether there is a report now.</returns>
    public bool Write(RunReport report, Action<string, string, string> unwritten)
    {
        TryReport("HistoryFile", History,
            path => report = report with { History = HistoryFile.Add(path, PastRun.Of(report.Run, report.Time)) });
        TryReport("SummaryFile", Summary, path =>
        {
            Refuse(FileOwnership.TakesSummary(path, FileOwnership.BeginningOf(path)));
            SharedFile.Append(path, MarkdownSummary.Write(report));
        });

        // In one rename: a report that is open in a browser, or uploaded meanwhile, is a whole one; a link there is replaced.
        return TryReport("ReportFile", Report, path =>
        {
            Refuse(FileOwnership.IsReport(FileOwnership.BeginningOf(path)));
            AtomicFile.WriteWhole(path, HtmlReport.Write(report, Path.GetDirectoryName(path)!));
        });

        static void Refuse(bool isOurs)
        {
            if (!isOurs)
            {
                throw new IOException(FileOwnership.NotOurs);
            }
        }

        bool TryReport(string option, string? path, Action<string> write) =>
            Try(option, path, report.ProjectDirectory, write, unwritten);
    }

    private bool Try(
        string option, string? path, string projectDirectory, Action<string> write, Action<string, string, string> unwritten)
    {
        if (path is null)
        {
            return false;
        }

        try
        {
            if (new LinkBounds(projectDirectory, IntermediateFolder).ObjectionTo(Path.GetDirectoryName(path)!) is { } objection)
            {
                throw new IOException($"it {objection}");
            }

            write(path);
            return true;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or TimeoutException or NotSupportedException)
        {
            unwritten(option, path, exception.Message);
            return false;
        }
    }
}
