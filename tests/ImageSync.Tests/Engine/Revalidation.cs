using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>The main job: ask with validators, keep on 304, replace on other bytes.</summary>
public class Revalidation
{
    private const string Date = "Sat, 21 Nov 2026 12:00:00 GMT";
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task First_sync_adds_and_asks_without_condition()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        var outcome = await SyncAsync();
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Status, Is.EqualTo(SyncStatus.Added));
            Assert.That(outcome.Diagnostics, Is.Empty);
            Assert.That(outcome.BytesReceived, Is.EqualTo(Old.Length));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
            Assert.That(_origin.Requests.Single().IsConditional, Is.False);
            Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }));
        });
    }

    [TestCase("\"v1\"")]
    [TestCase("W/\"v1\"")]
    [TestCase("w/\"v1\"")]
    [TestCase("unquoted")]
    [TestCase("'single'")]
    [TestCase("\"in\"ner\"")]
    [TestCase("\"with space\"")]
    [TestCase("\"\u00e9\u0085\u00ff\"")]
    public async Task Validators_go_back_octet_for_octet(string tag)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", tag), ("Last-Modified", "Saturday, 21-Nov-26 12:00:00 GMT")), Reply.NotModified());
        await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.Requests[1].Header("If-None-Match"), Is.EqualTo(tag));
        Assert.That(_origin.Requests[1].Header("If-Modified-Since"), Is.EqualTo("Saturday, 21-Nov-26 12:00:00 GMT"));
    }

    [Test]
    public async Task Not_modified_touches_nothing()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("Last-Modified", Date)), Reply.NotModified());
        await SyncAsync();
        var time = _project.Age();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.StatusCode, outcome.BytesReceived, outcome.Length, _project.TimeOf()),
            Is.EqualTo((SyncStatus.NotModified, (int?)304, 0L, (long?)Old.Length, time)));
    }

    [Test]
    public async Task The_same_bytes_again_touch_nothing_and_refresh_the_record()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Ok(Old, ("ETag", "\"v2\"")));
        await SyncAsync();
        var time = _project.Age();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That((_project.TimeOf(), _project.Record()!.Validators.EntityTag, _project.Record()!.Written), Is.EqualTo((time, "\"v2\"", true)));
    }

    [Test]
    public async Task Other_bytes_replace_the_file_and_their_validators_are_the_next_to_be_sent()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Ok(New, ("ETag", "\"v2\"")), Reply.NotModified());
        await SyncAsync();
        var outcome = await SyncAsync();
        await SyncAsync();
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Status, outcome.Changed, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, true, (string?)null)));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
            Assert.That(_origin.Requests[2].Header("If-None-Match"), Is.EqualTo("\"v2\""));
        });
    }

    [Test]
    public async Task A_304_with_another_strong_tag_is_asked_again_without_condition()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.NotModified(("ETag", "\"v2\"")), Reply.Ok(New, ("ETag", "\"v2\"")));
        await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_origin.Requests[2].IsConditional, Is.False);
    }

    [Test]
    public async Task A_304_to_an_unconditional_request_is_asked_again_through_caches_and_then_given_up()
    {
        _origin.On("/a.png", Reply.NotModified());
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics[0].CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC2004")));
        Assert.That(_origin.Requests.Select(request => request.Header("Cache-Control")), Is.EqualTo(new[] { null, "no-cache" }));
    }

    [TestCase(400)]
    [TestCase(412)]
    [TestCase(431)]
    public async Task An_origin_that_chokes_on_validators_is_asked_without(int status)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Status(status), Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(_origin.Requests.Select(request => request.IsConditional), Is.EqualTo(new[] { false, true, false }));
    }

    [TestCase(404, true)]
    [TestCase(410, false)]
    public async Task Validators_outlive_a_404_and_not_a_410(int status, bool conditional)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Status(status), Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync();
        var gone = await SyncAsync();
        Assert.That((gone.Status, gone.Diagnostics.Single().CodeText, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Kept, "IMGSYNC2003", Old)));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(_origin.Requests[2].IsConditional, Is.EqualTo(conditional));
    }

    [Test]
    public async Task A_fresh_image_is_not_asked_for_until_a_person_asks()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.NotModified());
        await SyncAsync(maxAge: "01:00:00");
        Assert.That((await SyncAsync(maxAge: "01:00:00")).Status, Is.EqualTo(SyncStatus.Fresh));
        Assert.That(_origin.Requests, Has.Count.EqualTo(1));
        _project.Options = _project.Options with { ByHand = true };
        Assert.That((await SyncAsync(maxAge: "01:00:00")).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task A_304_makes_an_aged_image_fresh_again()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.NotModified());
        await SyncAsync();
        await SyncAsync(maxAge: "00:00:00.0000001");
        Assert.That((await SyncAsync(maxAge: "01:00:00")).Status, Is.EqualTo(SyncStatus.Fresh));
    }

    [Test]
    public async Task Force_asks_without_condition_and_through_caches()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync();
        _project.Options = _project.Options with { Force = true };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That((_origin.Requests[1].IsConditional, _origin.Requests[1].Header("Cache-Control")), Is.EqualTo((false, "no-cache")));
    }

    [Test]
    public async Task A_request_is_these_lines_and_no_others()
    {
        _origin.On("/a%20b/%2F@2x.png?v=1&w=%3B", Reply.Ok(Old, ("ETag", "\"v1\""), ("Last-Modified", Date)), Reply.NotModified());
        _project.Options = _project.Options with { UserAgent = "ImageSync/1.2 (+https://example)" };
        await _project.SyncAsync(_origin.Url("/a%20b/%2F@2x.png?v=1&w=%3B#fragment"));
        await _project.SyncAsync(_origin.Url("/a%20b/%2F@2x.png?v=1&w=%3B"));
        Assert.That(_origin.Requests[1].RawText, Is.EqualTo(
            $"GET /a%20b/%2F@2x.png?v=1&w=%3B HTTP/1.1\r\nHost: 127.0.0.1:{_origin.Port}\r\nUser-Agent: ImageSync/1.2 (+https://example)\r\n"
            + $"Accept: */*\r\nAccept-Encoding: identity\r\nIf-None-Match: \"v1\"\r\nIf-Modified-Since: {Date}\r\n\r\n"));
    }

    private Task<SyncOutcome> SyncAsync(string maxAge = "") => _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxAge = maxAge });
}
