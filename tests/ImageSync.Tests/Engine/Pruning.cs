using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Files whose items are gone: only what ImageSync wrote and nobody changed is deleted, and only inside the project.</summary>
public class Pruning
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Edited = SampleImages.Png(2, 4000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public async Task SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.UseLockFile();
        _project.Options = _project.Options with { Prune = true };
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
        _project.Files.Write("found.png", Image);
        await RunAsync("written.png", "edited.png", "found.png", "stays.png");
        _project.Files.Write("edited.png", Edited);
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Only_what_ImageSync_wrote_and_nobody_changed_goes(bool cleanCheckout)
    {
        if (cleanCheckout)
        {
            _project.CheckOutAnew();
        }

        var run = await RunAsync("stays.png");
        Assert.That(run.Pruned.Deleted, Is.EqualTo(new[] { "written.png" }));
        Assert.That(run.Pruned.Staying.Select(file => (file.LocalPath, file.Reason.Split(' ')[^1])), Is.EqualTo(new[] { ("edited.png", "wrote"), ("found.png", "it") }));
        Assert.That(new[] { "written.png", "edited.png", "found.png", "stays.png" }.Where(_project.Files.Exists), Is.EqualTo(new[] { "edited.png", "found.png", "stays.png" }));
        Assert.That((_project.Record("written.png"), _project.Record("stays.png")?.Sha256.Length), Is.EqualTo(((ValidatorRecord?)null, 64)));
    }

    [Test]
    public async Task The_last_item_goes_too()
    {
        Assert.That((await RunAsync()).Pruned.Deleted, Is.EqualTo(new[] { "stays.png", "written.png" }));
        Assert.That((await RunAsync()).Pruned.Deleted, Is.Empty);
    }

    [Test]
    public async Task An_edit_that_is_undone_lets_its_file_go_later()
    {
        await RunAsync("stays.png");
        _project.Files.Write("edited.png", Image);
        Assert.That((await RunAsync("stays.png")).Pruned.Deleted, Is.EqualTo(new[] { "edited.png" }));
    }

    [Test]
    public async Task Not_wanted_nothing_goes()
    {
        _project.Options = _project.Options with { Prune = false };
        await RunAsync();
        Assert.That(_project.Files.Exists("written.png"));
        _project.Options = _project.Options with { Prune = true };
        Assert.That((await RunAsync()).Pruned.Deleted, Does.Contain("written.png"), "what is recorded stays recorded");
    }

    [Test]
    public async Task An_invalid_declaration_lets_nothing_go()
    {
        using var connections = new ConnectionPool(_project.Options.Connections);
        var synchronizer = new ImageSynchronizer(_project.Options with { Claimed = null }, TimeProvider.System, connections);
        synchronizer.Run([], default);
        Assert.That((_project.Files.Exists("written.png"), _project.LockText!.Contains("written.png", StringComparison.Ordinal)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task What_an_inner_build_has_stays()
    {
        var whole = _project.Options with { TargetFrameworks = ["net8.0", "net10.0"] };
        _project.Options = whole with { TargetFramework = "net8.0" };
        await RunAsync("inner.png");
        Assert.That(_project.Files.Exists("written.png"), "an inner build prunes nothing");
        _project.Options = whole;
        Assert.That((await RunAsync("stays.png")).Pruned.Deleted, Is.EqualTo(new[] { "written.png" }));
        Assert.That(_project.Files.Exists("inner.png"));
    }

    [Test]
    public async Task A_hostile_lock_file_reaches_nothing_outside()
    {
        var outside = new TestDirectory();
        outside.Write("a.png", Image);
        var path = Path.GetRelativePath(_project.Files.FullPath, outside.PathOf("a.png")).Replace('\\', '/');
        _project.Files.Write("images.lock.json", _project.LockText!.Replace("\"written.png\"", $"\"{path}\"", StringComparison.Ordinal));
        _project.CheckOutAnew();
        Assert.That((await RunAsync()).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC4004"));
        Assert.That((outside.Exists("a.png"), _project.Files.Exists("stays.png")), Is.EqualTo((true, true)));
    }

    // Each stands in a lock file that a change brings along, with the digest that its bytes have.
    [TestCase("nuget.config", "<configuration />", "no image")]
    [TestCase("App.csproj", "<Project />", "no image")]
    [TestCase("Pages/Index.cshtml", "<svg xmlns='http://www.w3.org/2000/svg'/>", "no image")]
    [TestCase("notes", "not an image", "no image")]
    [TestCase(".github/workflows/ci.yml", "on: push", "no image")]
    [TestCase(".github/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "a folder whose name begins with a dot")]
    [TestCase("obj/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "a folder of the build")]
    [TestCase("art/bin/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "a folder of the build")]
    [TestCase("art/logo.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", null)]
    [TestCase(".git/HEAD", "ref: refs/heads/main", "")]
    public async Task On_a_lock_files_word_alone_only_images_go_that_are_no_part_of_the_build(string localPath, string text, string? objection)
    {
        _project.Files.Write(localPath, text);
        var digest = ContentDigest.OfFile(_project.Files.PathOf(localPath), text.Length);
        var written = _project.LockText!.IndexOf("\"written.png\"", StringComparison.Ordinal);
        var entry = _project.LockText[written..(_project.LockText.IndexOf('}', written) + 1)];
        var hostile = Regex.Replace(Regex.Replace(entry, "[0-9a-f]{64}", digest).Replace("written.png", localPath, StringComparison.Ordinal), "\"length\": \\d+", $"\"length\": {text.Length}");
        _project.Files.Write("images.lock.json", _project.LockText.Insert(written, hostile + ",\n"));
        var run = await RunAsync("written.png", "edited.png", "found.png", "stays.png");
        Assert.That(run.Diagnostics, Is.Empty);
        Assert.That(run.Pruned.Deleted, Is.EqualTo(objection is null ? new[] { localPath } : []));
        Assert.That(run.Pruned.Staying.Select(file => file.Reason), objection is null or "" ? Is.Empty : Has.One.Contains(objection));
        Assert.That(_project.Files.Exists(localPath), Is.EqualTo(objection is not null));
    }

    [Test, UnsupportedOSPlatform("windows"), Platform(Exclude = "Win")]
    public async Task Nothing_is_deleted_through_a_link()
    {
        var outside = new TestDirectory();
        outside.Write("written.png", Image);
        _project.Files.Write("other/stays.png", Image);
        _project.Files.Delete("written.png");
        _project.Files.Delete("stays.png");
        File.CreateSymbolicLink(_project.Files.PathOf("written.png"), outside.PathOf("written.png"));
        File.CreateSymbolicLink(_project.Files.PathOf("stays.png"), _project.Files.PathOf("other/stays.png"));
        Assert.That((await RunAsync()).Pruned.Deleted, Is.Empty);
        Assert.That((outside.Exists("written.png"), _project.Files.Exists("other/stays.png")), Is.EqualTo((true, true)));
    }

    private Task<SyncRun> RunAsync(params string[] localPaths) =>
        _project.RunAsync(localPaths.Select(path => new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = path }));
}
