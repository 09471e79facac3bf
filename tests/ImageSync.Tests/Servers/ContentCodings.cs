using System.IO.Compression;
using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;

namespace ImageSync.Tests.Servers;

/// <summary>Servers that compress: not for us, who ask for the plain bytes; and those that do all the same are decoded.</summary>
public class ContentCodings
{
    private static readonly byte[] Old = [.. SampleImages.Svg(), .. new byte[4000].Select(_ => (byte)'\n')];
    private static readonly byte[] New = [.. SampleImages.Svg(2), .. new byte[5000].Select(_ => (byte)'\n')];

    private TestDirectory _directory;
    private Project _project;
    private FileOrigin _origin = null!;

    [SetUp]
    public void SetUp() => (_directory, _project) = (new TestDirectory(), new Project());

    [TearDown]
    public async Task TearDown()
    {
        if (_origin is not null)
        {
            await _origin.DisposeAsync();
        }
    }

    [Test]
    public Task Nginx_does_not_compress_for_us() =>
        IsSentPlainAsync(new NginxOrigin(_directory.PathOf("server"), "gzip on; gzip_types image/svg+xml; gzip_min_length 1;"));

    [Test]
    public Task Apache_does_not_compress_for_us() =>
        IsSentPlainAsync(new ApacheOrigin(_directory.PathOf("server"), "AddOutputFilterByType DEFLATE image/svg+xml"));

    [Test]
    public Task Caddy_does_not_compress_for_us() =>
        IsSentPlainAsync(new CaddyOrigin(_directory.PathOf("server"), "encode { \n gzip \n minimum_length 1 \n match header Content-Type image/svg+xml* \n }"));

    [Test]
    public async Task A_file_that_is_there_in_gzip_only_is_decoded_and_not_sent_again()
    {
        _origin = new NginxOrigin(_directory.PathOf("server"), "gzip_static always;");
        _origin.Put("a.svg.gz", Gzip(Old));
        await IsAsync(SyncStatus.Added, Old, received: Gzip(Old).Length);
        await IsAsync(SyncStatus.NotModified, Old, received: 0);
        _origin.Put("a.svg.gz", Gzip(New));
        await IsAsync(SyncStatus.Updated, New, received: Gzip(New).Length);
        await IsAsync(SyncStatus.NotModified, New, received: 0);
        Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200, 304, 200, 304 }));
    }

    // nginx weakens the tag of what it compresses, but not that of the 304 for it: W/"x" is confirmed by "x".
    [Test]
    public async Task What_a_proxy_asks_to_be_compressed_has_a_weak_tag_that_a_strong_one_confirms()
    {
        _origin = new NginxOrigin(
            _directory.PathOf("server"),
            """
            gzip on; gzip_types image/svg+xml; gzip_min_length 1;
            location ~ ^/compressed(/.*)$ { proxy_pass http://127.0.0.1:$server_port$1; proxy_http_version 1.1; proxy_set_header Accept-Encoding gzip; }
            """);
        _origin.Put("a.svg", Old);
        var added = await IsAsync(SyncStatus.Added, Old, name: "compressed/a.svg");
        Assert.That(added.EntityTag, Does.StartWith("W/\""));
        Assert.That(added.BytesReceived, Is.LessThan(Old.Length));
        var confirmed = await IsAsync(SyncStatus.NotModified, Old, received: 0, name: "compressed/a.svg");
        Assert.That(confirmed.EntityTag, Is.EqualTo(added.EntityTag![2..]));
        await IsAsync(SyncStatus.NotModified, Old, received: 0, name: "compressed/a.svg");
        _origin.Put("a.svg", New);
        await IsAsync(SyncStatus.Updated, New, name: "compressed/a.svg");
        await IsAsync(SyncStatus.NotModified, New, received: 0, name: "compressed/a.svg");
        Assert.That(_origin.AccessLog.Where(entry => entry.Target.StartsWith("/compressed", StringComparison.Ordinal)).Select(entry => (entry.Status, entry.IfNoneMatch is not null)),
            Is.EqualTo(new[] { (200, false), (304, true), (304, true), (200, true), (304, true) }));
    }

    // mod_deflate appends "-gzip" to the tag of what it compresses, and does not know that tag again (Apache bug 45023).
    [Test]
    public async Task Apaches_gzip_tags_that_it_does_not_know_again_cost_a_transfer_and_touch_nothing()
    {
        _origin = new ApacheOrigin(_directory.PathOf("server"), "SetOutputFilter DEFLATE\nSetEnv force-gzip 1");
        _origin.Put("a.svg", Old);
        var added = await IsAsync(SyncStatus.Added, Old);
        Assert.That(added.EntityTag, Does.EndWith("-gzip\""));
        Assert.That(added.BytesReceived, Is.LessThan(Old.Length));
        Assert.That((await IsAsync(SyncStatus.Unchanged, Old)).Attempts, Is.EqualTo(1));
        _origin.Put("a.svg", New);
        await IsAsync(SyncStatus.Updated, New);
        Assert.That(_origin.AccessLog.Select(entry => (entry.Status, entry.IfNoneMatch is not null)), Is.EqualTo(new[] { (200, false), (200, true), (200, true) }));
    }

    // The usual remedy: Apache takes the suffix off the request, and then confirms with a tag that is not ours.
    [Test]
    public async Task Apaches_gzip_tags_that_are_confirmed_by_another_strong_tag_prove_nothing()
    {
        _origin = new ApacheOrigin(
            _directory.PathOf("server"),
            """
            SetOutputFilter DEFLATE
            SetEnv force-gzip 1
            RequestHeader edit "If-None-Match" '^"((.*)-gzip)"$' '"$1", "$2"'
            """);
        _origin.Put("a.svg", Old);
        await IsAsync(SyncStatus.Added, Old);
        Assert.That((await IsAsync(SyncStatus.Unchanged, Old)).Attempts, Is.EqualTo(2));
        Assert.That(_origin.AccessLog.Select(entry => (entry.Status, entry.IsConditional)), Is.EqualTo(new[] { (200, false), (304, true), (200, false) }));
    }

    [Test]
    public async Task Apaches_tags_that_compression_leaves_alone_are_confirmed()
    {
        _origin = new ApacheOrigin(_directory.PathOf("server"), "SetOutputFilter DEFLATE\nSetEnv force-gzip 1\nDeflateAlterETag NoChange");
        _origin.Put("a.svg", Old);
        Assert.That((await IsAsync(SyncStatus.Added, Old)).BytesReceived, Is.LessThan(Old.Length));
        await IsAsync(SyncStatus.NotModified, Old, received: 0);
        Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200, 304 }));
    }

    private async Task IsSentPlainAsync(FileOrigin origin)
    {
        _origin = origin;
        _origin.Put("a.svg", Old);

        // The server would compress it for others.
        using (var others = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { DefaultRequestHeaders = { { "Accept-Encoding", "gzip" } } })
        using (var compressed = await others.GetAsync(_origin.Url("a.svg")))
        {
            Assert.That(compressed.Content.Headers.ContentEncoding, Is.EqualTo(new[] { "gzip" }));
        }

        _origin.ClearLog();
        var added = await IsAsync(SyncStatus.Added, Old, received: Old.Length);
        Assert.That(added.EntityTag, Does.StartWith("\"").And.Not.Contain("gzip"));
        await IsAsync(SyncStatus.NotModified, Old, received: 0);
        Assert.That(_origin.AccessLog.Select(entry => entry.Status), Is.EqualTo(new[] { 200, 304 }));
    }

    private async Task<SyncOutcome> IsAsync(SyncStatus status, byte[] bytes, long? received = null, string name = "a.svg")
    {
        var outcome = await _project.SyncAsync(_origin.Url(name), "img/a.svg");
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Status, outcome.Diagnostics), Is.EqualTo((status, Array.Empty<Diagnostic>())));
            Assert.That(outcome.BytesReceived, Is.EqualTo(received ?? outcome.BytesReceived));
            Assert.That(_project.Files.Read("img/a.svg"), Is.EqualTo(bytes));
        });
        return outcome;
    }

    private static byte[] Gzip(byte[] plain)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }
}
