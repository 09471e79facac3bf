using System.Text;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>An item that accepts other bytes than it did: no record of what it accepted before vouches for the file.</summary>
public class ChangedRules
{
    private static readonly byte[] Page = Encoding.ASCII.GetBytes("<!DOCTYPE html><html><body>Sign in</body></html>");
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Half = Image[..2000];

    private ScriptedOrigin _origin;
    private Project _project;

    /// <summary>What would have the file count without a look at its bytes.</summary>
    public enum Voucher
    {
        NotModified,
        MaxAge,
        Offline,
        Error503,
        CleanClone,
        Locked,
        CleanLockedClone,
    }

    /// <summary>What was accepted, and is not now.</summary>
    public enum Bytes
    {
        Page,
        PageServedAsImage,
        HalfAnImage,
        TooMany,
        AnotherFormat,
    }

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { Retries = 0 };
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task What_is_not_accepted_any_more_is_no_copy([Values] Bytes bytes, [Values] Voucher voucher)
    {
        var (held, before, after, told) = Rules(bytes);
        await HaveAsync(held, before, bytes == Bytes.PageServedAsImage ? "image/png" : "application/octet-stream");
        Vouch(voucher);
        after = voucher == Voucher.MaxAge ? after with { MaxAge = "1.00:00:00" } : after;
        for (var build = 0; build < 2; build++)
        {
            var outcome = await _project.SyncAsync(after);
            Assert.That((outcome.Status, outcome.Diagnostics.Single().Severity), Is.EqualTo((SyncStatus.Failed, Severity.Error)), $"build {build}");
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain($"is no copy of the image: {told}"));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(held), "nothing is lost");
        }

        Assert.That(_origin.Requests.Select(request => request.IsConditional), Has.None.True);
    }

    [Test]
    public async Task The_image_takes_the_place_of_a_page_that_was_ours([Values("Restore", "Keep", "Fail")] string onLocalEdit)
    {
        await HaveAsync(Page, Declaration("*/*"));
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
        var outcome = await _project.SyncAsync(Declaration());
        Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, 0, (string?)null)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task A_check_tells_that_the_page_would_be_replaced()
    {
        await HaveAsync(Page, Declaration("*/*"));
        var outcome = (await _project.CheckAsync([Declaration()])).Outcomes.Single();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Modified, "IMGSYNC2010")));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("it looks like an HTML page"));
    }

    // The same after a cache that a version wrote which did not record it.
    [Test]
    public async Task What_is_still_accepted_is_read_once_and_asked_for_with_its_validators([Values] bool isOldCache, [Values] bool isAged)
    {
        await HaveAsync(Image, Declaration(isOldCache ? "" : "*/*"));
        if (isOldCache)
        {
            var lines = _project.Files.ReadText("obj/p.imagesync.cache").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(ValidatorCacheFormat.TryRead(lines[^1], out var record));
            _project.Files.Write("obj/p.imagesync.cache", $"{lines[0]}\n{ValidatorCacheFormat.Write(record! with { AcceptedAs = null })}");
        }

        var outcome = await _project.SyncAsync(Declaration() with { MaxAge = isAged ? "1.00:00:00" : "" });
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((isAged ? SyncStatus.Fresh : SyncStatus.NotModified, 0)));
        Assert.That(_project.Record()!.AcceptedAs, Is.EqualTo("image/*"), "the next build need not read it");
    }

    [Test]
    public async Task A_file_that_a_store_knows_from_others_is_looked_at()
    {
        var store = new StoreFolder();
        _origin.On("/a.png", request => Reply.Current(request, Page, "\"v1\""));
        await store.Checkout().SyncAsync(_origin.Url("/a.png"), with: image => image with { MediaType = "*/*" });
        _project.Options = _project.Options with { StoreFolder = store.FullPath };
        _project.Files.Write("img/a.png", Page);
        var outcome = await _project.SyncAsync(Declaration());
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC3001")));
    }

    private (byte[] Held, RemoteImageDeclaration Before, RemoteImageDeclaration After, string Told) Rules(Bytes bytes) => bytes switch
    {
        Bytes.TooMany => (Image, Declaration(), Declaration() with { MaxBytes = "3000" },
            $"it has {Image.Length} bytes, more than the 3000 that MaxBytes allows"),
        Bytes.AnotherFormat => (Image, Declaration(), Declaration("image/webp"), "it is image/png, not image/webp"),
        Bytes.HalfAnImage => (Half, Declaration("*/*"), Declaration(), "it is a PNG"),
        _ => (Page, Declaration("*/*"), Declaration(), "it looks like an HTML page"),
    };

    private async Task HaveAsync(byte[] bytes, RemoteImageDeclaration accepted, string contentType = "application/octet-stream")
    {
        _project.UseLockFile();
        _origin.On("/a.png", request => request.IsConditional
            ? Reply.NotModified(("ETag", "\"v1\""))
            : Reply.Ok(bytes, ("ETag", "\"v1\""), ("Content-Type", contentType)));
        Assert.That((await _project.SyncAsync(accepted)).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((await _project.SyncAsync(accepted)).Status, Is.EqualTo(SyncStatus.NotModified));
        _origin.Clear();
    }

    private void Vouch(Voucher voucher)
    {
        if (voucher is Voucher.CleanClone or Voucher.CleanLockedClone)
        {
            _project.CheckOutAnew();
        }

        _project.Options = _project.Options with
        {
            Offline = voucher == Voucher.Offline, Locked = voucher is Voucher.Locked or Voucher.CleanLockedClone,
        };
        if (voucher == Voucher.Error503)
        {
            _origin.On("/a.png", Reply.Status(503));
        }
    }

    private RemoteImageDeclaration Declaration(string mediaType = "") =>
        new(_origin.Url("/a.png")) { LocalPath = "img/a.png", MediaType = mediaType };
}
