using System.Globalization;
using System.Text;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>The summary of a run as Markdown, for the page of a pipeline's run: one line, and a table where there is more to say.</summary>
internal static class MarkdownSummary
{
    // GitHub takes 1 MiB a step, of which others want their share, and nobody reads hundreds of rows.
    private const int MaxRows = 100;
    private const int MaxCharacters = 100_000;

    // Inline, most ASCII punctuation can mean something to Markdown or HTML; as a reference it means itself.
    private const string Harmless = " ,-/.:=";

    /// <summary>The summary, to be appended to what a pipeline has written before.</summary>
    public static string Write(RunReport report)
    {
        var text = new StringBuilder($"### {Escape(report.Title)}: {Escape(report.Summary)}\n\n");
        Table(
            text,
            report.Of(OutcomeKind.Changed),
            "changed",
            "| changed | before | after | origin |\n|---|--:|--:|---|\n",
            outcome => ChangeRow(report, outcome));
        var failures = report.Of(OutcomeKind.Failed).Concat(report.Of(OutcomeKind.Changed).Where(outcome => outcome.Diagnostics.Count > 0))
            .SelectMany(outcome => outcome.Diagnostics.Select(diagnostic => (Place: PlaceOf(outcome), Diagnostic: diagnostic)))
            .Concat(report.Run.Diagnostics.Select(diagnostic => (Place: "", Diagnostic: diagnostic)));
        Table(
            text,
            failures,
            "to look at",
            "| to look at | cause | what to do |\n|---|---|---|\n",
            failure => FailureRow(report, failure.Place, failure.Diagnostic));
        return text.ToString();
    }

    /// <summary>Foreign text that stays text in Markdown, in HTML, and in a cell of a table.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var character in ReportText.Short(text))
        {
            if (character >= 128 || char.IsAsciiLetterOrDigit(character) || Harmless.Contains(character, StringComparison.Ordinal))
            {
                escaped.Append(character);
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)character};");
            }
        }

        // GitHub makes a link of what only looks like one.
        return escaped.Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }

    private static void Table<T>(StringBuilder text, IEnumerable<T> all, string what, string head, Func<T, string> row)
    {
        var items = all.ToList();
        if (items.Count == 0)
        {
            return;
        }

        text.Append(head);
        var shown = 0;
        for (var end = text.Length + MaxCharacters; shown < Math.Min(items.Count, MaxRows) && text.Length < end; shown++)
        {
            text.Append(row(items[shown]));
        }

        text.Append('\n');
        if (shown < items.Count)
        {
            text.Append(CultureInfo.InvariantCulture, $"… and {items.Count - shown:N0} more {what}.\n\n");
        }
    }

    private static string ChangeRow(RunReport report, SyncOutcome outcome)
    {
        var (path, replaced) = (Escape(outcome.LocalPath), outcome.Replaced);
        var before = Describe(replaced?.Length, ImageInfo.Of(replaced?.CopiedTo));
        var after = Describe(outcome.Length, report.FactsOf(outcome));
        var (shown, link) = ReportText.Url(outcome.Url);
        var host = link is null ? Escape(shown) : $"<a href=\"{Escape(link)}\">{Escape(new Uri(link).Host)}</a>";
        return $"| <code>{path}</code> | {before} | {after} | {host} |\n";
    }

    private static string Describe(long? length, ImageInfo? facts) =>
        length is null ? "new" : ByteSize.Format(length.Value) + (facts?.Size is { } size ? $", {size}" : "");

    private static string FailureRow(RunReport report, string place, Diagnostic diagnostic)
    {
        var help = $"<a href=\"{Escape(report.HelpLink(diagnostic.CodeText))}\">{diagnostic.CodeText}</a>";
        return $"| {place} | {Escape(diagnostic.Cause)} | {Escape(diagnostic.Advice)} {help} |\n";
    }

    private static string PlaceOf(SyncOutcome outcome)
    {
        var name = outcome.LocalPath.Length > 0 ? outcome.LocalPath : ReportText.Url(outcome.Url).Shown;
        return $"<code>{Escape(name)}</code>, {StatusWords.Of(outcome.Status)}";
    }
}
