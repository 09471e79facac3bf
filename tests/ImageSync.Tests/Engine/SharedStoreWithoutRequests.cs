using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Bytes that a shared store has, and that nobody need be asked about, or can be.</summary>
public class SharedStoreWithoutRequests
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
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task What_another_checkout_has_validated_just_now_needs_no_request_within_MaxAge()
    {
        await SyncAsync(_first);
        _origin.Clear();
        var outcome = await _second.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxAge = "01:00:00" });
        Assert.That((outcome.Status, outcome.StatusCode, outcome.Attempts, outcome.FromStore, _origin.Requests.Count), Is.EqualTo((SyncStatus.Added, (int?)null, 0, true, 0)));
        Assert.That((await _second.SyncAsync(_origin.Url("/a.png"), with: image => image with { MaxAge = "01:00:00" })).Status, Is.EqualTo(SyncStatus.Fresh));
        _second.Options = _second.Options with { ByHand = true };
        Assert.That(await SyncAsync(_second), Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task Offline_it_is_what_was_seen_last()
    {
        await SyncAsync(_first);
        _origin.Clear();
        _second.Options = _second.Options with { Offline = true };
        var outcome = await _second.SyncAsync(_origin.Url("/a.png"));
        Assert.That((outcome.Status, outcome.StatusCode, outcome.FromStore, outcome.Diagnostics.Count, _origin.Requests.Count), Is.EqualTo((SyncStatus.Added, (int?)null, true, 0, 0)));
        Assert.That((await _second.SyncAsync(_origin.Url("/b.png"), "img/b.png")).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC2006"));
        _second.Options = _second.Options with { Offline = false };
        Assert.That(await SyncAsync(_second), Is.EqualTo(SyncStatus.NotModified));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Bytes_that_are_pinned_need_no_request_whatever_their_URL(bool offline)
    {
        await SyncAsync(_first);
        _origin.Clear();
        _second.Options = _second.Options with { Offline = offline };
        var outcome = await _second.SyncAsync(_origin.Url("/another.png"), with: image => image with { Sha256 = _store.Contents.Single().Sha256 });
        Assert.That((outcome.Status, outcome.FromStore, outcome.Length, outcome.MediaType, _origin.Requests.Count), Is.EqualTo((SyncStatus.Added, true, (long?)Old.Length, "image/png", 0)));
        Assert.That(_second.Files.Read("img/a.png"), Is.EqualTo(Old));
    }

    [Test]
    public async Task Bytes_that_are_locked_need_no_request()
    {
        _first.UseLockFile();
        await SyncAsync(_first);
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        await SyncAsync(_second);
        _origin.Clear();
        _first.Clean();
        _first.Options = _first.Options with { Locked = true };
        var outcome = await _first.SyncAsync(_origin.Url("/a.png"));
        Assert.That((outcome.Status, outcome.FromStore, _origin.Requests.Count, _first.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, true, 0, Old)));
    }

    private async Task<SyncStatus> SyncAsync(Project project) => (await project.SyncAsync(_origin.Url("/a.png"))).Status;
}
