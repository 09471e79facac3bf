using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A build that ended between its steps, as the next one finds it: the file is written first, its record afterwards.</summary>
public class Interrupted
{
    private static readonly byte[] First = SampleImages.Png(1, 4000);
    private static readonly byte[] Second = SampleImages.Png(2, 5000);
    private static readonly byte[] SecondOfTheSameLength = SampleImages.Png(3, 4000);
    private static readonly byte[] Third = SampleImages.Png(4, 6000);

    private ScriptedOrigin _origin;
    private Project _project;

    [SetUp]
    public void SetUp() => (_origin, _project) = (new ScriptedOrigin(), new Project());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task Between_the_file_and_its_record_costs_a_transfer_and_nothing_else(bool sameLength)
    {
        var written = sameLength ? SecondOfTheSameLength : Second;
        Assert.That(written, Has.Length.EqualTo(sameLength ? First.Length : Second.Length).And.Not.EqualTo(First));
        await EndBeforeRecordingAsync(written);
        var time = _project.Age();
        _origin.On("/a.png", request => Reply.Current(request, written, "\"v2\""));
        var outcome = await SyncAsync();
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Status, outcome.Diagnostics.Count, outcome.KeptAt), Is.EqualTo((SyncStatus.Unchanged, 0, (string?)null)));
            Assert.That((_origin.Requests.Single().IsConditional, _project.TimeOf()), Is.EqualTo((false, time)));
            Assert.That(_project.Files.Read("img/a.png"), Is.EqualTo(written));
        });
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
    }

    // What the old record's tag would be confirmed for is not what the file holds.
    [Test]
    public async Task Between_the_file_and_its_record_an_origin_that_went_back_gets_no_false_304()
    {
        await EndBeforeRecordingAsync(Second);
        _origin.On("/a.png", request => Reply.Current(request, First, "\"v1\""));
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        Assert.That((_origin.Requests.Single().IsConditional, _project.Files.Read("img/a.png")), Is.EqualTo((false, First)));
    }

    [Test]
    public async Task Between_the_file_and_its_record_nothing_is_lost_when_the_origin_goes_on()
    {
        await EndBeforeRecordingAsync(Second);
        _origin.On("/a.png", Reply.Ok(Third, ("ETag", "\"v3\"")));
        var outcome = await SyncAsync();
        Assert.That((outcome.Status, _origin.Requests.Single().IsConditional, _project.Files.Read("img/a.png")), Is.EqualTo((SyncStatus.Updated, false, Third)));
        Assert.That(File.ReadAllBytes(outcome.KeptAt!), Is.EqualTo(Second));
    }

    [Test]
    public async Task In_the_middle_of_a_record_costs_one_transfer_at_most()
    {
        _origin.On("/a.png", request => Reply.Current(request, First, "\"v1\""));
        await SyncAsync();
        var whole = File.ReadAllBytes(_project.Options.CacheFile);
        foreach (var length in new[] { 0, 10, whole.Length / 2, whole.Length - 3 })
        {
            File.WriteAllBytes(_project.Options.CacheFile, whole[..length]);
            _origin.Clear();
            Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Unchanged), $"{length} of {whole.Length} bytes");
            Assert.That(_origin.Requests.Single().IsConditional, Is.False);
            Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.NotModified));
        }
    }

    // The first version is recorded; the second is written, and the cache is as it was before.
    private async Task EndBeforeRecordingAsync(byte[] written)
    {
        _origin.On("/a.png", Reply.Ok(First, ("ETag", "\"v1\"")), Reply.Ok(written, ("ETag", "\"v2\"")));
        await SyncAsync();
        var cache = File.ReadAllBytes(_project.Options.CacheFile);
        Assert.That((await SyncAsync()).Status, Is.EqualTo(SyncStatus.Updated));
        File.WriteAllBytes(_project.Options.CacheFile, cache);
        _origin.Clear();
    }

    private Task<SyncOutcome> SyncAsync() => _project.SyncAsync(_origin.Url("/a.png"));
}
