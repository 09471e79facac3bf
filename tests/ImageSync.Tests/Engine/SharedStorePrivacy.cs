using System.Text;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>What requests that differ in secrets share in a store, and what of those secrets it holds: nothing.</summary>
public class SharedStorePrivacy
{
    private const string Variable = "IMAGESYNC_TEST_STORE_SECRET";
    private static readonly byte[] Mine = SampleImages.Png(1, 4000);
    private static readonly byte[] Theirs = SampleImages.Png(2, 4000);

    private ScriptedOrigin _origin;
    private StoreFolder _store;
    private Project _first;
    private Project _second;

    [SetUp]
    public void SetUp()
    {
        (_origin, _store) = (new ScriptedOrigin(), new StoreFolder());
        (_first, _second) = (_store.Checkout(), _store.Checkout());
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _origin.DisposeAsync();
    }

    [Test]
    public async Task Other_headers_are_another_request()
    {
        _origin.On("/a.png", request => Reply.Current(request, request.Header("X-Tenant") == "1" ? Mine : Theirs, "\"v1\""));
        await SyncAsync(_first, "/a.png", "X-Tenant: 1");
        Assert.That(await SyncAsync(_second, "/a.png", "X-Tenant: 2"), Is.EqualTo((SyncStatus.Added, 200)));
        Assert.That(await SyncAsync(_store.Checkout(), "/a.png", ""), Is.EqualTo((SyncStatus.Added, 200)));
        Assert.That(await SyncAsync(_store.Checkout(), "/a.png", "X-Tenant: 1"), Is.EqualTo((SyncStatus.Added, 304)));
        Assert.That(await SyncAsync(_store.Checkout(), "/a.png", "X-Tenant: 2"), Is.EqualTo((SyncStatus.Added, 304)));
        Assert.That((_first.Files.Read("img/a.png"), _second.Files.Read("img/a.png")), Is.EqualTo((Mine, Theirs)));
    }

    // A secret's value is no part of the store, so two tenants have one record. Only a strong tag tells their bytes apart.
    [TestCase("W/\"v1\"", null, 200)]
    [TestCase(null, "Sat, 21 Nov 2020 12:00:00 GMT", 200)]
    [TestCase("\"v1\"", "Sat, 21 Nov 2020 12:00:00 GMT", 304)]
    public async Task Behind_a_secret_only_a_strong_tag_is_trusted(string? tag, string? date, int status)
    {
        _origin.On("/a.png", request => request.IsConditional
            ? Reply.NotModified()
            : Reply.Ok(Mine, [.. new[] { ("ETag", tag), ("Last-Modified", date) }.Where(field => field.Item2 is not null).Select(field => (field.Item1, field.Item2!))]));
        Environment.SetEnvironmentVariable(Variable, "one");
        await SyncAsync(_first, "/a.png", $"Authorization: Bearer ${{{Variable}}}");
        Environment.SetEnvironmentVariable(Variable, "two");
        Assert.That(await SyncAsync(_second, "/a.png", $"Authorization: Bearer ${{{Variable}}}"), Is.EqualTo((SyncStatus.Added, status)));
        Assert.That(_origin.Requests[^1].Header("If-Modified-Since"), Is.Null);
        Assert.That(await SyncAsync(_second, "/a.png", $"Authorization: Bearer ${{{Variable}}}"), Is.EqualTo((SyncStatus.NotModified, 304)), "its own record is trusted as ever");
    }

    [TestCase("/a.png?sig=1", "/a.png?sig=2", "true", "\"v1\"", 304)]
    [TestCase("/a.png?sig=1", "/a.png?sig=2", "true", "W/\"v1\"", 200)]
    [TestCase("/a.png?sig=1", "/a.png?sig=2", "false", "\"v1\"", 200)]
    [TestCase("/a.png?sig=1", "/a.png?sig=1", "false", "W/\"v1\"", 304)]
    public async Task Signed_URLs(string target, string next, string ignoreQuery, string tag, int status)
    {
        foreach (var any in new[] { target, next })
        {
            _origin.On(any, request => Reply.Current(request, Mine, tag));
        }

        await _first.SyncAsync(_origin.Url(target), with: image => image with { IgnoreQuery = ignoreQuery });
        Assert.That((await _second.SyncAsync(_origin.Url(next), with: image => image with { IgnoreQuery = ignoreQuery })).StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task No_secret_is_in_the_store()
    {
        const string Secret = "s3cr3t-4d1a7f0e";
        Environment.SetEnvironmentVariable(Variable, Secret);
        await using var elsewhere = new ScriptedOrigin();
        elsewhere.On($"/real.png?sig={Secret}", Reply.Ok(Theirs, ("ETag", "\"1\"")));
        _origin.On($"/a.png?token={Secret}", Reply.Ok(Mine, ("ETag", "\"1\""))).On("/moved.png", Reply.Redirect(302, elsewhere.Url($"/real.png?sig={Secret}")));
        await _first.SyncAsync(_origin.Url($"/a.png?token={Secret}"), with: image => image with { RequestHeaders = $"X-Key: ${{{Variable}}}" });
        await _first.SyncAsync(_origin.Url("/moved.png"), "img/moved.png");
        Assert.That(_store.Records.Count(), Is.EqualTo(2));
        foreach (var file in _store.Records.Concat(_store.Contents.Select(content => content.Path)))
        {
            Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(file)), Does.Not.Contain(Secret), file);
        }
    }

    private async Task<(SyncStatus Status, int? StatusCode)> SyncAsync(Project project, string target, string headers)
    {
        var outcome = await project.SyncAsync(_origin.Url(target), with: image => image with { RequestHeaders = headers });
        return (outcome.Status, outcome.StatusCode);
    }
}
