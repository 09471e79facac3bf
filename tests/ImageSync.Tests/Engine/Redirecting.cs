using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Redirects: validators go to the URL that they came from, headers to the origin that they were declared for.</summary>
public class Redirecting
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private ScriptedOrigin _other;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _other, _project) = (new ScriptedOrigin(), new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown()
    {
        await _origin.DisposeAsync();
        await _other.DisposeAsync();
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Validators_are_sent_to_the_last_hop_alone(int status)
    {
        _origin.On("/a.png", Reply.Redirect(status, "v1/a.png").With("ETag", "\"of the redirect\""));
        _origin.On("/v1/a.png", request => Reply.Current(request, Old, "\"v1\""));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.EffectiveUrl), Is.EqualTo((SyncStatus.Added, _origin.Url("/v1/a.png"))));
        _origin.Clear();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_origin.Requests.Select(request => request.Header("If-None-Match")), Is.EqualTo(new[] { null, "\"v1\"" }));
    }

    // What curl sends, too.
    [TestCase("/caf\u00E9.png", "/caf%e9.png", TestName = "A_Location_in_Latin_1")]
    [TestCase("/caf\u00C3\u00A9.png", "/caf%c3%a9.png", TestName = "A_Location_in_UTF_8")]
    [TestCase("/\u00FF\u00FE?\u0080=\u00A0", "/%ff%fe?%80=%a0", TestName = "A_Location_in_nothing_that_is_known")]
    public async Task The_octets_of_a_Location_are_those_that_are_asked_for(string location, string target)
    {
        _origin.On("/a.png", Reply.Redirect(302, location)).On(target, request => Reply.Current(request, Old, "\"v1\""));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(_origin.Requests.Select(request => request.Target), Is.EqualTo(new[] { "/a.png", target }));
    }

    [Test]
    public async Task Another_target_with_the_same_tag_is_downloaded()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/v1"), Reply.Redirect(302, "/v2"));
        _origin.On("/v1", request => Reply.Current(request, Old, "\"same\""));
        _origin.On("/v2", request => Reply.Current(request, New, "\"same\""));
        await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That((_project.Files.Read("img/a.png"), _origin.RequestsTo("/v2")[0].IsConditional), Is.EqualTo((New, false)));
    }

    [Test]
    public async Task A_signed_target_is_revalidated_and_its_signature_is_not_kept()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/v1/a.png?sig=s3cret-s3cret")).On("/v1/a.png?sig=s3cret-s3cret", request => Reply.Current(request, Old, "\"v1\""));
        var first = await SyncAsync();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(first.EffectiveUrl, Is.EqualTo(_origin.Url("/v1/a.png?sig=…")));
        Assert.That(File.ReadAllText(_project.Options.CacheFile), Does.Not.Contain("s3cret"));
    }

    [Test]
    public async Task Headers_stop_at_the_first_hop_to_another_origin_and_do_not_come_back()
    {
        _origin.On("/a.png", Reply.Redirect(302, "/b.png")).On("/b.png", Reply.Redirect(302, _other.Url("/c.png"))).On("/d.png", Reply.Ok(Old));
        _other.On("/c.png", Reply.Redirect(302, _origin.Url("/d.png")));
        await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { RequestHeaders = "Authorization: Basic abc" });
        Assert.That(_origin.Requests.Concat(_other.Requests).OrderBy(request => request.Time).Select(request => (request.Target, request.Header("Authorization"))), Is.EqualTo(new[]
        {
            ("/a.png", "Basic abc"), ("/b.png", "Basic abc"), ("/c.png", null), ("/d.png", null),
        }));
    }

    [Test]
    public async Task A_host_that_is_not_allowed_is_not_contacted()
    {
        _project.Options = _project.Options with { AllowedHosts = AllowedHosts.Parse("127.0.0.1")! };
        _origin.On("/a.png", Reply.Redirect(302, $"http://localhost:{_other.Port}/a.png"));
        var outcome = await SyncAsync();
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity, _other.Requests.Count), Is.EqualTo(("IMGSYNC1006", Severity.Error, 0)));
    }

    [Test]
    public async Task An_endless_chain_is_given_up()
    {
        for (var i = 0; i < 20; i++)
        {
            _origin.On($"/{i}", Reply.Redirect(302, $"/{i + 1}"));
        }

        var outcome = await _project.SyncAsync(_origin.Url("/0"));
        Assert.That((outcome.Diagnostics.Single().CodeText, _origin.Requests.Count), Is.EqualTo(("IMGSYNC2005", 11)));
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));
}
