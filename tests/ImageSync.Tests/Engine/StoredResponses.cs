using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>What may be kept of a response, for how long it spares a request, and for which requests it is good.</summary>
public class StoredResponses
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase("max-age=3600", SyncStatus.Fresh)]
    [TestCase("max-age=0", SyncStatus.NotModified)]
    [TestCase("no-cache", SyncStatus.NotModified)]
    [TestCase("max-age=oops", SyncStatus.NotModified)]
    [TestCase("", SyncStatus.NotModified)]
    public async Task The_origins_own_lifetime_spares_a_request_where_it_is_asked_for(string cacheControl, object status)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\""), ("Cache-Control", cacheControl)), Reply.NotModified(("ETag", "\"v1\"")));
        await SyncAsync("/a.png", maxAge: "server");
        Assert.That((await SyncAsync("/a.png", maxAge: "server")).Status, Is.EqualTo(status));
        Assert.That((await SyncAsync("/a.png", maxAge: "0")).Status, Is.EqualTo(SyncStatus.NotModified), "nobody asked for it here");
    }

    [Test]
    public async Task A_304_can_make_stale_bytes_fresh_and_fresh_bytes_stale()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.NotModified(("ETag", "\"v1\""), ("Cache-Control", "max-age=3600")), Reply.NotModified(("ETag", "\"v1\""), ("Cache-Control", "no-cache")));
        await SyncAsync("/a.png", maxAge: "server");
        Assert.That((await SyncAsync("/a.png", maxAge: "server")).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That((await SyncAsync("/a.png", maxAge: "server")).Status, Is.EqualTo(SyncStatus.Fresh));
        _project.Options = _project.Options with { ByHand = true };
        Assert.That((await SyncAsync("/a.png", maxAge: "server")).Status, Is.EqualTo(SyncStatus.NotModified));
        _project.Options = _project.Options with { ByHand = false };
        Assert.That((await SyncAsync("/a.png", maxAge: "server")).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task Of_a_response_that_says_no_store_only_the_file_is_kept()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\""), ("Cache-Control", "no-store")));
        await SyncAsync("/a.png");
        Assert.That((await SyncAsync("/a.png")).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(_origin.Requests[1].IsConditional, Is.False);
        Assert.That(File.ReadAllText(_project.Options.CacheFile), Does.Not.Contain("v1"));
    }

    [Test]
    public async Task A_date_of_the_same_second_is_not_trusted_until_a_later_answer_confirms_it()
    {
        const string Date = "Sat, 21 Nov 2026 12:00:00 GMT";
        _origin.On("/a.png",
            Reply.Ok(Old, ("Last-Modified", Date), ("Date", Date)),
            Reply.Ok(New, ("Last-Modified", Date), ("Date", "Sat, 21 Nov 2026 12:15:00 GMT")),
            Reply.NotModified());
        await SyncAsync("/a.png");
        Assert.That((await SyncAsync("/a.png")).Status, Is.EqualTo(SyncStatus.Updated), "changed once more in that second");
        Assert.That((await SyncAsync("/a.png")).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.Requests.Select(request => request.Header("If-Modified-Since")), Is.EqualTo(new[] { null, null, Date }));
    }

    [Test]
    public async Task Other_headers_select_other_bytes()
    {
        _origin.On("/a.png", request => Reply.Current(request, request.Header("X-Tenant") == "1" ? Old : New, "\"same\""));
        await SyncAsync("/a.png", headers: "X-Tenant: 1");
        Assert.That((await SyncAsync("/a.png", headers: "X-Tenant: 1")).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That((await SyncAsync("/a.png", headers: "X-Tenant: 2")).Status, Is.EqualTo(SyncStatus.Updated));
    }

    [Test]
    public async Task A_signature_that_changes_costs_no_download_and_is_not_stored()
    {
        _origin.On("/a.png?sig=one", Reply.Redirect(302, "/store/a.png?sig=three")).On("/a.png?sig=two", Reply.Redirect(302, "/store/a.png?sig=four"));
        _origin.On("/store/a.png?sig=three", Reply.Ok(Old, ("ETag", "\"v1\""))).On("/store/a.png?sig=four", request => Reply.Current(request, Old, "\"v1\""));
        var first = await SyncAsync("/a.png?sig=one", ignoreQuery: "true");
        var second = await SyncAsync("/a.png?sig=two", ignoreQuery: "true");
        Assert.That((first.Status, second.Status, second.Url, second.EffectiveUrl), Is.EqualTo((SyncStatus.Added, SyncStatus.NotModified, _origin.Url("/a.png"), _origin.Url("/store/a.png"))));
        Assert.That(File.ReadAllText(_project.Options.CacheFile), Does.Not.Contain("sig="));
    }

    [Test]
    public async Task A_poisoned_cache_puts_nothing_of_its_own_on_the_wire()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync("/a.png");
        var record = _project.Record()!;
        var line = Storage.ValidatorCacheFormatTests.Poisoned(record, "\"v1\"\r\nX-Evil: 1");
        File.AppendAllText(_project.Options.CacheFile, line);
        await SyncAsync("/a.png");
        Assert.That(_origin.Requests[1].RawText, Does.Not.Contain("Evil"));
        Assert.That(_origin.Requests[1].IsConditional, Is.False);
    }

    private Task<SyncOutcome> SyncAsync(string target, string maxAge = "", string headers = "", string ignoreQuery = "") =>
        _project.SyncAsync(_origin.Url(target), with: image => image with { MaxAge = maxAge, RequestHeaders = headers, IgnoreQuery = ignoreQuery });
}
