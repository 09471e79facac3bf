using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>What failed: which image, why, and what to do.</summary>
internal static class HtmlFailures
{
    private const int MaxShown = 200;

    public static Html Write(RunReport report)
    {
        var failures = report.Of(OutcomeKind.Failed).ToList();
        var ofTheRun = report.Run.Diagnostics.Select(diagnostic => (Html)$"<li>{Explain(report, diagnostic)}</li>");
        var parts = failures.Take(MaxShown).Select(outcome => Failure(report, outcome)).Concat(ofTheRun).ToList();
        var rest = HtmlReport.LeftOut(failures.Count - MaxShown);
        return parts.Count == 0
            ? Html.None
            : $"<section aria-labelledby=\"failed\"><h2 id=\"failed\">What to look at</h2>"
                + $"<ul class=\"failures\">{Html.Concat(parts)}</ul>{rest}</section>";
    }

    /// <summary>A remark about an image that changed nevertheless.</summary>
    public static Html Note(RunReport report, Diagnostic diagnostic) => $"<div class=\"note\">{Explain(report, diagnostic)}</div>";

    private static Html Failure(RunReport report, SyncOutcome outcome)
    {
        var path = outcome.LocalPath.Length > 0 ? HtmlReport.PathOf(outcome.LocalPath) : Html.None;

        // Most causes name the URL themselves.
        var shown = ReportText.Url(outcome.Url).Shown;
        var isTold = outcome.Diagnostics.Any(diagnostic =>
            UntrustedText.EscapeForLog(diagnostic.Cause).Contains(shown, StringComparison.Ordinal));
        var url = isTold ? Html.None : HtmlReport.UrlOf(outcome.Url);
        var causes = Html.Concat(outcome.Diagnostics.Select(diagnostic => Explain(report, diagnostic)));
        return $"<li><div class=\"head\"><h3>{path}</h3>{HtmlReport.Badge(outcome)}</div>"
            + $"{url}{HtmlReport.PlaceOf(report, outcome)}{causes}</li>";
    }

    private static Html Explain(RunReport report, Diagnostic diagnostic)
    {
        var (cause, advice) = (ReportText.Short(diagnostic.Cause), ReportText.Short(diagnostic.Advice));
        var (link, severity) = (report.HelpLink(diagnostic.CodeText), diagnostic.Severity.ToString().ToLowerInvariant());
        return $"<p class=\"cause\">{Sentence(cause)}</p><p class=\"advice\">{advice}</p>"
            + $"<p class=\"help\"><a href=\"{link}\" rel=\"noreferrer noopener\">{diagnostic.CodeText}</a> {severity}</p>";
    }

    // A cause goes on after a colon in the log; here it stands by itself.
    private static string Sentence(string cause) =>
        cause.StartsWith("http", StringComparison.Ordinal) || cause.Length == 0 ? cause : char.ToUpperInvariant(cause[0]) + cause[1..];
}
