using System.Globalization;
using ImageSync.Reporting;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>REPORT, for people: the lines of a run.</summary>
/// <param name="events">Where they go.</param>
/// <param name="words">Those of whoever runs it.</param>
/// <param name="isDetailed">Whether each image is to have one.</param>
internal sealed class RunLog(IRunEvents events, Wording words, bool isDetailed)
{
    private const string High = "high";
    private const string Low = "low";

    // A first sync of thousands must not bury the rest of the build's output.
    private const int MaxLines = 20;

    /// <summary>Every outcome: changes and failures to be seen, the rest for those who look.</summary>
    public void Report(SyncRun run)
    {
        var lines = 0;
        foreach (var outcome in run.Outcomes)
        {
            if (outcome.Changed)
            {
                events.Line(++lines <= MaxLines ? High : Low, Describe(outcome));
            }
            else if (isDetailed)
            {
                events.Line(Low, Describe(outcome));
            }

            foreach (var diagnostic in isDetailed ? outcome.Diagnostics.Where(diagnostic => diagnostic.CommonCause is not null) : [])
            {
                events.Line(Low, $"  {diagnostic.CodeText}: {diagnostic.Message}");
            }
        }

        foreach (var (outcome, diagnostic) in CommonCause.Told(run.Outcomes, words))
        {
            events.Diagnose(diagnostic, outcome.Index);
        }

        foreach (var file in run.Pruned.Deleted)
        {
            events.Line(++lines <= MaxLines ? High : Low, $"  pruned: {file}");
        }

        foreach (var (file, reason) in run.Pruned.Staying)
        {
            events.Line(++lines <= MaxLines ? High : Low, $"  not pruned, though its {words.Declaration} is gone: {file} ({reason})");
        }

        if (lines > MaxLines)
        {
            events.Line(High, FormattableString.Invariant($"  … and {lines - MaxLines:N0} more ({words.Detailed} lists them all)"));
        }

        foreach (var diagnostic in run.Diagnostics)
        {
            events.Diagnose(diagnostic, index: null);
        }
    }

    /// <summary>The outcome of the whole run.</summary>
    /// <param name="summary">In one line.</param>
    /// <param name="project">Whose it is; null where no other can be meant.</param>
    public void Summary(string summary, string? project) =>
        events.Line(High, project is null ? $"ImageSync: {summary}" : $"ImageSync: {project}: {summary}");

    /// <summary>The way to the report, as a URL that terminals let people click.</summary>
    /// <param name="url">Of the report's file.</param>
    /// <param name="isAskedFor">Whether a person waits for it; a build mentions it in passing.</param>
    public void ReportWritten(string url, bool isAskedFor) =>
        events.Line(isAskedFor ? High : "normal", "ImageSync: the report is " + url);

    /// <summary>A sign of life from a long run, as a line.</summary>
    /// <param name="now">How far it is.</param>
    /// <param name="before">How far it was.</param>
    /// <param name="interval">The time between.</param>
    public static string Progress(SyncProgress now, SyncProgress before, TimeSpan interval)
    {
        var percent = now.Total == 0 ? 0 : 100L * now.Done / now.Total;
        var rate = (long)((now.BytesReceived - before.BytesReceived) / interval.TotalSeconds);
        return FormattableString.Invariant(
            $"ImageSync: {percent} %, {now.Done:N0} of {now.Total:N0} images, {ByteSize.Format(now.BytesReceived)} received, ")
            + $"{ByteSize.Format(rate)}/s";
    }

    /// <summary>The outcome of a run in one line: what is zero is left out.</summary>
    public static string Summarize(SyncRun run)
    {
        var parts = new List<string>
        {
            run.Outcomes.Count == 1 ? "1 image" : FormattableString.Invariant($"{run.Outcomes.Count:N0} images"),
        };
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

    private static string Describe(SyncOutcome outcome)
    {
        var size = outcome.Length is { } length ? ", " + ByteSize.Format(length) : "";
        var kept = outcome.KeptAt is { } place ? $" (the bytes that were there before are in {place})" : "";
        var store = outcome.FromStore ? ", from the store" : "";
        return $"  {StatusWords.Of(outcome.Status)}: {(outcome.LocalPath.Length > 0 ? outcome.LocalPath : outcome.Url)}{size}{store}{kept}";
    }
}
