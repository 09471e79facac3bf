using System.Net;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>HTTP/2: many images over few connections, and whatever frame comes, a whole file or a coded diagnostic.</summary>
public class Http2
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(30);
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 40_000);

    private TestAuthority _authority;
    private Project _project;

    private static IEnumerable<TestCaseData> Faults()
    {
        yield return Case("REFUSED_STREAM", stream => stream.ResetAsync(Http2Error.RefusedStream));
        yield return Case("INTERNAL_ERROR", stream => stream.ResetAsync(Http2Error.InternalError));
        yield return Case("ENHANCE_YOUR_CALM", stream => stream.ResetAsync(Http2Error.EnhanceYourCalm));
        yield return Case("CANCEL", stream => stream.ResetAsync(Http2Error.Cancel));
        yield return Case("NO_ERROR without an answer", stream => stream.ResetAsync(Http2Error.NoError));
        yield return Case("GOAWAY that leaves the request out", stream => GoAwayAsync(stream, 0, Http2Error.NoError));
        yield return Case("GOAWAY that leaves the request out, and the connection stays", stream => stream.Connection.SendGoAwayAsync(0, Http2Error.NoError));
        yield return Case("GOAWAY that takes the request in, then the end", stream => GoAwayAsync(stream, stream.Id, Http2Error.NoError));
        yield return Case("GOAWAY with ENHANCE_YOUR_CALM", stream => GoAwayAsync(stream, stream.Id, Http2Error.EnhanceYourCalm));
        yield return Case("GOAWAY with PROTOCOL_ERROR", stream => GoAwayAsync(stream, 0, Http2Error.ProtocolError));
        yield return Case("end of the connection", stream =>
        {
            stream.Connection.Abort();
            return Task.CompletedTask;
        });
        yield return Case("silence", _ => Task.CompletedTask, isSilent: true);
        yield return Case("silence in the body", stream => HalfAsync(stream, () => Task.CompletedTask), isSilent: true);
        yield return Case("body, then RST_STREAM INTERNAL_ERROR", stream => HalfAsync(stream, () => stream.ResetAsync(Http2Error.InternalError)));
        yield return Case("body, then RST_STREAM NO_ERROR", stream => HalfAsync(stream, () => stream.ResetAsync(Http2Error.NoError)));
        yield return Case("body, then RST_STREAM ENHANCE_YOUR_CALM", stream => HalfAsync(stream, () => stream.ResetAsync(Http2Error.EnhanceYourCalm)));
        yield return Case("body, then GOAWAY with ENHANCE_YOUR_CALM", stream => HalfAsync(stream, () => GoAwayAsync(stream, stream.Id, Http2Error.EnhanceYourCalm)));
        yield return Case("body, then the end of the connection", stream => HalfAsync(stream, () =>
        {
            stream.Connection.Abort();
            return Task.CompletedTask;
        }));
        yield return Case("body that ends before its length", stream => HalfAsync(stream, () => stream.SendDataAsync([], ends: true)));
        yield return Case("body that is longer than its length", async stream =>
        {
            await stream.SendHeadAsync(200, ends: false, ("content-length", "20000"));
            await stream.SendDataAsync(New, ends: true);
        });
        yield return Case("body without a length, then RST_STREAM", async stream =>
        {
            await stream.SendHeadAsync(200, ends: false);
            await stream.SendDataAsync(New, ends: false);
            await stream.PauseAsync();
            await stream.ResetAsync(Http2Error.InternalError);
        });

        static TestCaseData Case(string name, Func<FrameRequest, Task> fault, bool isSilent = false) =>
            new TestCaseData(fault, isSilent).SetName("{m}: " + name);

        static async Task GoAwayAsync(FrameRequest stream, int last, Http2Error error)
        {
            await stream.Connection.SendGoAwayAsync(last, error);
            await stream.PauseAsync();
            stream.Connection.Abort();
        }

        static async Task HalfAsync(FrameRequest stream, Func<Task> end)
        {
            await stream.SendHeadAsync(200, ends: false, ("content-length", $"{New.Length}"));
            await stream.SendDataAsync(New[..20_000], ends: false);
            await stream.PauseAsync();
            await end();
        }
    }

    [SetUp]
    public void SetUp()
    {
        (_authority, _project) = (new TestAuthority(), new Project());
        _project.Network = Network.Trusting(_authority);
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10) };
    }

    [TearDown]
    public void TearDown() => _authority.Dispose();

    [TestCaseSource(nameof(Faults))]
    public async Task A_passing_fault_is_survived(Func<FrameRequest, Task> fault, bool isSilent)
    {
        Expect(isSilent);
        await using var origin = new FrameOrigin(_authority.Issue()) { Answer = stream => stream.Number == 1 ? fault(stream) : stream.SendAsync(New) };
        var outcome = await SyncAsync(origin);
        Assert.That(outcome.Diagnostics, Is.Empty);
        Assert.That((outcome.Status, _project.Files.Read("img/a.png"), origin.Paths.Count), Is.EqualTo((SyncStatus.Added, New, 2)));
    }

    [TestCaseSource(nameof(Faults))]
    public async Task A_fault_that_stays_leaves_the_copy(Func<FrameRequest, Task> fault, bool isSilent)
    {
        Expect(isSilent);
        await using var origin = new FrameOrigin(_authority.Issue()) { Answer = stream => stream.SendAsync(Old, ("etag", "\"v1\"")) };
        await SyncAsync(origin);
        var (time, record) = (_project.Age(), _project.Record());
        origin.Clear();
        origin.Answer = fault;
        var outcome = await SyncAsync(origin);
        var diagnostic = outcome.Diagnostics.Single();
        TestContext.Out.WriteLine($"{outcome.Attempts} attempts, {origin.Paths.Count} requests: {diagnostic.Message}");
        Assert.That((outcome.Status, diagnostic.CodeText, diagnostic.Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC2001", Severity.Warning)));
        Assert.That((_project.Files.Read("img/a.png"), _project.TimeOf(), _project.Record()), Is.EqualTo((Old, time, record)));
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }));
        // .NET's client repeats up to three times by itself what an origin says it has not touched.
        Assert.That(origin.Paths, Has.Count.InRange(4, 16));
    }

    [TestCase(FrameConnection.Headers)]
    [TestCase(FrameConnection.Continuation)]
    public async Task Endless_headers_end_at_64_KB_and_are_not_asked_for_again(byte type)
    {
        await using var origin = new FrameOrigin(_authority.Issue())
        {
            Answer = async stream =>
            {
                byte[] field = [0, 1, (byte)'a', 1, (byte)'b'];
                byte[] status = [0, 7, .. ":status"u8, 3, .. "103"u8];
                var flags = type == FrameConnection.Headers ? FrameConnection.EndHeaders : (byte)0;
                await stream.Connection.SendAsync(FrameConnection.Headers, flags, stream.Id, [.. status, .. field]);
                await stream.Connection.FloodAsync(type, flags, stream.Id, flags == 0 ? field : [.. status, .. field]);
            },
        };
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10) };
        var outcome = await SyncAsync(origin);
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("headers are larger than 64 KB"));
        Assert.That((outcome.Diagnostics[0].CodeText, outcome.Attempts), Is.EqualTo(("IMGSYNC2001", 1)));
    }

    [Test]
    public async Task A_connection_that_is_given_up_before_its_first_request_is_made_anew()
    {
        await using var origin = new FrameOrigin(_authority.Issue()) { Answer = stream => stream.SendAsync(New) };
        origin.Greet = async connection =>
        {
            if (connection.Number == 1)
            {
                await connection.SendGoAwayAsync(0, Http2Error.NoError);
            }
        };
        var outcome = await SyncAsync(origin);
        Assert.That((outcome.Status, outcome.Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, 0, New)));
    }

    [Test]
    public async Task One_stream_at_a_time_is_enough_for_many_images()
    {
        await using var origin = new FrameOrigin(_authority.Issue()) { MaxConcurrentStreams = 1 };
        origin.Answer = async stream =>
        {
            await stream.PauseAsync(5);
            await stream.SendAsync(New);
        };
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10) };
        var run = await _project.RunAsync(Declarations(origin.Url, 30)).WaitAsync(NoHang);
        AssertAll(run, SyncStatus.Added);
        Assert.That((origin.Paths.Distinct().Count(), origin.Paths.Count, origin.PeakStreams), Is.EqualTo((30, 30, 1)));
    }

    // More than there may be connections: the handshake has told that they fit into this one.
    [Test]
    public async Task A_hundred_images_are_asked_for_before_the_first_answer()
    {
        var allAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        await using var origin = new FrameOrigin(_authority.Issue()) { MaxConcurrentStreams = 100 };
        origin.Answer = async stream =>
        {
            if (Interlocked.Increment(ref asked) == 100)
            {
                allAsked.SetResult();
            }

            await allAsked.Task.WaitAsync(NoHang);
            await stream.SendAsync(New);
        };
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10) };
        var run = await _project.RunAsync(Declarations(origin.Url, 100)).WaitAsync(NoHang);
        AssertAll(run, SyncStatus.Added);
    }

    [TestCase(100)]
    [TestCase(1)]
    public async Task A_hundred_images_take_one_connection(int maxStreams)
    {
        await using var origin = await KestrelOrigin.StartAsync(_authority.Issue(), maxStreams: maxStreams);
        for (var i = 0; i < 100; i++)
        {
            origin.On($"/{i}.png", SampleImages.Png(i, 20_000));
        }

        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10) };
        foreach (var expected in new[] { SyncStatus.Added, SyncStatus.NotModified })
        {
            var run = await _project.RunAsync(Declarations(origin.Url, 100)).WaitAsync(NoHang);
            AssertAll(run, expected);
        }

        Assert.That(Enumerable.Range(0, 100).Select(i => _project.Files.Read($"img/{i}.png")), Is.EqualTo(Enumerable.Range(0, 100).Select(i => SampleImages.Png(i, 20_000))));
        Assert.That(origin.Requests.Select(request => request.Protocol), Is.All.EqualTo("HTTP/2"));
        Assert.That((origin.Requests.Count, origin.Connections), Is.EqualTo((200, 2)));
    }

    // As far away as it takes: a hundred are answered together, after a while, and the others wait.
    [NonParallelizable] // The times of answers, by which the client decides.
    [TestCase(16, 4)]
    [TestCase(3, 3)]
    [TestCase(1, 1)]
    public async Task Images_that_wait_for_an_origin_far_away_take_more_connections(int allowed, int taken)
    {
        await using var origin = FarAway();
        var run = await RunAsync(origin, allowed);
        AssertAll(run, SyncStatus.Added);
        TestContext.Out.WriteLine($"{origin.PeakStreams} requests at once");
        Assert.That(origin.Connections, Is.EqualTo(taken));
        Assert.That(origin.PeakStreams, allowed == 1 ? Is.LessThanOrEqualTo(100) : Is.InRange(101, 100 * taken));
    }

    [NonParallelizable] // The times of answers, by which the client decides.
    [Test]
    public async Task An_origin_that_answers_one_after_the_other_keeps_one_connection()
    {
        using var turn = new SemaphoreSlim(1);
        await using var origin = new FrameOrigin(_authority.Issue());
        origin.Answer = async stream =>
        {
            await turn.WaitAsync();
            await stream.PauseAsync(3);
            turn.Release();
            await stream.SendAsync(New);
        };
        AssertAll(await RunAsync(origin), SyncStatus.Added);
        Assert.That(origin.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task An_origin_that_lets_nobody_have_a_second_connection_is_asked_over_the_first()
    {
        await using var origin = FarAway();
        origin.Accepts = number => number == 1;
        AssertAll(await RunAsync(origin), SyncStatus.Added);
        Assert.That((origin.Connections, origin.Paths.Distinct().Count()), Is.EqualTo((4, Many)), "they are tried once");
        Assert.That(origin.PeakStreams, Is.LessThanOrEqualTo(100));
    }

    [TestCase(Http2Error.NoError)]
    [TestCase(Http2Error.EnhanceYourCalm)]
    public async Task A_connection_of_several_that_is_ended_costs_no_image(Http2Error error)
    {
        var ended = 0;
        await using var origin = FarAway(async stream =>
        {
            // What was left out is repeated over this connection's successor; what was taken in is answered, or lost with an error.
            if (stream.Connection.Number == 2 && stream.Id > 40 && Interlocked.Exchange(ref ended, 1) == 0)
            {
                await stream.Connection.SendGoAwayAsync(stream.Id, error);
            }

            return false;
        });
        var run = await RunAsync(origin);
        Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count)), Is.All.EqualTo((SyncStatus.Added, 0)));
        Assert.That((ended, origin.Connections), Is.EqualTo((1, 5)));
    }

    [TestCase(10, 100)]
    [TestCase(128, Many)]
    public async Task However_many_requests_a_connection_may_carry_all_images_come(int maxStreams, int images)
    {
        await using var origin = FarAway();
        origin.MaxConcurrentStreams = maxStreams;
        AssertAll(await RunAsync(origin, images: images), SyncStatus.Added);
        Assert.That(origin.Connections, Is.LessThanOrEqualTo(16));
    }

    // One connection's fill stays, or less, once it was too much; whether all of it was ever asked at one moment is a matter of time.
    [NonParallelizable] // The times of answers, by which the client decides.
    [Test]
    public async Task An_origin_that_wants_fewer_requests_is_asked_for_fewer()
    {
        // By their numbers: they are answered in whatever order the machine has time for.
        await using var origin = FarAway(async stream =>
        {
            if (stream.Number is < 50 or > 60)
            {
                return false;
            }

            await stream.SendHeadAsync(429, ends: true);
            return true;
        });
        var run = await RunAsync(origin);
        Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Diagnostics.Count)), Is.All.EqualTo((SyncStatus.Added, 0)));
        Assert.That((origin.Connections, origin.PeakStreams <= 100), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task A_build_that_is_cancelled_ends_at_once_over_several_connections()
    {
        using var build = new CancellationTokenSource();
        await using var origin = FarAway();
        origin.Greet = connection => connection.Number == 3 ? build.CancelAsync() : Task.CompletedTask;
        Assert.That(async () => await RunAsync(origin, build: build.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Through_a_proxy_there_are_as_many_tunnels()
    {
        await using var proxy = new HttpProxy();
        await using var origin = FarAway();
        var direct = _project.Network!;
        _project.Network = options =>
        {
            var handler = (SocketsHttpHandler)direct(options);
            handler.Proxy = new WebProxy(proxy.Url);
            return handler;
        };
        AssertAll(await RunAsync(origin, connections: 2), SyncStatus.Added);
        Assert.That(proxy.Requests, Is.EqualTo(Enumerable.Repeat($"CONNECT 127.0.0.1:{origin.Port} HTTP/1.1", 2)));
    }

    private const int Many = 600;

    // Long enough that a busy machine is not taken for a silent origin.
    private void Expect(bool isSilent) =>
        _project.Options = isSilent ? _project.Options with { IdleTimeout = TimeSpan.FromSeconds(1) } : _project.Options;

    private FrameOrigin FarAway(Func<FrameRequest, Task<bool>>? before = null) => new(_authority.Issue())
    {
        Answer = async stream =>
        {
            if (before is null || !await before(stream))
            {
                await stream.PauseAsync(300);
                await stream.SendAsync(Old);
            }
        },
    };

    private async Task<SyncRun> RunAsync(
        FrameOrigin origin, int connections = 16, int images = Many, CancellationToken build = default)
    {
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(10), MaxConnectionsPerHost = connections };
        return await _project.RunAsync(Declarations(origin.Url, images), build).WaitAsync(NoHang, CancellationToken.None);
    }

    private static IEnumerable<RemoteImageDeclaration> Declarations(Func<string, string> url, int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(url($"/{i}.png")) { LocalPath = $"img/{i}.png" });

    private static void AssertAll(SyncRun run, SyncStatus expected) =>
        Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.Attempts)), Is.All.EqualTo((expected, 1)), () => string.Join("\n", run.Outcomes.SelectMany(outcome => outcome.Diagnostics).Select(diagnostic => diagnostic.Message)));

    private Task<SyncOutcome> SyncAsync(FrameOrigin origin) => _project.SyncAsync(origin.Url("/a.png")).WaitAsync(NoHang);
}
