using System.Security.Cryptography;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A file that somebody writes while its new bytes are on their way.</summary>
public class EditsMeanwhile
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);
    private static readonly byte[] Edited = SampleImages.Png(3, 6000);

    private const string Meanwhile = "the local file was written while the image was on its way";

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task Of_a_synced_file_stays_where_edits_stay([Values("Keep", "Fail")] string onLocalEdit)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync(onLocalEdit);
        await ExpectItStaysAsync(onLocalEdit, "was edited since it was synced", "was edited since it was synced");
    }

    [Test]
    public async Task Of_a_file_that_was_not_there_stays_where_edits_stay([Values("Keep", "Fail")] string onLocalEdit) =>
        await ExpectItStaysAsync(onLocalEdit, Meanwhile, "is not the image that was received for it");

    [Test]
    public async Task Of_a_file_that_was_found_stays_where_edits_stay([Values("Keep", "Fail")] string onLocalEdit)
    {
        _project.Files.Write("img/a.png", Old);
        await ExpectItStaysAsync(onLocalEdit, Meanwhile, "is not the image that was received for it");
    }

    [Test]
    public async Task Deleting_it_gets_the_origins_image_as_the_message_says()
    {
        await ExpectItStaysAsync("Keep", Meanwhile, "is not the image that was received for it");
        _project.Files.Delete("img/a.png");
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        Assert.That((await SyncAsync("Keep")).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task Is_kept_aside_and_told_where_edits_are_replaced([Values] bool wasThere)
    {
        if (wasThere)
        {
            _project.Files.Write("img/a.png", Old);
        }

        EditDuring(New);
        var outcome = await SyncAsync("Restore");
        Assert.That((outcome.Status, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, New)));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Edited));
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC4001", Severity.Warning)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain(Meanwhile).And.Contain(outcome.KeptAt));
    }

    [Test]
    public async Task Is_an_error_where_bytes_are_locked_and_stays()
    {
        _project.UseLockFile();
        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v1\"")));
        await SyncAsync("Restore");
        _project.Clean();
        _project.Options = _project.Options with { Locked = true };
        EditDuring(New);
        var outcome = await SyncAsync("Restore");
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC3004", Severity.Error)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Edited));
    }

    [Test]
    public async Task Is_no_edit_where_it_is_the_image([Values("Restore", "Keep", "Fail")] string onLocalEdit)
    {
        EditDuring(Edited);
        var outcome = await SyncAsync(onLocalEdit);
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.Unchanged, 0)));
    }

    // The other build begins and ends while this one waits for its answer, and saves its record with its file.
    [Test]
    public async Task Is_no_edit_where_another_build_has_written_it([Values("Keep", "Fail")] string onLocalEdit)
    {
        _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")));
        await SyncAsync(onLocalEdit);
        var requests = 0;
        _origin.On("/a.png", _ =>
        {
            if (Interlocked.Increment(ref requests) > 1)
            {
                return Reply.Ok(Edited, ("ETag", "\"v2\""));
            }

            SyncAsync(onLocalEdit).GetAwaiter().GetResult();
            return Reply.Ok(New, ("ETag", "\"v3\""));
        });
        var outcome = await SyncAsync(onLocalEdit);
        Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, 0, (string?)null)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    // In this build, and in each later one until somebody decides.
    private async Task ExpectItStaysAsync(string onLocalEdit, string told, string toldLater)
    {
        EditDuring(New);
        var severity = onLocalEdit == "Keep" ? Severity.Warning : Severity.Error;
        for (var build = 0; build < 3; build++)
        {
            var outcome = await SyncAsync(onLocalEdit);
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4001", severity)));
            Assert.That(outcome.Diagnostics[0].Message,
                Does.Not.Contain("set ImageSyncOnLocalEdit to Keep").And.Contain(build == 0 ? told : toldLater));
            Assert.That(SHA256.HashData(_project.Files.Read("img/a.png")), Is.EqualTo(SHA256.HashData(Edited)));
        }

        Assert.That(_origin.Requests.Count, Is.LessThanOrEqualTo(2), "an edit that stays is not asked for");
    }

    private void EditDuring(byte[] bytes) => _origin.On("/a.png", _ =>
    {
        _project.Files.Write("img/a.png", Edited);
        return Reply.Ok(bytes, ("ETag", "\"v2\""));
    });

    private Task<SyncOutcome> SyncAsync(string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        return _project.SyncAsync(_origin.Url("/a.png"));
    }
}
