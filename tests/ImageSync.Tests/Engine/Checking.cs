using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A check asks what a sync would ask, takes no body, and writes nothing (the project asserts that each time).</summary>
public class Checking
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { ByHand = true };
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task A_conditional_HEAD_tells_that_nothing_changed()
    {
        await SyncedAsync("\"v1\"");
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.Changed, outcome.StatusCode, outcome.EntityTag, outcome.Attempts, outcome.Diagnostics.Count),
            Is.EqualTo((SyncStatus.NotModified, false, (int?)304, "\"v1\"", 1, 0)));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD \"v1\"" }));
    }

    [TestCase(false, nameof(Severity.Warning))]
    [TestCase(true, nameof(Severity.Error))]
    public async Task A_change_is_told_and_left_to_a_sync(bool fails, string severity)
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v2\"")));
        _project.Options = _project.Options with { ChangesFail = fails };
        var outcome = await CheckAsync();
        var diagnostic = outcome.Diagnostics.Single();
        Assert.That((outcome.Status, outcome.Changed, outcome.StatusCode, outcome.EntityTag, outcome.BytesReceived), Is.EqualTo((SyncStatus.Modified, false, (int?)200, "\"v1\"", 0L)));
        Assert.That((diagnostic.CodeText, $"{diagnostic.Severity}"), Is.EqualTo(("IMGSYNC2010", severity)));
        Assert.That(diagnostic.Message, Is.EqualTo(
            $"img/a.png: a sync would replace the local file with the image of {_origin.Url("/a.png")}: "
            + "the origin has another version, by its ETag. To sync, run: dotnet build -t:SyncImages"));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD \"v1\"" }));
    }

    [Test]
    public async Task A_missing_file_is_told()
    {
        _origin.On("/a.png", Reply.Ok(New));
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Missing, "IMGSYNC2010", Severity.Warning)));
        Assert.That(_project.FilesPresent, Is.Empty);
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD " }));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(404)]
    [TestCase(405)]
    [TestCase(500)]
    [TestCase(501)]
    public async Task Where_HEAD_is_refused_a_conditional_GET_tells(int status)
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", request => request.Method == "HEAD" ? Reply.Status(status) : Reply.Current(request, Old, "\"v1\""));
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.Attempts), Is.EqualTo((SyncStatus.NotModified, 2)));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD \"v1\"", "GET \"v1\"" }));
    }

    // As many attempts as there are retries and one more, though each is a HEAD and a GET.
    [Test]
    public async Task Attempts_are_counted_and_not_their_requests()
    {
        _origin.On("/a.png", Reply.Status(500));
        _project.Options = _project.Options with { Retries = 2, RetryDelay = TimeSpan.FromMilliseconds(1) };
        var outcome = await CheckAsync();
        Assert.That((outcome.Attempts, _origin.Requests.Count), Is.EqualTo((6, 6)));
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("(3 attempts)"));
    }

    [Test]
    public async Task A_HEAD_that_minds_no_condition_is_judged_by_its_validators()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_HEAD_that_says_nothing_is_followed_by_a_GET()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", request => request.Method == "HEAD" ? Reply.Ok([]) : Reply.Current(request, Old, "\"v1\""));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD \"v1\"", "GET \"v1\"" }));
    }

    [Test]
    public async Task The_body_of_a_GET_is_not_waited_for()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", request => request.Method == "HEAD" ? Reply.Status(405) : Reply.Ok(New, ("ETag", "\"v2\"")).Stall(100));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.Modified));
    }

    [Test]
    public async Task The_body_of_a_GET_is_cut_off_and_not_drained()
    {
        var big = SampleImages.Png(3, 20_000);
        _origin.On("/a.png", request => request.Method == "HEAD" ? Reply.Status(405) : Reply.Ok(big)).On("/b.png", Reply.Ok(big));
        _project.Options = _project.Options with { MaxConcurrency = 1 };
        await _project.CheckAsync([Declare("a.png"), Declare("b.png")]);
        Assert.That(_origin.Requests.Select(request => (request.Method, request.Target, request.ConnectionNumber)),
            Is.EqualTo(new[] { ("HEAD", "/a.png", 1), ("GET", "/a.png", 1), ("HEAD", "/b.png", 2) }));
    }

    [Test]
    public async Task A_HEAD_that_is_answered_with_a_body_does_not_spoil_the_next_answer()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", Reply.Raw($"HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: 17\r\n\r\nHTTP/1.1 404 No\r\n")).On("/b.png", Reply.Ok(New));
        _project.Options = _project.Options with { MaxConcurrency = 1 };
        var run = await _project.CheckAsync([Declare("a.png"), Declare("b.png")]);
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(new[] { SyncStatus.NotModified, SyncStatus.Missing }));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task HEAD_stays_HEAD_behind_a_redirect_and_validators_go_to_the_last_hop(int status)
    {
        _origin.On("/a.png", Reply.Redirect(status, "/v1.png")).On("/v1.png", request => Reply.Current(request, Old, "\"v1\""));
        await _project.SyncAsync(Declare("a.png"));
        _origin.Clear();
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.EffectiveUrl), Is.EqualTo((SyncStatus.NotModified, _origin.Url("/v1.png"))));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD ", "HEAD \"v1\"" }));
    }

    [TestCase(true, "Kept IMGSYNC2003 Warning")]
    [TestCase(false, "Failed IMGSYNC2003 Error")]
    public async Task An_origin_that_fails_is_told_as_in_a_sync(bool synced, string expected)
    {
        if (synced)
        {
            await SyncedAsync("\"v1\"");
        }

        _origin.On("/a.png", Reply.Status(404));
        var outcome = await CheckAsync();
        Assert.That($"{outcome.Status} {outcome.Diagnostics.Single().CodeText} {outcome.Diagnostics[0].Severity}", Is.EqualTo(expected));
    }

    [Test]
    public async Task A_passing_failure_is_tried_again()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", Reply.Status(503), Reply.NotModified());
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.Attempts), Is.EqualTo((SyncStatus.NotModified, 2)));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD \"v1\"", "HEAD \"v1\"" }));
    }

    [Test]
    public async Task An_origin_that_wants_to_be_left_alone_is_and_a_check_does_not_record_it()
    {
        await SyncedAsync("\"v1\"");
        _origin.On("/a.png", Reply.Status(503, ("Retry-After", "3600")));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.Kept));
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.Kept));
        Assert.That(_origin.Requests, Has.Count.EqualTo(2));
        await _project.SyncAsync(Declare("a.png"));
        Assert.That((await CheckAsync()).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC2002"));
        Assert.That(_origin.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Without_validators_it_cannot_be_told()
    {
        _origin.On("/a.png", Reply.Ok(Old));
        await _project.SyncAsync(Declare("a.png"));
        var outcome = await CheckAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.Unknown, 0)));
    }

    [Test]
    public async Task Pinned_bytes_need_no_request_until_they_are_edited()
    {
        RemoteImageDeclaration Pinned(RemoteImageDeclaration image) => image with { Sha256 = Convert.ToHexString(SHA256.HashData(Old)) };
        await SyncedAsync("\"v1\"");
        Assert.That((await CheckAsync(Pinned)).Status, Is.EqualTo(SyncStatus.Fresh));
        Assert.That(_origin.Requests, Is.Empty);
        _project.Files.Write("img/a.png", New);
        Assert.That((await CheckAsync(Pinned)).Status, Is.EqualTo(SyncStatus.Modified));
    }

    [Test]
    public async Task An_edited_file_would_be_replaced()
    {
        await SyncedAsync("\"v1\"");
        _project.Files.Write("img/a.png", New);
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.Modified));
        Assert.That(Asked, Is.EqualTo(new[] { "HEAD " }));
    }

    [Test]
    public async Task A_forced_check_does_not_trust_size_and_time()
    {
        await SyncedAsync("\"v1\"");
        var time = _project.TimeOf();
        _project.Files.Write("img/a.png", SampleImages.Png(5, 4000));
        File.SetLastWriteTimeUtc(_project.Files.PathOf("img/a.png"), time);
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        _project.Options = _project.Options with { Force = true };
        Assert.That((await CheckAsync()).Status, Is.EqualTo(SyncStatus.Modified));
        Assert.That(_origin.Requests[^1].Header("Cache-Control"), Is.EqualTo("no-cache"));
    }

    [TestCase(true, nameof(SyncStatus.NotModified), 1)]
    [TestCase(false, nameof(SyncStatus.Fresh), 0)]
    public async Task Age_spares_a_request_in_a_build_alone(bool byHand, string expected, int requests)
    {
        await SyncedAsync("\"v1\"");
        _project.Options = _project.Options with { ByHand = byHand };
        Assert.That((await CheckAsync(image => image with { MaxAge = "01:00:00" })).Status.ToString(), Is.EqualTo(expected));
        Assert.That(_origin.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Offline_nothing_is_asked_and_nothing_known()
    {
        await SyncedAsync("\"v1\"");
        _project.Options = _project.Options with { Offline = true };
        var run = await _project.CheckAsync([Declare("a.png"), Declare("absent.png")]);
        Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count)), Is.EqualTo(new[] { (SyncStatus.Unknown, 0), (SyncStatus.Unknown, 0) }));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public async Task Headers_are_sent_and_a_signature_that_changed_is_minded_no_more_than_in_a_sync()
    {
        _origin.On("/a.png?sig=1", Reply.Ok(Old, ("ETag", "\"v1\""))).On("/a.png?sig=2", request => Reply.Current(request, Old, "\"v1\""));
        RemoteImageDeclaration Signed(string signature) =>
            new(_origin.Url("/a.png?sig=" + signature)) { LocalPath = "img/a.png", IgnoreQuery = "true", RequestHeaders = "X-Tenant: t" };
        await _project.SyncAsync(Signed("1"));
        Assert.That((await _project.CheckAsync([Signed("2")])).Outcomes.Single().Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That((_origin.Requests[^1].Method, _origin.Requests[^1].Header("X-Tenant")), Is.EqualTo(("HEAD", "t")));
    }

    private IEnumerable<string> Asked => _origin.Requests.Select(request => $"{request.Method} {request.Header("If-None-Match")}");

    private RemoteImageDeclaration Declare(string name) => new(_origin.Url("/" + name)) { LocalPath = "img/" + name };

    private async Task SyncedAsync(string entityTag)
    {
        _origin.On("/a.png", request => Reply.Current(request, Old, entityTag));
        Assert.That((await _project.SyncAsync(Declare("a.png"))).Status, Is.EqualTo(SyncStatus.Added));
        _origin.Clear();
    }

    private async Task<SyncOutcome> CheckAsync(Func<RemoteImageDeclaration, RemoteImageDeclaration>? with = null) =>
        (await _project.CheckAsync([with?.Invoke(Declare("a.png")) ?? Declare("a.png")])).Outcomes.Single();
}
