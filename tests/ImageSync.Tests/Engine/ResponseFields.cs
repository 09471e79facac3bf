using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>What the fields of an answer are taken for, where it is easily taken wrong.</summary>
public class ResponseFields
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    // RFC 9112 §6.3: a 304 ends with its head, whatever its fields say of the 200 that it stands for.
    [TestCase("Content-Length", "677777")]
    [TestCase("Transfer-Encoding", "chunked")]
    [TestCase("Content-Encoding", "gzip")]
    [TestCase("Content-Type", "text/html")]
    public async Task A_304_has_no_body_whatever_it_declares(string field, string value)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.NotModified(("ETag", "\"v1\""), (field, value)));
        await SyncAsync();
        _project.Options = _project.Options with { Retries = 0, IdleTimeout = TimeSpan.FromSeconds(5) };
        var (before, outcome) = (_project.Record()!, await SyncAsync());
        Assert.That((outcome.Status, outcome.Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.NotModified, 0, Old)));
        Assert.That((_project.Record()!.MediaType, _project.Record()!.Stamp), Is.EqualTo((before.MediaType, before.Stamp)));
    }

    [Test]
    public async Task A_304_of_a_redirector_to_a_question_without_condition_proves_nothing()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/v1"), Reply.NotModified(("ETag", "\"v1\"")), Reply.Redirect(302, "/v2"));
        _origin.On("/v1", Reply.Ok(Old, ("ETag", "\"v1\""))).On("/v2", Reply.Ok(New, ("ETag", "\"v2\"")));
        await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_origin.RequestsTo("/a.png").Select(request => (request.IsConditional, request.Header("Cache-Control"))), Is.EqualTo(new[] { (false, null), (false, null), (false, "no-cache") }));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task What_varies_by_everything_is_never_fresh_and_still_asked_with_its_tag()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\""), ("Cache-Control", "max-age=3600"), ("Vary", "*")), Reply.NotModified(("ETag", "\"v1\"")));
        await SyncAsync("server");
        Assert.That((await SyncAsync("server")).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    // RFC 9530 §2, §3: over the bytes as they are coded, not as they become.
    [TestCase("Content-Digest")]
    [TestCase("Repr-Digest")]
    public async Task A_digest_is_that_of_the_coded_bytes(string field)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Old);
        }

        var coded = packed.ToArray();
        _origin.On("/a.png", Reply.Ok(coded, ("Content-Encoding", "gzip"), (field, Digest(Old))), Reply.Ok(coded, ("Content-Encoding", "gzip"), (field, Digest(coded))));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, 2, Old)));

        static string Digest(byte[] bytes) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:";
    }

    // An origin whose clock is decades behind: its date is not ours, but the second between its two dates is.
    [Test]
    public async Task A_date_to_wait_for_is_counted_by_the_origins_own_clock()
    {
        var clock = new DateTimeOffset(1994, 11, 6, 8, 49, 37, TimeSpan.Zero);
        _origin.On("/a.png", Reply.Status(503, ("Date", Text(clock)), ("Retry-After", Text(clock.AddSeconds(1)))), Reply.Ok(Old));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(_origin.Requests[1].Time - _origin.Requests[0].Time, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990)));

        static string Text(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);
    }

    [TestCase(401)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(407)]
    [TestCase(416)]
    [TestCase(451)]
    [TestCase(501)]
    [TestCase(505)]
    public async Task A_refusal_is_not_repeated(int status)
    {
        _origin.On("/a.png", Reply.Status(status));
        Assert.That(((await SyncAsync()).Status, _origin.Requests.Count), Is.EqualTo((SyncStatus.Failed, 1)));
    }

    private Task<SyncOutcome> SyncAsync(string maxAge = "") => _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxAge = maxAge });
}
