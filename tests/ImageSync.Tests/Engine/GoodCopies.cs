using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A file in the image's place that a digest disproves, or that is plainly no image, is no copy, whatever keeps a better one away.</summary>
public class GoodCopies
{
    private const string Pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";

    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Other = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;

    /// <summary>What keeps the image away.</summary>
    public enum Obstacle
    {
        Offline,
        Error503,
        Error404,
        Gone,
        LeftAlone,
        NobodyListens,
        NoImage,
    }

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Pinned_bytes_are_demanded_of_a_file_that_was_synced_or_found([Values] Obstacle obstacle, [Values] bool wasSynced)
    {
        await HaveAsync(Other, wasSynced);
        var outcome = await SyncAsync(obstacle, Digest(Image));
        Assert.That((outcome.Status, outcome.Diagnostics.Single().Severity), Is.EqualTo((SyncStatus.Failed, Severity.Error)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain(Digest(Image)).And.Contain(Digest(Other)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Other), "nothing is lost");
    }

    [Test]
    public async Task Pinned_bytes_are_demanded_of_an_optional_image_too([Values(Obstacle.Offline, Obstacle.Error503)] Obstacle obstacle)
    {
        await HaveAsync(Other, wasSynced: true);
        Assert.That((await SyncAsync(obstacle, Digest(Image), isOptional: true)).Diagnostics.Single().Severity, Is.EqualTo(Severity.Error));
    }

    [Test]
    public async Task Pinned_bytes_that_are_there_need_nobody([Values] Obstacle obstacle)
    {
        await HaveAsync(Image, wasSynced: false);
        var outcome = await SyncAsync(obstacle, Digest(Image));
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.Fresh, 0)));
    }

    [Test]
    public async Task Pinned_bytes_are_demanded_of_an_edit_that_is_kept()
    {
        await HaveAsync(Image, wasSynced: true);
        _project.Files.Write("img/a.png", Other);
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Keep };
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { Sha256 = Digest(Image) });
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC3002", Severity.Error)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Other));
    }

    [Test]
    public async Task A_check_offline_tells_of_bytes_that_are_not_the_pinned_ones()
    {
        await HaveAsync(Other, wasSynced: true);
        _project.Options = _project.Options with { Offline = true, ByHand = true };
        var outcome = (await _project.CheckAsync([Declaration(Digest(Image))])).Outcomes[0];
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC3002", Severity.Error)));
    }

    [Test]
    public async Task A_shared_store_has_the_pinned_bytes_offline()
    {
        _project.Options = _project.Options with { StoreFolder = _project.Files.PathOf("store") };
        _origin.On("/a.png", Reply.Ok(Image, ("ETag", "\"v1\"")));
        await _project.SyncAsync(_origin.Url("/a.png"), "elsewhere.png");
        _project.Files.Write("img/a.png", Other);
        var outcome = await SyncAsync(Obstacle.Offline, Digest(Image));
        Assert.That(
            (outcome.Status, outcome.Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, 0, Image)));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Other));
    }

    [Test]
    public async Task Locked_bytes_are_demanded_of_a_file_that_nothing_else_vouches_for([Values] Obstacle obstacle, [Values] bool isEdit)
    {
        _project.UseLockFile();
        await HaveAsync(Image, wasSynced: true);
        if (!isEdit)
        {
            _project.CheckOutAnew();
        }

        _project.Files.Write("img/a.png", Other);
        var outcome = await SyncAsync(obstacle);
        Assert.That((outcome.Status, outcome.Diagnostics.Single().Severity), Is.EqualTo((SyncStatus.Failed, Severity.Error)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain($"the lock file names the SHA-256 {Digest(Image)}"));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Other));
    }

    [Test]
    public async Task A_pointer_of_Git_LFS_is_no_copy_and_it_is_said_what_to_do([Values] Obstacle obstacle, [Values] bool wasSynced, [Values("*/*", "")] string mediaType)
    {
        await HaveAsync(Image, wasSynced);
        _project.Files.Write("img/a.png", Pointer);
        var outcome = await SyncAsync(obstacle, mediaType: obstacle == Obstacle.NoImage ? "" : mediaType);
        Assert.That((outcome.Status, outcome.Diagnostics.Single().Severity), Is.EqualTo((SyncStatus.Failed, Severity.Error)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("Git LFS pointer").And.Contain("git lfs pull"));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Encoding.ASCII.GetBytes(Pointer)));
    }

    [Test]
    public async Task A_pointer_of_Git_LFS_is_named_where_a_digest_disproves_it([Values] bool isLocked, [Values] bool isCleanClone)
    {
        _project.UseLockFile();
        await HaveAsync(Image, wasSynced: true);
        if (isCleanClone)
        {
            _project.CheckOutAnew();
        }

        _project.Files.Write("img/a.png", Pointer);
        _project.Options = _project.Options with { Locked = isLocked };
        var outcome = isLocked ? await _project.SyncAsync(Declaration()) : await SyncAsync(Obstacle.Offline, Digest(Image));
        var diagnostic = outcome.Diagnostics.Single();
        Assert.That((outcome.Status, diagnostic.CodeText), Is.EqualTo((SyncStatus.Failed, isLocked ? "IMGSYNC3004" : "IMGSYNC3002")));
        Assert.That(diagnostic.Message, Does.Contain("is a Git LFS pointer").And.Contain("git lfs pull").And.Not.Contain("Restore it"));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Encoding.ASCII.GetBytes(Pointer)));
    }

    [Test]
    public async Task A_pointer_of_Git_LFS_is_nobodys_edit([Values("Keep", "Fail")] string onLocalEdit)
    {
        await HaveAsync(Image, wasSynced: true);
        _project.Files.Write("img/a.png", Pointer);
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"));
        Assert.That(
            (outcome.Status, outcome.Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, 0, Image)));
    }

    [TestCase("<!DOCTYPE html><html><body>Log in</body></html>", "looks like an HTML page")]
    [TestCase("<<<<<<< HEAD\n", "is not an image that ImageSync recognises")]
    public async Task What_is_plainly_no_image_is_no_copy(string text, string flaw)
    {
        foreach (var obstacle in Enum.GetValues<Obstacle>())
        {
            _project.Files.Write("img/a.png", text);
            var outcome = await SyncAsync(obstacle);
            Assert.That(
                (outcome.Status, outcome.Diagnostics.Single().Severity),
                Is.EqualTo((SyncStatus.Failed, Severity.Error)),
                obstacle.ToString());
            Assert.That(outcome.Diagnostics[0].Message,
                Does.Contain("The local file was kept, but it is no copy of the image: it " + flaw));
            Assert.That(
                (await SyncAsync(obstacle, isOptional: true)).Diagnostics.Single().Severity,
                Is.EqualTo(Severity.Warning),
                "the build can do without it");
        }
    }

    [Test]
    public async Task An_image_that_breaks_off_is_no_copy()
    {
        _project.Files.Write("img/a.png", Image[..^20]);
        Assert.That((await SyncAsync(Obstacle.Error503)).Status, Is.EqualTo(SyncStatus.Failed));
    }

    [Test]
    public async Task What_may_be_anything_is_a_copy(
        [Values(Obstacle.Offline, Obstacle.Error503, Obstacle.Error404, Obstacle.NobodyListens)] Obstacle obstacle)
    {
        _project.Files.Write("img/a.png", "some text");
        var outcome = await SyncAsync(obstacle, mediaType: "*/*");
        Assert.That((outcome.Status, outcome.Diagnostics.All(diagnostic => diagnostic.Severity == Severity.Warning)),
            Is.EqualTo((obstacle == Obstacle.Offline ? SyncStatus.Fresh : SyncStatus.Kept, true)));
    }

    [Test]
    public async Task Where_many_fail_for_one_cause_it_is_not_said_that_no_file_is_there()
    {
        foreach (var i in Enumerable.Range(0, 5))
        {
            _project.Files.Write($"img/{i}.png", Pointer);
        }

        // For as long an origin is probed.
        _project.Options = _project.Options with { ConnectTimeout = TimeSpan.FromSeconds(1) };
        using var port = new DeadPort();
        var run = await _project.RunAsync(Enumerable.Range(0, 5).Select(i => new RemoteImageDeclaration(port.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" }));
        Assert.That(
            CommonCause.Told(run.Outcomes, Wording.Project).Single().Diagnostic.Message, Does.Contain("There is no good local copy of any of them."));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private RemoteImageDeclaration Declaration(string sha256 = "") => new(_origin.Url("/a.png")) { LocalPath = "img/a.png", Sha256 = sha256 };

    private async Task HaveAsync(byte[] bytes, bool wasSynced)
    {
        _origin.On("/a.png", Reply.Ok(bytes, ("ETag", "\"v1\"")));
        if (wasSynced)
        {
            await _project.SyncAsync(_origin.Url("/a.png"));
        }
        else
        {
            _project.Files.Write("img/a.png", bytes);
        }
    }

    private async Task<SyncOutcome> SyncAsync(Obstacle obstacle, string sha256 = "", bool isOptional = false, string mediaType = "")
    {
        var declaration = Declaration(sha256) with { Optional = isOptional ? "true" : "", MediaType = mediaType };
        _project.Network = obstacle == Obstacle.NobodyListens ? _ => new Refusal() : null;
        _origin.On("/a.png", obstacle switch
        {
            Obstacle.Error404 => Reply.Status(404),
            Obstacle.Gone => Reply.Status(410),
            Obstacle.NoImage => Reply.Ok("<!DOCTYPE html><html></html>"u8.ToArray()),
            _ => Reply.Status(503, ("Retry-After", "60")),
        });
        _project.Options = _project.Options with { Offline = obstacle == Obstacle.Offline, Retries = 0 };
        if (obstacle == Obstacle.LeftAlone)
        {
            await _project.SyncAsync(declaration with { Optional = "true" });
        }

        return await _project.SyncAsync(declaration);
    }

    private sealed class Refusal : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));
    }
}
