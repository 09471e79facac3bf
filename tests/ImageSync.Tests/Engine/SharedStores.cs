using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Several checkouts over one shared store: what one has received, the others need not.</summary>
public class SharedStores
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private StoreFolder _store;
    private Project _first;
    private Project _second;

    [SetUp]
    public void SetUp()
    {
        (_origin, _store) = (new ScriptedOrigin(), new StoreFolder());
        (_first, _second) = (_store.Checkout(), _store.Checkout());
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task A_second_checkout_costs_304s_and_local_copies()
    {
        for (var i = 0; i < 20; i++)
        {
            var (bytes, tag) = (SampleImages.Png(i, 3000), $"\"{i}\"");
            _origin.On($"/{i}.png", request => Reply.Current(request, bytes, tag));
        }

        await _first.RunAsync(Declarations(20, "img"));
        _origin.Clear();
        var run = await _second.RunAsync(Declarations(20, "elsewhere"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Outcomes.Select(outcome => (outcome.Status, outcome.StatusCode, outcome.FromStore)), Is.All.EqualTo((SyncStatus.Added, (int?)304, true)));
            Assert.That((run.BytesReceived, run.FromStore, run.BytesSpared, run.Diagnostics.Count), Is.EqualTo((0L, 20, run.Outcomes.Sum(outcome => outcome.Length), 0)));
            Assert.That(_origin.Requests, Has.Count.EqualTo(20).And.All.Property(nameof(RecordedRequest.IsConditional)).True);
            Assert.That(Enumerable.Range(0, 20).Select(i => _second.Files.Read($"elsewhere/{i}.png")), Is.EqualTo(Enumerable.Range(0, 20).Select(i => SampleImages.Png(i, 3000))));
            Assert.That(_second.FilesPresent.Count(), Is.EqualTo(20), "no temporary file stays");
        });
        Assert.That((await _second.RunAsync(Declarations(20, "elsewhere"))).Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task So_does_one_that_was_cleaned()
    {
        ServeOld();
        await SyncAsync(_first);
        _first.Clean();
        Assert.That(await SyncAsync(_first), Is.EqualTo((SyncStatus.Added, 304, 0L, true)));
        Assert.That((_first.Files.Read("img/a.png"), _first.Record()!.Written, _first.Record()!.Validators.EntityTag), Is.EqualTo((Old, true, "\"v1\"")));
    }

    [Test]
    public async Task Files_that_are_there_without_a_record_are_asked_for_with_the_stores_validators_and_untouched()
    {
        ServeOld();
        await SyncAsync(_first);
        _second.Files.Write("img/a.png", Old);
        var time = _second.Age();
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.NotModified, 304, 0L, false)));
        Assert.That((_second.TimeOf(), _second.Record()!.Written), Is.EqualTo((time, false)));
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.NotModified, 304, 0L, false)));
    }

    [Test]
    public async Task A_checkout_that_is_behind_takes_what_another_has_received_since()
    {
        ServeOld();
        await SyncAsync(_first);
        await SyncAsync(_second);
        ServeNew();
        await SyncAsync(_first);
        _origin.Clear();
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Updated, 304, 0L, true)));
        Assert.That((_second.Files.Read("img/a.png"), _origin.Requests.Single().Header("If-None-Match")), Is.EqualTo((New, "\"v2\"")));
    }

    [Test]
    public async Task An_origin_that_went_back_is_followed()
    {
        ServeOld();
        await SyncAsync(_second);
        ServeNew();
        await SyncAsync(_first);
        ServeOld();
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Unchanged, 200, (long)Old.Length, false)));
        Assert.That(await SyncAsync(_first), Is.EqualTo((SyncStatus.Updated, 304, 0L, true)), "the second checkout's answer is the later one now");
        Assert.That((_first.Files.Read("img/a.png"), _second.Files.Read("img/a.png")), Is.EqualTo((Old, Old)));
    }

    [Test]
    public async Task An_edit_is_kept_aside_when_the_stores_bytes_replace_it()
    {
        ServeOld();
        await SyncAsync(_first);
        _first.Files.Write("img/a.png", New);
        var outcome = await _first.SyncAsync(_origin.Url("/a.png"));
        Assert.That((outcome.Status, outcome.FromStore, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Updated, true, "IMGSYNC4001")));
        Assert.That((_first.Files.Read("img/a.png"), File.ReadAllBytes(outcome.KeptAt!)), Is.EqualTo((Old, New)));
    }

    [Test]
    public async Task An_edit_in_place_reaches_no_other_checkout()
    {
        ServeOld();
        await SyncAsync(_first);
        await SyncAsync(_second);
        using (var file = File.OpenWrite(_second.Files.PathOf("img/a.png")))
        {
            file.Write("edited"u8);
        }

        Assert.That((_first.Files.Read("img/a.png"), _store.Contents.Single().Bytes), Is.EqualTo((Old, Old)));
    }

    [Test]
    public async Task A_304_for_a_file_that_was_there_before_the_store_puts_it_in()
    {
        ServeOld();
        _first.Options = _first.Options with { StoreFolder = null };
        await SyncAsync(_first);
        Assert.That(Directory.Exists(_store.FullPath), Is.False, "no store, nothing of it");
        _first.Options = _first.Options with { StoreFolder = _store.FullPath };
        await SyncAsync(_first);
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 304, 0L, true)));
    }

    [Test]
    public async Task A_run_in_which_nothing_is_new_writes_nothing_into_it()
    {
        ServeOld();
        await SyncAsync(_first);
        var before = FolderState.Of(_store.FullPath);
        await SyncAsync(_first);
        await SyncAsync(_second);
        await SyncAsync(_second);
        Assert.That(FolderState.Of(_store.FullPath), Is.EqualTo(before));
    }

    [Test]
    public async Task Bytes_from_the_store_are_judged_by_the_item_that_wants_them()
    {
        var page = "<!DOCTYPE html><title>Log in</title>"u8.ToArray();
        _origin.On("/a.png", request => Reply.Current(request, page, "\"v1\"").With("Content-Type", "text/html"));
        Assert.That((await _first.SyncAsync(_origin.Url("/a.png"), with: image => image with { MediaType = "*/*" })).Status, Is.EqualTo(SyncStatus.Added));
        var outcome = await _second.SyncAsync(_origin.Url("/a.png"));
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.BytesReceived), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3001", 0L)));
        outcome = await _second.SyncAsync(_origin.Url("/a.png"), with: image => image with { MediaType = "text/html", MaxBytes = "10" });
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.BytesReceived), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3003", 0L)));
    }

    [Test]
    public async Task A_forced_sync_asks_without_condition()
    {
        ServeOld();
        await SyncAsync(_first);
        _second.Options = _second.Options with { Force = true };
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 200, (long)Old.Length, false)));
        Assert.That((_origin.Requests[1].IsConditional, _origin.Requests[1].Header("Cache-Control")), Is.EqualTo((false, "no-cache")));
    }

    [Test]
    public async Task Of_a_response_that_says_no_store_nothing_is_put_in()
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\""), ("Cache-Control", "no-store")));
        await SyncAsync(_first);
        Assert.That(_store.Files, Is.Empty);
    }

    [Test]
    public async Task What_is_gone_for_good_is_forgotten()
    {
        ServeOld();
        await SyncAsync(_first);
        _origin.On("/a.png", Reply.Status(410));
        await SyncAsync(_first);
        ServeOld();
        Assert.That(await SyncAsync(_second), Is.EqualTo((SyncStatus.Added, 200, (long)Old.Length, false)));
    }

    private void ServeOld() => _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));

    private void ServeNew() => _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));

    private async Task<(SyncStatus Status, int? StatusCode, long BytesReceived, bool FromStore)> SyncAsync(Project project)
    {
        var outcome = await project.SyncAsync(_origin.Url("/a.png"));
        Assert.That(outcome.Status is SyncStatus.Kept or SyncStatus.Failed || outcome.Diagnostics.Count == 0, () => string.Join('\n', outcome.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return (outcome.Status, outcome.StatusCode, outcome.BytesReceived, outcome.FromStore);
    }

    private IEnumerable<RemoteImageDeclaration> Declarations(int count, string folder) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"{folder}/{i}.png" });
}
