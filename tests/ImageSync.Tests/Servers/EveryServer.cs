using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Servers;

/// <summary>The life of a set of images at each of the servers, from the first sync to the end.</summary>
[TestFixtureSource(typeof(Server), nameof(Server.All))]
public class EveryServer(Server server)
{
    private static readonly DateTimeOffset Older = new(2020, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, byte[] Bytes)[] Images =
    [
        ("logo.png", SampleImages.Png(1, 40_000)),
        ("photo.jpg", SampleImages.Jpeg()),
        ("img/banner.webp", SampleImages.WebP()),
        ("img/mark.svg", SampleImages.Svg()),
        ("img/deep/spinner.gif", SampleImages.AnimatedGif()),
        ("favicon.ico", SampleImages.Ico()),
        ("img/Straße 1 – café.png", SampleImages.Png(2, 4000)),
    ];

    private FileOrigin _origin;
    private Project _project;

    [SetUp]
    public async Task SyncOnce()
    {
        _origin = server.Start(new TestDirectory().PathOf("server"));
        foreach (var (name, bytes) in Images)
        {
            _origin.Put(name, bytes);
        }

        _project = new Project();
        Assert.That(await StatusesAsync(), Is.EqualTo(All(SyncStatus.Added)));
    }

    [TearDown]
    public async Task Stop()
    {
        if (_origin is not null)
        {
            await _origin.DisposeAsync();
        }
    }

    [Test]
    public void The_first_sync_takes_every_image_as_it_is()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_project.FilesPresent, Is.EquivalentTo(Images.Select(image => "img/" + image.Name)));
            Assert.That(Images.Select(image => _project.Files.Read("img/" + image.Name)), Is.EqualTo(Images.Select(image => image.Bytes)));
            Assert.That(_origin.AccessLog.Select(entry => (entry.Method, entry.Target, entry.Status, entry.IsConditional)),
                Is.EquivalentTo(Images.Select(image => ("GET", FileOrigin.Target(image.Name), 200, false))));
            Assert.That(Images.Select(image => _project.Record("img/" + image.Name)!.Validators.EntityTag is not null), Is.All.EqualTo(server.HasEntityTags));
            Assert.That(Images.Select(image => _project.Record("img/" + image.Name)!.Validators.LastModified), Is.All.Not.Null);
        });
    }

    [Test]
    public async Task Nothing_new_sends_and_touches_nothing()
    {
        var times = Times();
        _origin.ClearLog();
        var run = await SyncAsync();
        Assert.Multiple(() =>
        {
            Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(All(SyncStatus.NotModified)));
            Assert.That((run.BytesReceived, run.BytesSpared), Is.EqualTo((0L, (long)Images.Sum(image => image.Bytes.Length))));
            Assert.That(Times(), Is.EqualTo(times));
            Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(Images.Select(_ => 304)));
        });
        if (server.LogsHeaders)
        {
            Assert.That(_origin.AccessLog.Select(entry => (entry.Target, entry.IfNoneMatch, entry.IfModifiedSince)), Is.EquivalentTo(Images.Select(Sent)));
        }
    }

    [Test]
    public async Task One_changed_image_is_replaced_alone_and_has_new_validators()
    {
        var (times, before) = (Times(), Sent(Images[4]));
        var changed = SampleImages.AnimatedGif(77);
        _origin.Put(Images[4].Name, changed);
        Assert.That(await StatusesAsync(), Is.EqualTo(AllBut(4, SyncStatus.Updated)));
        Assert.Multiple(() =>
        {
            Assert.That(_project.Files.Read("img/" + Images[4].Name), Is.EqualTo(changed));
            Assert.That(Times().Where((_, index) => index != 4), Is.EqualTo(times.Where((_, index) => index != 4)));
            Assert.That(Sent(Images[4]), Is.Not.EqualTo(before));
        });
        _origin.ClearLog();
        Assert.That(await StatusesAsync(), Is.EqualTo(All(SyncStatus.NotModified)));
        if (server.LogsHeaders)
        {
            Assert.That(_origin.AccessLog.Select(entry => (entry.Target, entry.IfNoneMatch, entry.IfModifiedSince)), Does.Contain(Sent(Images[4])));
        }
    }

    [Test]
    public async Task A_deleted_image_is_kept_with_a_warning()
    {
        var times = Times();
        _origin.Delete(Images[6].Name);
        var run = await SyncAsync();
        var deleted = run.Outcomes[6];
        Assert.Multiple(() =>
        {
            Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(AllBut(6, SyncStatus.Kept)));
            Assert.That(deleted.StatusCode, Is.EqualTo(404));
            Assert.That(deleted.Diagnostics.Select(diagnostic => (diagnostic.CodeText, diagnostic.Severity)), Is.EqualTo(new[] { ("IMGSYNC2003", Severity.Warning) }));
            Assert.That(_project.Files.Read("img/" + Images[6].Name), Is.EqualTo(Images[6].Bytes));
            Assert.That(Times(), Is.EqualTo(times));
        });
    }

    [Test]
    public async Task Deployed_again_with_the_same_bytes_all_stay_untouched_and_have_new_validators()
    {
        var times = Times();
        foreach (var (name, bytes) in Images)
        {
            _origin.Put(name, bytes);
        }

        Assert.That(await StatusesAsync(), Is.EqualTo(All(SyncStatus.Unchanged)));
        Assert.That(await StatusesAsync(), Is.EqualTo(All(SyncStatus.NotModified)));
        Assert.That(Times(), Is.EqualTo(times));
    }

    [Test]
    public async Task A_check_asks_for_heads_and_tells_what_a_sync_would_change()
    {
        _origin.ClearLog();
        Assert.That((await CheckAsync()).Outcomes.Select(outcome => outcome.Status), Is.EqualTo(All(SyncStatus.NotModified)));
        Assert.That(_origin.AccessLog.Select(entry => (entry.Method, entry.Status)), Is.EqualTo(Images.Select(_ => ("HEAD", 304))));

        _origin.Put(Images[0].Name, SampleImages.Png(9, 39_000));
        _origin.Delete(Images[1].Name);
        _project.Files.Delete("img/" + Images[2].Name);
        _origin.ClearLog();
        Assert.That((await CheckAsync()).Outcomes.Select(outcome => outcome.Status),
            Is.EqualTo(new[] { SyncStatus.Modified, SyncStatus.Kept, SyncStatus.Missing }.Concat(Images.Skip(3).Select(_ => SyncStatus.NotModified))));
        Assert.That(_origin.AccessLog.Where(entry => entry.Method == "GET").Select(entry => (entry.Target, entry.Status)), Is.EqualTo(new[] { ("/photo.jpg", 404) }));
    }

    [Test]
    public async Task Rolled_back_to_an_older_file_it_is_noticed_if_the_server_can_and_when_refreshed_in_any_case()
    {
        var old = SampleImages.Jpeg(99);
        _origin.Put(Images[1].Name, old, Older);
        Assert.That(await StatusesAsync(), Is.EqualTo(AllBut(1, server.NoticesOlderFiles ? SyncStatus.Updated : SyncStatus.NotModified)));
        _project.Options = _project.Options with { RefreshAfter = TimeSpan.FromTicks(1) };
        Assert.That(await StatusesAsync(), Is.EqualTo(server.NoticesOlderFiles ? All(SyncStatus.Unchanged) : AllBut(1, SyncStatus.Updated, SyncStatus.Unchanged)));
        Assert.That(_project.Files.Read("img/" + Images[1].Name), Is.EqualTo(old));
    }

    private IEnumerable<RemoteImageDeclaration> Declarations => Images.Select(image => new RemoteImageDeclaration(_origin.Url(image.Name)) { LocalPath = "img/" + image.Name });

    private Task<SyncRun> SyncAsync() => _project.RunAsync(Declarations);

    private Task<SyncRun> CheckAsync() => _project.CheckAsync(Declarations);

    private async Task<IEnumerable<SyncStatus>> StatusesAsync() => (await SyncAsync()).Outcomes.Select(outcome => outcome.Status);

    private static SyncStatus[] All(SyncStatus status) => [.. Images.Select(_ => status)];

    private static SyncStatus[] AllBut(int one, SyncStatus status, SyncStatus others = SyncStatus.NotModified) =>
        [.. Images.Select((_, index) => index == one ? status : others)];

    private List<DateTime> Times() => [.. Images.Select(image => _project.TimeOf("img/" + image.Name))];

    // What a conditional request for the image carries, as a log tells it.
    private (string Target, string? IfNoneMatch, string? IfModifiedSince) Sent((string Name, byte[] Bytes) image)
    {
        var validators = _project.Record("img/" + image.Name)!.Validators;
        return (FileOrigin.Target(image.Name), validators.EntityTag, validators.LastModified);
    }
}
