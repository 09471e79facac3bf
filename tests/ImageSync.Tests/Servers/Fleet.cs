using System.Diagnostics;
using System.Net;
using ImageSync.Http;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Servers;

/// <summary>docs/recipes/fleet.md: agents that start at once before one cache, which runs the page's configuration.</summary>
[TestFixture("nginx")]
[TestFixture("Varnish")]
public class Fleet(string name)
{
    private const int Agents = 8;
    private const int Images = 24;
    private const int Changes = 5;

    // For whoever names a server that it has no certificate for, or none at all.
    private const string Misdirected = "if ($ssl_server_name != cdn.example.com) { return 421; } if ($http_host != cdn.example.com) { return 421; }";

    private Project[] _agents = [];
    private TestCertificate _certificate;
    private NginxOrigin _origin = null!;
    private FleetCache _cache = null!;
    private int _version;

    [SetUp]
    public void SetUp()
    {
        var directory = new TestDirectory();
        _version = 0;
        _certificate = new TestCertificate(directory.PathOf("tls"), FleetCache.Host);
        _origin = new NginxOrigin(directory.PathOf("origin"), $$"""
            {{Misdirected}}
            absolute_redirect off;
            location /private/ { add_header Cache-Control private; }
            location = /moved.png { return 302 /0.png; }
            """, certificate: _certificate);
        _origin.Put("logo.png", SampleImages.Png(0, 500));
        Change(Images);
        _cache = FleetCache.Start(name, directory.PathOf("cache"), _origin, _certificate);
        _agents = [.. Enumerable.Range(0, Agents).Select(_ => Agent())];
    }

    [TearDown]
    public async Task TearDown()
    {
        if (_cache is not null)
        {
            await _cache.DisposeAsync();
        }

        await _origin.DisposeAsync();
        _certificate.Dispose();
    }

    [Test]
    public async Task The_origin_sends_each_change_once_and_is_asked_once_whether_there_is_one()
    {
        // Nothing is there.
        Assert.That(await RoundAsync(), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(Sent(), Is.EqualTo(Bytes(Images)));

        // Nothing is new, and the cache knows; then it has to ask.
        Assert.That(await RoundAsync(), Is.All.EqualTo(SyncStatus.NotModified));
        await OutliveAsync();
        _origin.ClearLog();
        var watch = Stopwatch.StartNew();
        Assert.That(await RoundAsync(), Is.All.EqualTo(SyncStatus.NotModified));
        var askedAtMost = 1 + (int)(watch.Elapsed / FleetCache.Validity);
        var questions = Log().GroupBy(entry => entry.Target).Select(image => image.Count()).ToList();
        Assert.That(questions, Has.Count.EqualTo(Images).And.All.InRange(1, askedAtMost));
        Assert.That(Log().Select(entry => (entry.Status, entry.IsConditional)), Is.All.EqualTo((304, true)));

        // Some are new. Whoever asks in the moment in which nginx does has the old ones, and the new ones a round later.
        Change(Changes);
        await OutliveAsync();
        _origin.ClearLog();
        var round = await RoundAsync();
        Assert.That(round.Count(status => status == SyncStatus.Updated), name == "nginx" ? Is.InRange(Changes, Changes * Agents) : Is.EqualTo(Changes * Agents));
        Assert.That(round.Concat(await RoundAsync()).Count(status => status == SyncStatus.Updated), Is.EqualTo(Changes * Agents));
        Assert.That(Sent(), Is.EqualTo(Bytes(Changes)));
        Assert.That(_agents.Select(agent => Enumerable.Range(0, Images).Count(i => agent.Files.Read($"img/{i}.png").SequenceEqual(Bytes(i, i < Changes ? 2 : 1)))), Is.All.EqualTo(Images));
    }

    [Test]
    public async Task As_a_proxy_it_does_the_same_for_http()
    {
        foreach (var agent in _agents)
        {
            agent.Options = agent.Options with { Mirrors = Mirrors.None };
            agent.Network = options =>
            {
                var handler = Network.Product(options);
                handler.Proxy = new WebProxy(_cache.Url);
                return handler;
            };
        }

        Assert.That(await RoundAsync("http"), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(await RoundAsync("http"), Is.All.EqualTo(SyncStatus.NotModified));
        Assert.That(Sent(), Is.EqualTo(Bytes(Images)));
    }

    [Test]
    public async Task While_the_origin_is_gone_agents_get_what_the_cache_has_and_new_ones_all_of_it()
    {
        await RoundAsync();
        await _origin.DisposeAsync();
        await OutliveAsync();

        // Varnish has to find out first.
        for (var watch = Stopwatch.StartNew(); (await SyncAsync(_agents[0], "0.png")).Status != SyncStatus.NotModified && watch.Elapsed < TimeSpan.FromSeconds(15);)
        {
            await Task.Delay(100);
        }

        Assert.That(await RoundAsync(), Is.All.EqualTo(SyncStatus.NotModified));
        _agents = [Agent()];
        Assert.That(await RoundAsync(), Is.All.EqualTo(SyncStatus.Added));
    }

    [Test]
    public async Task A_forced_sync_gets_past_it_and_renews_what_it_has()
    {
        await RoundAsync();
        Change(Changes);
        _origin.ClearLog();
        _agents[0].Options = _agents[0].Options with { Force = true };
        Assert.That((await SyncAsync(_agents[0], "0.png")).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That((await SyncAsync(_agents[1], "0.png")).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(Sent(), Is.EqualTo(Bytes(1)));
    }

    [TestCase("private/a.png", "")]
    [TestCase("0.png", "Authorization: Bearer public")]
    public async Task What_is_not_everybodys_is_not_shared(string image, string headers)
    {
        _origin.Put("private/a.png", SampleImages.Png(1, 4000));
        foreach (var agent in _agents[..3])
        {
            var outcome = await SyncAsync(agent, image, headers);
            Assert.That(outcome.Status, Is.EqualTo(SyncStatus.Added),
                () => string.Join('\n', outcome.Diagnostics.Select(diagnostic => diagnostic.Message)));
        }

        Assert.That(Log().Select(entry => (entry.Target, entry.Status)), Is.EqualTo(Enumerable.Repeat(($"/{image}", 200), 3)));
    }

    [Test]
    public async Task URLs_arrive_as_they_are_and_redirects_lead_back_to_the_cache()
    {
        _origin.Put("a b/c+d.png", SampleImages.Png(1, 4000));
        Assert.That((await SyncAsync(_agents[0], "a%20b%2Fc+d.png?v=%41&w=1", "")).Status, Is.EqualTo(SyncStatus.Added));
        foreach (var agent in _agents)
        {
            var outcome = await agent.SyncAsync("https://cdn.example.com/moved.png", "img/moved.png");
            Assert.That((outcome.Status, outcome.EffectiveUrl), Is.EqualTo((SyncStatus.Added, "https://cdn.example.com/0.png")));
        }

        Assert.That(Sent().Select(image => image.Target), Is.EqualTo(new[] { "/0.png", "/a%20b%2Fc+d.png?v=%41&w=1" }));
        Assert.That(Log().Where(entry => entry.Status == 302).Select(entry => entry.Target).Distinct(), Is.EqualTo(new[] { "/moved.png" }));
    }

    [Test]
    public async Task It_serves_no_other_host()
    {
        foreach (var host in new[] { "other.example.com", "cdn.example.com:8443", "cdn.example.com.other.example" })
        {
            _agents[0].Options = _agents[0].Options with { Mirrors = Mirrors.Parse($"https://{host}={_cache.Url}/{host}")! };
            Assert.That((await _agents[0].SyncAsync($"https://{host}/0.png")).StatusCode, Is.EqualTo(404), host);
        }

        Assert.That(Log(), Is.Empty);
    }

    private static byte[] Bytes(int image, int version) => SampleImages.Png((image * 10) + version, 2000 + image + version);

    private static Task<SyncOutcome> SyncAsync(Project agent, string image, string headers = "") =>
        agent.SyncAsync($"https://cdn.example.com/{image}", "img/0.png", declaration => declaration with { RequestHeaders = headers });

    private static Task OutliveAsync() => Task.Delay(FleetCache.Validity + TimeSpan.FromSeconds(1.1));

    private Project Agent()
    {
        var agent = new Project();
        agent.Options = agent.Options with { Retries = 0, Mirrors = Mirrors.Parse(_cache.Mirror)! };
        return agent;
    }

    // A new version of the first images.
    private void Change(int images)
    {
        _version++;
        for (var i = 0; i < images; i++)
        {
            _origin.Put($"{i}.png", Bytes(i, _version));
        }
    }

    // All agents at once; the statuses of all their images.
    private async Task<List<SyncStatus>> RoundAsync(string scheme = "https")
    {
        var declarations = Enumerable.Range(0, Images).Select(i => new RemoteImageDeclaration($"{scheme}://cdn.example.com/{i}.png") { LocalPath = $"img/{i}.png" }).ToList();
        var runs = await Task.WhenAll(_agents.Select(agent => Task.Run(() => agent.RunAsync(declarations))));
        Assert.That(runs.SelectMany(run => run.Outcomes).SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message), Is.Empty);
        return [.. runs.SelectMany(run => run.Outcomes).Select(outcome => outcome.Status)];
    }

    // Varnish's probe asks for the logo.
    private List<AccessLogEntry> Log() => [.. _origin.AccessLog.Where(entry => entry.Target != "/logo.png")];

    private List<(string Target, long Bytes)> Sent() => [.. Log().Where(entry => entry.Status == 200).Select(entry => (entry.Target, entry.BodyBytes)).OrderBy(image => image.Target, StringComparer.Ordinal)];

    private List<(string Target, long Bytes)> Bytes(int images) => [.. Enumerable.Range(0, images).Select(i => ($"/{i}.png", (long)Bytes(i, _version).Length)).OrderBy(image => image.Item1, StringComparer.Ordinal)];
}
