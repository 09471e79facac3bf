using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A store that the environment names, for all that is built on the machine.</summary>
public sealed class SharedStore
{
    private static readonly string[] Images = ["a.png", "b.png", "c.png"];

    private TestDirectory _directory;
    private NginxOrigin _nginx;

    [SetUp]
    public void Serve()
    {
        _directory = new TestDirectory();
        _nginx = new NginxOrigin(_directory.PathOf("nginx"));
        foreach (var (number, image) in Images.Index())
        {
            _nginx.Put(image, SampleImages.Png(number, 30_000));
        }
    }

    [TearDown]
    public async Task Stop() => await _nginx.DisposeAsync();

    [Test]
    public async Task CleanedAndCloned()
    {
        // arrange
        var first = Clone("first/App.csproj", "Content");
        (await first.BuildAsync("-tl:off")).ShouldSucceed();
        _nginx.ClearLog();

        // act: as after `git clean -xdf`; then another project
        foreach (var folder in new[] { "obj", "bin", "images" })
        {
            Directory.Delete(first.PathOf(folder), recursive: true);
        }

        var cleaned = (await first.Logged.BuildAsync("-tl:off")).ShouldSucceed();
        var second = Clone("second/Site.csproj", "EmbeddedResource");
        var cloned = (await second.Logged.BuildAsync("-tl:off")).ShouldSucceed();
        var again = (await second.BuildAsync("-tl:off")).ShouldSucceed();

        // assert
        foreach (var result in new[] { cleaned, cloned })
        {
            Assert.That(result.Output, Does.Match(@"ImageSync: \w+: 3 images, 3 added, 3 from the store, 0 B received, \d+ KB not sent again, "));
            Assert.That(BuildLog.Of(result).Items("SyncedImage").Select(item => (item["Status"], item["Changed"], item["FromStore"])), Is.All.EqualTo(("Added", "true", "true")));
        }

        Assert.That(again.Output, Does.Match(@"ImageSync: \w+: 3 images, 3 not modified, 0 B received, "));
        Assert.That(_nginx.AccessLog.Select(entry => (entry.Status, entry.BodyBytes)), Is.EqualTo(Enumerable.Repeat((304, 0L), 9)));
        foreach (var (number, image) in Images.Index())
        {
            Assert.That(first.Read("images/" + image).AsSpan().SequenceEqual(SampleImages.Png(number, 30_000)));
            Assert.That(second.Read("images/" + image).AsSpan().SequenceEqual(SampleImages.Png(number, 30_000)));
        }
    }

    private ConsumerProject Clone(string file, string action) => new(
        _directory, Packed.Package, string.Concat(Images.Select(image => $"""<RemoteImage Include="{_nginx.Url(image)}" BuildAction="{action}" />""")), file: file)
    {
        Environment = new Dictionary<string, string?> { ["ImageSyncStore"] = _directory.PathOf("cache/imagesync") },
    };
}
