using System.Net;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Engine;

/// <summary>A mirror is asked in its origin's place, and stands for it: whatever is kept names the origin.</summary>
public class Mirroring
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private ScriptedOrigin _mirror;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _mirror, _project) = (new ScriptedOrigin(), new ScriptedOrigin(), new Project());
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        _mirror.On("/cdn/a.png", request => Reply.Current(request, Old, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown()
    {
        await _origin.DisposeAsync();
        await _mirror.DisposeAsync();
    }

    [Test]
    public async Task The_mirror_is_asked_and_the_origin_is_recorded()
    {
        Mirror();
        var outcome = await SyncAsync();
        Assert.That(
            (outcome.Status, outcome.Url, outcome.EffectiveUrl),
            Is.EqualTo((SyncStatus.Added, _origin.Url("/a.png"), _origin.Url("/a.png"))));
        Assert.That((_origin.Requests.Count, _mirror.Requests.Single().Header("Host")), Is.EqualTo((0, $"127.0.0.1:{_mirror.Port}")));
        Assert.That((_project.Record()!.Url, _project.Record()!.EffectiveUrl), Is.EqualTo((_origin.Url("/a.png"), _origin.Url("/a.png"))));
    }

    [Test]
    public async Task Switched_on_and_off_it_costs_no_bytes_and_leaves_the_lock_file_alone()
    {
        _project.UseLockFile();
        await SyncAsync();
        var text = _project.LockText;
        foreach (var isMirrored in new[] { true, false, true })
        {
            _project.Options = _project.Options with { Mirrors = Mirrors.None };
            if (isMirrored)
            {
                Mirror();
            }

            Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
            _project.CheckOutAnew();
            Assert.That(((await SyncAsync()).Status, _project.LockText), Is.EqualTo((SyncStatus.NotModified, text)));
        }

        Assert.That((_origin.Requests.Count, _mirror.Requests.Count), Is.EqualTo((3, 4)));
    }

    [Test]
    public async Task A_check_asks_the_mirror()
    {
        Mirror();
        var outcome = (await _project.CheckAsync([new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png" }])).Outcomes[0];
        Assert.That(
            (outcome.Status, _origin.Requests.Count, _mirror.Requests.Single().Method), Is.EqualTo((SyncStatus.Missing, 0, "HEAD")));
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain(_origin.Url("/a.png")).And.Contain(_mirror.Url("/cdn/a.png")));
    }

    // As nginx passes it on, rewritten or not, and as a static copy does.
    [TestCase("{origin}/v1/a.png")]
    [TestCase("{mirror}/cdn/v1/a.png")]
    [TestCase("/cdn/v1/a.png")]
    [TestCase("/v1/a.png")]
    [TestCase("v1/a.png")]
    public async Task A_redirect_is_followed_at_the_mirror_and_recorded_at_the_origin(string location)
    {
        location = location.Replace("{origin}", _origin.Url(""), StringComparison.Ordinal).Replace("{mirror}", _mirror.Url(""), StringComparison.Ordinal);
        _mirror.On("/cdn/a.png", Reply.Redirect(302, location)).On("/cdn/v1/a.png", request => Reply.Current(request, New, "\"v2\""));
        _origin.On("/a.png", Reply.Redirect(302, "/v1/a.png")).On("/v1/a.png", request => Reply.Current(request, New, "\"v2\""));
        Mirror();
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.EffectiveUrl), Is.EqualTo((SyncStatus.Added, _origin.Url("/v1/a.png"))));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That((_origin.Requests.Count, _mirror.Requests.Count), Is.EqualTo((0, 4)));
        _project.Options = _project.Options with { Mirrors = Mirrors.None };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task The_origin_is_to_be_allowed_and_the_mirror_is_by_its_name()
    {
        _mirror.On("/b.png", Reply.Redirect(302, "http://other.example/b.png"));
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse("cdn.example")!, Mirrors = Mirrors.Parse($"http://cdn.example={_mirror.Url("/cdn")} http://cdn.example/b.png={_mirror.Url("/b.png")}")! };
        Assert.That((await _project.SyncAsync("http://cdn.example/a.png")).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((await _project.SyncAsync("http://cdn.example/b.png")).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC1006"));
    }

    [TestCase(503, "IMGSYNC2002")]
    [TestCase(404, "IMGSYNC2003")]
    [TestCase(302, "IMGSYNC2005")]
    [TestCase(0, "IMGSYNC2001")]
    public async Task A_mirror_that_fails_is_named_and_the_origin_is_not_asked_for_it(int status, string code)
    {
        await SyncAsync();
        _origin.Clear();
        using var dead = new DeadPort();
        _mirror.On("/cdn/a.png", status == 302 ? Reply.Redirect(302, _origin.Url("/a.png")) : Reply.Status(status));
        Mirror(status == 0 ? dead.Url("/cdn") : _mirror.Url("/cdn"));
        var outcome = await SyncAsync();
        var diagnostic = outcome.Diagnostics.Single();
        Assert.That(
            (outcome.Status, diagnostic.CodeText, diagnostic.Severity, _origin.Requests.Count),
            Is.EqualTo((SyncStatus.Kept, code, Severity.Warning, 0)));
        Assert.That(diagnostic.Message,
            Does.Contain(_origin.Url("/a.png"))
                .And.Contain($"ImageSync asked its mirror, {(status == 0 ? dead.Url("/cdn/a.png") : _mirror.Url("/cdn/a.png"))} (ImageSyncMirror)."));
    }

    [Test]
    public async Task Bytes_that_a_mirror_has_wrong_are_told_with_its_name()
    {
        Mirror();
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { Sha256 = new string('a', 64) });
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain(_mirror.Url("/cdn/a.png")));
    }

    [Test]
    public async Task Connections_are_counted_at_the_mirror_of_several_origins()
    {
        for (var i = 0; i < 20; i++)
        {
            _mirror.On($"/{i % 4}/{i}.png", Reply.Ok(SampleImages.Png(i, 2000)).Delay(TimeSpan.FromMilliseconds(5)));
        }

        _project.Options = _project.Options with
        {
            MaxConnectionsPerHost = 2,
            Mirrors = Mirrors.Parse(string.Join(' ', Enumerable.Range(0, 4).Select(i => $"https://{i}.example={_mirror.Url("")}/{i}")))!,
        };
        var run = await _project.RunAsync(Enumerable.Range(0, 20).Select(i => new RemoteImageDeclaration($"https://{i % 4}.example/{i}.png") { LocalPath = $"{i}.png" }));
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(_mirror.PeakConnections, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task A_dead_mirror_is_dead_for_all_its_origins()
    {
        using var dead = new DeadPort();
        _project.Options = _project.Options with { MaxConcurrency = 1, Retries = 0, Mirrors = Mirrors.Parse(string.Join(' ', Enumerable.Range(0, 20).Select(i => $"http://{i}.example={dead.Url("")}")))! };
        var run = await _project.RunAsync(Enumerable.Range(0, 20).Select(i => new RemoteImageDeclaration($"http://{i}.example/a.png") { LocalPath = $"{i}.png" }));
        Assert.That(run.Outcomes[^1].Diagnostics.Single().Message, Does.Contain($"{dead.Url("")} was not asked again"));
    }

    [TestCase("Authorization: Bearer ${PATH}", true)]
    [TestCase("Accept: image/webp", false)]
    public async Task A_secret_goes_to_the_mirror_but_not_in_clear_where_https_was_meant(string headers, bool isSecret)
    {
        _mirror.On("/b.png", request => Reply.Current(request, Old, "\"v1\""));
        _project.Options = _project.Options with { Mirrors = Mirrors.Parse($"{_origin.Url("")}={_mirror.Url("/cdn")} https://cdn.example/b.png={_mirror.Url("/b.png")}")! };
        var name = headers.Split(':')[0];
        await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { RequestHeaders = headers });
        Assert.That(_mirror.Requests.Single().Header(name), Is.EqualTo(headers[(name.Length + 2)..].Replace("${PATH}", Environment.GetEnvironmentVariable("PATH"), StringComparison.Ordinal)));

        _project.Network = options => new Redirector("/b.png") { InnerHandler = Network.Product(options) };
        Assert.That(
            (await _project.SyncAsync("https://cdn.example/a.png", "b.png", image => image with { RequestHeaders = headers })).Status,
            Is.EqualTo(SyncStatus.Added));
        Assert.That(_mirror.RequestsTo("/b.png").Single().Header(name), Is.EqualTo(isSecret ? null : "image/webp"));
    }

    private void Mirror(string? mirror = null) => _project.Options = _project.Options with { Retries = 0, Mirrors = Mirrors.Parse($"{_origin.Url("")}={mirror ?? _mirror.Url("/cdn")}")! };

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));

    // Stands for an https origin, which sends everybody on.
    private sealed class Redirector(string location) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            request.RequestUri!.Scheme != "https" ? base.SendAsync(request, cancellationToken)
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri(location, UriKind.Relative) } });
    }
}
