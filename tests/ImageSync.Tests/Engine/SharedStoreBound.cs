using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A shared store that cannot hold everything, and checkouts that use it at the same time.</summary>
public class SharedStoreBound
{
    private ScriptedOrigin _origin;
    private StoreFolder _store;

    [SetUp]
    public void SetUp() => (_origin, _store) = (new ScriptedOrigin(), new StoreFolder());

    [TearDown]
    public async Task TearDown() => await _origin.DisposeAsync();

    [Test]
    public async Task It_stays_within_its_bound()
    {
        for (var i = 0; i < 10; i++)
        {
            _origin.On($"/{i}.png", Reply.Ok(SampleImages.Png(i, 4000)));
        }

        var checkout = _store.Checkout();
        checkout.Options = checkout.Options with { StoreMaxBytes = 6 * SampleImages.Png(0, 4000).Length };
        var run = await checkout.RunAsync(Declarations(10));
        Assert.That(run.Diagnostics.Concat(run.Outcomes.SelectMany(outcome => outcome.Diagnostics)), Is.Empty);
        Assert.That((_store.Contents.Count(), _store.Records.Count(), _store.IsSound), Is.EqualTo((5, 5, true)));
    }

    // The bound lets half of the images stay, so what one checkout is about to copy another one may be deleting.
    [Test]
    public async Task Checkouts_that_sync_at_the_same_time_have_what_the_origin_has()
    {
        const int Images = 24;
        var version = 0;
        var current = new byte[Images][];
        for (var i = 0; i < Images; i++)
        {
            var image = i;
            _origin.On($"/{image}.png", request => Reply.Current(request, current[image], $"\"{version}\""));
        }

        var checkouts = Enumerable.Range(0, 4).Select(_ => _store.Checkout()).ToList();
        checkouts.ForEach(checkout => checkout.Options = checkout.Options with { StoreMaxBytes = Images * 4500, MaxConcurrency = 8 });
        while (++version <= 6)
        {
            current = [.. Enumerable.Range(0, Images).Select(image => SampleImages.Png((100 * image) + version, 3000 + (500 * image)))];
            checkouts[version % 4].Clean();
            var runs = await Task.WhenAll(checkouts.Select(checkout => checkout.RunAsync(Declarations(Images))));
            Assert.That(runs.SelectMany(run => run.Diagnostics.Concat(run.Outcomes.SelectMany(outcome => outcome.Diagnostics))).Select(diagnostic => diagnostic.Message), Is.Empty);
            foreach (var checkout in checkouts)
            {
                Assert.That(Enumerable.Range(0, Images).Where(i => !checkout.Files.Read($"img/{i}.png").AsSpan().SequenceEqual(current[i])), Is.Empty);
            }
        }

        version--;
        Assert.That((await _store.Checkout().RunAsync(Declarations(Images))).FromStore, Is.Positive);
        Assert.That(_store.IsSound);
        Assert.That(_store.Files.Where(file => file.EndsWith(".tmp", StringComparison.Ordinal)), Is.Empty);
    }

    private IEnumerable<RemoteImageDeclaration> Declarations(int count) =>
        Enumerable.Range(0, count).Select(i => new RemoteImageDeclaration(_origin.Url($"/{i}.png")) { LocalPath = $"img/{i}.png" });
}
