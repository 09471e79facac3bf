using ImageSync.Reporting;

namespace ImageSync.MSBuild;

/// <summary>Where the results of a run go, as the task's properties say.</summary>
internal static class ReportPlaces
{
    /// <summary>The files of a run. A build for one of several frameworks has a report and a history of its own, named by it.</summary>
    public static ReportFiles Of(SyncImages task)
    {
        var history = task.HistoryFile.Length > 0 ? task.HistoryFile
            : task.ReportFile.Length > 0 ? Path.ChangeExtension(task.CacheFile, "history")
            : "";
        var (report, summary) = (Rooted(task, Named(task, task.ReportFile)), Rooted(task, task.SummaryFile));
        return new ReportFiles(report, summary, Rooted(task, Named(task, history)))
        {
            IntermediateFolder = Path.GetDirectoryName(Rooted(task, task.CacheFile)),
        };
    }

    /// <summary>Where copies of what is replaced go; null where no report shows them.</summary>
    public static string? ReplacedFolder(SyncImages task) =>
        task.ReportFile.Length + task.SummaryFile.Length > 0 ? Rooted(task, Named(task, Path.ChangeExtension(task.CacheFile, "previous"))) : null;

    private static string Named(SyncImages task, string path) =>
        task.TargetFramework.Length == 0 || path.Length == 0 ? path : Path.ChangeExtension(path, task.TargetFramework + Path.GetExtension(path));

    private static string? Rooted(SyncImages task, string path) => path.Length == 0 ? null : Path.GetFullPath(path.Replace('\\', '/'), task.ProjectDirectory);
}
