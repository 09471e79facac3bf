using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A file is known for what it is before its record is in the cache: to a build at the same time, and after a kill.</summary>
public class Journals
{
    private static readonly byte[] Old = SampleImages.Png(1, 2_000);
    private static readonly byte[] New = SampleImages.Png(2, 2_000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase("Restore")]
    [TestCase("Keep")]
    [TestCase("Fail")]
    public async Task Two_builds_at_once_take_no_file_of_the_other_for_an_edit(string onLocalEdit)
    {
        _project.Options = _project.Options with { OnLocalEdit = Enum.Parse<OnLocalEdit>(onLocalEdit) };
        var images = Enumerable.Range(0, 60).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" }).ToArray();
        for (var version = 1; version <= 8; version++)
        {
            var (bytes, tag) = (SampleImages.Png(version, 2_000 + version), $"\"v{version}\"");
            for (var i = 0; i < images.Length; i++)
            {
                _origin.On($"/{i}.png", request => Reply.Current(request, bytes, tag));
            }

            var runs = await Task.WhenAll(_project.RunAsync(images), _project.RunAsync(images), _project.RunAsync(images));
            Assert.That(runs.SelectMany(run => run.Outcomes).SelectMany(outcome => outcome.Diagnostics).Select(told => told.Message), Is.Empty);
            Assert.That((await _project.RunAsync(images)).Outcomes.Select(outcome => outcome.Status), Is.All.EqualTo(SyncStatus.NotModified));
        }

        Assert.That(_project.Files.Files().Where(file => file.Contains("kept") || file.Contains("journal")), Is.Empty);
    }

    [Test]
    public async Task After_a_kill_a_file_is_ours_whether_it_was_replaced_or_not([Values] bool wasReplaced)
    {
        _project.Options = _project.Options with { OnLocalEdit = OnLocalEdit.Fail };
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        await SyncAsync();
        if (wasReplaced)
        {
            _project.Files.Write("img/a.png", New);
        }

        var written = LocalFile.Digest(_project.Files.Write("temporary", New), New.Length)!;
        var stamp = FileStamp.Of(_project.Files.PathOf(wasReplaced ? "img/a.png" : "temporary"))!.Value;
        KilledAfter(_project.Record()! with { Sha256 = written, Stamp = stamp, Validators = new("\"v2\"", null) });

        var (bytes, tag) = wasReplaced ? (New, "\"v2\"") : (Old, "\"v1\"");
        _origin.On("/a.png", request => Reply.Current(request, bytes, tag));
        Assert.That((await _project.CheckAsync([Declaration])).Outcomes[0].Diagnostics, Is.Empty);
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, outcome.Diagnostics.Count), Is.EqualTo((SyncStatus.NotModified, 0)));
        Assert.That(_project.Files.Files().Where(file => file.Contains("journal")), Is.Empty, "it was taken in");
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    [Test]
    public async Task What_a_newer_record_knows_better_stays()
    {
        _origin.On("/a.png", request => Reply.Current(request, Old, "\"v1\""));
        await SyncAsync();
        var saved = _project.Record()!;
        KilledAfter(saved with { Validators = new("\"older\"", null), ValidatedAt = saved.ValidatedAt.AddHours(-1) });
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        Assert.That(_project.Record()!.Validators.EntityTag, Is.EqualTo("\"v1\""));
    }

    private RemoteImageDeclaration Declaration => new(_origin.Url("/a.png")) { LocalPath = "img/a.png" };

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(Declaration);

    private void KilledAfter(ValidatorRecord announced)
    {
        using var journal = new CacheJournal(_project.Options.CacheFile);
        journal.Append(announced);
    }
}
