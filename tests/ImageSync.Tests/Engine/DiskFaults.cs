using System.Diagnostics;
using System.Runtime.Versioning;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A disk that does not do what it should: the local file is what it was, and somebody is told why.</summary>
public class DiskFaults
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 500_000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test, Platform("Linux"), SupportedOSPlatform("linux")]
    public async Task A_full_disk_loses_nothing()
    {
        var folder = Directory.CreateDirectory(_project.Files.PathOf("img")).FullName;
        if (!Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder))
        {
            Assert.Ignore("A small disk can be mounted by root alone.");
        }

        try
        {
            _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Ok(New, ("ETag", "\"v2\"")));
            Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
            var outcome = await SyncAsync();
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4002", Severity.Error)));
            Assert.That((_project.Files.Read("img/a.png"), _project.Record()!.Validators.EntityTag), Is.EqualTo((Old, "\"v1\"")));
            Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(1), "no temporary file stays");
        }
        finally
        {
            Run("umount", folder);
        }
    }

    [Test, Platform("Linux"), SupportedOSPlatform("linux")]
    public async Task A_disk_that_cannot_be_written_loses_nothing()
    {
        var folder = Directory.CreateDirectory(_project.Files.PathOf("img")).FullName;
        if (!Run("mount", "-t", "tmpfs", "tmpfs", folder))
        {
            Assert.Ignore("A disk can be mounted by root alone.");
        }

        try
        {
            _origin.On("/a.png", Reply.Ok(Old, ("ETag", "\"v1\"")), Reply.Ok(New, ("ETag", "\"v2\"")));
            await SyncAsync();
            Assert.That(Run("mount", "-o", "remount,ro", folder));
            var outcome = await SyncAsync();
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4002")));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(Old));
        }
        finally
        {
            Run("umount", folder);
        }
    }

    [Test]
    public async Task A_path_that_is_too_long_is_told()
    {
        _origin.On("/a.png", Reply.Ok(Old));
        var localPath = string.Concat(Enumerable.Repeat(new string('x', 200) + "/", 30)) + "a.png";
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), localPath);
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
    }

    [Test]
    public async Task A_file_in_a_folders_place_is_told()
    {
        _origin.On("/a.png", Reply.Ok(Old));
        _project.Files.Write("img", "a file");
        foreach (var localPath in new[] { "img/a.png", "img/sub/deeper/a.png" })
        {
            var outcome = await _project.SyncAsync(_origin.Url("/a.png"), localPath);
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain("\"img\" is a file where a folder is needed")
                .And.Contain("Delete that file").And.Not.Contain("disk"));
        }

        Assert.That(File.ReadAllText(_project.Files.PathOf("img")), Is.EqualTo("a file"));
    }

    [Test]
    public async Task A_folder_in_a_files_place_is_told([Values] bool isEmpty)
    {
        _origin.On("/a.png", Reply.Ok(Old));
        Directory.CreateDirectory(_project.Files.PathOf("wwwroot/img"));
        if (!isEmpty)
        {
            _project.Files.Write("wwwroot/img/other.png", "a file");
        }

        var outcome = await _project.SyncAsync(_origin.Url("/a.png"), "wwwroot/img");
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002")));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain("\"wwwroot/img\" is a folder")
            .And.Contain("end the LocalPath with a slash: \"wwwroot/img/\"").And.Not.Contain("disk"));
        Assert.That(Directory.GetFileSystemEntries(_project.Files.PathOf("wwwroot")), Has.Length.EqualTo(1), "nothing is left there");
    }

    [Test]
    public async Task An_edit_that_cannot_be_kept_is_not_replaced()
    {
        var edited = SampleImages.Png(3, 6000);
        _origin.On("/a.png", Reply.Ok(Old));
        await SyncAsync();
        _project.Files.Write("img/a.png", edited);
        _project.Files.Write("obj/kept", "a file in the folder's place");
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText), Is.EqualTo((SyncStatus.Kept, "IMGSYNC4002")));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(edited));
    }

    [Test]
    public async Task A_cache_that_cannot_be_written_is_a_warning_and_the_image_is_there()
    {
        _origin.On("/a.png", Reply.Ok(Old));
        Directory.CreateDirectory(_project.Options.CacheFile);
        var run = await _project.RunAsync([new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png" }]);
        Assert.That(run.Outcomes[0].Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((run.Diagnostics.Single().CodeText, run.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC4003", Severity.Warning)));
    }

    // Without a record the next build would take the new file for an edit, and would keep it for good.
    [TestCase("Keep")]
    [TestCase("Fail")]
    public async Task Where_edits_stay_nothing_is_replaced_that_cannot_be_recorded(string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v1\""));
        _project.Files.Write("obj", "a file in the folder's place");
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, _project.Files.Exists("img/a.png")), Is.EqualTo((SyncStatus.Failed, "IMGSYNC4002", false)));
        Assert.That(outcome.Diagnostics[0].Message, Does.Contain($"ImageSyncOnLocalEdit={onLocalEdit} would take it for an edit"));
        _project.Files.Delete("obj");
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task A_torn_file_after_a_power_cut_is_found_by_its_digest_and_healed()
    {
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v1\""));
        await SyncAsync();
        var time = _project.TimeOf();
        _project.Files.Write("img/a.png", [.. New[..4096], .. new byte[New.Length - 4096]]);
        File.SetLastWriteTimeUtc(_project.Files.PathOf("img/a.png"), time.AddTicks(1));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task After_a_start_of_the_machine_size_and_time_vouch_for_nothing()
    {
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v1\""));
        await SyncAsync();
        var time = _project.TimeOf();
        _project.Files.Write("img/a.png", [.. New[..4096], .. new byte[New.Length - 4096]]);
        File.SetLastWriteTimeUtc(_project.Files.PathOf("img/a.png"), time);
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified), "in one session, nothing but a power cut does this");

        File.SetLastWriteTimeUtc(_project.Options.CacheFile, DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64) - TimeSpan.FromMinutes(1));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task After_a_start_of_the_machine_digests_are_looked_at_once()
    {
        _origin.On("/a.png", request => Reply.Current(request, New, "\"v1\""));
        await SyncAsync();
        var before = DateTime.UtcNow - TimeSpan.FromMilliseconds(Environment.TickCount64) - TimeSpan.FromMinutes(1);
        File.SetLastWriteTimeUtc(_project.Options.CacheFile, before);
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(File.GetLastWriteTimeUtc(_project.Options.CacheFile), Is.GreaterThan(before.AddMinutes(1)));
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
