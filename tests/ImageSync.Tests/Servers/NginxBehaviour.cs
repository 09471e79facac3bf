using System.Net;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Servers;

/// <summary>What nginx does in its own way: both conditions at once, limits, redirects, connections that end, TLS with HTTP/2.</summary>
public class NginxBehaviour
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private TestDirectory _directory;
    private NginxOrigin _origin = null!;
    private Project _project;

    [SetUp]
    public void SetUp() => (_directory, _project) = (new TestDirectory(), new Project());

    [TearDown]
    public async Task TearDown()
    {
        if (_origin is not null)
        {
            await _origin.DisposeAsync();
        }
    }

    [TestCase("exact", "Sat, 01 Jan 2000 00:00:00 GMT", 200)]
    [TestCase("exact", "Tue, 01 Jan 2030 00:00:00 GMT", 200)]
    [TestCase("before", "Sat, 01 Jan 2000 00:00:00 GMT", 200)]
    [TestCase("before", "Tue, 01 Jan 2030 00:00:00 GMT", 304)]
    public async Task Both_conditions_must_hold_and_both_that_we_send_do(string comparison, string otherDate, int answer)
    {
        Start($"if_modified_since {comparison};");
        _origin.Put("a.png", Old);
        var added = await SyncAsync();
        using (var others = new HttpClient(new SocketsHttpHandler { UseProxy = false }))
        {
            others.DefaultRequestHeaders.TryAddWithoutValidation("If-None-Match", added.EntityTag);
            others.DefaultRequestHeaders.TryAddWithoutValidation("If-Modified-Since", otherDate);
            Assert.That((await others.GetAsync(_origin.Url("a.png"))).StatusCode, Is.EqualTo((HttpStatusCode)answer));
        }

        _origin.ClearLog();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.AccessLog.Select(entry => (entry.Status, entry.IfNoneMatch, entry.IfModifiedSince)), Is.EqualTo(new[] { (304, added.EntityTag, added.LastModified) }));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Requests_above_a_limit_are_repeated_when_the_origin_says(int status)
    {
        Start($"location / {{ limit_req zone=all; limit_req_status {status}; add_header Retry-After 1 always; }}", "limit_req_zone $server_addr zone=all:1m rate=1r/s;");
        _origin.Put("a.png", Old);
        _origin.Put("b.png", New);
        var run = await _project.RunAsync([Image("a.png"), Image("b.png")]);
        Assert.Multiple(() =>
        {
            Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count)), Is.All.EqualTo((SyncStatus.Added, 0)));
            Assert.That(run.Outcomes.Select(outcome => outcome.Attempts), Has.One.EqualTo(1).And.One.GreaterThan(1));
            Assert.That(_origin.AccessLog.Select(entry => entry.Status), Has.Exactly(2).EqualTo(200).And.Some.EqualTo(status));
        });
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Requests_that_stay_above_a_limit_are_a_warning_and_the_copy_stays(int status)
    {
        Start($"location / {{ limit_req zone=all; limit_req_status {status}; }}", "limit_req_zone $server_addr zone=all:1m rate=1r/m;");
        _origin.Put("a.png", Old);
        await SyncAsync();
        var (kept, missing) = (await SyncAsync(), await SyncAsync("b.png"));
        Assert.Multiple(() =>
        {
            Assert.That((kept.Status, kept.StatusCode, kept.Attempts), Is.EqualTo((SyncStatus.Kept, (int?)status, 4)));
            Assert.That((missing.Status, missing.StatusCode, missing.Attempts), Is.EqualTo((SyncStatus.Failed, (int?)status, 4)));
            Assert.That((kept.Diagnostics.Single().CodeText, kept.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC2002", Severity.Warning)));
            Assert.That((missing.Diagnostics.Single().CodeText, missing.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC2002", Severity.Error)));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
            Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200 }.Concat(Enumerable.Repeat(status, 8))));
        });
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Behind_a_redirect_the_last_URL_is_asked_with_validators(int status)
    {
        Start($"location = /a.png {{ return {status} /moved/a.png; }}");
        _origin.Put("moved/a.png", Old);
        var added = await SyncAsync();
        Assert.That((added.Status, added.EffectiveUrl), Is.EqualTo((SyncStatus.Added, _origin.Url("moved/a.png"))));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.AccessLog.Select(entry => (entry.Target, entry.Status, entry.IsConditional)), Is.EqualTo(new[]
        {
            ("/a.png", status, false), ("/moved/a.png", 200, false), ("/a.png", status, false), ("/moved/a.png", 304, true),
        }));
    }

    [Test]
    public async Task Connections_that_end_after_a_few_requests_cost_nobody_an_image()
    {
        Start("keepalive_requests 3;");
        var names = Enumerable.Range(0, 100).Select(number => $"{number}.png").ToList();
        names.ForEach(name => _origin.Put(name, SampleImages.Png(name.GetHashCode(StringComparison.Ordinal), 1000)));
        var first = await _project.RunAsync(names.Select(Image));
        var second = await _project.RunAsync(names.Select(Image));
        Assert.That(first.Outcomes.Select(outcome => (outcome.Status, outcome.Attempts)), Is.All.EqualTo((SyncStatus.Added, 1)));
        Assert.That(second.Outcomes.Select(outcome => (outcome.Status, outcome.Attempts)), Is.All.EqualTo((SyncStatus.NotModified, 1)));
        Assert.That(_origin.AccessLog.GroupBy(entry => entry.Connection).Select(requests => requests.Count()), Is.All.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task Over_TLS_all_images_share_a_connection_of_HTTP_2()
    {
        using var certificate = new TestCertificate(_directory.PathOf("certificate"));
        _origin = new NginxOrigin(_directory.PathOf("nginx"), certificate: certificate);
        _project.Network = Network.Trusting(() => certificate.Trust);
        var names = Enumerable.Range(0, 20).Select(number => $"{number}.png").ToList();
        names.ForEach(name => _origin.Put(name, SampleImages.Png(name.Length, 20_000)));
        var first = await _project.RunAsync(names.Select(Image));
        var second = await _project.RunAsync(names.Select(Image));
        Assert.Multiple(() =>
        {
            Assert.That(first.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
            Assert.That(second.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.NotModified));
            Assert.That(_project.Files.Read("img/7.png"), Is.EqualTo(SampleImages.Png("7.png".Length, 20_000)));
            Assert.That(_origin.AccessLog.Select(entry => entry.Protocol), Is.All.EqualTo("HTTP/2.0"));
            Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(Enumerable.Repeat(200, 20).Concat(Enumerable.Repeat(304, 20))));
            Assert.That(_origin.AccessLog.GroupBy(entry => entry.Connection).Select(requests => requests.Count()), Is.EqualTo(new[] { 20, 20 }), "one connection a run");
        });
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted_and_not_asked_twice()
    {
        using var certificate = new TestCertificate(_directory.PathOf("certificate"));
        _origin = new NginxOrigin(_directory.PathOf("nginx"), certificate: certificate);
        _origin.Put("a.png", Old);
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Attempts, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, 1, "IMGSYNC2001")));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("the TLS connection is not trusted"));
        Assert.That(_origin.AccessLog, Is.Empty);
    }

    [Test]
    public async Task A_static_copy_is_a_mirror_and_its_own_tags_cost_one_download()
    {
        Start("");
        await using var copy = new NginxOrigin(_directory.PathOf("copy"));
        var date = new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero);
        _origin.Put("a.png", Old, date);
        copy.Put("origin/a.png", Old, date);
        await SyncAsync();
        _origin.ClearLog();
        _project.Options = _project.Options with { Mirrors = Mirrors.Parse($"{_origin.Url("")}={copy.Url("origin")}")! };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        copy.Put("origin/a.png", Old, date.AddDays(1));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.AccessLog, Is.Empty);
    }

    private void Start(string serverDirectives, string httpDirectives = "") =>
        _origin = new NginxOrigin(_directory.PathOf("nginx"), serverDirectives, httpDirectives);

    private RemoteImageDeclaration Image(string name) => new(_origin.Url(name)) { LocalPath = "img/" + name };

    private Task<SyncOutcome> SyncAsync(string name = "a.png") => _project.SyncAsync(Image(name));
}
