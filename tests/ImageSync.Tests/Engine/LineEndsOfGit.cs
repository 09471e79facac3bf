using System.Security.Cryptography;
using System.Text;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>An SVG that is committed, and whose line ends Git changes on the way.</summary>
public class LineEndsOfGit
{
    private const string Unix = "<svg xmlns=\"http://www.w3.org/2000/svg\"\n  width=\"1\"\n  height=\"1\"/>\n";

    private ScriptedOrigin _origin;
    private Project _project;
    private byte[] _image = [];

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase("core.autocrlf=true", "", false)]
    [TestCase("core.autocrlf=false", "* text=auto", true)]
    public async Task A_clean_clone_asks_with_validators_and_changes_nothing(string setting, string attributes, bool isWindowsImage)
    {
        await CloneAsync(setting, attributes, isWindowsImage);
        var time = _project.TimeOf("img/a.svg");
        foreach (var build in new[] { 1, 2 })
        {
            var outcome = await SyncAsync();
            Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.BytesReceived), Is.EqualTo((SyncStatus.NotModified, 0, 0)), $"build {build}");
            Assert.That((outcome.Sha256, outcome.Length), Is.EqualTo((Digest(_project.Files.Read("img/a.svg")), (long)_project.Files.Read("img/a.svg").Length)), "of the local file");
        }

        Assert.That(_project.TimeOf("img/a.svg"), Is.EqualTo(time));
        Assert.That(_project.LockText, Does.Contain(Digest(_image)), "the lock file names the origin's bytes");
    }

    [Test]
    public async Task A_clean_clone_has_no_edit([Values("Keep", "Fail")] string onLocalEdit)
    {
        await CloneAsync("core.autocrlf=true");
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.NotModified, 0)));
    }

    [Test]
    public async Task Without_validators_the_same_bytes_are_not_written_again()
    {
        await CloneAsync("core.autocrlf=true");
        _origin.Clear();
        _origin.On("/a.svg", Reply.Ok(_image));
        var time = _project.TimeOf("img/a.svg");
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That(_project.TimeOf("img/a.svg"), Is.EqualTo(time));
    }

    [Test]
    public async Task Another_image_takes_its_place_and_nobody_has_edited_anything()
    {
        await CloneAsync("core.autocrlf=true");
        var changed = Encoding.ASCII.GetBytes(Unix.Replace("\"1\"", "\"2\"", StringComparison.Ordinal));
        _origin.On("/a.svg", request => Reply.Current(request, changed, "\"v2\""));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, 0, (string?)null)));
        Assert.That(_project.Files.Read("img/a.svg"), Is.EqualTo(changed));
    }

    [Test]
    public async Task A_check_sees_no_change()
    {
        await CloneAsync("core.autocrlf=true");
        Assert.That((await _project.CheckAsync([Declaration()])).Outcomes[0].Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task Where_bytes_are_locked_it_is_an_error_that_says_what_to_write()
    {
        await CloneAsync("core.autocrlf=true");
        _project.Options = _project.Options with { Locked = true };
        var outcome = await SyncAsync();
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC3004", Severity.Error)));
        Assert.That(outcome.Diagnostics[0].Message,
            Does.Contain("Git has changed its line ends").And.Contain("\"*.svg -text\"").And.Not.Contain("ImageSyncLocked=false"));

        // What it says to do helps.
        _project.Files.Delete("img/a.svg");
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Added));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Fresh));
    }

    [Test]
    public async Task Pinned_bytes_have_their_line_ends([Values] bool afterASync)
    {
        await CloneAsync("core.autocrlf=true");
        if (afterASync)
        {
            await SyncAsync();
        }

        _project.Options = _project.Options with { Offline = true };
        var outcome = await _project.SyncAsync(Declaration() with { Sha256 = Digest(_image) });
        Assert.That((outcome.Diagnostics.Single().CodeText, outcome.Diagnostics[0].Severity), Is.EqualTo(("IMGSYNC3002", Severity.Error)));
        _project.Options = _project.Options with { Offline = false };
        Assert.That((await _project.SyncAsync(Declaration() with { Sha256 = Digest(_image) })).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That(_project.Files.Read("img/a.svg"), Is.EqualTo(_image));
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    // Synced and committed by one, cloned by another, whose Git changes line ends.
    private async Task CloneAsync(string setting, string attributes = "", bool isWindowsImage = false)
    {
        _image = Encoding.ASCII.GetBytes(isWindowsImage ? Unix.ReplaceLineEndings("\r\n") : Unix);
        _origin.On("/a.svg", request => Reply.Current(request, _image, "\"v1\""));
        _project.UseLockFile();
        await SyncAsync();
        var git = Git.Init(_project.Files.FullPath);
        _project.Files.Write(".gitignore", "obj/\n");
        _project.Files.Write(".gitattributes", attributes + "\n");
        git.Commit("Add the image");
        _project.Clean();
        git.Run("-c", setting, "checkout", "--", "img");
        Assert.That(_project.Files.Read("img/a.svg"), Is.Not.EqualTo(_image), "Git has changed it");
        _origin.Clear();
        _origin.On("/a.svg", request => Reply.Current(request, _image, "\"v1\""));
    }

    private RemoteImageDeclaration Declaration() => new(_origin.Url("/a.svg")) { LocalPath = "img/a.svg" };

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(Declaration());
}
