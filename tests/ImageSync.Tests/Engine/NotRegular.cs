using System.Runtime.Versioning;
using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>FIFOs, devices and huge files where a file is looked for: no build waits for them, or reads them through.</summary>
[Platform("Linux,MacOsX"), UnsupportedOSPlatform("windows")]
public class NotRegular
{
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Image));

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task A_local_file_stays_and_it_is_told([Values(Irregular.Fifo, Irregular.Huge)] Irregular kind, [Values] bool isPinned)
    {
        var place = kind.Make(_project.Files.PathOf("img/a.png"));
        var outcome = await SyncAsync(isPinned);
        var (cause, length) = kind == Irregular.Huge ? ("has 10,737,418,240 bytes", 10L << 30) : ("is not a regular file", 0);
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain(cause));
        Assert.That((new FileInfo(place).Length, Directory.Exists(_project.Options.KeptFolder)), Is.EqualTo((length, false)));
    }

    [Test]
    public async Task A_local_file_that_was_recorded_is_looked_at_in_a_check([Values(Irregular.Fifo, Irregular.Huge)] Irregular kind)
    {
        await SyncAsync();
        kind.Make(_project.Files.PathOf("img/a.png"));
        _project.Options = _project.Options with { Force = true };
        var run = await IrregularFiles.EndsAsync(_project.CheckAsync([Declaration(isPinned: true)]));
        Assert.That(run.Outcomes.Single().Diagnostics.Select(diagnostic => diagnostic.CodeText), Is.EqualTo(new[] { "IMGSYNC2010" }));
    }

    [Test]
    public async Task A_cache_is_an_empty_one_and_is_replaced([Values(Irregular.Endless, Irregular.Huge)] Irregular kind)
    {
        kind.Make(_project.Options.CacheFile);
        var run = await RunAsync();
        Assert.That((run.Outcomes[0].Status, run.Diagnostics.Count), Is.EqualTo((SyncStatus.Added, 0)));
        Assert.That(new FileInfo(_project.Options.CacheFile) is { LinkTarget: null, Length: > 100 and < 1000 });
        Assert.That(_project.Record()?.Sha256, Is.EqualTo(Digest));
    }

    [Test]
    public async Task A_cache_that_is_no_file_is_told_and_left_alone([Values] SpecialFile kind)
    {
        var place = kind.Make(_project.Options.CacheFile);
        for (var build = 0; build < 2; build++)
        {
            var run = await RunAsync();
            Assert.That((run.Outcomes[0].Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((0, Image)));
            Assert.That(CodesOf(run), Is.EqualTo(new[] { "IMGSYNC4003" }));
            Assert.That((run.Diagnostics[0].Message.Contains("is not a regular file", StringComparison.Ordinal), kind.IsAt(place)), Is.EqualTo((true, true)));
        }
    }

    [Test]
    public async Task A_lock_file_that_is_no_file_is_told_and_left_alone([Values] SpecialFile kind)
    {
        _project.UseLockFile();
        var place = kind.Make(_project.Options.LockFile!);
        var run = await RunAsync();
        Assert.That((CodesOf(run).Single(), kind.IsAt(place)), Is.EqualTo(("IMGSYNC4004", true)));
    }

    [Test]
    public async Task A_local_file_that_is_no_file_is_told_and_left_alone([Values] SpecialFile kind, [Values] bool isPinned)
    {
        var place = kind.Make(_project.Files.PathOf("img/a.png"));
        var outcome = await SyncAsync(isPinned);
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
        Assert.That(kind.IsAt(place));
    }

    [Test]
    public async Task A_caches_lock_is_taken_if_it_is_a_file_and_told_otherwise([Values] Irregular kind)
    {
        kind.Make(_project.Options.CacheFile + ".lock");
        var run = await RunAsync();
        Assert.That(run.Outcomes[0].Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(CodesOf(run), Is.EqualTo(kind == Irregular.Huge ? Array.Empty<string>() : ["IMGSYNC4003"]));
    }

    [Test]
    public async Task A_lock_file_is_one_that_cannot_be_read([Values] Irregular kind)
    {
        _project.UseLockFile();
        kind.Make(_project.Options.LockFile!);
        var run = await RunAsync();
        Assert.That((run.Diagnostics.Single().CodeText, _origin.Requests.Count), Is.EqualTo(("IMGSYNC4004", 0)));
        Assert.That(run.Diagnostics[0].Message, Does.Contain(kind switch
        {
            Irregular.Fifo => "is not a regular file",
            Irregular.Endless => "through a symbolic link",
            _ => "has 10,737,418,240 bytes",
        }));
    }

    [Test]
    public async Task Bytes_of_a_store_are_asked_for_and_healed([Values] Irregular kind, [Values] bool isPinned)
    {
        var store = await FillAsync();
        kind.Make(store.Contents.Single().Path);
        Assert.That((await SyncAsync(isPinned)).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((_project.Files.Read("img/a.png"), store.Contents.Single().Bytes), Is.EqualTo((Image, Image)));
    }

    [Test]
    public async Task A_record_of_a_store_is_none([Values] Irregular kind)
    {
        var store = await FillAsync();
        kind.Make(store.Records.Single());
        var run = await RunAsync();
        Assert.That((run.Outcomes[0].Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, Image)));
        Assert.That(CodesOf(run), Is.EqualTo(kind == Irregular.Endless ? Array.Empty<string>() : ["IMGSYNC4006"]));
    }

    [Test]
    public async Task A_stores_lock_keeps_nobody([Values] Irregular kind)
    {
        var store = new StoreFolder();
        _project.Options = _project.Options with { StoreFolder = store.FullPath };
        kind.Make(Path.Combine(store.FullPath, "v1", "lock"));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(store.Contents.Single().Bytes, Is.EqualTo(Image));
    }

    [Test]
    public async Task A_killed_builds_file_is_left_alone_if_it_is_a_link()
    {
        var outside = new TestDirectory().Write("treasure", "treasure");
        var link = _project.Files.PathOf("img/.imagesync-1999999999-0.tmp");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, outside);
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((File.ReadAllText(outside), new FileInfo(link).LinkTarget), Is.EqualTo(("treasure", outside)));
    }

    // Another checkout has put the image there.
    private async Task<StoreFolder> FillAsync()
    {
        var store = new StoreFolder();
        await store.Checkout().SyncAsync(_origin.Url("/a.png"));
        _project.Options = _project.Options with { StoreFolder = store.FullPath };
        return store;
    }

    private async Task<SyncOutcome> SyncAsync(bool isPinned = false) => (await RunAsync(isPinned)).Outcomes[0];

    private Task<SyncRun> RunAsync(bool isPinned = false) => IrregularFiles.EndsAsync(_project.RunAsync([Declaration(isPinned)]));

    private RemoteImageDeclaration Declaration(bool isPinned) =>
        new(_origin.Url("/a.png")) { LocalPath = "img/a.png", Sha256 = isPinned ? Digest : "" };

    private static IEnumerable<string> CodesOf(SyncRun run) => run.Diagnostics.Select(diagnostic => diagnostic.CodeText);
}
