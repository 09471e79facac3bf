using ImageSync.Engine;
using System.Globalization;
using ImageSync.Reporting;
using ImageSync.Sync;
using ImageSync.Testing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>REPORT: output items, lines and diagnostics.</summary>
public class Results
{
    private readonly byte[] _image = SampleImages.Png(1, 3000);
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp() => (_origin, _run) = (new ScriptedOrigin(), new TaskRun());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void A_synced_image_tells_all_of_its_story()
    {
        _origin.On("/a;b%20c.png", Reply.Redirect(302, "/real.png")).On("/real.png", Reply.Ok(_image, ("ETag", "W/\"50%25;\""), ("Last-Modified", "Sat, 21 Nov 2026 12:00:00 GMT")));
        Assert.That(_run.Execute(_origin.Url("/a;b%20c.png"), ("LocalPath", "img\\50%25.png")));
        var item = _run.Synced.Single();
        Assert.Multiple(() =>
        {
            Assert.That(item.ItemSpec, Is.EqualTo("img/50%.png"));
            Expect(item, "Url", _origin.Url("/a;b%20c.png"));
            Expect(item, "EffectiveUrl", _origin.Url("/real.png"));
            Expect(item, "Status", "Added");
            Expect(item, "Changed", "true");
            Expect(item, "StatusCode", "200");
            Expect(item, "ETag", "W/\"50%25;\"");
            Expect(item, "LastModified", "Sat, 21 Nov 2026 12:00:00 GMT");
            Expect(item, "Sha256", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_image)));
            Expect(item, "Length", _image.Length.ToString(CultureInfo.InvariantCulture));
            Expect(item, "MediaType", "image/png");
            Expect(item, "Format", "png");
            Expect(item, "Width", "31");
            Expect(item, "Height", "31");
            Expect(item, "BytesReceived", _image.Length.ToString(CultureInfo.InvariantCulture));
            Expect(item, "Attempts", "1");
            Expect(item, "Code", "");
            Assert.That(int.Parse(item.GetMetadata("ElapsedMilliseconds"), CultureInfo.InvariantCulture), Is.GreaterThanOrEqualTo(0));
        });

        static void Expect(ITaskItem item, string name, string value) => Assert.That(item.GetMetadata(name), Is.EqualTo(value), name);
    }

    [Test]
    public void Under_a_question_a_change_is_an_error_and_nothing_is_written()
    {
        _origin.On("/a.png", Reply.Ok(_image, ("ETag", "\"1\"")));
        Assert.That(
            _run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))], task => task.FailIfNotIncremental = true),
            Is.False);
        Assert.That(_run.Engine.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC2010" }));
        Assert.That(_run.Synced.Single().GetMetadata("Status"), Is.EqualTo("Missing"));
        Assert.That(_run.Project.Files(), Is.Empty);
        Assert.That(_run.Summary, Does.StartWith("1 image, 1 missing, 0."));
    }

    [Test]
    public void A_failure_has_its_code_and_the_project_file_and_a_help_link()
    {
        Assert.That(_run.Execute(_origin.Url("/none.png"), ("LocalPath", "a.png")), Is.False);
        var error = _run.Engine.Errors.Single();
        Assert.That(
            (error.Code, _run.Synced.Single().GetMetadata("Code"), _run.Synced.Single().GetMetadata("Changed")),
            Is.EqualTo(("IMGSYNC2003", "IMGSYNC2003", "false")));
        Assert.That(error.HelpLink, Does.EndWith("/docs/diagnostics/IMGSYNC2003.md"));
        Assert.That(error.File, Is.EqualTo(_run.Project.PathOf("app.csproj")));
    }

    [Test]
    public void A_warning_has_the_same()
    {
        _run.Project.Write("a.png", _image);
        Assert.That(_run.Execute(_origin.Url("/none.png"), ("LocalPath", "a.png")));
        var warning = _run.Engine.Warnings.Single();
        Assert.That((warning.Code, warning.File), Is.EqualTo(("IMGSYNC2003", _run.Project.PathOf("app.csproj"))));
        Assert.That(warning.HelpLink, Does.EndWith("/docs/diagnostics/IMGSYNC2003.md"));
    }

    private static IEnumerable<string> Codes =>
        Enum.GetValues<DiagnosticCode>().Select(code => new Diagnostic(code, Severity.Error, "").CodeText);

    [TestCaseSource(nameof(Codes))]
    public void A_help_link_leads_to_a_page_of_this_repository(string code) =>
        Assert.That(RepositoryRoot.PathOf(Product.HelpLink(code).Split("/blob/main/")[1]), Does.Exist);

    [Test]
    public void Each_change_is_a_line_and_the_run_is_one()
    {
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\"")).On("/b.png", request => Reply.Current(request, _image, "\"v1\""));
        TaskItem[] items = [TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png")), TaskRun.Item(_origin.Url("/b.png"), ("LocalPath", "b.png"))];
        _run.Execute(items);
        Assert.That(
            WithoutTime(_run.Engine.HighMessages),
            Is.EqualTo(new[] { "  added: a.png, 3 KB", "  added: b.png, 3 KB", "ImageSync: 2 images, 2 added, 6 KB received" }));
        _run.Project.Delete("b.png");
        _run.Execute(items);
        Assert.That(WithoutTime(_run.Engine.HighMessages), Is.EqualTo(new[] { "  added: b.png, 3 KB", "ImageSync: 2 images, 1 added, 1 not modified, 3 KB received, 3 KB not sent again" }));
        _run.Execute(items);
        Assert.That(
            WithoutTime(_run.Engine.HighMessages),
            Is.EqualTo(new[] { "ImageSync: 2 images, 2 not modified, 0 B received, 6 KB not sent again" }));

        static IEnumerable<string> WithoutTime(IEnumerable<string> lines) =>
            lines.Select(line => line.EndsWith(" s", StringComparison.Ordinal) ? line[..line.LastIndexOf(',')] : line);
    }

    [Test]
    public void A_summary_names_its_project_where_others_are_synced()
    {
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""));
        TaskItem[] items = [TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))];
        _run.Execute(items, task => task.ProjectFile = "/src/A/A.csproj");
        Assert.That(_run.Engine.HighMessages.Last(), Does.StartWith("ImageSync: 1 image"));
        _run.Execute(items, task => (task.ProjectFile, task.IsOneOfSeveral) = ("/src/A/A.csproj", "true"));
        Assert.That(_run.Engine.HighMessages.Last(), Does.StartWith("ImageSync: A: 1 image"));
    }

    [Test]
    public void A_run_of_many_stays_short()
    {
        for (var i = 0; i < 50; i++)
        {
            _origin.On($"/{i}.png", Reply.Ok(_image));
        }

        _run.Execute(Enumerable.Range(0, 50).Select(i => TaskRun.Item(_origin.Url($"/{i}.png"), ("LocalPath", $"{i}.png"))));
        Assert.That(_run.Engine.HighMessages.Count(), Is.EqualTo(22));
        Assert.That(_run.Engine.HighMessages.ElementAt(20), Is.EqualTo("  … and 30 more (-v:detailed lists them all)"));
        Assert.That(_run.Engine.Messages.Count(message => message.Message!.Contains("added: ", StringComparison.Ordinal)), Is.EqualTo(50));
    }

    [Test]
    public void What_another_instance_synced_is_not_asked_for_again()
    {
        _origin.On("/a.png", Reply.Ok(_image)).On("/b.png", Reply.Ok(_image));
        var (a, b) = (TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png")), TaskRun.Item(_origin.Url("/b.png"), ("LocalPath", "b.png")));
        _run.Execute([a]);
        var outer = _run.Synced;
        _run.Execute([a, b], task => task.AlreadySynced = outer);
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/a.png", "/b.png" }));
        Assert.That(_run.Synced.Select(item => item.ItemSpec), Is.EqualTo(new[] { "a.png", "b.png" }));
    }

    [Test]
    public async Task Cancel_ends_the_task_at_once_and_without_diagnostics()
    {
        _origin.On("/a.png", Reply.Ok(_image).Stall(100));
        var running = Task.Run(() => _run.Execute([TaskRun.Item(_origin.Url("/a.png"), ("LocalPath", "a.png"))]));
        while (_origin.Requests.Count == 0)
        {
            await Task.Delay(5);
        }

        _run.Task!.Cancel();
        Assert.That(await running.WaitAsync(TimeSpan.FromSeconds(5)), Is.False);
        Assert.That(_run.Engine.Errors.Count + _run.Engine.Warnings.Count, Is.Zero);
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1000, "1 KB")]
    [TestCase(1234, "1.2 KB")]
    [TestCase(34_000, "34 KB")]
    [TestCase(999_499, "999 KB")]
    [TestCase(999_500, "1 MB")]
    [TestCase(1_234_567, "1.2 MB")]
    [TestCase(9_990_000_000, "10 GB")]
    public void Sizes_are_readable(long bytes, string expected) => Assert.That(ByteSize.Format(bytes), Is.EqualTo(expected));
}
