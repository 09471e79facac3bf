extern alias TheTask;

using System.Text.Json;
using ImageSync.Testing;
using Microsoft.Build.Utilities;
using MSBuildSyntax = TheTask::ImageSync.Sync.MSBuildSyntax;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests;

/// <summary>The manifest of a project, from build to build.</summary>
public class Manifests
{
    private const string Manifest = "out/images.json";

    private readonly byte[] _image = SampleImages.Png(5, 3, 1);
    private ScriptedOrigin _origin;
    private TaskRun _run;

    [SetUp]
    public void SetUp()
    {
        (_origin, _run) = (new ScriptedOrigin(), new TaskRun());
        _origin.On("/a.png", request => Reply.Current(request, _image, "\"v1\""))
            .On("/b.svg", request => Reply.Current(request, SampleImages.Svg(), "\"v1\""))
            .On("/c.css", request => Reply.Current(request, "p { }"u8.ToArray(), "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public void It_says_of_each_image_what_it_is()
    {
        Assert.That(Sync([Item("/b.svg", "img/b.svg"), Item("/a.png", "img\\a.png"), Item("/c.css", "c.css", ("MediaType", "*/*"))]));
        using var json = JsonDocument.Parse(Text);
        Assert.That(json.RootElement.EnumerateObject().Select(image => image.Name), Is.EqualTo(new[] { "c.css", "img/a.png", "img/b.svg" }));
        var image = json.RootElement.GetProperty("img/a.png");
        var synced = _run.Synced.Single(item => item.ItemSpec == "img/a.png");
        Assert.That(image.EnumerateObject().Select(member => $"{member.Name} {member.Value}"), Is.EqualTo(new[]
        {
            "url " + _origin.Url("/a.png"), "format png", "width 5", "height 3", $"length {_image.Length}",
            "sha256 " + synced.GetMetadata("Sha256"),
            "integrity sha256-" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(_image)),
        }));
        Assert.That(json.RootElement.GetProperty("img/b.svg").GetProperty("width").GetInt32(), Is.EqualTo(16));
        Assert.That(json.RootElement.GetProperty("c.css").TryGetProperty("format", out _), Is.False);
    }

    [Test]
    public void It_is_written_only_when_it_says_something_else()
    {
        TaskItem[] items = [Item("/a.png", "a.png"), Item("/b.svg", "b.svg")];
        Sync(items);
        var (text, time) = (Text, Age());
        Sync(items);
        Sync(items, task => task.Force = "true");
        Sync(items.Reverse());
        Assert.That((Text, File.GetLastWriteTimeUtc(_run.Project.PathOf(Manifest))), Is.EqualTo((text, time)));

        _origin.On("/a.png", Reply.Ok(SampleImages.Png(8, 2, 1)));
        Sync(items);
        Assert.That(Text, Is.Not.EqualTo(text).And.Contains("\"width\": 8"));
    }

    [Test]
    public void It_is_the_same_without_the_cache()
    {
        Sync([Item("/a.png", "a.png"), Item("/b.svg", "b.svg")]);
        var text = Text;
        Directory.Delete(_run.Project.PathOf("obj"), recursive: true);
        Sync([Item("/a.png", "a.png"), Item("/b.svg", "b.svg")], task => task.Offline = "true");
        Assert.That(Text, Is.EqualTo(text));
    }

    [Test]
    public void A_check_writes_none([Values] bool isQuestion)
    {
        _run.Project.Write("a.png", _image);
        Sync([Item("/a.png", "a.png")], task => (task.Check, task.FailIfNotIncremental) = (!isQuestion, isQuestion));
        Assert.That(_run.Project.Exists(Manifest), Is.False);
    }

    [Test]
    public void A_failure_leaves_what_there_is()
    {
        TaskItem[] items = [Item("/a.png", "a.png"), Item("/b.svg", "b.svg"), Item("/none.png", "none.png")];
        Assert.That(Sync(items), Is.False);
        var text = Text;
        Assert.That(Names(), Is.EqualTo(new[] { "a.png", "b.svg" }));
        _origin.On("/a.png", Reply.Status(503)).On("/b.svg", Reply.Ok([.. "<html>"u8]));
        Sync(items);
        Assert.That(Text, Is.EqualTo(text));

        // What is no copy any more is not told of either.
        _run.Project.Write("a.png", "<html>");
        Sync(items);
        Assert.That(Names(), Is.EqualTo(new[] { "b.svg" }));
    }

    [Test]
    public void An_edit_that_stays_is_told_as_it_is()
    {
        Sync([Item("/a.png", "a.png")]);
        _run.Project.Write("a.png", SampleImages.Png(9, 9, 1));
        Sync([Item("/a.png", "a.png")], task => task.OnLocalEdit = "Keep");
        Assert.That(Text, Does.Contain("\"width\": 9").And.Contain("sha256\": \"" + DigestOf("a.png")));
    }

    [Test]
    public void An_item_that_is_gone_leaves_it([Values] bool prunes)
    {
        Sync([Item("/a.png", "a.png"), Item("/b.svg", "b.svg")]);
        Sync([Item("/a.png", "a.png")], task => task.Prune = prunes ? "true" : "false");
        Assert.That((Names(), _run.Project.Exists("b.svg")), Is.EqualTo((new[] { "a.png" }, !prunes)));
        Sync([]);
        Assert.That(Text, Is.EqualTo("{}\n"));
    }

    [Test]
    public void A_project_without_images_gets_none()
    {
        Sync([]);
        Assert.That(_run.Project.Exists(Manifest), Is.False);
    }

    [Test]
    public void An_item_that_is_not_valid_keeps_everything_in_place()
    {
        Sync([Item("/a.png", "a.png"), Item("/b.svg", "b.svg")]);
        var text = Text;
        Assert.That(Sync([Item("/a.png", "a.png"), Item("/b.svg", "a.png"), TaskRun.Item("no URL", ("LocalPath", "b.svg"))]), Is.False);
        Assert.That(Text, Is.EqualTo(text));
    }

    [Test]
    public void Frameworks_have_one()
    {
        var (a, b) = (Item("/a.png", "a.png"), Item("/b.svg", "b.svg"));
        Sync([a], task => task.TargetFrameworks = "net8.0;net10.0");
        var outer = _run.Synced;
        Sync([a, b], task => Inner(task, outer));
        Assert.That(Names(), Is.EqualTo(new[] { "a.png", "b.svg" }));
        Assert.That(Text.Split('\n').Count(line => line.Contains("\"targetFramework\": \"net10.0\"", StringComparison.Ordinal)), Is.EqualTo(1));

        var (text, time) = (Text, Age());
        Sync([a], task => task.TargetFrameworks = "net8.0;net10.0");
        Sync([a, b], task => Inner(task, outer));
        Assert.That((Text, File.GetLastWriteTimeUtc(_run.Project.PathOf(Manifest))), Is.EqualTo((text, time)));

        Sync([a], task => Inner(task, outer));
        Assert.That(Names(), Is.EqualTo(new[] { "a.png" }));

        static void Inner(SyncSettings task, Microsoft.Build.Framework.ITaskItem[] outer) =>
            (task.TargetFramework, task.TargetFrameworks, task.AlreadySynced) = ("net10.0", "net8.0;net10.0", outer);
    }

    [Test]
    public void It_holds_no_secret()
    {
        const string secret = "s3cr3ts3cr3t";
        _origin.Otherwise(request => Reply.Current(request, _image, "\"v1\""));
        Assert.That(Sync(
        [
            TaskRun.Item("1", ("Url", _origin.Url($"/1.png?sig={secret}&w=100")), ("LocalPath", "1.png")),
            TaskRun.Item("2", ("Url", _origin.Url($"/2.png?{secret}")), ("LocalPath", "2.png"), ("IgnoreQuery", "true")),
            TaskRun.Item("3", ("Url", _origin.Url($"/3.png?w={secret}")), ("LocalPath", "3.png"), ("RequestHeaders", "X-Key: " + secret)),
        ]), Is.True, string.Join('\n', _run.Engine.Errors.Select(error => error.Message)));
        Assert.That(Names(), Is.EqualTo(new[] { "1.png", "2.png", "3.png" }));
        Assert.That(Text, Does.Not.Contain(secret).And.Contain("/1.png?sig=…&w=100").And.Contain("/2.png\""));
    }

    [TestCase("<script>.png")]
    [TestCase("'&+ ö🖼.png")]
    [TestCase("__proto__.png")]
    public void A_hostile_name_is_a_name(string name)
    {
        _origin.Otherwise(request => Reply.Current(request, _image, "\"v1\""));
        var isTaken = Sync([TaskRun.Item(_origin.Url("/x"), ("LocalPath", "img/" + MSBuildSyntax.Escape(name)))]);
        Assert.That(isTaken ? Names() : [], Is.EqualTo(isTaken ? new[] { "img/" + name } : []));
        Assert.That(_run.Project.Exists(Manifest) ? Text : "", Does.Not.Contain("<"));
    }

    // Half of a surrogate pair, which neither JSON nor the name of a file can hold: UTF-8 has another character in its place.
    [Test]
    public void A_name_that_is_no_text_fails_no_sync()
    {
        for (var build = 0; build < 2; build++)
        {
            Assert.That(Sync([Item("/a.png", "a.png"), Item("/b.svg", "\uD800.svg")]));
            Assert.That(Names(), Is.EqualTo(new[] { "a.png", "\uFFFD.svg" }));
        }
    }

    private string Text => _run.Project.ReadText(Manifest);

    private bool Sync(IEnumerable<TaskItem> items, Action<SyncSettings>? with = null) => _run.Execute(items, task =>
    {
        task.ManifestFile = "out\\images.json";
        with?.Invoke(task);
    });

    private TaskItem Item(string url, string localPath, params (string Name, string Value)[] metadata) =>
        TaskRun.Item(_origin.Url(url), [("LocalPath", localPath), .. metadata]);

    private string[] Names()
    {
        using var json = JsonDocument.Parse(Text);
        return [.. json.RootElement.EnumerateObject().Select(image => image.Name)];
    }

    private string DigestOf(string file) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_run.Project.PathOf(file))));

    // So that a later write of any kind shows.
    private DateTime Age()
    {
        var path = _run.Project.PathOf(Manifest);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-3));
        return File.GetLastWriteTimeUtc(path);
    }
}
