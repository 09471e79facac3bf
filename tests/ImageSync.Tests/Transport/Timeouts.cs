using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Transport;

/// <summary>The four clocks (HTTP.md R-88): connection, silence before the head and in the body, and the whole. Each names its property.</summary>
public class Timeouts
{
    private const string Silent = "the origin was silent for 0.2 s (ImageSyncIdleTimeout) (4 attempts)";

    private static readonly byte[] Image = SampleImages.Png(1, 20_000);

    private ScriptedOrigin _origin;
    private Project _project;

    private static IEnumerable<TestCaseData> Silences()
    {
        yield return Case("before the head", Reply.Raw("").Stall());
        yield return Case("in the status line", Reply.Raw("HTTP/1.1 2").Stall(10));
        yield return Case("in a field", Reply.Raw("HTTP/1.1 200 OK\r\nETag: \"v").Stall(25));
        yield return Case("before the first byte of the body", Reply.Ok(Image).Stall());
        yield return Case("in the body", Reply.Ok(Image).Stall(10_000));
        yield return Case("before the last byte of the body", Reply.Ok(Image).Stall(Image.Length - 1));
        yield return Case("in a chunk", Reply.Ok(Image).Chunked(1000).Stall(10_000));
        yield return Case("where the body should end with the connection", Reply.Ok(Image).WithoutLength().Stall(Image.Length));
        yield return Case("in a coded body", Reply.Ok(Image, ("Content-Encoding", "gzip")).Stall(1));

        static TestCaseData Case(string name, Reply reply) => new TestCaseData(reply).SetName("{m}: " + name);
    }

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromMilliseconds(200) };
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCaseSource(nameof(Silences))]
    public async Task Silence(Reply reply)
    {
        _origin.On("/a.png", reply);
        var outcome = await SyncAsync();
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain(Silent));
        Assert.That((outcome.Diagnostics[0].CodeText, outcome.Attempts, _project.FilesPresent), Is.EqualTo(("IMGSYNC2001", 4, Array.Empty<string>())));
    }

    [Test]
    public async Task A_byte_now_and_then_is_no_silence_but_ends_with_the_whole()
    {
        _origin.On("/a.png", Reply.Ok(Image).Trickle(1, TimeSpan.FromMilliseconds(50)));

        // Far more than the pause: a machine that is busy elsewhere stretches it, and that would be silence.
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromMilliseconds(800), Timeout = TimeSpan.FromSeconds(1) };
        var outcome = await SyncAsync();
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("it took longer than 1 s in all (ImageSyncTimeout)").And.Not.Contain("attempts"));
        Assert.That((outcome.Attempts, outcome.BytesReceived > 1), Is.EqualTo((1, true)));
    }

    [Test]
    public async Task Retries_end_with_the_whole()
    {
        _origin.On("/a.png", Reply.Raw("").Stall());
        _project.Options = _project.Options with { Timeout = TimeSpan.FromMilliseconds(500) };
        var outcome = await SyncAsync();
        Assert.That(outcome.Diagnostics.Single().Message, Does.Contain("it took longer than 0.5 s in all (ImageSyncTimeout)").Or.Contain("(ImageSyncIdleTimeout)"));
        Assert.That(outcome.Attempts, Is.LessThan(4));
    }

    [Test]
    public async Task A_slow_origin_that_speaks_is_waited_for()
    {
        _origin.On("/a.png", Reply.Ok(Image).Trickle(2000, TimeSpan.FromMilliseconds(200)));
        _project.Options = _project.Options with { IdleTimeout = TimeSpan.FromSeconds(1) };
        Assert.That(((await SyncAsync()).Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, Image)));
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));
}
