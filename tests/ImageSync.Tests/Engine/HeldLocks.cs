using System.Diagnostics;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Another process holds the cache's lock: a run waits for it once, not once for each image, and what it says of the next build is true.</summary>
public class HeldLocks
{
    private static readonly TimeSpan NoHang = TimeSpan.FromSeconds(60);
    private static readonly byte[] Image = SampleImages.Png(1, 2_000);

    private ScriptedOrigin _origin;
    private Project _project;

    private string Mutex => ValidatorCache.MutexOf(_project.Options.CacheFile);

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        for (var i = 0; i < 200; i++)
        {
            _origin.On($"/{i}.png", request => Reply.Current(request, Image, "\"v1\""));
        }
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    // 200 images would save three times on the way; where edits are kept, each image would.
    [Test]
    public async Task All_images_together_wait_once([Values] bool keepsEdits)
    {
        _project.Options = _project.Options with { LockPatience = TimeSpan.FromSeconds(1), OnLocalEdit = keepsEdits ? OnLocalEdit.Keep : OnLocalEdit.Restore };
        using (Hold())
        {
            var watch = Stopwatch.StartNew();
            var run = await _project.RunAsync(Declarations(200)).WaitAsync(NoHang);
            Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
            Assert.That(run.Diagnostics.Single().Message, Does.Contain("another build holds").And.Contain("200 of them"));
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), "1 s is waited in all, and 200 would be for each");
        }

        Assert.That((await _project.RunAsync(Declarations(200))).Outcomes.Select(outcome => outcome.StatusCode), Is.All.EqualTo(200), "as it said");
    }

    [Test]
    public async Task A_lock_that_is_freed_in_time_leaves_nothing_to_tell()
    {
        var held = Hold();
        var run = _project.RunAsync(Declarations(200));
        await Task.Delay(1_000);
        held.Dispose();
        Assert.That((await run.WaitAsync(NoHang)).Diagnostics, Is.Empty);
        Assert.That((await _project.RunAsync(Declarations(200))).Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task A_cancelled_build_does_not_wait_for_it()
    {
        using var held = Hold();
        using var build = new CancellationTokenSource();
        _origin.On("/last.png", Reply.Raw("").Stall());
        var run = _project.RunAsync([.. Declarations(100), new RemoteImageDeclaration(_origin.Url("/last.png")) { LocalPath = "last.png" }], build.Token);
        while (_project.Progress().Done < 100)
        {
            await Task.Delay(5);
        }

        var watch = Stopwatch.StartNew();
        await build.CancelAsync();
        Assert.That(async () => await run.WaitAsync(NoHang), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(6)), "10 s are waited where nothing was cancelled");
    }

    [Test]
    public async Task What_is_no_lock_that_somebody_holds_is_told_at_once()
    {
        _project.Files.Write("obj", "a file in the folder's place");
        var watch = Stopwatch.StartNew();
        var run = await _project.RunAsync(Declarations(3)).WaitAsync(NoHang);
        Assert.That(run.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.Added));
        Assert.That(run.Diagnostics.Single().Message, Does.Not.Contain("another build"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(6)));
    }

    private FileStream Hold()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Mutex)!);
        return FileLock.Acquire(Mutex, LockPatience.None);
    }

    private IEnumerable<RemoteImageDeclaration> Declarations(int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" });
}
