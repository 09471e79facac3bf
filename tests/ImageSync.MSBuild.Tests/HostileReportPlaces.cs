using System.Runtime.Versioning;
using ImageSync.Sync;
using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>
/// What somebody else has put where report, summary, history and manifest are to be, and what they have written into the history:
/// nothing is written elsewhere, nothing hangs, and no sync fails.
/// </summary>
[Platform("Linux,MacOsX"), UnsupportedOSPlatform("windows")]
public partial class HostileReportPlaces
{
    private const string Max = "9223372036854775807";
    private readonly byte[] _image = SampleImages.Png(1, 3000);
    private ScriptedOrigin _origin;
    private TaskRun _run;
    private TestDirectory _outside;

    public enum Kind
    {
        Report,
        Summary,
        History,
        Manifest,
    }

    private static IEnumerable<string> Numbers => ["milliseconds", "requests", "received", "spared", .. Enum.GetNames<SyncStatus>()];

    [SetUp]
    public void SetUp()
    {
        (_origin, _run, _outside) = (new ScriptedOrigin(), new TaskRun(), new TestDirectory());
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""));
        _outside.Write("treasure", "treasure");
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void A_link_in_the_place_is_not_followed([Values] Kind kind)
    {
        Link("art/file", _outside.PathOf("treasure"));
        Sync(kind, "art/file");
        Assert.That(_outside.ReadText("treasure"), Is.EqualTo("treasure"));
        Assert.That(_run.Project.FileInfo("art/file").LinkTarget, Replaces(kind) ? Is.Null : Is.Not.Null);
        AssertTold(Replaces(kind) ? null : "is a symbolic link");
    }

    [Test]
    public void A_link_that_leads_nowhere_makes_nothing_there([Values] Kind kind)
    {
        Link("art/file", _outside.PathOf("new"));
        Sync(kind, "art/file");
        Assert.That(_outside.Exists("new"), Is.False);
        AssertTold(Replaces(kind) ? null : "is a symbolic link");
    }

    [Test]
    public void A_link_to_itself_is_told_or_replaced([Values] Kind kind)
    {
        Link("art/file", "file");
        Sync(kind, "art/file");
        AssertTold(Replaces(kind) ? null : "is a symbolic link");
    }

    [Test]
    public void A_link_in_the_place_of_what_is_not_yet_the_file_is_not_followed([Values] Kind kind)
    {
        Link("art/file.tmp", _outside.PathOf("treasure"));
        Link("obj/app.csproj.imagesync.cache.tmp", _outside.PathOf("treasure"));
        Sync(kind, "art/file");
        Assert.That(_outside.ReadText("treasure"), Is.EqualTo("treasure"));
        Assert.That(_run.Project.FileInfo("art/file") is { LinkTarget: null, Exists: true });
        Assert.That(_run.Project.FileInfo("obj/app.csproj.imagesync.cache").LinkTarget, Is.Null);
        AssertTold(null);
    }

    [Test]
    public void A_folder_that_is_a_link_outside_is_not_followed(
        [Values] Kind kind, [Values("art/file", "art/deep/file", "../shared/file")] string path)
    {
        Directory.CreateDirectory(_run.Project.PathOf("project"));
        Directory.CreateSymbolicLink(_run.Project.PathOf("project/art"), _outside.FullPath);
        Directory.CreateSymbolicLink(_run.Project.PathOf("shared"), _outside.FullPath);
        Sync(kind, path, "project");
        Assert.That(_outside.Files(), Is.EqualTo(new[] { "treasure" }));
        AssertTold("through a symbolic link");
    }

    [Test]
    public void A_folder_that_is_a_link_inside_is_followed([Values] Kind kind)
    {
        Directory.CreateDirectory(_run.Project.PathOf("real"));
        Directory.CreateSymbolicLink(_run.Project.PathOf("art"), "real");
        Sync(kind, "art/file");
        Assert.That(_run.Project.Exists("real/file"));
        AssertTold(null);
    }

    [Test]
    public void The_folder_of_the_cache_may_be_a_link([Values] Kind kind)
    {
        Directory.CreateSymbolicLink(_run.Project.PathOf("obj"), _outside.FullPath);
        Sync(kind, "obj/file");
        Assert.That(_outside.Exists("file"));
        AssertTold(null);
    }

    [Test]
    public void A_link_to_what_has_no_end_is_replaced_by_a_manifest()
    {
        var place = Irregular.Endless.Make(_run.Project.PathOf("art/file"));
        Sync(Kind.Manifest, "art/file");
        Assert.That(new FileInfo(place) is { LinkTarget: null, Length: > 100 and < 1000 });
        AssertTold(null);
    }

    [Test]
    public void What_is_huge_is_no_manifest_and_not_read()
    {
        var place = Irregular.Huge.Make(_run.Project.PathOf("art/file"));
        Sync(Kind.Manifest, "art/file");
        Assert.That(new FileInfo(place).Length, Is.EqualTo(10L << 30));
        AssertTold("more than the");
    }

    [Test]
    public void What_is_a_link_or_huge_is_replaced_by_a_report([Values(Irregular.Endless, Irregular.Huge)] Irregular what)
    {
        var place = what.Make(_run.Project.PathOf("art/file"));
        Sync(Kind.Report, "art/file");
        Assert.That(new FileInfo(place) is { LinkTarget: null, Length: > 1000 and < 1_000_000 });
        AssertTold(null);
    }

    [Test]
    public void What_is_no_file_is_left_alone([Values] Kind kind, [Values(SpecialFile.Fifo, SpecialFile.Socket)] SpecialFile what)
    {
        var place = what.Make(_run.Project.PathOf("art/file"));
        Sync(kind, "art/file");
        Assert.That(what.IsAt(place));
        AssertTold(what == SpecialFile.Socket && kind != Kind.Report ? "No such device or address" : "is not a regular file");
    }

    [Test]
    public void What_is_no_regular_file_is_not_added_to(
        [Values(Kind.Summary, Kind.History)] Kind kind, [Values(Irregular.Fifo, Irregular.Endless)] Irregular what)
    {
        what.Make(_run.Project.PathOf("art/file"));
        Sync(kind, "art/file");
        AssertTold(what == Irregular.Fifo ? "is not a regular file" : "is a symbolic link");
    }

    [Test]
    public void What_is_huge_is_added_to_and_not_read([Values(Kind.Summary, Kind.History)] Kind kind)
    {
        var place = Irregular.Huge.Make(_run.Project.PathOf("art/file"));
        Sync(kind, "art/file");
        Assert.That(new FileInfo(place).Length, Is.InRange(10L << 30, (10L << 30) + 1000));
        AssertTold(null);
    }

    [TestCaseSource(nameof(Numbers))]
    public void A_number_in_the_history_that_is_too_large_fails_nothing(string name)
    {
        var all = string.Join(' ', Numbers.Select(other => $"{other}={(other == name ? Max : "1")}"));
        _run.Project.Write("art/history", string.Concat(Enumerable.Repeat($"2026-11-22T18:30:54Z {all}\n", 70)));
        Sync(Kind.Report, "art/file", history: "art/history");
        var report = _run.Project.ReadText("art/file");
        Assert.That((report.Contains("Run by run", StringComparison.Ordinal), BelowZero().IsMatch(report)), Is.EqualTo((true, false)));
        AssertTold(null);
    }

    [Test]
    public void All_numbers_in_the_history_can_be_too_large()
    {
        var all = string.Join(' ', Numbers.Select(name => $"{name}={Max}"));
        var lines = $"9999-12-31T23:59:59Z {all}\n0001-01-01T00:00:00Z {all}\n";
        _run.Project.Write("art/history", string.Concat(Enumerable.Repeat(lines, 400)));
        Sync(Kind.Report, "art/file", history: "art/history");
        Assert.That(_run.Project.ReadText("art/file").Contains("9.2 EB came over the wire", StringComparison.Ordinal));
        AssertTold(null);
    }

    [System.Text.RegularExpressions.GeneratedRegex("""(<td>|most |title>[^<]*, | y="|height=")-\d""")]
    private static partial System.Text.RegularExpressions.Regex BelowZero();

    // What is written anew, and not added to.
    private static bool Replaces(Kind kind) => kind is Kind.Report or Kind.Manifest;

    private void Link(string place, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_run.Project.PathOf(place))!);
        File.CreateSymbolicLink(_run.Project.PathOf(place), target);
    }

    private void Sync(Kind kind, string path, string directory = ".", string history = "") => Assert.That(
        IrregularFiles.Ends(() => _run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))], task =>
        {
            task.ProjectDirectory = _run.Project.PathOf(directory);
            task.ReportFile = kind == Kind.Report ? path : "";
            task.SummaryFile = kind == Kind.Summary ? path : "";
            task.ManifestFile = kind == Kind.Manifest ? path : "";
            task.HistoryFile = kind == Kind.History ? path : history;
        })),
        string.Join('\n', _run.Engine.Errors.Select(error => error.Message)));

    private void AssertTold(string? cause)
    {
        string[] codes = cause is null ? [] : ["IMGSYNC4005"];
        Assert.That(_run.Engine.Warnings.Select(warning => warning.Code), Is.EqualTo(codes));
        Assert.That(_run.Engine.Warnings.Select(warning => warning.Message), Has.All.Contains(cause ?? ""));
    }
}
