using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Many images at once: bounded, in order, none in another's way.</summary>
public class ManyImages
{
    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Outcomes_keep_the_order_of_declaration_and_one_failure_stops_nobody()
    {
        for (var i = 0; i < 100; i++)
        {
            _origin.On($"/{i}.png", i % 10 == 3 ? Reply.Status(404) : Reply.Ok(SampleImages.Png(i, 2000)));
        }

        var run = await _project.RunAsync(Declarations(100));
        Assert.That(run.Outcomes.Select(outcome => (outcome.LocalPath, outcome.Status)),
            Is.EqualTo(Enumerable.Range(0, 100).Select(i => ($"img/{i}.png", i % 10 == 3 ? SyncStatus.Failed : SyncStatus.Added))));
    }

    [TestCase(3, 16)]
    [TestCase(32, 2)]
    public async Task No_more_connections_than_allowed(int concurrency, int connections)
    {
        for (var i = 0; i < 40; i++)
        {
            _origin.On($"/{i}.png", Reply.Ok(SampleImages.Png(i, 2000)).Delay(TimeSpan.FromMilliseconds(5)));
        }

        _project.Options = _project.Options with { MaxConcurrency = concurrency, MaxConnectionsPerHost = connections };
        await _project.RunAsync(Declarations(40));
        Assert.That(_origin.PeakConnections, Is.LessThanOrEqualTo(Math.Min(concurrency, connections)));
    }

    [Test]
    public async Task Waiting_for_a_connection_is_no_silence_of_the_origin()
    {
        for (var i = 0; i < 8; i++)
        {
            _origin.On($"/{i}.png", Reply.Ok(SampleImages.Png(i, 2000)).Delay(TimeSpan.FromMilliseconds(300)));
        }

        _project.Options = _project.Options with { MaxConnectionsPerHost = 1, IdleTimeout = TimeSpan.FromSeconds(1.5), Retries = 0 };
        Assert.That((await _project.RunAsync(Declarations(8))).Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
    }

    [Test]
    public async Task A_cancelled_build_ends_at_once_leaves_no_half_file_and_keeps_what_was_finished()
    {
        using var build = new CancellationTokenSource();
        _origin.On("/0.png", request => Reply.Current(request, SampleImages.Png(0, 2000), "\"v1\""));
        _origin.On("/1.png", _ =>
        {
            build.CancelAfter(300);
            return Reply.Ok(SampleImages.Png(1, 300_000)).Stall(200_000);
        });
        _project.Options = _project.Options with { MaxConcurrency = 1 };
        Assert.That(async () => await _project.RunAsync(Declarations(3), build.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/0.png" }));
        _origin.Clear();
        Assert.That((await _project.RunAsync(Declarations(1))).Outcomes[0].Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task Progress_counts_the_bytes_of_a_body_while_it_comes()
    {
        using var build = new CancellationTokenSource();
        _origin.On("/0.png", Reply.Ok(SampleImages.Png(1, 300_000)).Stall(200_000));

        var run = _project.RunAsync(Declarations(1), build.Token);
        await Until(() => _project.Progress().BytesReceived == 200_000);
        var progress = _project.Progress();
        await build.CancelAsync();

        Assert.That(progress, Is.EqualTo(new SyncProgress(0, 1, 200_000)));
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Two_runs_at_once_on_one_project_both_end_well()
    {
        for (var i = 0; i < 100; i++)
        {
            var (bytes, tag) = (SampleImages.Png(i, 200_000), $"\"{i}\"");
            _origin.On($"/{i}.png", request => Reply.Current(request, bytes, tag));
        }

        var runs = await Task.WhenAll(_project.RunAsync(Declarations(100)), _project.RunAsync(Declarations(100)));
        Assert.That(runs.SelectMany(run => run.Outcomes).Where(outcome => outcome.Diagnostics.Count > 0), Is.Empty);
        Assert.That((await _project.RunAsync(Declarations(100))).Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.NotModified));
        Assert.That(_project.FilesPresent.Count(), Is.EqualTo(100));
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var patience = DateTime.UtcNow.AddSeconds(30); !condition() && DateTime.UtcNow < patience;)
        {
            await Task.Delay(5);
        }
    }

    private IEnumerable<RemoteImageDeclaration> Declarations(int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" });
}
