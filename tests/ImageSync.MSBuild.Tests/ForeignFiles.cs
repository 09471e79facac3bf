using System.Text;
using ImageSync.Testing;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>A property that names a file of somebody else, by a slip: the file stays as it is, and the slip is told.</summary>
public class ForeignFiles
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

    [TestCase("ImageSyncCacheFile", "p.cs", "class P { }", "IMGSYNC1004")]
    [TestCase("ImageSyncCacheFile", "app.csproj", "<Project />", "IMGSYNC1004")]
    [TestCase("ImageSyncCacheFile", "other.png", "\u0089PNG\r\n", "IMGSYNC1004")]
    [TestCase("ImageSyncReportFile", "p.cs", "class P { }", "IMGSYNC4005")]
    [TestCase("ImageSyncReportFile", "index.html", "<!DOCTYPE html>\n<title>My page</title>", "IMGSYNC4005")]
    [TestCase("ImageSyncReportFile", "other.png", "\u0089PNG\r\n", "IMGSYNC4005")]
    [TestCase("ImageSyncReportFile", "README", "ImageSync</title>", "IMGSYNC4005")]
    [TestCase("ImageSyncSummaryFile", "app.csproj", "<Project />", "IMGSYNC4005")]
    [TestCase("ImageSyncSummaryFile", "p.cs", "class P { }", "IMGSYNC4005")]
    [TestCase("ImageSyncSummaryFile", "other.png", "\u0089PNG\r\n", "IMGSYNC4005")]
    [TestCase("ImageSyncSummaryFile", ".gitignore", "obj/", "IMGSYNC4005")]
    [TestCase("ImageSyncHistoryFile", "p.cs", "class P { }", "IMGSYNC4005")]
    [TestCase("ImageSyncManifestFile", "p.cs", "class P { }", "IMGSYNC4005")]
    [TestCase("ImageSyncManifestFile", "appsettings.json", "{ \"Logging\": { \"url\": \"u\" } }", "IMGSYNC4005")]
    [TestCase("ImageSyncManifestFile", "images.json", "<<<<<<< HEAD\n", "IMGSYNC4005")]
    [TestCase("ImageSyncHistoryFile", "app.log", "2026-11-22T18:30:54Z something happened\n", "IMGSYNC4005")]
    public void Stay_as_they_are(string property, string file, string text, string code)
    {
        var octets = Encoding.Latin1.GetBytes(text);
        File.WriteAllBytes(_run.Project.PathOf(file), octets);
        Sync(property, file);
        Assert.That(File.ReadAllBytes(_run.Project.PathOf(file)), Is.EqualTo(octets));
        Assert.That(Told(), Is.EqualTo(new[] { code }));
        Assert.That(_run.Project.Exists("a.png"), Is.EqualTo(code == "IMGSYNC4005"), "no report fails a sync");
    }

    [TestCase("ImageSyncCacheFile")]
    [TestCase("ImageSyncLockFile")]
    [TestCase("ImageSyncManifestFile")]
    [TestCase("ImageSyncReportFile")]
    [TestCase("ImageSyncSummaryFile")]
    [TestCase("ImageSyncHistoryFile")]
    public void An_images_own_file_is_no_place_of_another(string property)
    {
        Sync(property, "./A.png");
        Assert.That(Told(), Is.EqualTo(new[] { "IMGSYNC1004" }));
        Assert.That(_run.Engine.Errors.Single().Message,
            Does.Contain($"{property} is \"./A.png\", and that is the local file of the item {_origin.Url("/a.png")}."));
        Assert.That(_run.Project.Files(), Is.Empty);
    }

    [TestCase("ImageSyncLockFile")]
    [TestCase("ImageSyncManifestFile")]
    [TestCase("ImageSyncReportFile")]
    [TestCase("ImageSyncSummaryFile")]
    [TestCase("ImageSyncHistoryFile")]
    public void Two_properties_name_two_files(string property)
    {
        Sync(property, "./obj/app.csproj.imagesync.cache");
        var error = _run.Engine.Errors.Single();
        Assert.That((error.Code, error.Message), Is.EqualTo(("IMGSYNC1004", error.Message)));
        Assert.That(error.Message, Does.Contain("and that is the place of ImageSyncCacheFile, too."));
        Assert.That(_run.Project.Files(), Is.Empty);
    }

    // What is ours, nobody's, or made for it.
    [TestCase("ImageSyncCacheFile", "c", "ImageSync validator cache 7\nxyz")]
    [TestCase("ImageSyncCacheFile", "x.imagesync.cache", "{}")]
    [TestCase("ImageSyncCacheFile", "c", "\0\0\0\0")]
    [TestCase("ImageSyncReportFile", "r.html", "")]
    [TestCase("ImageSyncReportFile", "r.html", "<!DOCTYPE html>\n<html><head>\n<title>app · ImageSync</title>")]
    [TestCase("ImageSyncReportFile", "r.html", "<!DOCTYPE html>\n<meta name=\"generator\" content=\"ImageSync\">")]
    [TestCase("ImageSyncSummaryFile", "notes.md", "# Mine\n")]
    [TestCase("ImageSyncSummaryFile", "notes.TXT", "Mine\n")]
    [TestCase("ImageSyncSummaryFile", "step_summary_0a1b", "Of another step\n")]
    [TestCase("ImageSyncSummaryFile", "p.cs", "")]
    [TestCase("ImageSyncSummaryFile", "s.any", "### app: 1 image\n")]
    [TestCase("ImageSyncManifestFile", "m.any", "")]
    [TestCase("ImageSyncManifestFile", "m.json", "{ }")]
    [TestCase("ImageSyncManifestFile", "m.json", "{\n<<<<<<< HEAD\n  \"integrity\": \"sha256-\n=======\n")]
    [TestCase("ImageSyncHistoryFile", "h.any", "<<<<<<< HEAD\n2026-11-22T18:30:54Z requests=1\n")]
    [TestCase("ImageSyncHistoryFile", "h.any", "2026-11-22T18:30:54Z")]
    public void Are_not_those_that_ImageSync_may_write(string property, string file, string text)
    {
        _run.Project.Write(file, text);
        Sync(property, file);
        Sync(property, file);
        Assert.That(Told(), Is.Empty);
        Assert.That(_run.Project.ReadText(file), Is.Not.EqualTo(text));
    }

    private void Sync(string property, string file) => _run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))], task =>
    {
        task.CacheFile = property == "ImageSyncCacheFile" ? file : task.CacheFile;
        task.LockFile = property == "ImageSyncLockFile" ? file : "";
        task.ReportFile = property == "ImageSyncReportFile" ? file : "";
        task.SummaryFile = property == "ImageSyncSummaryFile" ? file : "";
        task.ManifestFile = property == "ImageSyncManifestFile" ? file : "";
        task.HistoryFile = property == "ImageSyncHistoryFile" ? file : "";
    });

    private IEnumerable<string> Told() =>
        _run.Engine.Errors.Select(error => error.Code).Concat(_run.Engine.Warnings.Select(warning => warning.Code));
}
