using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Links that a repository can bring, in the places that a sync writes to: nothing is written outside.</summary>
[Platform("Linux,MacOsX")]
public class LinksOutside
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Edited = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;
    private TestDirectory _outside;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project, _outside) = (new ScriptedOrigin(), new Project(), new TestDirectory());
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
        _outside.Write("treasure", "{ \"version\": 1 }");
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase("images.lock.json", "treasure")]
    [TestCase("images.lock.json", "new")]
    [TestCase("locks", "")]
    public async Task A_lock_file_that_is_reached_by_one_is_not_read_nor_written(string place, string target)
    {
        File.CreateSymbolicLink(_project.Files.PathOf(place), _outside.PathOf(target));
        _project.Options = _project.Options with { LockFile = _project.Files.PathOf(place == "locks" ? "locks/treasure" : place) };
        var run = await RunAsync();
        var diagnostic = run.Diagnostics.Single();
        Assert.That((diagnostic.CodeText, diagnostic.Severity, _origin.Requests.Count), Is.EqualTo(("IMGSYNC4004", Severity.Error, 0)));
        Assert.That(diagnostic.Message, Does.Contain($"leads out of {_project.Files.FullPath} through a symbolic link."));
        Assert.That((_outside.Files(), _outside.ReadText("treasure")), Is.EqualTo((new[] { "treasure" }, "{ \"version\": 1 }")));
    }

    [Test]
    public async Task A_lock_file_that_is_a_link_inside_stays_one()
    {
        Directory.CreateDirectory(_project.Files.PathOf("locks"));
        File.CreateSymbolicLink(_project.Files.PathOf("images.lock.json"), "locks/images.json");
        _project.UseLockFile();
        Assert.That((await RunAsync()).Diagnostics, Is.Empty);
        Assert.That(_project.Files.FileInfo("images.lock.json").LinkTarget, Is.EqualTo("locks/images.json"));
        Assert.That(_project.Files.ReadText("locks/images.json"), Is.EqualTo(_project.LockText));
        Assert.That(_project.LockText, Does.Contain("img/a.png"));
    }

    [Test]
    public async Task Names_of_what_is_not_yet_a_file_cannot_be_taken_beforehand()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Edited));
        _project.Files.Write("img/a.png", Edited);
        foreach (var place in new[] { $"obj/kept/img/a.{digest[..12]}.png.tmp", "obj/p.imagesync.cache.tmp" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_project.Files.PathOf(place))!);
            File.CreateSymbolicLink(_project.Files.PathOf(place), _outside.PathOf("treasure"));
        }

        Assert.That((await RunAsync()).Outcomes[0].Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_outside.ReadText("treasure"), Is.EqualTo("{ \"version\": 1 }"));
        Assert.That(_project.Files.FileInfo("obj/p.imagesync.cache").LinkTarget, Is.Null);
        var kept = _project.Files.FileInfo($"obj/kept/img/a.{digest[..12]}.png");
        Assert.That((kept.LinkTarget, File.ReadAllBytes(kept.FullName)), Is.EqualTo(((string?)null, Edited)));
    }

    [Test]
    public async Task A_cache_that_is_a_link_is_replaced_and_not_added_to()
    {
        await RunAsync();
        var cache = _project.Options.CacheFile;
        File.Move(cache, _outside.PathOf("cache"));
        File.CreateSymbolicLink(cache, _outside.PathOf("cache"));
        var before = _outside.ReadText("cache");
        await _project.SyncAsync(_origin.Url("/a.png"), "img/b.png");
        Assert.That((_outside.ReadText("cache"), new FileInfo(cache).LinkTarget), Is.EqualTo((before, (string?)null)));
        Assert.That((_project.Record() is null, _project.Record("img/b.png") is null), Is.EqualTo((false, false)));
    }

    private Task<SyncRun> RunAsync() => _project.RunAsync([new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png" }]);
}
