using System.IO.Compression;
using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Whatever goes wrong, the local file is what it was, and somebody is told why.</summary>
public class Faults
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 300_000);
    private static readonly byte[] Page = "<!doctype html><title>Sign in</title>"u8.ToArray();

    private ScriptedOrigin _origin;
    private Project _project;

    private static IEnumerable<TestCaseData> BadAnswers()
    {
        yield return Case("cut body", Reply.Ok(New).CutAfter(200_000), "IMGSYNC2001", 4);
        yield return Case("cut body of a few bytes", Reply.Ok(New).CutAfter(10), "IMGSYNC2001", 4);
        yield return Case("reset in the body", Reply.Ok(New).ResetAfter(200_000), "IMGSYNC2001", 4);
        yield return Case("stalled head", Reply.Raw("").Stall(), "IMGSYNC2001", 4);
        yield return Case("stalled body", Reply.Ok(New).Stall(200_000), "IMGSYNC2001", 4);
        yield return Case("cut chunks", Reply.Ok(New).Chunked(1000).CutAfter(200_000), "IMGSYNC2001", 4);
        yield return Case("close without an announcement, at the end of half an image", Reply.Ok(New[..^100]).WithoutLength(), "IMGSYNC3001", 1);
        yield return Case("no HTTP", Reply.Raw("SSH-2.0-OpenSSH_9.2\r\n"), "IMGSYNC2001", 4);
        yield return Case("page with status 200", Reply.Ok(Page, ("Content-Type", "image/png")), "IMGSYNC3001", 1);
        yield return Case("empty 200", Reply.Ok([]), "IMGSYNC3001", 1);
        yield return Case("image that the origin itself has cut", Reply.Ok(New[..^100]), "IMGSYNC3001", 1);
        yield return Case("204", Reply.Status(204), "IMGSYNC2004", 1);
        yield return Case("206", Reply.Status(206, ("Content-Range", "bytes 0-1/2")), "IMGSYNC2004", 1);
        yield return Case("404", Reply.Status(404), "IMGSYNC2003", 1);
        yield return Case("500", Reply.Status(500), "IMGSYNC2002", 4);
        yield return Case("503", Reply.Status(503), "IMGSYNC2002", 4);
        yield return Case("503 that asks for more time than there is", Reply.Status(503, ("Retry-After", "3600")), "IMGSYNC2002", 1);
        yield return Case("unknown coding", Reply.Ok(New, ("Content-Encoding", "zstd")), "IMGSYNC3001", 1);
        yield return Case("coding that is none", Reply.Ok(New, ("Content-Encoding", "gzip")), "IMGSYNC2001", 4);
        yield return Case("redirect without Location", Reply.Status(302), "IMGSYNC2004", 1);
        yield return Case("redirect to itself", Reply.Redirect(302, "/a.png"), "IMGSYNC2005", 1);
        yield return Case("redirect to another scheme", Reply.Redirect(302, "ftp://127.0.0.1/a.png"), "IMGSYNC2005", 1);

        static TestCaseData Case(string name, Reply reply, string code, int requests) => new TestCaseData(reply, code, requests).SetName("{m}: " + name);
    }

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCaseSource(nameof(BadAnswers))]
    public async Task A_good_copy_stays_with_a_warning(Reply reply, string code, int requests)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync();
        var (time, record) = (_project.Age(), _project.Record());
        _origin.Clear();
        Script(reply);
        var outcome = await SyncAsync();
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, code, Severity.Warning)));
            Assert.That((_project.Files.Read("img/a.png"), _project.TimeOf()), Is.EqualTo((Old, time)));
            Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }));
            Assert.That(_project.Record()! with { NotBefore = null }, Is.EqualTo(record));
            Assert.That(_origin.Requests, Has.Count.EqualTo(requests));
        });
    }

    [TestCaseSource(nameof(BadAnswers))]
    public async Task Without_a_copy_it_is_an_error_and_no_file_appears(Reply reply, string code, int requests)
    {
        Script(reply);
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Failed, code, Severity.Error)));
        Assert.That((_project.FilesPresent, _origin.Requests.Count), Is.EqualTo((Array.Empty<string>(), requests)));
    }

    [Test]
    public async Task An_optional_image_without_a_copy_is_a_warning()
    {
        _origin.On("/a.png", Reply.Status(404));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { Optional = "true" });
        Assert.That((outcome.Status, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Failed, Severity.Warning)));
    }

    [Test]
    public async Task A_transient_failure_is_repeated_when_the_origin_says_and_then_succeeds()
    {
        _origin.On("/a.png", Reply.Status(503, ("Retry-After", "1")), Reply.Ok(New));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.Added, 2, 0)));
        Assert.That(_origin.Requests[1].Time - _origin.Requests[0].Time, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(990)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task An_origin_that_wants_to_be_left_alone_is_until_then(bool hasCopy)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        if (hasCopy)
        {
            await SyncAsync();
        }

        _origin.Clear();
        _origin.On("/a.png", Reply.Status(429, ("Retry-After", "3600")));
        await SyncAsync();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, _origin.Requests.Count),
            Is.EqualTo((hasCopy ? SyncStatus.Kept : SyncStatus.Failed, "IMGSYNC2002", 1)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("accepts no requests before"));

        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v2\"")));
        _project.Options = _project.Options with { Force = true };
        Assert.That((await SyncAsync()).Changed);
        Assert.That(_project.Record()!.NotBefore, Is.Null);
    }

    [Test]
    public async Task A_dead_origin_costs_many_images_one_silence()
    {
        _project.Options = _project.Options with { Retries = 3, MaxConnectionsPerHost = 8, IdleTimeout = TimeSpan.FromMilliseconds(500) };
        for (var i = 0; i < 200; i++)
        {
            _origin.On($"/{i}.png", Reply.Raw("").Stall());
        }

        var run = await _project.RunAsync(Enumerable.Range(0, 200).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"{i}.png" }));
        Assert.That(run.Outcomes.Select(outcome => outcome.Diagnostics.Single().CodeText), Is.All.EqualTo("IMGSYNC2001"));
        Assert.That(run.Outcomes[^1].Diagnostics[0].Message, Does.Contain("was not asked again"));
        // Eight at once; on a busy machine, another one after each of the seven failures that do not open the breaker yet; a probe, and
        // one for an image that was not asked for yet.
        Assert.That(_origin.Requests, Has.Count.LessThanOrEqualTo(8 + 7 + 2));
    }

    [TestCase("Content-Digest")]
    [TestCase("Repr-Digest")]
    public async Task Bytes_that_are_not_those_of_their_digest_are_refused(string field)
    {
        var right = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(New))}:";
        var wrong = $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Old))}:";
        _origin.On("/a.png", Reply.Ok(New, (field, wrong)), Reply.Ok(New, (field, right)));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts), Is.EqualTo((SyncStatus.Added, 2)));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("deflate")]
    public async Task A_coded_body_is_decoded_and_one_that_breaks_off_is_refused(string coding)
    {
        using var coded = new MemoryStream();
        using (Stream encoder = coding == "gzip" ? new GZipStream(coded, CompressionLevel.Fastest, true) : coding == "br" ? new BrotliStream(coded, CompressionLevel.Fastest, true) : new ZLibStream(coded, CompressionLevel.Fastest, true))
        {
            encoder.Write(Old);
        }

        _origin.On("/a.png", Reply.Ok(coded.ToArray()[..^1], ("Content-Encoding", coding)), Reply.Ok(coded.ToArray(), ("Content-Encoding", coding), ("ETag", "\"v1-gzip\"")), Reply.NotModified());
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, 2, Old)));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task A_bomb_is_stopped_at_MaxBytes()
    {
        using var coded = new MemoryStream();
        using (var encoder = new GZipStream(coded, CompressionLevel.Optimal, true))
        {
            encoder.Write(new byte[50_000_000]);
        }

        _origin.On("/a.png", Reply.Ok(coded.ToArray(), ("Content-Encoding", "gzip")));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxBytes = "1000000" });
        Assert.That((outcome.Diagnostics.Single().CodeText, _project.FilesPresent.Count()), Is.EqualTo(("IMGSYNC3003", 0)));
    }

    [Test]
    public async Task A_body_that_was_cut_is_fetched_anew_from_its_beginning()
    {
        _origin.On("/a.png", Reply.Ok(New).CutAfter(200_000), Reply.Ok(New).ResetAfter(10), Reply.Ok(New));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, 3, New)));
    }

    [Test]
    public async Task No_retries_where_none_are_wanted()
    {
        _origin.On("/a.png", Reply.Status(503));
        _project.Options = _project.Options with { Retries = 0 };
        await SyncAsync();
        Assert.That(_origin.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_whole_takes_no_longer_than_its_time()
    {
        _origin.On("/a.png", Reply.Ok(New).Trickle(100, TimeSpan.FromMilliseconds(50)));
        _project.Options = _project.Options with { Timeout = TimeSpan.FromSeconds(1) };
        var outcome = await SyncAsync();
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("longer than 1 s in all (ImageSyncTimeout)"));
    }

    [Test]
    public async Task A_refused_connection_is_told_as_such([Values(0, 3)] int retries)
    {
        using var dead = new DeadPort();
        _project.Options = _project.Options with { Retries = retries, ConnectTimeout = TimeSpan.FromSeconds(1) };
        var outcome = await _project.SyncAsync(dead.Url("/a.png"));
        Assert.That((outcome.Diagnostics[0].CodeText, outcome.StatusCode), Is.EqualTo(("IMGSYNC2001", (int?)null)));
        Assert.That(outcome.Attempts, retries == 0 ? Is.EqualTo(1) : Is.GreaterThan(4), "it is probed for as long as a connection may take");
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("the connection was refused"));
    }

    [TestCase("ok", 299_000, false)]
    [TestCase("chunked", 299_000, false)]
    [TestCase("ok", 310_000, true)]
    [TestCase("chunked", 310_000, true)]
    public async Task A_size_above_MaxBytes_is_refused(string framing, int maxBytes, bool accepted)
    {
        _origin.On("/a.png", framing == "ok" ? Reply.Ok(New) : Reply.Ok(New).Chunked(5000));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxBytes = $"{maxBytes}" });
        Assert.That(outcome.Diagnostics.Select(diagnostic => diagnostic.CodeText), Is.EqualTo(accepted ? Array.Empty<string>() : ["IMGSYNC3003"]));
    }

    [Test]
    public async Task A_wrong_digest_is_an_error_and_the_file_stays()
    {
        _origin.On("/a.png", Reply.Ok(Old), Reply.Ok(New));
        await SyncAsync();
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { Sha256 = new string('0', 64) });
        Assert.That((outcome.Status, outcome.Diagnostics[0].CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3002", Severity.Error)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
    }

    [Test]
    public async Task An_extension_that_does_not_fit_is_a_warning_and_the_file_is_written()
    {
        _origin.On("/a.png", Reply.Ok(SampleImages.WebP()));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Added, "IMGSYNC3005")));
    }

    [TestCase("wwwroot/avatar/", "the LocalPath \"wwwroot/avatar/123.png\"")]
    [TestCase("images/", null)]
    public async Task A_served_file_without_an_extension_is_told(string folder, string? words)
    {
        _origin.On("/avatar/123", request => Reply.Current(request, Old, "\"v1\""));
        var outcome = await _project.SyncAsync(_origin.Url("/avatar/123"), folder);
        Assert.That((outcome.Status, outcome.LocalPath), Is.EqualTo((SyncStatus.Added, folder + "123")));
        Assert.That(outcome.Diagnostics.Select(diagnostic =>
            (diagnostic.CodeText, diagnostic.Severity, diagnostic.Message.Contains(words!, StringComparison.Ordinal))),
            Is.EqualTo(words is null ? [] : new[] { ("IMGSYNC3005", Severity.Warning, true) }));
    }

    [Test]
    public async Task Anything_is_accepted_where_anything_is_declared()
    {
        _origin.On("/feed.xml", Reply.Ok("<rss/>"u8.ToArray(), ("Content-Type", "application/rss+xml")));
        var outcome = await _project.SyncAsync(_origin.Url("/feed.xml"), "feed.xml", image => image with { MediaType = "*/*" });
        Assert.That((outcome.Status, outcome.MediaType), Is.EqualTo((SyncStatus.Added, "application/rss+xml")));
    }

    [Test]
    public async Task Offline_keeps_what_is_there_and_asks_nobody()
    {
        _origin.On("/a.png", Reply.Ok(Old));
        await SyncAsync();
        _project.Options = _project.Options with { Offline = true };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Fresh));
        var missing = await _project.SyncAsync(_origin.Url("/b.png"), "img/b.png");
        Assert.That((missing.Status, missing.Diagnostics[0].CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC2006")));
        Assert.That(_origin.Requests, Has.Count.EqualTo(1));
    }

    // Where it is no silence that is waited for, a machine that is busy elsewhere must not be taken for one.
    private void Script(Reply reply)
    {
        _origin.On("/a.png", reply);
        _project.Options = reply.EndsInSilence ? _project.Options with { IdleTimeout = TimeSpan.FromMilliseconds(200) } : _project.Options;
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));
}
