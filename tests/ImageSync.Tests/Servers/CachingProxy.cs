using System.Diagnostics;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Servers;

/// <summary>A shared cache between us and the origin: Varnish before nginx.</summary>
public class CachingProxy
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private TestDirectory _directory;
    private NginxOrigin _origin = null!;
    private VarnishCache _cache = null!;
    private Project _project;

    [SetUp]
    public void SetUp() => (_directory, _project) = (new TestDirectory(), new Project());

    [TearDown]
    public async Task TearDown()
    {
        if (_cache is not null)
        {
            await _cache.DisposeAsync();
        }

        if (_origin is not null)
        {
            await _origin.DisposeAsync();
        }
    }

    [Test]
    public async Task The_cache_says_304_on_its_own_and_has_the_new_bytes_after_a_purge()
    {
        Start("max-age=0, s-maxage=3600");
        await IsAsync(SyncStatus.Added, Old);
        await IsAsync(SyncStatus.NotModified, Old);
        _origin.Put("a.png", New);
        await IsAsync(SyncStatus.NotModified, Old);
        Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200 }));
        await _cache.PurgeAsync("a.png");
        await IsAsync(SyncStatus.Updated, New);
        await IsAsync(SyncStatus.NotModified, New);
        Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200, 200 }));
    }

    [Test]
    public async Task A_forced_sync_gets_the_new_bytes_past_a_cache_that_minds_no_cache()
    {
        Start("max-age=0, s-maxage=3600");
        await IsAsync(SyncStatus.Added, Old);
        _origin.Put("a.png", New);
        await IsAsync(SyncStatus.NotModified, Old);
        _project.Options = _project.Options with { Force = true };
        await IsAsync(SyncStatus.Updated, New);
        _project.Options = _project.Options with { Force = false };
        await IsAsync(SyncStatus.NotModified, New);
    }

    [Test]
    public async Task The_new_bytes_come_when_the_cache_has_had_its_time()
    {
        Start("max-age=0, s-maxage=1", "set beresp.grace = 0s;");
        await IsAsync(SyncStatus.Added, Old);
        _origin.Put("a.png", New);
        var statuses = new List<SyncStatus>();
        for (var watch = Stopwatch.StartNew(); !statuses.Contains(SyncStatus.Updated) && watch.Elapsed < TimeSpan.FromSeconds(15); await Task.Delay(100))
        {
            statuses.Add((await SyncAsync()).Status);
        }

        Assert.That(statuses[..^1], Is.All.EqualTo(SyncStatus.NotModified));
        await IsAsync(SyncStatus.NotModified, New);
    }

    // With keep, Varnish revalidates what is no longer fresh, so the origin's 304 becomes ours.
    [Test]
    public async Task A_cache_that_revalidates_each_time_passes_304s_on()
    {
        Start("max-age=0", "set beresp.ttl = 0.001s; set beresp.grace = 0s; set beresp.keep = 1h;");
        await IsAsync(SyncStatus.Added, Old);
        await IsAsync(SyncStatus.NotModified, Old);
        await IsAsync(SyncStatus.NotModified, Old);
        _origin.Put("a.png", New);
        await IsAsync(SyncStatus.Updated, New);
        await IsAsync(SyncStatus.NotModified, New);
        Assert.That(_origin.AccessLog.Select(entry => (entry.Status, entry.IsConditional)), Is.EqualTo(new[] { (200, false), (304, true), (304, true), (200, true), (304, true) }));
    }

    [Test]
    public async Task An_origin_that_is_gone_behind_the_cache_is_a_warning_and_the_copy_stays()
    {
        Start("max-age=0", "set beresp.grace = 0s;");
        await IsAsync(SyncStatus.Added, Old);
        // Varnish says Retry-After: 5.
        _project.Options = _project.Options with { Retries = 0 };
        await _origin.DisposeAsync();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.StatusCode, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity),
            Is.EqualTo((SyncStatus.Kept, (int?)503, "IMGSYNC2002", Severity.Warning)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
    }

    private void Start(string cacheControl, string onOriginAnswer = "")
    {
        _origin = new NginxOrigin(_directory.PathOf("nginx"), $"""add_header Cache-Control "{cacheControl}";""");
        _origin.Put("a.png", Old);
        _cache = new VarnishCache(_directory.PathOf("varnish"), _origin, onOriginAnswer);
    }

    private async Task IsAsync(SyncStatus status, byte[] bytes)
    {
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((status, 0)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(bytes));
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_cache.Url("a.png"));
}
