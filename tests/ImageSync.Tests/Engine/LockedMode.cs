using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Locked: the bytes that the lock file names, or none; and the lock file is never written.</summary>
public class LockedMode
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);

    private ScriptedOrigin _origin;
    private Project _project;
    private string _lockText;

    [SetUp]
    public async Task SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.UseLockFile();
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        await SyncAsync();
        _lockText = _project.LockText!;
        _project.Options = _project.Options with { Locked = true };
        _origin.Clear();
    }

    [TearDown]
    public async Task TearDown()
    {
        Assert.That(_project.LockText, Is.EqualTo(_lockText).Or.Null);
        await _origin.DisposeAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task The_locked_bytes_need_no_request(bool cleanCheckout)
    {
        if (cleanCheckout)
        {
            _project.CheckOutAnew();
        }

        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Fresh));
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(_project.Record()!.Stamp.WriteTime, Is.EqualTo(_project.TimeOf().Ticks), "the next run need not read the bytes");
    }

    [Test]
    public async Task A_missing_file_is_fetched_if_the_origin_has_the_locked_bytes()
    {
        _project.Files.Delete("img/a.png");
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((_project.Files.Read("img/a.png"), _origin.Requests.Single().IsConditional), Is.EqualTo((Old, false)));
    }

    [Test]
    public async Task A_missing_file_of_which_the_origin_has_other_bytes_is_an_error_with_both_digests()
    {
        _project.Files.Delete("img/a.png");
        _origin.On("/a.png", Reply.Ok(New));
        await RefuseAsync(SyncStatus.Failed, Digest(Old), Digest(New));
        Assert.That(_project.Files.Exists("img/a.png"), Is.False);
    }

    [Test]
    public async Task A_file_with_other_bytes_is_an_error_with_both_digests_and_stays()
    {
        _project.Files.Write("img/a.png", New);
        await RefuseAsync(SyncStatus.Failed, Digest(Old), Digest(New));
        Assert.That((_project.Files.Read("img/a.png"), _origin.Requests.Count), Is.EqualTo((New, 0)));
    }

    [Test]
    public async Task A_missing_file_offline_is_the_error_of_being_offline()
    {
        _project.Files.Delete("img/a.png");
        _project.Options = _project.Options with { Offline = true };
        Assert.That((await SyncAsync()).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC2006"));
    }

    [Test]
    public async Task Another_URL_and_an_image_without_an_entry_are_errors_and_nobody_is_asked()
    {
        _origin.On("/b.png", Reply.Ok(New));
        var run = await _project.RunAsync([Image("/b.png", "img/a.png"), Image("/b.png", "b.png") with { Optional = "true" }]);
        Assert.That(run.Outcomes.Select(outcome => (outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity)), Is.All.EqualTo(("IMGSYNC3004", Severity.Error)));
        Assert.That((_origin.Requests.Count, _project.Files.Exists("b.png")), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task Without_a_lock_file_there_is_one_error_for_all()
    {
        _project.Files.Delete("images.lock.json");
        var run = await _project.RunAsync([Image("/a.png", "img/a.png"), Image("/a.png", "b.png")]);
        Assert.That((run.Diagnostics.Single().CodeText, run.Outcomes.Sum(outcome => outcome.Diagnostics.Count), _origin.Requests.Count), Is.EqualTo(("IMGSYNC3004", 0, 0)));
        _project.Options = _project.Options with { LockFile = null };
        Assert.That((await _project.RunAsync([Image("/a.png", "img/a.png")])).Diagnostics.Single().Message, Does.Contain("ImageSyncLockFile names none"));
    }

    [Test]
    public async Task Nothing_is_pruned_and_no_entry_goes()
    {
        _project.Options = _project.Options with { Prune = true };
        Assert.That((await _project.RunAsync([])).Pruned.Deleted, Is.Empty);
        Assert.That(_project.Files.Exists("img/a.png"));
    }

    private async Task RefuseAsync(SyncStatus status, params string[] words)
    {
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((status, "IMGSYNC3004", Severity.Error)));
        foreach (var word in words.Append("dotnet build -t:SyncImages -p:ImageSyncLocked=false"))
        {
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain(word));
        }
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private RemoteImageDeclaration Image(string target, string localPath) => new(_origin.Url(target)) { LocalPath = localPath };

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));
}
