using System.Runtime.Versioning;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Validators are sent only for bytes that are still held; bytes of the user's are never lost.</summary>
public class LocalFiles
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
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        await SyncAsync();
        _origin.Clear();
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task A_deleted_file_is_fetched_without_condition()
    {
        _project.Files.Delete("img/a.png");
        await ExpectFetchAsync(SyncStatus.Added, Old);
    }

    [Test]
    public async Task A_truncated_file_is_fetched_without_condition()
    {
        _project.Files.Write("img/a.png", Old[..^1]);
        await ExpectFetchAsync(SyncStatus.Updated, Old);
    }

    [Test]
    public async Task A_file_edited_to_the_same_length_is_fetched_without_condition()
    {
        var edited = Old.ToArray();
        edited[^20] ^= 1;
        _project.Files.Write("img/a.png", edited);
        await ExpectFetchAsync(SyncStatus.Updated, Old);
    }

    [Test]
    public async Task A_file_with_another_time_and_the_same_bytes_is_revalidated()
    {
        var time = _project.Age();
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That((_project.TimeOf(), _project.Record()!.Stamp.WriteTime), Is.EqualTo((time, time.Ticks)));
    }

    [Test]
    public async Task Another_URL_is_fetched_without_condition_even_if_the_tag_is_the_same()
    {
        _origin.On("/b.png", request => Reply.Current(request, New, "\"v1\""));
        var outcome = await _project.SyncAsync(_origin.Url("/b.png"));
        Assert.That((outcome.Status, _origin.Requests.Single().IsConditional), Is.EqualTo((SyncStatus.Updated, false)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [TestCase("")]
    [TestCase("garbage\n\0\0")]
    public async Task A_lost_or_unreadable_cache_costs_one_request(string content)
    {
        _project.Files.Write("obj/p.imagesync.cache", content);
        var time = _project.Age();
        await ExpectFetchAsync(SyncStatus.Unchanged, Old);
        Assert.That(_project.TimeOf(), Is.EqualTo(time));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task Restore_replaces_an_edit_and_says_where_it_is_kept()
    {
        _project.Files.Write("img/a.png", Edited);
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Updated, "IMGSYNC4001", Severity.Warning)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain(outcome.KeptAt));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Edited));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
    }

    [Test]
    public async Task Keep_leaves_an_edit_and_asks_nobody()
    {
        _project.Files.Write("img/a.png", Edited);
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Keep };
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4001", Severity.Warning)));
        Assert.That((_project.Files.Read("img/a.png"), _origin.Requests.Count), Is.EqualTo((Edited, 0)));
    }

    [Test]
    public async Task Fail_leaves_an_edit_with_an_error()
    {
        _project.Files.Write("img/a.png", Edited);
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Fail };
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4001", Severity.Error)));
        Assert.That((_project.Files.Read("img/a.png"), _origin.Requests.Count), Is.EqualTo((Edited, 0)));
    }

    [Test]
    public async Task Bytes_that_were_there_before_the_first_sync_are_kept()
    {
        _project.Files.Write("img/b.png", Edited);
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), "img/b.png");
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.Updated, 0)));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Edited));
    }

    [Test]
    public async Task Bytes_that_were_found_equal_and_then_outdated_are_kept_too()
    {
        _project.Files.Write("img/b.png", Old);
        _origin.On("/b.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Ok(New, ("ETag", "\"v2\"")), Reply.Ok(Old, ("ETag", "\"v3\"")));
        Assert.That((await _project.SyncAsync(_origin.Url("/b.png"), "img/b.png")).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(File.ReadAllBytes((await _project.SyncAsync(_origin.Url("/b.png"), "img/b.png")).KeptAt!), Is.EqualTo(Old));
        Assert.That((await _project.SyncAsync(_origin.Url("/b.png"), "img/b.png")).KeptAt, Is.Null, "these ImageSync wrote itself");
    }

    [Test]
    public async Task An_edit_made_while_the_bytes_are_on_their_way_is_kept()
    {
        _origin.On("/a.png", _ =>
        {
            _project.Files.Write("img/a.png", Edited);
            return Reply.Ok(New, ("ETag", "\"v2\""));
        });
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Updated, "IMGSYNC4001")));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Edited));
    }

    [TestCase("Restore")]
    [TestCase("Keep")]
    [TestCase("Fail")]
    public async Task What_another_build_has_written_in_the_meantime_is_no_edit(string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit), MaxConnectionsPerHost = 1 };
        RemoteImageDeclaration[] images = [new(_origin.Url("/slow.png")) { LocalPath = "img/0.png" }, new(_origin.Url("/a.png")) { LocalPath = "img/a.png" }];
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v2\""));
        _origin.On("/slow.png", _ =>
        {
            Assert.That(SyncAsync().GetAwaiter().GetResult().Status, Is.EqualTo(SyncStatus.Updated));
            return Reply.Ok(Old);
        });
        var outcome = (await _project.RunAsync(images)).Outcomes[1];
        Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.NotModified, 0, (string?)null)));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task Other_bytes_of_the_same_size_and_time_are_healed_by_a_forced_sync()
    {
        var torn = Old.ToArray();
        torn[^20] ^= 1;
        var time = _project.TimeOf();
        _project.Files.Write("img/a.png", torn);
        File.SetLastWriteTimeUtc(_project.Files.PathOf("img/a.png"), time);
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified), "size and time are the quick test");
        _project.Options = _project.Options with { Force = true };
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
    }

    [Test]
    public async Task A_pinned_digest_that_the_file_has_needs_no_request()
    {
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), with: image => image with { Sha256 = _project.Record()!.Sha256.ToUpperInvariant() });
        Assert.That((outcome.Status, _origin.Requests.Count), Is.EqualTo((SyncStatus.Fresh, 0)));
    }

    [Test, UnsupportedOSPlatform("windows"), Platform(Exclude = "Win")]
    public async Task Permissions_of_a_replaced_file_stay()
    {
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead;
        File.SetUnixFileMode(_project.Files.PathOf("img/a.png"), Mode);
        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v2\"")));
        await SyncAsync();
        Assert.That(File.GetUnixFileMode(_project.Files.PathOf("img/a.png")), Is.EqualTo(Mode));
    }

    [Test]
    public async Task A_destination_that_cannot_be_written_is_told()
    {
        Directory.CreateDirectory(_project.Files.PathOf("img/folder.png"));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), "img/folder.png");
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }), "no temporary file stays");
    }

    [TestCase(".imagesync-2147483647-0123.tmp")]
    [TestCase(".imagesync-x.tmp")]
    public async Task What_a_killed_build_left_is_swept_by_the_next_write_in_its_folder(string left)
    {
        _project.Files.Write("img/" + left, "half");
        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v2\"")));
        await SyncAsync();
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }));
    }

    [Test]
    public async Task What_another_build_is_writing_is_not_swept()
    {
        var theirs = $"img/.imagesync-{Environment.ProcessId}-0123.tmp";
        _project.Files.Write(theirs, "half");
        _origin.On("/a.png", Reply.Ok(New, ("ETag", "\"v2\"")));
        await SyncAsync();
        Assert.That(_project.FilesPresent, Does.Contain(theirs));
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));

    private async Task ExpectFetchAsync(SyncStatus status, byte[] bytes)
    {
        Assert.That((await SyncAsync()).Status, Is.EqualTo(status));
        Assert.That(_origin.Requests.Single().IsConditional, Is.False);
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(bytes));
    }
}
