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

    private string[] Journals => Directory.GetFiles(_project.Files.PathOf("obj"), "*.journal-*");

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

    // What the cache does not take is in the run's journal, and the next run takes it in.
    [Test]
    public async Task It_costs_no_record_and_no_edit_is_seen([Values] bool keepsEdits)
    {
        var onLocalEdit = keepsEdits ? OnLocalEdit.Fail : OnLocalEdit.Restore;
        _project.Options = _project.Options with { LockTimeout = NoHang, OnLocalEdit = onLocalEdit };
        using (Hold())
        {
            for (var run = 1; run <= 3; run++)
            {
                var held = await _project.RunAsync(Declarations(200)).WaitAsync(NoHang);
                Assert.That(held.Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(run == 1 ? SyncStatus.Added : SyncStatus.NotModified));
                Assert.That(held.Diagnostics, Is.Empty);
                Assert.That(Journals, Has.Length.EqualTo(1), "one run's is taken over by the next");
            }

            Assert.That(File.Exists(_project.Options.CacheFile), Is.False);
        }

        var freed = await _project.RunAsync(Declarations(200));
        Assert.That((freed.Outcomes.Select(outcome => outcome.Status).Distinct().Single(), freed.Diagnostics.Count, Journals.Length),
            Is.EqualTo((SyncStatus.NotModified, 0, 0)));
        File.WriteAllBytes(_project.Files.PathOf("img/7.png"), SampleImages.Png(9, 9));
        Assert.That((await _project.RunAsync(Declarations(200))).Outcomes.SelectMany(outcome => outcome.Diagnostics).Single().CodeText, Is.EqualTo("IMGSYNC4001"),
            "an edit is still one");
    }

    [Test]
    public async Task A_lock_file_that_cannot_be_written_for_it_is_told_as_what_it_is()
    {
        var lockFile = _project.Files.PathOf("imagesync.lock.json");
        _project.Options = _project.Options with { LockTimeout = TimeSpan.FromSeconds(1), LockFile = lockFile };
        using (Hold())
        {
            var told = (await _project.RunAsync(Declarations(3)).WaitAsync(NoHang)).Diagnostics.Single();
            Assert.That((told.CodeText, told.Severity), Is.EqualTo(("IMGSYNC4002", Severity.Error)));
            Assert.That(told.Message,
                Does.Contain("another build or sync holds").And.Not.Contain("writable").And.Not.Contain("local copy"));
        }

        Assert.That((await _project.RunAsync(Declarations(3))).Diagnostics, Is.Empty);
        Assert.That(File.ReadAllText(_project.Files.PathOf("imagesync.lock.json")), Does.Contain("img/2.png"));
    }

    [Test]
    public async Task A_build_that_is_cancelled_while_it_waits_says_no_more_than_that()
    {
        _project.Options = _project.Options with { LockTimeout = NoHang, LockFile = _project.Files.PathOf("imagesync.lock.json") };
        using var held = Hold();
        using var build = new CancellationTokenSource();
        var run = _project.RunAsync(Declarations(3), build.Token);
        while (_project.Progress().Done < 3)
        {
            await Task.Delay(5);
        }

        await build.CancelAsync();
        Assert.That(async () => await run.WaitAsync(NoHang), Throws.InstanceOf<OperationCanceledException>());
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
        return FileLock.Acquire(Mutex, LockTimeout.None);
    }

    private IEnumerable<RemoteImageDeclaration> Declarations(int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" });
}
