using ImageSync.Testing;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>Report, summary and history: where they go, when they are written, and what happens when they cannot be.</summary>
public class ReportWriting
{
    private readonly byte[] _image = SampleImages.Png(1, 3000);
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp()
    {
        (_origin, _run) = (new ScriptedOrigin(), new TaskRun());
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void Nothing_is_written_where_nothing_is_asked_for()
    {
        Sync(task => { });
        Assert.That(
            _run.Project.Files(), Is.EqualTo(new[] { "a.png", "obj/app.csproj.imagesync.cache", "obj/app.csproj.imagesync.cache.lock" }));
    }

    [Test]
    public void Each_file_is_where_its_property_says_and_a_report_brings_a_history()
    {
        Sync(task => (task.ReportFile, task.SummaryFile) = ("out\\report.html", "out/summary.md"));
        Sync(task => (task.ReportFile, task.SummaryFile, task.InBuild) = ("out\\report.html", "out/summary.md", false));
        Assert.That(_run.Project.ReadText("out/report.html"), Does.Contain("<h1>app</h1>").And.Contain("1 image, 1 not modified"));
        Assert.That(_run.Project.ReadText("out/summary.md").Split('\n').Count(line => line.StartsWith("### app: 1 image, 1 ", StringComparison.Ordinal)), Is.EqualTo(2), "appended");
        Assert.That(_run.Project.ReadText("obj/app.csproj.imagesync.history").Split('\n'), Has.Length.EqualTo(3));
        Assert.That(
            _run.Engine.HighMessages.Last(),
            Is.EqualTo("ImageSync: the report is " + new Uri(_run.Project.PathOf("out/report.html")).AbsoluteUri));
    }

    [Test]
    public void A_history_can_have_a_place_of_its_own_and_stand_alone()
    {
        Sync(task => task.HistoryFile = "kept/history.txt");
        Assert.That(_run.Project.ReadText("kept/history.txt"), Does.EndWith(" Added=1\n"));
        Assert.That(
            _run.Project.Files().Where(file => file.Contains("history", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "kept/history.txt" }));
    }

    [Test]
    public void What_one_framework_syncs_for_itself_has_a_report_of_its_own()
    {
        Sync(task => (task.ReportFile, task.SummaryFile, task.TargetFramework) = ("report.html", "summary.md", "net10.0"));
        Assert.That(_run.Project.ReadText("report.net10.0.html"), Does.Contain("<h1>app (net10.0)</h1>"));
        Assert.That(_run.Project.ReadText("summary.md"), Does.StartWith("### app &#40;net10.0&#41;: "));
        Assert.That(_run.Project.Exists("obj/app.csproj.imagesync.net10.0.history"));
    }

    [Test]
    public void A_run_without_images_of_its_own_writes_no_report()
    {
        Sync(task => { });
        _run.Execute([Item()], task => (task.ReportFile, task.AlreadySynced) = ("report.html", _run.Synced));
        Assert.That(_run.Project.Exists("report.html"), Is.False);
    }

    [Test]
    public void A_failed_sync_is_reported_too()
    {
        Assert.That(_run.Execute([Item(), TaskRun.Item(_origin.Url("/none.png"), ("LocalPath", "none.png")), TaskRun.Item("javascript:alert(1)", ("LocalPath", "../x"))], task => task.ReportFile = "report.html"), Is.False);
        Assert.That(
            _run.Project.ReadText("report.html"),
            Does.Contain("answered 404").And.Contain("IMGSYNC2003").And.Contain("IMGSYNC1001").And.Not.Contain("href=\"javascript"));
    }

    [TestCase("ImageSyncReportFile")]
    [TestCase("ImageSyncSummaryFile")]
    [TestCase("ImageSyncHistoryFile")]
    [TestCase("ImageSyncManifestFile")]
    public void A_file_that_cannot_be_written_is_a_warning_and_loses_no_sync(string property)
    {
        Directory.CreateDirectory(_run.Project.PathOf("taken"));
        Assert.That(_run.Execute([Item()], task =>
        {
            task.ReportFile = property == "ImageSyncReportFile" ? "taken" : "report.html";
            task.SummaryFile = property == "ImageSyncSummaryFile" ? "taken" : "summary.md";
            task.HistoryFile = property == "ImageSyncHistoryFile" ? "taken" : "history.txt";
            task.ManifestFile = property == "ImageSyncManifestFile" ? "taken" : "images.json";
        }));
        var warning = _run.Engine.Warnings.Single();
        Assert.That((warning.Code, warning.Message), Is.EqualTo(("IMGSYNC4005", warning.Message)));
        Assert.That(warning.Message, Does.StartWith($"ImageSync: {property} could not be written to ").And.Contain("taken"));
        Assert.That(
            new[] { "report.html", "summary.md", "history.txt", "images.json" }.Count(_run.Project.Exists),
            Is.EqualTo(3),
            "the others are");
        Assert.That(_run.Project.Exists("a.png"));
    }

    private void Sync(Action<SyncSettings> with) =>
        Assert.That(_run.Execute([Item()], with), Is.True, string.Join('\n', _run.Engine.Errors.Select(error => error.Message)));

    private TaskItem Item() => TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"));
}
