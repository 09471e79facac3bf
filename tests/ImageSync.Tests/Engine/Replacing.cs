using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>Where a report is wanted, what a run replaced is at hand after it, and nothing else is.</summary>
public class Replacing
{
    private static readonly byte[] Old = SampleImages.Png(1, 4000);
    private static readonly byte[] New = SampleImages.Png(2, 5000);
    private static readonly byte[] Newest = SampleImages.Png(3, 6000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp()
    {
        (_origin, _project) = (new ScriptedOrigin(), new Project());
        _project.Options = _project.Options with { ReplacedFolder = _project.Files.PathOf("obj/previous") };
    }

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task The_old_bytes_are_at_hand_until_the_next_run_that_replaces_some()
    {
        _origin.On("/a.png", Reply.Ok(Old), Reply.Ok(New), Reply.Ok(New), Reply.Ok(Newest)).On("/b.png", Reply.Ok(Old), Reply.Ok(New), Reply.Ok(New), Reply.Ok(New));
        var first = await RunAsync();
        Assert.That(first.Outcomes.Select(outcome => outcome.Replaced), Is.All.Null, "nothing was there");

        var second = await RunAsync();
        Assert.That(second.Outcomes.Select(outcome => outcome.Replaced?.Length), Is.All.EqualTo(Old.Length));
        Assert.That(second.Outcomes.Select(outcome => File.ReadAllBytes(outcome.Replaced!.CopiedTo!)), Is.All.EqualTo(Old));

        await RunAsync();
        Assert.That(Copies(), Is.EqualTo(new[] { "obj/previous/img/a.png", "obj/previous/img/b.png" }), "unchanged");

        await RunAsync();
        Assert.That(Copies(), Is.EqualTo(new[] { "obj/previous/img/a.png" }));
        Assert.That(_project.Files.Read("obj/previous/img/a.png"), Is.EqualTo(New));
    }

    [Test]
    public async Task Nothing_is_copied_where_nobody_wants_it()
    {
        _project.Options = _project.Options with { ReplacedFolder = null };
        _origin.On("/a.png", Reply.Ok(Old), Reply.Ok(New));
        await _project.SyncAsync(_origin.Url("/a.png"));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"));
        Assert.That(outcome.Replaced, Is.EqualTo(new ReplacedImage(Old.Length, null)));
        Assert.That(_project.FilesPresent, Is.EqualTo(new[] { "img/a.png" }));
    }

    [Test]
    public async Task A_copy_that_cannot_be_made_stops_no_sync()
    {
        _project.Files.Write("obj/previous", "in the way");
        _origin.On("/a.png", Reply.Ok(Old), Reply.Ok(New));
        await _project.SyncAsync(_origin.Url("/a.png"));
        var outcome = await _project.SyncAsync(_origin.Url("/a.png"));
        Assert.That((outcome.Status, outcome.Replaced), Is.EqualTo((SyncStatus.Updated, new ReplacedImage(Old.Length, null))));
        Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(New));
    }

    private Task<SyncRun> RunAsync() => _project.RunAsync(
        [new RemoteImageDeclaration(_origin.Url("/a.png")) { LocalPath = "img/a.png" }, new RemoteImageDeclaration(_origin.Url("/b.png")) { LocalPath = "img/b.png" }]);

    private IEnumerable<string> Copies() => _project.FilesPresent.Where(file => file.Contains("previous", StringComparison.Ordinal));
}
