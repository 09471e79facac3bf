using System.Globalization;
using ImageSync.Reporting;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>REPORT, for people: the only place that writes to the build's log.</summary>
/// <param name="log">MSBuild's.</param>
/// <param name="projectFile">The location of what concerns no item.</param>
internal sealed class BuildLog(TaskLoggingHelper log, string projectFile)
{
    // A first sync of thousands must not bury the rest of the build's output.
    private const int MaxLines = 20;

    private DeclaringFiles? _files;

    /// <summary>Every outcome: changes and failures to be seen, the rest for those who look.</summary>
    public void Report(SyncRun run, Func<SyncOutcome, ITaskItem> itemOf)
    {
        var lines = 0;
        var isDetailed = log.LogsMessagesOfImportance(MessageImportance.Low);
        foreach (var outcome in run.Outcomes)
        {
            if (outcome.Changed)
            {
                Message(++lines <= MaxLines ? MessageImportance.High : MessageImportance.Low, Describe(outcome));
            }
            else if (isDetailed)
            {
                Message(MessageImportance.Low, Describe(outcome));
            }

            foreach (var diagnostic in isDetailed ? outcome.Diagnostics.Where(diagnostic => diagnostic.CommonCause is not null) : [])
            {
                Message(MessageImportance.Low, $"  {diagnostic.CodeText}: {diagnostic.Message}");
            }
        }

        foreach (var (outcome, diagnostic) in CommonCause.Told(run.Outcomes))
        {
            Write(diagnostic, itemOf(outcome));
        }

        foreach (var file in run.Pruned.Deleted)
        {
            Message(++lines <= MaxLines ? MessageImportance.High : MessageImportance.Low, $"  pruned: {file}");
        }

        foreach (var (file, reason) in run.Pruned.Staying)
        {
            Message(++lines <= MaxLines ? MessageImportance.High : MessageImportance.Low, $"  not pruned, though its item is gone: {file} ({reason})");
        }

        if (lines > MaxLines)
        {
            Message(MessageImportance.High, FormattableString.Invariant($"  … and {lines - MaxLines:N0} more (-v:detailed lists them all)"));
        }

        foreach (var diagnostic in run.Diagnostics)
        {
            Write(diagnostic, item: null);
        }
    }

    /// <summary>The outcome of the whole run.</summary>
    /// <param name="summary">In one line.</param>
    /// <param name="project">Whose it is; null where no other can be meant.</param>
    public void Summary(string summary, string? project) => Message(MessageImportance.High, project is null ? $"ImageSync: {summary}" : $"ImageSync: {project}: {summary}");

    /// <summary>The way to the report, as a URL that terminals let people click.</summary>
    /// <param name="url">Of the report's file.</param>
    /// <param name="isAskedFor">Whether a person waits for it; a build mentions it in passing.</param>
    public void ReportWritten(string url, bool isAskedFor) =>
        Message(isAskedFor ? MessageImportance.High : MessageImportance.Normal, "ImageSync: the report is " + url);

    /// <summary>A sign of life from a long run.</summary>
    /// <param name="now">How far it is.</param>
    /// <param name="before">How far it was.</param>
    /// <param name="interval">The time between.</param>
    public void Progress(SyncProgress now, SyncProgress before, TimeSpan interval)
    {
        var percent = now.Total == 0 ? 0 : 100L * now.Done / now.Total;
        var rate = (long)((now.BytesReceived - before.BytesReceived) / interval.TotalSeconds);
        Message(MessageImportance.High, FormattableString.Invariant(
            $"ImageSync: {percent} %, {now.Done:N0} of {now.Total:N0} images, {ByteSize.Format(now.BytesReceived)} received, {ByteSize.Format(rate)}/s"));
    }

    /// <summary>A diagnostic, at the line that declares its item.</summary>
    public void Write(Diagnostic diagnostic, ITaskItem? item)
    {
        var (file, line, column) = diagnostic.Place is { } place ? new ItemSource(place.File, place.Line, place.Column) : SourceOf(item);
        var (code, text) = (diagnostic.CodeText, InertText.Of(diagnostic.Message));
        if (diagnostic.Severity == Severity.Error)
        {
            log.LogError(null, code, null, Product.HelpLink(code), InertText.Of(file), line, column, 0, 0, "{0}", text);
        }
        else
        {
            log.LogWarning(null, code, null, Product.HelpLink(code), InertText.Of(file), line, column, 0, 0, "{0}", text);
        }
    }

    /// <summary>The outcome of a run in one line: what is zero is left out.</summary>
    public static string Summarize(SyncRun run)
    {
        var parts = new List<string> { run.Outcomes.Count == 1 ? "1 image" : FormattableString.Invariant($"{run.Outcomes.Count:N0} images") };
        foreach (var status in Enum.GetValues<SyncStatus>())
        {
            var count = run.Outcomes.Count(outcome => outcome.Status == status);
            if (count > 0)
            {
                parts.Add(FormattableString.Invariant($"{count:N0} {StatusWords.Of(status)}"));
            }
        }

        if (run.FromStore > 0)
        {
            parts.Add(FormattableString.Invariant($"{run.FromStore:N0} from the store"));
        }

        if (run.Pruned.Deleted.Count > 0)
        {
            parts.Add(FormattableString.Invariant($"{run.Pruned.Deleted.Count:N0} pruned"));
        }

        if (!run.IsCheck)
        {
            parts.Add(ByteSize.Format(run.BytesReceived) + " received");
        }

        if (run.BytesSpared > 0)
        {
            parts.Add(ByteSize.Format(run.BytesSpared) + " not sent again");
        }

        parts.Add(run.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s");
        return string.Join(", ", parts);
    }

    // A place is a courtesy. Whatever keeps it from being found, such as an assembly that cannot be loaded by a process that is out of
    // file descriptors, does not cost the diagnostic.
    private ItemSource SourceOf(ITaskItem? item)
    {
        try
        {
            return (_files ??= new DeclaringFiles()).SourceOf(item, projectFile);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new ItemSource(projectFile, 0, 0);
        }
    }

    // Whatever stands in a line may come from an origin, or out of a file that anyone has written.
    private void Message(MessageImportance importance, string text) => log.LogMessage(importance, "{0}", InertText.Of(text));

    private static string Describe(SyncOutcome outcome)
    {
        var size = outcome.Length is { } length ? ", " + ByteSize.Format(length) : "";
        var kept = outcome.KeptAt is { } place ? $" (the bytes that were there before are in {place})" : "";
        var store = outcome.FromStore ? ", from the store" : "";
        return $"  {StatusWords.Of(outcome.Status)}: {(outcome.LocalPath.Length > 0 ? outcome.LocalPath : outcome.Url)}{size}{store}{kept}";
    }
}
