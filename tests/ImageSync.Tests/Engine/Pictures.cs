using System.Text;
using ImageSync.Images;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>What is told of the bytes in a local file: format, width and height, and when the file is read for them.</summary>
public class Pictures
{
    private const string Text = "body { color: red }";
    private static readonly byte[] Image = SampleImages.Png(5, 3, 1);
    private static readonly Picture OfImage = new("png", new ImageSize(5, 3));

    // No file here has it, so whoever tells it has it from the record.
    private static readonly Picture Recorded = new("gif", new ImageSize(7, 7));

    private static IEnumerable<TestCaseData> Formats =>
    [
        new(SampleImages.Png(5, 3, 1), "png 5x3"),
        new(SampleImages.Png(300, 200, 1), "png 300x200"),
        new(SampleImages.Jpeg(), "jpeg 8x8"),
        new(SampleImages.Gif(), "gif 1x1"),
        new(SampleImages.WebP(), "webp 8x8"),
        new(SampleImages.Avif(), "avif 16x12"),
        new(SampleImages.Heic(), "heic 16x12"),
        new(SampleImages.JpegXl(), "jxl 129x1"),
        new(SampleImages.Ico(), "ico 16x16"),
        new(SampleImages.Bmp(), "bmp 2x2"),
        new(SampleImages.Tiff(), "tiff 2x2"),
        new(SampleImages.Svg(), "svg 16x16"),
        new("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), "svg"),
        new(SampleImages.CompressedSvg(), "svgz 16x16"),
    ];

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { Retries = 0 };
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCaseSource(nameof(Formats))]
    public async Task What_arrives_is_described(byte[] bytes, string described)
    {
        _origin.On("/a", Reply.Ok(bytes));
        var outcome = await _project.SyncAsync(_origin.Url("/a"), "img/a");
        Assert.That(outcome.Picture?.ToString(), Is.EqualTo(described));
        Assert.That(_project.Record("img/a")!.Picture, Is.EqualTo(outcome.Picture));
    }

    [Test]
    public void Every_format_is_tried() => Assert.That(
        Formats.Select(data => ((string)data.Arguments[1]!).Split(' ')[0]).Distinct(),
        Is.EquivalentTo(ImageFormat.All.Select(format => format.Name)));

    [Test]
    public async Task An_image_that_has_not_changed_is_not_opened([Values("304", "MaxAge", "Offline", "503")] string how)
    {
        await SyncAsync();
        Rewrite(record => record with { Picture = Recorded });
        var outcome = await SyncAsync(how);
        Assert.That(outcome.Picture, Is.EqualTo(Recorded));
    }

    [Test]
    public async Task One_that_an_earlier_version_has_recorded_is_opened_once([Values("304", "MaxAge", "Offline")] string how)
    {
        await SyncAsync();
        Rewrite(record => record with { Picture = null });
        var time = _project.TimeOf();
        Assert.That((await SyncAsync(how)).Picture, Is.EqualTo(OfImage));
        Assert.That((_project.Record()!.Picture, _project.TimeOf()), Is.EqualTo((OfImage, time)));
    }

    [Test]
    public async Task A_check_looks_and_writes_nothing()
    {
        await SyncAsync();
        Rewrite(record => record with { Picture = null });
        var run = await _project.CheckAsync([Declaration()]);
        Assert.That(run.Outcomes.Single().Picture, Is.EqualTo(OfImage));
    }

    [Test]
    public async Task What_is_no_image_is_looked_at_once()
    {
        _origin.On("/a.css", request => Reply.Current(request, Encoding.ASCII.GetBytes(Text), "\"v1\""));
        var declaration = new RemoteImageDeclaration(_origin.Url("/a.css")) { LocalPath = "img/a.png", MediaType = "*/*" };
        Assert.That((await _project.SyncAsync(declaration)).Picture, Is.EqualTo(Picture.None));
        Assert.That((await _project.SyncAsync(declaration)).Picture, Is.EqualTo(Picture.None));
        Assert.That(_project.Record()!.Picture, Is.EqualTo(Picture.None));
    }

    [Test]
    public async Task A_committed_file_is_described([Values("304", "Offline", "503", "Sha256", "same bytes")] string how)
    {
        if (how == "304")
        {
            _project.UseLockFile();
            await SyncAsync();
            _project.CheckOutAnew();
        }
        else
        {
            _project.Files.Write("img/a.png", Image);
        }

        var outcome = await SyncAsync(how);
        Assert.That(outcome.Status, Is.EqualTo(how switch
        {
            "304" => SyncStatus.NotModified,
            "503" => SyncStatus.Kept,
            "same bytes" => SyncStatus.Unchanged,
            _ => SyncStatus.Fresh,
        }));
        Assert.That(outcome.Picture, Is.EqualTo(OfImage));
    }

    [Test]
    public async Task An_edit_that_stays_is_described_as_it_is()
    {
        await SyncAsync();
        _project.Files.Write("img/a.png", SampleImages.Png(8, 2, 1));
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Keep };
        Assert.That((await SyncAsync()).Picture, Is.EqualTo(new Picture("png", new ImageSize(8, 2))));
    }

    [Test]
    public async Task What_comes_from_a_store_is_described_by_its_bytes([Values] bool isThere)
    {
        var store = new StoreFolder();
        await store.Checkout().SyncAsync(_origin.Url("/a.png"));
        _project.Options = _project.Options with { StoreFolder = store.FullPath };
        if (isThere)
        {
            _project.Files.Write("img/a.png", Image);
        }

        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Picture), Is.EqualTo((isThere ? SyncStatus.NotModified : SyncStatus.Added, OfImage)));
        Assert.That(_project.Record()!.Picture, Is.EqualTo(OfImage));
    }

    [Test]
    public async Task Of_what_is_not_there_nothing_is_told()
    {
        _origin.On("/a.png", Reply.Status(404));
        Assert.That((await SyncAsync()).Picture, Is.Null);
    }

    private Task<SyncOutcome> SyncAsync(string how = "")
    {
        if (how == "503")
        {
            _origin.On("/a.png", Reply.Status(503));
        }

        _project.Options = _project.Options with { Offline = how == "Offline" };
        return _project.SyncAsync(Declaration() with
        {
            MaxAge = how == "MaxAge" ? "1.00:00:00" : "",
            Sha256 = how == "Sha256" ? ContentDigest.ToHex(System.Security.Cryptography.SHA256.HashData(Image)) : "",
        });
    }

    private RemoteImageDeclaration Declaration() => new(_origin.Url("/a.png")) { LocalPath = "img/a.png" };

    private void Rewrite(Func<ValidatorRecord, ValidatorRecord> with) =>
        _project.Files.Write("obj/p.imagesync.cache", $"{ValidatorCacheFormat.Header}\n{ValidatorCacheFormat.Write(with(_project.Record()!))}");
}
