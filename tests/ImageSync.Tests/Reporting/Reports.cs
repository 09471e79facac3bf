using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Reporting;

/// <summary>Reports of runs that nobody had to make.</summary>
internal static class Reports
{
    /// <summary>Text that would like to be markup wherever it lands.</summary>
    public const string Hostile = "a|b`c`<img src=x onerror=alert(1)>\"'*_[x](javascript:alert(1))&lt;</script><!--{{style}}\r\n### b\u0000\u001B[31m@you www.evil.example https://evil.example";

    public static RunReport Of(params SyncOutcome[] outcomes) => new("App", "the outcome", new SyncRun(outcomes, TimeSpan.FromSeconds(1)))
    {
        Time = Tests.Sync.Given.Now,
        ProjectDirectory = new TestDirectory().FullPath,
        HelpLink = code => $"https://docs.example/{code}.md",
    };

    public static SyncOutcome Updated(string path, string url = "https://cdn.example/a.png") =>
        new(path, url, SyncStatus.Updated) { Length = 5000, Replaced = new ReplacedImage(4000, null), Sha256 = Tests.Sync.Given.Digest };

    public static SyncOutcome NotModified(string path) => new(path, "https://cdn.example/a.png", SyncStatus.NotModified) { Length = 5000 };

    public static SyncOutcome Failed(string path, string cause, string advice = "Do this.", SyncStatus status = SyncStatus.Kept) => new(path, "https://cdn.example/a.png", status)
    {
        Diagnostics = [new Problem(DiagnosticCode.RefusedByOrigin, cause, advice).ToDiagnostic(path, LocalCopy.Good, optional: false)],
    };
}
