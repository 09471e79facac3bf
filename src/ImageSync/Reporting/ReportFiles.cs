using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>Where the results of a run go, each absolute; null where it is not wanted.</summary>
/// <param name="Report">The HTML report, written anew.</param>
/// <param name="Summary">The Markdown summary, appended.</param>
/// <param name="History">The runs of the past, one line each.</param>
internal sealed record ReportFiles(string? Report, string? Summary, string? History)
{
    /// <summary>The folder of the validator cache, absolute; null where that is of no concern.</summary>
    public string? IntermediateFolder { get; init; }

    /// <summary>Whether anything is wanted at all.</summary>
    public bool AreWanted => Report is not null || Summary is not null || History is not null;

    /// <summary>Writes what is wanted; one that cannot be written does not keep the others from it.</summary>
    /// <param name="report">What there is to tell.</param>
    /// <param name="unwritten">Takes what could not be written: the property, the file and the cause.</param>
    /// <returns>Whether there is a report now.</returns>
    public bool Write(RunReport report, Action<string, string, string> unwritten)
    {
        var bounds = new LinkBounds(report.ProjectDirectory, IntermediateFolder);
        Try("ImageSyncHistoryFile", History, path => report = report with { History = HistoryFile.Add(path, PastRun.Of(report.Run, report.Time)) });
        Try("ImageSyncSummaryFile", Summary, path =>
        {
            Refuse(WhoseFile.TakesSummary(path, WhoseFile.BeginningOf(path)));
            HistoryFile.Append(path, MarkdownSummary.Write(report));
        });

        // In one rename: a report that is open in a browser, or uploaded meanwhile, is a whole one; a link there is replaced.
        return Try("ImageSyncReportFile", Report, path =>
        {
            Refuse(WhoseFile.IsReport(WhoseFile.BeginningOf(path)));
            AtomicFile.WriteWhole(path, HtmlReport.Write(report, Path.GetDirectoryName(path)!));
        });

        static void Refuse(bool isOurs)
        {
            if (!isOurs)
            {
                throw new IOException(WhoseFile.NotOurs);
            }
        }

        bool Try(string property, string? path, Action<string> write)
        {
            try
            {
                if (path is null)
                {
                    return false;
                }

                if (bounds.ObjectionTo(Path.GetDirectoryName(path)!) is { } objection)
                {
                    throw new IOException($"it {objection}");
                }

                write(path);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException or NotSupportedException)
            {
                unwritten(property, path!, exception.Message);
                return false;
            }
        }
    }
}
