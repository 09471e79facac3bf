using ImageSync.Reporting;
using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Keeps local copies of remote images in step with their origins, and reports on it where that is wanted.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncImages : ImageTask, IIncrementalTask
{
    /// <summary>
    /// Set by MSBuild: <c>true</c> under <c>-question</c>, which asks whether there is anything to do and wants nothing done. Then
    /// the images are checked, and what a sync would change is an error.
    /// </summary>
    public bool FailIfNotIncremental { get; set; }

    /// <summary><c>ImageSyncReportFile</c>: an HTML report, relative to the project's directory. Default: none.</summary>
    public string ReportFile { get; set; } = "";

    /// <summary><c>ImageSyncSummaryFile</c>: takes a Markdown summary at its end. Default: none.</summary>
    public string SummaryFile { get; set; } = "";

    /// <summary><c>ImageSyncHistoryFile</c>: one line a run. Default: beside the cache where there is a report, otherwise none.</summary>
    public string HistoryFile { get; set; } = "";

    /// <summary>The report's URL, where one was written.</summary>
    [Output]
    public string ReportUrl { get; set; } = "";

    internal override IEnumerable<(string Property, string Path)> FilesToWrite =>
        [("ImageSyncReportFile", ReportFile), ("ImageSyncSummaryFile", SummaryFile), ("ImageSyncHistoryFile", HistoryFile)];

    private protected override SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build)
    {
        if (FailIfNotIncremental)
        {
            return CheckImages.Check(BuildEngine, options with { ChangesFail = true }, images, log, build);
        }

        var synchronizer = new ImageSynchronizer(
            options with { ReplacedFolder = ReportPlaces.ReplacedFolder(this) }, TimeProvider.System, NodeConnections.Of(BuildEngine, options.Connections));
        using var clock = new ProgressClock(() => synchronizer.Progress, log);
        return synchronizer.Run(images, build);
    }

    private protected override void TrimTexts()
    {
        base.TrimTexts();
        (ReportFile, SummaryFile) = (AuthorsText.Trim(ReportFile), AuthorsText.Trim(SummaryFile));
        HistoryFile = AuthorsText.Trim(HistoryFile);
    }

    private protected override void Publish(SyncRun run, BuildLog log)
    {
        var files = ReportPlaces.Of(this);
        if (FailIfNotIncremental || !files.AreWanted)
        {
            return;
        }

        var report = new RunReport(ProjectName, Summary, run)
        {
            Time = TimeProvider.System.GetUtcNow(),
            ProjectDirectory = ProjectDirectory,
            HelpLink = Product.HelpLink,
        };
        var written = files.Write(report, (property, file, cause) =>
            log.Write(Problems.ReportUnwritten(property, file, cause).ToDiagnostic("ImageSync", LocalCopy.Good, optional: false), item: null));
        if (written)
        {
            ReportUrl = new Uri(files.Report!).AbsoluteUri;
            log.ReportWritten(ReportUrl, isAskedFor: !InBuild);
        }
    }
}
