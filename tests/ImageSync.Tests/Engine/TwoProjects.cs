using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Two projects in one folder, with one obj folder, that claim one file.</summary>
public class TwoProjects
{
    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _origin.On("/a.png", request => Reply.Current(request, SampleImages.Png(1, 4000), "\"v1\""));
        _origin.On("/b.png", request => Reply.Current(request, SampleImages.Png(2, 5000), "\"v1\""));
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task One_file_is_told_of_as_theirs([Values("Restore", "Keep", "Fail")] string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        await SyncAsync("A.csproj", "/a.png");
        foreach (var (project, url, other) in new[] { ("B.csproj", "/b.png", "A.csproj"), ("A.csproj", "/a.png", "B.csproj"), ("B.csproj", "/b.png", "A.csproj") })
        {
            var outcome = await SyncAsync(project, url);
            Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, "IMGSYNC4007", (string?)null)));
            Assert.That(outcome.Diagnostics[0].Message, Does.Contain($"the project {other} in the same folder"));
        }
    }

    [Test]
    public async Task One_file_of_one_URL_is_no_ones_loss()
    {
        await SyncAsync("A.csproj", "/a.png");
        Assert.That((await SyncAsync("B.csproj", "/a.png")).Status, Is.EqualTo(SyncStatus.Unchanged));
        Assert.That((await SyncAsync("A.csproj", "/a.png")).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task An_edit_is_still_an_edit()
    {
        await SyncAsync("A.csproj", "/a.png");
        await SyncAsync("B.csproj", "/b.png");
        _project.Files.Write("img/a.png", SampleImages.Png(3, 6000));
        Assert.That((await SyncAsync("B.csproj", "/b.png")).Diagnostics.Single().CodeText, Is.EqualTo("IMGSYNC4001"));
    }

    // Nothing tells them from somebody who edits the file, so both are named.
    [Test]
    public async Task Two_that_know_nothing_of_each_other_are_told_that_there_may_be_another()
    {
        await SyncAsync("A.csproj", "/a.png", "obj/a");
        await SyncAsync("B.csproj", "/b.png", "obj/b");
        var diagnostic = (await SyncAsync("A.csproj", "/a.png", "obj/a")).Diagnostics.Single();
        Assert.That(diagnostic.CodeText, Is.EqualTo("IMGSYNC4001"));
        Assert.That(diagnostic.Message, Does.Contain("another project may write it, too"));
    }

    [Test]
    public async Task What_the_other_has_in_its_journal_is_theirs_too([Values("Restore", "Keep", "Fail")] string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        await SyncAsync("A.csproj", "/a.png");
        var record = _project.Record()!;
        _project.Files.Delete("obj/A.csproj.imagesync.cache");
        using (var killed = new CacheJournal(_project.Files.PathOf("obj/A.csproj.imagesync.cache")))
        {
            killed.Append(record);
        }

        var outcome = await SyncAsync("B.csproj", "/b.png");
        Assert.That((outcome.Status, outcome.Diagnostics.Single().CodeText, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, "IMGSYNC4007", (string?)null)));
    }

    [Test]
    public async Task One_that_was_renamed_is_no_other([Values("Restore", "Keep", "Fail")] string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        await SyncAsync("A.csproj", "/a.png");
        _project.Files.Delete("A.csproj");
        var outcome = await SyncAsync("B.csproj", "/b.png");
        Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.Updated, 0, (string?)null)));
    }

    private Task<SyncOutcome> SyncAsync(string project, string url, string obj = "obj")
    {
        _project.Files.Write(project, "<Project />");
        _project.Options = _project.Options with { CacheFile = _project.Files.PathOf($"{obj}/{project}.imagesync.cache") };
        return _project.SyncAsync(_origin.Url(url));
    }
}
