using System.Text.RegularExpressions;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Engine;

/// <summary>What an origin, a connection or a network goes through while many images are asked for: whatever is well again within their time is in step.</summary>
public class Outages
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(60);
    private static readonly byte[] Image = SampleImages.Png(1, 4_000);

    private TestDirectory _directory;
    private TestCertificate _certificate;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_directory, _project) = (new TestDirectory(), new Project());
        _certificate = new TestCertificate(_directory.PathOf("tls"));
        _project.Network = Network.Trusting(() => _certificate.Trust);
        _project.Options = _project.Options with { RetryDelay = TimeSpan.FromMilliseconds(200) };
    }

    [TearDown]
    public void TearDown() => _certificate.Dispose();

    [TestCase(true, 1_000)]
    [TestCase(false, 500)]
    public async Task A_connection_that_is_reset_costs_no_image(bool http2, int images)
    {
        await using var nginx = Nginx(images, http2);
        await using var network = new Forwarder(nginx.Port) { ResetAfter = number => number == 1 ? 60_000 : null };
        AssertAll(await RunAsync(network, http2, images), SyncStatus.Added);
    }

    [Test]
    public async Task Connections_that_are_reset_one_after_the_other_cost_no_image()
    {
        await using var nginx = Nginx(500, http2: false, "keepalive_requests 5;");
        await using var network = new Forwarder(nginx.Port) { ResetAfter = number => number is > 20 and <= 36 ? 0 : null };
        AssertAll(await RunAsync(network, http2: false, 500), SyncStatus.Added);
        Assert.That(network.Connections, Is.GreaterThan(100));
    }

    [Test]
    public async Task A_server_that_ends_its_connections_after_a_few_requests_costs_no_image([Values] bool http2)
    {
        await using var nginx = Nginx(600, http2, "keepalive_requests 30;");
        await using var network = new Forwarder(nginx.Port);
        AssertAll(await RunAsync(network, http2, 600), SyncStatus.Added);
    }

    [Test]
    public async Task An_origin_that_starts_again_is_found([Values] bool http2, [Values] bool reset, [Values(1.0)] double seconds)
    {
        await using var nginx = Nginx(400, http2);
        await using var network = new Forwarder(nginx.Port);
        var run = RunAsync(network, http2, 400);
        await Until(() => _project.Progress().Done >= 60 || run.IsCompleted);
        await network.RestartAsync(TimeSpan.FromSeconds(seconds), reset);
        AssertAll(await run, SyncStatus.Added);
    }

    // Few images are fewer failures than open the breaker otherwise; it is down from the beginning, or from the first body on.
    [Test, Pairwise]
    public async Task An_origin_that_starts_again_is_found_by_few_images(
        [Values] bool http2, [Values(1, 3)] int images, [Values] bool hasAnswered)
    {
        await using var nginx = Nginx(images, http2, "limit_rate 2k;");
        await using var network = new Forwarder(nginx.Port);
        _project.Options = _project.Options with { RetryDelay = TimeSpan.FromMilliseconds(10) };
        var run = hasAnswered ? RunAsync(network, http2, images) : null;
        await Until(() => run is null || (network.Connections > 0 && _project.Progress().BytesReceived > 0) || run.IsCompleted);
        var restart = network.RestartAsync(TimeSpan.FromSeconds(1.5), reset: true);
        run ??= RunAsync(network, http2, images);
        await restart;
        AssertAll(await run, SyncStatus.Added);
    }

    // More than there are connections, so that nobody else was asked before the origin spoke again.
    [TestCase(16, 0)]
    [TestCase(16, 200)]
    public async Task An_origin_that_was_silent_for_a_while_is_found(int silent, int first)
    {
        await using var origin = new ScriptedOrigin();
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(1), ConnectTimeout = TimeSpan.FromSeconds(1) };
        for (var i = 0; i < 300; i++)
        {
            var isSilent = i >= first && i < first + silent;
            origin.On($"/{i}.png", isSilent ? [Reply.Ok(Image).Delay(TimeSpan.FromSeconds(30)), Reply.Ok(Image)] : [Reply.Ok(Image)]);
        }

        AssertAll(await _project.RunAsync(Declarations(300, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang), SyncStatus.Added);
    }

    // Also to the first probe: those who have failed wait for what another image's request comes to.
    [Test]
    public async Task An_origin_that_is_silent_at_first_is_found_for_all()
    {
        await using var origin = new ScriptedOrigin();

        // A second of a busy machine's is no silence of the origin's, which is silent for ten times as long.
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(3), ConnectTimeout = TimeSpan.FromSeconds(3) };
        var requests = 0;
        for (var i = 0; i < 300; i++)
        {
            origin.On($"/{i}.png", _ => Interlocked.Increment(ref requests) <= 17 ? Reply.Ok(Image).Delay(TimeSpan.FromSeconds(30)) : Reply.Ok(Image));
        }

        AssertAll(await _project.RunAsync(Declarations(300, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang), SyncStatus.Added);
    }

    // As many as there are connections.
    [Test]
    public async Task Images_that_have_to_be_asked_for_again_later_hold_up_no_other()
    {
        await using var origin = new ScriptedOrigin();
        _project.Options = _project.Options with { Retries = 1 };
        for (var i = 0; i < 200; i++)
        {
            origin.On($"/{i}.png", i < 16 ? [Reply.Status(503).With("Retry-After", "5"), Reply.Ok(Image)] : [Reply.Ok(Image)]);
        }

        AssertAll(await _project.RunAsync(Declarations(200, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang), SyncStatus.Added);
        var asked = origin.Requests.Select(request => request.Target).ToList();
        Assert.That(asked.Take(200), Is.Unique.And.Count.EqualTo(200), "all are asked for once before one is asked for again");
    }

    [Test]
    public async Task Images_that_an_origin_is_always_silent_about_cost_no_other()
    {
        await using var origin = new ScriptedOrigin();
        _project.Options = _project.Options with
        {
            IdleTimeout = TimeSpan.FromSeconds(1), ConnectTimeout = TimeSpan.FromSeconds(1), Retries = 1,
        };
        for (var i = 0; i < 300; i++)
        {
            origin.On($"/{i}.png", i is >= 100 and < 116 ? Reply.Ok(Image).Delay(TimeSpan.FromSeconds(30)) : Reply.Ok(Image));
        }

        var run = await _project.RunAsync(Declarations(300, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.EqualTo(
            Enumerable.Range(0, 300).Select(i => i is >= 100 and < 116 ? SyncStatus.Failed : SyncStatus.Added)),
            () => string.Join('\n', run.Outcomes.SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message)));
    }

    // A router that has forgotten a connection says nothing. Over HTTP/2, each repetition would go the same way.
    [Test]
    public async Task A_connection_that_is_lost_without_a_word_costs_no_image()
    {
        await using var nginx = Nginx(200, http2: true);
        await using var network = new Forwarder(nginx.Port) { FaultOf = number => number == 1 ? new LinkFault(LinkEnd.Stall, 60_000) : null };
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(8) };
        AssertAll(await RunAsync(network, http2: true, 200), SyncStatus.Added);
        Assert.That(network.Connections, Is.EqualTo(2));
    }

    // Two probes that get no connection last longer than an origin is probed, and each image has more attempts.
    [Test]
    public async Task Connections_that_are_lost_without_a_word_one_after_the_other_cost_no_image()
    {
        await using var nginx = Nginx(200, http2: true);
        await using var network = new Forwarder(nginx.Port)
        {
            FaultOf = number => number <= 3 ? new LinkFault(LinkEnd.Stall, number == 1 ? 60_000 : 0) : null,
        };
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(4), ConnectTimeout = TimeSpan.FromSeconds(2), Retries = 6 };
        AssertAll(await RunAsync(network, http2: true, 200), SyncStatus.Added);
    }

    [Test]
    public async Task A_probe_that_is_silent_is_told_with_the_time_that_it_took()
    {
        await using var origin = new ScriptedOrigin().Otherwise(_ => Reply.Ok(Image).Delay(TimeSpan.FromSeconds(30)));
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(1), ConnectTimeout = TimeSpan.FromSeconds(0.5), Retries = 1 };
        var run = await _project.RunAsync(Declarations(20, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(run.Outcomes.Select(outcome => outcome.Diagnostics.Single().Message),
            Has.Some.Contain("the origin was silent again for 0.5 s (ImageSyncConnectTimeout)"));
    }

    // One connection at a time: the image that fails is alone with its origin for as long as that is probed.
    [Test]
    public async Task Where_images_are_asked_for_one_by_one_one_that_is_reset_costs_no_other()
    {
        await using var origin = new ScriptedOrigin();
        _project.Options = _project.Options with { MaxConnectionsPerHost = 1, ConnectTimeout = TimeSpan.FromSeconds(1), RetryDelay = TimeSpan.FromMilliseconds(10) };
        for (var i = 0; i < 20; i++)
        {
            origin.On($"/{i}.png", i is 3 or 4 or 5 ? Reply.Raw("").ResetAfter(0) : Reply.Ok(Image));
        }

        var run = await _project.RunAsync(Declarations(20, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(
            run.Outcomes.Select(outcome => outcome.Status),
            Is.EqualTo(Enumerable.Range(0, 20).Select(i => i is 3 or 4 or 5 ? SyncStatus.Failed : SyncStatus.Added)));
    }

    // The time of the image ends the wait for its origin; what was the matter with that is told all the same.
    [Test]
    public async Task An_outage_that_is_longer_than_the_time_for_an_image_is_told_as_the_cause()
    {
        using var port = new DeadPort();
        _project.Options = _project.Options with { Timeout = TimeSpan.FromSeconds(1) };
        var run = await _project.RunAsync(Declarations(20, i => port.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(
            run.Outcomes.Select(outcome => outcome.Diagnostics.Single().Message),
            Is.All.Contains("the connection was refused").And.All.Not.Contains("ImageSyncTimeout"));
        Assert.That(run.Outcomes.Select(outcome => outcome.Elapsed), Is.All.LessThan(TimeSpan.FromSeconds(6)), "it is probed for ten");
    }

    [Test]
    public async Task An_origin_where_nothing_listens_costs_many_images_what_it_costs_one()
    {
        using var port = new DeadPort();
        _project.Options = _project.Options with { ConnectTimeout = TimeSpan.FromSeconds(3) };
        var run = await _project.RunAsync(Declarations(500, i => port.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(run.Outcomes.Select(outcome => outcome.Diagnostics.Single().CodeText), Is.All.EqualTo("IMGSYNC2001"));
        Assert.That(run.Outcomes.Sum(outcome => outcome.Attempts), Is.LessThan(40));
        Assert.That(
            run.Outcomes.Select(outcome => outcome.Diagnostics[0].Message),
            Is.All.Contains("the connection was refused: nothing listens there"));
    }

    [Test]
    public async Task One_image_that_has_its_connection_reset_costs_no_other()
    {
        await using var origin = new ScriptedOrigin();

        // For as long an origin is probed that has answered, once only such images are left.
        _project.Options = _project.Options with { ConnectTimeout = TimeSpan.FromSeconds(1) };
        for (var i = 0; i < 200; i++)
        {
            origin.On($"/{i}.png", i % 50 == 7 ? Reply.Raw("").ResetAfter(0) : Reply.Ok(Image));
        }

        var run = await _project.RunAsync(Declarations(200, i => origin.Url($"/{i}.png"))).WaitAsync(NoHang);
        Assert.That(run.Outcomes.Where((_, i) => i % 50 != 7).Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(
            run.Outcomes.Where((_, i) => i % 50 == 7).Select(outcome => outcome.Diagnostics.Single().CodeText),
            Is.All.EqualTo("IMGSYNC2001"));
    }

    [TestCase(0)]
    [TestCase(12)]
    public async Task The_time_for_an_image_holds_for_its_retries_and_the_cause_is_told(int retries)
    {
        await using var origin = new ScriptedOrigin().On("/a.png", Reply.Status(503));
        _project.Options = _project.Options with { Retries = retries, Timeout = TimeSpan.FromSeconds(2) };
        var outcome = await _project.SyncAsync(origin.Url("/a.png")).WaitAsync(NoHang);
        Assert.That(
            (outcome.Diagnostics.Single().CodeText, Regex.IsMatch(outcome.Diagnostics[0].Message, "503")),
            Is.EqualTo(("IMGSYNC2002", true)));
        Assert.That(outcome.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)));
        Assert.That(outcome.Attempts, Is.InRange(1, 1 + retries));
    }

    private static void AssertAll(SyncRun run, SyncStatus expected) =>
        Assert.That(run.Outcomes.Count(outcome => outcome.Status == expected), Is.EqualTo(run.Outcomes.Count),
            () => string.Join("\n", run.Outcomes.SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message).Take(5)));

    private static IEnumerable<RemoteImageDeclaration> Declarations(int count, Func<int, string> url) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(url(i)) { LocalPath = $"img/{i}.png" });

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5);
        }
    }

    private async Task<SyncRun> RunAsync(Forwarder network, bool http2, int images) =>
        await _project.RunAsync(Declarations(images, i => $"{(http2 ? "https" : "http")}://127.0.0.1:{network.Port}/{i}.png")).WaitAsync(NoHang);

    private NginxOrigin Nginx(int images, bool http2, string directives = "")
    {
        var nginx = new NginxOrigin(_directory.PathOf("nginx"), directives, certificate: http2 ? _certificate : null);
        for (var i = 0; i < images; i++)
        {
            nginx.Put($"{i}.png", Image);
        }

        return nginx;
    }
}
