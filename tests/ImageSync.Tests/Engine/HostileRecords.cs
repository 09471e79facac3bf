using System.Security.Cryptography;
using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>
/// Validator cache, lock file and shared store in a stranger's hand, checksums and all: whom they can send a request to
/// (nobody), what they can reach outside (nothing), and what they are believed.
/// </summary>
public class HostileRecords
{
    private const string Variable = "IMAGESYNC_TEST_HOSTILE_SECRET";
    private const string Headers = $"X-Key: ${{{Variable}}}";
    private static readonly byte[] Image = SampleImages.Png(1, 4000);
    private static readonly byte[] Planted = SampleImages.Png(2, 4000);

    private ScriptedOrigin _origin;
    private ScriptedOrigin _theirs;
    private Project _project;

    /// <summary>What was written by a stranger.</summary>
    public enum Hand
    {
        Cache,
        LockFile,
        Store,
    }

    [SetUp]
    public void SetUp()
    {
        (_origin, _theirs, _project) = (new ScriptedOrigin(), new ScriptedOrigin(), new Project());
        _origin.On("/a.png", request => Reply.Current(request, Image, "\"v1\""));
        _theirs.On("/a.png", request => Reply.Current(request, Planted, "\"v1\""));
        Environment.SetEnvironmentVariable(Variable, "s3cret");
    }

    [TearDown]
    public async Task TearDown()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _origin.DisposeAsync();
        await _theirs.DisposeAsync();
    }

    [Test]
    public async Task A_URL_that_they_name_is_asked_nothing_and_has_their_validators_sent_to_nobody([Values] Hand hand)
    {
        Plant(hand, Image, record => record with { EffectiveUrl = _theirs.Url("/a.png"), RequestKey = RequestKey.Of(RequestHeaders.Parse(Headers, out _)!, _project.Options.UserAgent, null) }, Headers);
        await SyncAsync(image => image with { RequestHeaders = Headers });
        Assert.That(_theirs.Requests, Is.Empty);
        Assert.That(_origin.Requests.Select(request => (request.IsConditional, request.Header("X-Key"))), Is.EqualTo(new[] { (false, "s3cret") }));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task Bytes_that_they_give_the_origins_current_tag_are_believed_until_a_sync_is_forced([Values] Hand hand)
    {
        Plant(hand, Planted);
        var outcome = await SyncAsync();
        Assert.That((outcome.StatusCode, outcome.Diagnostics.Count, _project.Files.Read("img/a.png")), Is.EqualTo((304, 0, Planted)));
        _project.Options = _project.Options with { Force = true };
        Assert.That(((await SyncAsync()).Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, Image)));
    }

    [Test]
    public async Task Bytes_that_are_pinned_are_not_replaced_by_theirs([Values] Hand hand)
    {
        Plant(hand, Planted);
        await SyncAsync(image => image with { Sha256 = DigestOf(Image) });
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task Locked_bytes_are_read_whatever_the_cache_says()
    {
        Plant(Hand.LockFile, Image);
        Plant(Hand.Cache, Planted, record => record with { Sha256 = DigestOf(Image) });
        _project.Options = _project.Options with { Locked = true };
        Assert.That((await SyncAsync()).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC3004"));
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public async Task Pinned_bytes_are_read_whatever_the_cache_says_when_a_sync_is_forced()
    {
        Plant(Hand.Cache, Planted, record => record with { Sha256 = DigestOf(Image) });
        Assert.That((await SyncAsync(Pinned)).Status, Is.EqualTo(SyncStatus.Fresh), "size and time are the recorded ones");
        _project.Options = _project.Options with { Force = true };
        Assert.That(((await SyncAsync(Pinned)).Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, Image)));

        static RemoteImageDeclaration Pinned(RemoteImageDeclaration image) => image with { Sha256 = DigestOf(Image) };
    }

    [Test]
    public async Task A_cache_that_names_a_path_outside_has_nothing_deleted_there()
    {
        var outside = new TestDirectory();
        outside.Write("a.png", Planted);
        _project.Files.Write("inside.png", Planted);
        foreach (var path in new[] { Path.GetRelativePath(_project.Files.FullPath, outside.PathOf("a.png")), outside.PathOf("a.png"), "inside.png" })
        {
            Plant(Hand.Cache, Planted, record => record with { LocalPath = path.Replace('\\', '/'), Written = true });
        }

        _project.Options = _project.Options with { Prune = true };
        Assert.That((await _project.RunAsync([])).Pruned.Deleted, Is.EqualTo(new[] { "inside.png" }));
        Assert.That(outside.Exists("a.png"));
    }

    [TestCase("../../../../etc/passwd")]
    [TestCase("")]
    [TestCase("AAAA/../aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_digest_that_is_a_path_is_none(string digest)
    {
        var line = ValidatorCacheFormat.Write(Tests.Sync.Given.Record)[9..^1].Replace(Tests.Sync.Given.Digest, digest, StringComparison.Ordinal);
        Assert.That(ValidatorCacheFormat.TryRead($"{ValidatorCacheFormat.Checksum(line)}\t{line}", out var record) && record.HoldsBytes, Is.False);
    }

    // As the product itself would have written it.
    private void Plant(Hand hand, byte[] bytes, Func<ValidatorRecord, ValidatorRecord>? with = null, string headers = "")
    {
        var file = _project.Files.Write("img/a.png", bytes);
        var record = new ValidatorRecord("img/a.png")
        {
            Url = _origin.Url("/a.png"),
            EffectiveUrl = _origin.Url("/a.png"),
            Validators = new Validators("\"v1\"", null),
            Sha256 = DigestOf(bytes),
            Stamp = FileStamp.Of(file)!.Value,
            ValidatedAt = DateTimeOffset.UtcNow,
            FetchedAt = DateTimeOffset.UtcNow,
        };
        record = with?.Invoke(record) ?? record;
        switch (hand)
        {
            case Hand.Cache:
                var cache = ValidatorCache.Load(_project.Options.CacheFile);
                cache.Put(record);
                cache.Save(LockTimeout.OfARun());
                break;
            case Hand.LockFile:
                _project.UseLockFile();
                _project.Files.Write("images.lock.json", LockFileFormat.Write([new LockEntry("img/a.png")
                {
                    Url = record.Url, EffectiveUrl = record.EffectiveUrl, RequestKey = record.RequestKey, EntityTags = ObservedValidators.Of("\"v1\""), Length = bytes.Length, Sha256 = record.Sha256,
                }]));
                break;
            default:
                _project.Options = _project.Options with { StoreFolder = _project.Files.PathOf("obj/store") };
                var key = StoreLayout.KeyOf(record.Url, RequestKey.Of(RequestHeaders.Parse(headers, out _)!, _project.Options.UserAgent, vary: null));
                new SharedStore(new StoreLayout(_project.Options.StoreFolder), TimeProvider.System).Put(key, record, file);
                _project.Files.Delete("img/a.png");
                break;
        }
    }

    private Task<SyncOutcome> SyncAsync(Func<RemoteImageDeclaration, RemoteImageDeclaration>? with = null) => _project.SyncAsync(_origin.Url("/a.png"), with: with);

    private static string DigestOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
