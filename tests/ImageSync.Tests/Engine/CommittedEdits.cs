using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>An edit that came with the repository: nothing is recorded of the file in obj/, and the lock file names other bytes.</summary>
public class CommittedEdits
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);
    private static readonly byte[] Edited = SampleImages.Png(3, 6000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public async Task SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.UseLockFile();
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        await SyncAsync("Restore");
        _project.CheckOutAnew();
        _origin.Clear();
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Stay_where_edits_stay([Values("Keep", "Fail")] string onLocalEdit, [Values] bool isOffline, [Values] bool isAsLong)
    {
        byte[] edit = isAsLong ? [.. Old.AsSpan(0, Old.Length - 1), 0] : Edited;
        _project.Files.Write("img/a.png", edit);
        _project.Options = _project.Options with { Offline = isOffline };
        var severity = onLocalEdit == "Keep" ? Severity.Warning : Severity.Error;
        for (var build = 0; build < 2; build++)
        {
            var outcome = await SyncAsync(onLocalEdit);
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4001", severity)));
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain("the local file is not the one that the lock file names"));
            Assert.That((_project.Files.Read("img/a.png"), _origin.Requests.Count), Is.EqualTo((edit, 0)));
        }
    }

    [Test]
    public async Task Are_told_by_a_check([Values("Keep", "Fail")] string onLocalEdit)
    {
        _project.Files.Write("img/a.png", Edited);
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        var run = await _project.CheckAsync([new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png" }]);
        Assert.That(run.Outcomes.Single().Diagnostics.Select(diagnostic => diagnostic.CodeText), Is.EqualTo(new[] { "IMGSYNC4001" }));
    }

    [Test]
    public async Task Are_kept_aside_and_told_where_they_are_replaced()
    {
        _project.Files.Write("img/a.png", Edited);
        var outcome = await SyncAsync("Restore");
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Updated, "IMGSYNC4001")));
        Assert.That((_project.Files.Read("img/a.png"), File.ReadAllBytes(outcome.KeptAt!)), Is.EqualTo((Old, Edited)));
    }

    [Test]
    public async Task Deleting_one_gets_the_origins_image_as_the_message_says()
    {
        _project.Files.Write("img/a.png", Edited);
        await SyncAsync("Keep");
        _project.Files.Delete("img/a.png");
        Assert.That(((await SyncAsync("Keep")).Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Added, Old)));
    }

    // What is not the locked file, and no edit either.
    [Test]
    public async Task A_pointer_of_Git_LFS_is_none([Values("Keep", "Fail")] string onLocalEdit)
    {
        _project.Files.Write("img/a.png", "version https://git-lfs.github.com/spec/v1\noid sha256:" + new string('a', 64) + "\nsize 4000\n");
        await ExpectNoEditAsync(onLocalEdit, SyncStatus.Updated);
    }

    [Test]
    public async Task The_image_of_a_sync_before_the_lock_file_was_pulled_is_none([Values("Keep", "Fail")] string onLocalEdit)
    {
        await SyncAsync("Restore");
        await PullAsync(withImage: false);
        await ExpectNoEditAsync(onLocalEdit, SyncStatus.Updated);
    }

    [Test]
    public async Task An_image_that_was_pulled_with_its_lock_file_is_none([Values("Keep", "Fail")] string onLocalEdit)
    {
        await PullAsync(withImage: true);
        await ExpectNoEditAsync(onLocalEdit, SyncStatus.NotModified);
    }

    [Test]
    public async Task A_file_that_the_lock_file_says_nothing_of_is_none([Values("Keep", "Fail")] string onLocalEdit, [Values] bool hasEntryOfAnotherUrl)
    {
        _project.Files.Write("img/a.png", Edited);
        if (!hasEntryOfAnotherUrl)
        {
            _project.Files.Delete("images.lock.json");
        }

        _origin.On("/b.png", request => Reply.Current(request, New, "\"v2\""));
        await ExpectNoEditAsync(onLocalEdit, SyncStatus.Updated, "/b.png");
    }

    private async Task ExpectNoEditAsync(string onLocalEdit, SyncStatus status, string target = "/a.png")
    {
        var outcome = await SyncAsync(onLocalEdit, target);
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((status, 0)));
    }

    // A colleague has synced the origin's new image.
    private async Task PullAsync(bool withImage)
    {
        var theirs = new Project();
        theirs.UseLockFile();
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        await theirs.SyncAsync(_origin.Url("/a.png"));
        _project.Files.Write("images.lock.json", theirs.LockText!);
        if (withImage)
        {
            _project.Files.Write("img/a.png", New);
        }
    }

    private Task<SyncOutcome> SyncAsync(string onLocalEdit, string target = "/a.png")
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        return _project.SyncAsync(_origin.Url(target));
    }
}
