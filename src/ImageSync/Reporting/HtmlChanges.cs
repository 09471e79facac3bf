using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>What changed: each image before and after, side by side.</summary>
internal static class HtmlChanges
{
    // Who syncs thousands for the first time sees them in the grid.
    private const int MaxShown = 200;

    public static Html Write(RunReport report, HtmlPictures pictures)
    {
        var changes = report.Of(OutcomeKind.Changed).ToList();
        if (changes.Count == 0)
        {
            return $"<section aria-labelledby=\"changed\"><h2 id=\"changed\">What changed</h2>"
                + $"<p class=\"lead\">Nothing: the local copies are as they were.</p></section>";
        }

        var items = Html.Concat(changes.Take(MaxShown).Select(change => Change(report, change, pictures)));
        var rest = HtmlReport.LeftOut(changes.Count - MaxShown);
        return $"<section aria-labelledby=\"changed\"><h2 id=\"changed\">What changed</h2>"
            + $"<ul class=\"changes\">{items}</ul>{rest}</section>";
    }

    private static Html Change(RunReport report, SyncOutcome outcome, HtmlPictures pictures)
    {
        Html head = $"<div><div class=\"head\"><h3>{HtmlReport.PathOf(outcome.LocalPath)}</h3>{HtmlReport.Badge(outcome)}</div>"
            + $"{HtmlReport.UrlOf(outcome.Url)}{HtmlReport.PlaceOf(report, outcome)}</div>";
        Html before = outcome.Replaced is null
            ? $"<figure><div class=\"tile empty\"><span>no file before</span></div></figure>"
            : Before(outcome.LocalPath, outcome.Replaced, pictures);
        Html after = Side("After", outcome.LocalPath, outcome.Length, report.FactsOf(outcome), outcome.Sha256, pictures);
        Html compare = outcome.Replaced is null ? Html.None
            : $"<button class=\"compare\" aria-label=\"Compare {outcome.LocalPath}\" disabled>Compare</button>";
        Html when = HttpDate.Parse(outcome.LastModified) is { } time
            ? $"<p class=\"when\">Changed at its origin on {HtmlReport.Time(time)}</p>"
            : Html.None;
        var notes = Html.Concat(outcome.Diagnostics.Select(diagnostic => HtmlFailures.Note(report, diagnostic)));
        return $"<li>{head}<div class=\"pair\">{before}{after}</div>{notes}<div class=\"foot\">{when}{compare}</div></li>";
    }

    private static Html Before(string path, ReplacedImage replaced, HtmlPictures pictures) =>
        Side("Before", path, replaced.Length, ImageInfo.Of(replaced.CopiedTo), DigestOf(replaced), pictures);

    private static Html Side(string name, string path, long? length, ImageInfo? facts, string? digest, HtmlPictures pictures)
    {
        string?[] told =
        [
            length is null ? null : ByteSize.Format(length.Value),
            facts?.Size?.ToString(),
            HtmlPictures.FormatOf(facts, path),
        ];
        Html code = digest is null ? Html.None : $"<br><code title=\"SHA-256 {digest}\">{digest[..12]}</code>";
        return $"<figure>{pictures.Embedded(facts, path)}"
            + $"<figcaption><b>{name}</b>{string.Join(" · ", told.Where(fact => fact is not null))}{code}</figcaption></figure>";
    }

    private static string? DigestOf(ReplacedImage replaced) =>
        replaced.CopiedTo is null ? null : LocalFile.Digest(replaced.CopiedTo, replaced.Length);
}
