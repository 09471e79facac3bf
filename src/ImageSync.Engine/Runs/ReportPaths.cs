using ImageSync.Reporting;

namespace ImageSync.Engine.Runs;

/// <summary>Where the results of a run go, as its settings say.</summary>
internal static class ReportPaths
{
    /// <summary>
    /// The files of a run. A build for one of several frameworks has a report and a history of its own, named by it; the manifest is one.
    /// </summary>
    public static ReportFiles Of(RunSettings settings)
    {
        var report = settings.FileOf("ReportFile");
        var history = settings.FileOf("HistoryFile") ?? (report is null ? null : Path.ChangeExtension(settings.Sync.CacheFile, "history"));
        return new ReportFiles(Named(settings, report), settings.FileOf("SummaryFile"), Named(settings, history))
        {
            Manifest = settings.FileOf("ManifestFile"),
            IntermediateFolder = Path.GetDirectoryName(settings.Sync.CacheFile),
        };
    }

    /// <summary>Where copies of what is replaced go; null where no report shows them.</summary>
    public static string? ReplacedFolder(RunSettings settings) =>
        settings.FileOf("ReportFile") is null && settings.FileOf("SummaryFile") is null ? null
        : Named(settings, Path.ChangeExtension(settings.Sync.CacheFile, "previous"));

    private static string? Named(RunSettings settings, string? path) =>
        settings.Sync.TargetFramework is not { } framework || path is null ? path
        : Path.ChangeExtension(path, framework + Path.GetExtension(path));
}
