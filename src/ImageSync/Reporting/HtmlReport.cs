using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>
/// The report of a run as one HTML file: report/page.html, filled in; style and script are part of it, and nothing else may run.
/// </summary>
internal static partial class HtmlReport
{
    // Each is one kind of knowledge; the later ones use the earlier ones.
    private static readonly string[] Styles = ["page.css", "viewer.css"];
    private static readonly string[] Scripts = ["pictures.js", "list.js", "difference.js", "viewer.js"];

    /// <summary>Writes the page.</summary>
    /// <param name="report">What there is to tell.</param>
    /// <param name="folder">Where the page will lie: files beside it are shown by their paths from there.</param>
    public static string Write(RunReport report, string folder)
    {
        var pictures = new HtmlPictures(folder);
        var (style, script) = (string.Concat(Styles.Select(Resource)), string.Concat(Scripts.Select(Resource)));
        var parts = new Dictionary<string, Html>(StringComparer.Ordinal)
        {
            ["title"] = $"{report.Title}",
            ["style"] = Html.Raw(style),
            ["style-hash"] = $"{Hash(style)}",
            ["script"] = Html.Raw(script),
            ["script-hash"] = $"{Hash(script)}",
            ["outcome"] = $"{report.Summary}",
            ["time"] = $"<time datetime=\"{report.Time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{Time(report.Time)}</time>",
            ["tiles"] = Tiles(report),
            ["failures"] = HtmlFailures.Write(report),
            ["changes"] = HtmlChanges.Write(report, pictures),
            ["chart"] = HtmlChart.Write(report.History),
            ["images"] = HtmlGrid.Write(report, pictures),
        };

        // In one pass, so that nothing that was filled in is taken for a place to fill in.
        return Place().Replace(Resource("page.html"), place => parts[place.Groups[1].Value].ToString());
    }

    /// <summary>A point in time as people read it.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A path whose last segment stands out.</summary>
    public static Html PathOf(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return $"<span class=\"path\"><span class=\"folder\">{path[..name]}</span><wbr>{path[name..]}</span>";
    }

    /// <summary>The URL of an image, a link where it leads somewhere.</summary>
    public static Html UrlOf(string url)
    {
        var (shown, link) = ReportText.Url(url);
        return link is null
            ? (Html)$"<span class=\"url\">{shown}</span>"
            : $"<span class=\"url\"><a href=\"{link}\" rel=\"noreferrer noopener\">{shown}</a></span>";
    }

    /// <summary>The project file and line that declare an image.</summary>
    public static Html PlaceOf(RunReport report, SyncOutcome outcome) =>
        report.Places?.Of(outcome) is { } place ? $"<p class=\"place\">{ReportText.Short(place)}</p>" : Html.None;

    /// <summary>How many a list has left out; nothing where it has all.</summary>
    public static Html LeftOut(int count) =>
        count > 0 ? $"<p class=\"count\">… and {count:N0} more, which are among all images below.</p>" : Html.None;

    /// <summary>The status of an outcome, coloured by its kind.</summary>
    public static Html Badge(SyncOutcome outcome) =>
        $"<span class=\"badge {StatusWords.KindOf(outcome).ToString().ToLowerInvariant()}\">{StatusWords.Of(outcome.Status)}</span>";

    private static Html Tiles(RunReport report)
    {
        return $"<dl class=\"tiles\">{Images("changed", OutcomeKind.Changed, "accent")}{Images("to look at", OutcomeKind.Failed, "bad")}"
            + $"{Images("unchanged", OutcomeKind.Unchanged, "")}{Bytes("received", report.Run.BytesReceived)}"
            + $"{Bytes("not sent again", report.Run.BytesSpared)}</dl>";

        Html Images(string name, OutcomeKind kind, string style)
        {
            var count = report.Of(kind).Count();
            return $"<div class=\"{(count == 0 ? "zero" : style)}\"><dt>{name}</dt><dd>{count:N0}</dd></div>";
        }

        static Html Bytes(string name, long bytes)
        {
            var size = ByteSize.Format(bytes).Split(' ');
            return $"<div class=\"{(bytes == 0 ? "zero" : "")}\"><dt>{name}</dt><dd>{size[0]} <small>{size[1]}</small></dd></div>";
        }
    }

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!);

        // What a browser hashes has no carriage returns.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\{\{([a-z-]+)\}\}")]
    private static partial Regex Place();
}
