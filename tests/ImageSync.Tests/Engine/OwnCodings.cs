using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Files that are in a coding by their name (.svgz, .tar.gz) stay in it, whatever the origin says of that; and all that
/// is known is of what is stored.</summary>
public class OwnCodings
{
    private static readonly byte[] Svg = SampleImages.Svg();
    private static readonly byte[] Coded = SampleImages.CompressedSvg();
    private static readonly (string, string) Gzip = ("Content-Encoding", "gzip");
    private static readonly (string, string) Tag = ("ETag", "\"v1\"");

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    // The name under which it is stored decides, wherever it comes from.
    [TestCase("/a.svgz", "img/a.svgz", true)]
    [TestCase("/a.svg", "img/a.svgz", true)]
    [TestCase("/a.svgz", "img/a.svg", false)]
    [TestCase("/a", "img/a", false)]
    public async Task An_SVG_is_stored_as_its_name_says(string path, string localPath, bool isCoded)
    {
        _origin.On(path, request => request.IsConditional ? Reply.NotModified(Tag) : Reply.Ok(Coded, Gzip, Tag));
        var outcome = await _project.SyncAsync(_origin.Url(path), localPath);
        var stored = isCoded ? Coded : Svg;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((outcome.Status, outcome.Diagnostics, outcome.MediaType),
                Is.EqualTo((SyncStatus.Added, Array.Empty<Diagnostic>(), "image/svg+xml")));
            Assert.That(_project.Files.Read(localPath), Is.EqualTo(stored));
            Assert.That((outcome.Sha256, outcome.Length), Is.EqualTo((Digest(stored), (long?)stored.Length)));
            Assert.That((await _project.SyncAsync(_origin.Url(path), localPath)).Status, Is.EqualTo(SyncStatus.NotModified));
        }
    }

    [Test]
    public async Task A_packed_SVG_that_is_served_without_a_coding_is_an_image_too()
    {
        _origin.On("/a.svgz", Reply.Ok(Coded));
        Assert.That((await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz")).Diagnostics, Is.Empty);
        Assert.That(_project.Files.Read("img/a.svgz"), Is.EqualTo(Coded));
    }

    [TestCase("img/a.svg")]
    [TestCase("img/a.png")]
    public async Task A_name_that_says_nothing_of_the_coding_does_not_fit(string localPath)
    {
        _origin.On("/a", Reply.Ok(Coded));
        var diagnostic = (await _project.SyncAsync(_origin.Url("/a"), localPath)).Diagnostics.Single();
        Assert.That(diagnostic.CodeText, Is.EqualTo("IMGSYNC3005"));
        Assert.That(diagnostic.Message,
            Does.Contain($"the image is image/svg+xml in gzip, but its extension is {Path.GetExtension(localPath)}."));
    }

    [TestCase("a.tar.gz", "gzip")]
    [TestCase("a.tar.gz", "x-gzip")]
    [TestCase("a.tar.zst", "zstd")]
    [TestCase("a.wasm.br", "br")]
    public async Task An_archive_keeps_the_digest_that_it_was_published_with(string name, string coding)
    {
        byte[] bytes = [.. Coded, 1, 2, 3];
        _origin.On("/" + name, Reply.Ok(bytes, ("Content-Encoding", coding)));
        var outcome = await _project.SyncAsync(_origin.Url("/" + name), "dist/" + name, declaration =>
            declaration with { MediaType = "*/*", Sha256 = Digest(bytes) });
        Assert.That((outcome.Status, outcome.Diagnostics), Is.EqualTo((SyncStatus.Added, Array.Empty<Diagnostic>())));
        Assert.That(_project.Files.Read("dist/" + name), Is.EqualTo(bytes));
    }

    // RFC 9530 §2, §3: of the coded bytes, which are those that are stored here.
    [TestCase("Content-Digest")]
    [TestCase("Repr-Digest")]
    public async Task The_origins_digest_is_of_what_is_stored(string field)
    {
        var (wrong, right) = ((field, Field(Svg)), (field, Field(Coded)));
        _origin.On("/a.svgz", Reply.Ok(Coded, Gzip, wrong), Reply.Ok(Coded, Gzip, right));
        var outcome = await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz");
        Assert.That((outcome.Status, outcome.Attempts), Is.EqualTo((SyncStatus.Added, 2)));

        static string Field(byte[] bytes) => $"sha-256=:{Convert.ToBase64String(SHA256.HashData(bytes))}:";
    }

    [Test]
    public async Task A_check_compares_the_length_and_the_digest_of_what_is_stored()
    {
        _origin.On("/a.svgz", Reply.Ok(Coded, Gzip));
        await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz");
        _project.Options = _project.Options with { ByHand = true };
        _origin.On("/a.svgz", Reply.Ok(Coded, Gzip, ("Repr-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Coded))}:")));
        Assert.That(await CheckAsync(), Is.EqualTo(SyncStatus.NotModified));
        _origin.On("/a.svgz", Reply.Ok([.. Coded, 0], Gzip));
        Assert.That(await CheckAsync(), Is.EqualTo(SyncStatus.Modified));

        async Task<SyncStatus> CheckAsync() =>
            (await _project.CheckAsync([new RemoteImageDeclaration(_origin.Url("/a.svgz")) { LocalPath = "img/a.svgz" }]))
                .Outcomes[0].Status;
    }

    [Test]
    public async Task A_size_above_MaxBytes_is_refused_before_it_is_received()
    {
        _origin.On("/a.svgz", Reply.Ok(Coded, Gzip));
        var outcome = await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz", declaration => declaration with { MaxBytes = "10" });
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.BytesReceived), Is.EqualTo(("IMGSYNC3003", 0L)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain($"{Coded.Length} bytes"));
    }

    [Test]
    public async Task The_lock_file_names_what_is_stored_and_holds_in_a_clean_checkout()
    {
        _project.UseLockFile();
        _origin.On("/a.svgz", Reply.Ok(Coded, Gzip));
        await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz");
        Assert.That(_project.LockText, Does.Contain(Digest(Coded)).And.Contain($"\"length\": {Coded.Length}"));
        _project.Clean();
        _project.Options = _project.Options with { Locked = true };
        Assert.That((await _project.SyncAsync(_origin.Url("/a.svgz"), "img/a.svgz")).Status, Is.EqualTo(SyncStatus.Added));
    }

    // One answer, and two files of it: what one has left in the store is not what the other is.
    [Test]
    public async Task A_store_keeps_the_coded_and_the_plain_file_apart()
    {
        var store = new StoreFolder();
        _origin.On("/a.svgz", request => request.IsConditional ? Reply.NotModified(Tag) : Reply.Ok(Coded, Gzip, Tag));
        foreach (var localPath in new[] { "img/a.svgz", "img/a.svg" })
        {
            await store.Checkout().SyncAsync(_origin.Url("/a.svgz"), localPath);
        }

        var checkout = store.Checkout();
        foreach (var (localPath, bytes) in new[] { ("img/a.svgz", Coded), ("img/a.svg", Svg) })
        {
            var outcome = await checkout.SyncAsync(_origin.Url("/a.svgz"), localPath);
            Assert.That((outcome.Status, outcome.FromStore, outcome.Diagnostics),
                Is.EqualTo((SyncStatus.Added, true, Array.Empty<Diagnostic>())));
            Assert.That(checkout.Files.Read(localPath), Is.EqualTo(bytes));
        }

        Assert.That(store.IsSound);
    }

    // What names no coding changes nothing: S3 keeps aws-chunked, others write a charset.
    [Test]
    public async Task An_image_whose_coding_is_none_is_taken_as_it_is([Values("aws-chunked", "utf-8", "none", "binary", "8bit",
        "image/png")] string coding)
    {
        var png = SampleImages.Png(1, 4000);
        _origin.On("/a.png", Reply.Ok(png, ("Content-Encoding", coding)));
        Assert.That((await _project.SyncAsync(_origin.Url("/a.png"))).Diagnostics, Is.Empty);
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(png));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
