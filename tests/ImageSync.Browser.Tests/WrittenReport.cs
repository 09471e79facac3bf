using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Browser.Tests;

/// <summary>The report of a run that nobody had to make, with files of which all is known beside it.</summary>
internal sealed class WrittenReport
{
    private readonly TestDirectory _directory = new();
    private readonly List<SyncOutcome> _outcomes = [];

    public string Folder => new Uri(_directory.FullPath).AbsoluteUri;

    /// <summary>An image that was replaced.</summary>
    public WrittenReport Changed(string path, byte[] before, byte[] after) => Add(path, after, SyncStatus.Updated, outcome => outcome with
    {
        Replaced = new ReplacedImage(before.Length, _directory.Write("obj/" + path, before)),
    });

    /// <summary>An image of another status.</summary>
    public WrittenReport With(string path, byte[] bytes, SyncStatus status, string host = "cdn.example", string? changed = null) =>
        Add(path, bytes, status, outcome => outcome with { Url = $"https://{host}/{path}", LastModified = changed });

    /// <summary>Writes it, and returns its URL.</summary>
    /// <param name="name">Where it lies, from the project's folder.</param>
    public string Write(string name = "artifacts/report.html")
    {
        var report = new RunReport("Gallery", "what came of it", new SyncRun(_outcomes, TimeSpan.FromSeconds(1)))
        {
            Time = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero),
            ProjectDirectory = _directory.FullPath,
            HelpLink = code => $"https://docs.example/{code}.md",
        };
        return new Uri(_directory.Write(name, HtmlReport.Write(report, _directory.PathOf("artifacts")))).AbsoluteUri;
    }

    private WrittenReport Add(string path, byte[] bytes, SyncStatus status, Func<SyncOutcome, SyncOutcome> complete)
    {
        _directory.Write(path, bytes);
        _outcomes.Add(complete(new SyncOutcome(path, "https://cdn.example/" + path, status) { Index = _outcomes.Count, Length = bytes.Length }));
        return this;
    }
}
