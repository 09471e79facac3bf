using System.Text;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Browser.Tests;

/// <summary>The report of a run in which every text is what a function says: any outcome, every field.</summary>
/// <param name="text">The next text.</param>
internal sealed class ImaginedRun(Func<string> text)
{
    private const int LongestName = 80;
    private const string Digest = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly TestDirectory _directory = new();

    public string Title { get; } = text();

    public string Summary { get; } = text();

    /// <summary>Writes the report into a folder of its own, files beside it, and returns its URL.</summary>
    public string Write()
    {
        var outcomes = from status in Enum.GetValues<SyncStatus>()
                       from url in new[] { "", "https://cdn.example/", "https://img.example/", "http:" }
                       select Outcome(status, url);
        var run = new SyncRun([.. outcomes], TimeSpan.FromSeconds(1)) { Diagnostics = [Told(text())] };
        var report = new RunReport(Title, Summary, run)
        {
            Time = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            ProjectDirectory = _directory.FullPath,
            Places = new DeclarationLocations(
                _directory.FullPath,
                [.. run.Outcomes.Select(_ => new RemoteImageDeclaration(text()) { DefiningProject = Path.DirectorySeparatorChar + text() })]),
            HelpLink = code => $"https://docs.example/{code}.md",
            History = [new PastRun(default, TimeSpan.FromSeconds(1)), new PastRun(default, TimeSpan.FromSeconds(2))],
        };
        return new Uri(_directory.Write("report.html", HtmlReport.Write(report, _directory.FullPath))).AbsoluteUri;
    }

    private SyncOutcome Outcome(SyncStatus status, string url)
    {
        // A path as the file system has it, so that there is a picture of it, or any text.
        var path = url.Length == 0 ? "img/" + text().Replace("\0", "", StringComparison.Ordinal) : "img/" + NameOf(text()) + ".png";
        if (url.Length > 0)
        {
            _directory.Write(path, SampleImages.Png(8, 8, (int)status));
        }

        return new SyncOutcome(path, url + text(), status)
        {
            EffectiveUrl = text(),
            StatusCode = 200,
            EntityTag = text(),
            LastModified = text(),
            MediaType = text(),
            Sha256 = Digest,
            Length = 1000,
            KeptAt = text(),
            Replaced = status == SyncStatus.Updated ? new ReplacedImage(900, _directory.Write("old.png", SampleImages.Png(4, 4, 1))) : null,
            Diagnostics = status is SyncStatus.Fresh or SyncStatus.NotModified ? [] : [Told(path), Told(text())],
        };
    }

    private Diagnostic Told(string subject) =>
        new Problem(DiagnosticCode.RefusedByOrigin, text(), text()).ToDiagnostic(subject, LocalCopy.Good, optional: false);

    private static string NameOf(string text)
    {
        var name = string.Concat(text.Where(c => c is not ('/' or '\0')));
        while (Encoding.UTF8.GetByteCount(name) > LongestName)
        {
            name = name[..(name.Length * 3 / 4)];
        }

        return name;
    }
}
