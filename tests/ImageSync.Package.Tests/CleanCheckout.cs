using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A clone with committed images and a lock file, as a pipeline has it.</summary>
public sealed class CleanCheckout
{
    private static readonly byte[] Image = SampleImages.Png(1, 30_000);

    private NginxOrigin _nginx;
    private ConsumerProject _project;

    [SetUp]
    public async Task SyncAndCheckOut()
    {
        var directory = new TestDirectory();
        _nginx = new NginxOrigin(directory.PathOf("nginx"));
        _nginx.Put("a.png", Image);
        _nginx.Put("b.png", Image);
        _project = new ConsumerProject(
            directory,
            Packed.Package,
            $"""<RemoteImage Include="{_nginx.Url("a.png")}" /><RemoteImage Include="{_nginx.Url("b.png")}" BuildAction="Content" />""",
            "<ImageSyncLockFile>images.lock.json</ImageSyncLockFile>");
        (await _project.SyncAsync()).ShouldSucceed();
        Directory.Delete(_project.PathOf("obj"), recursive: true);
        File.SetLastWriteTimeUtc(_project.PathOf("images/a.png"), DateTime.UtcNow.AddDays(-1));
        _nginx.ClearLog();
    }

    [TearDown]
    public async Task Stop() => await _nginx.DisposeAsync();

    [Test]
    public async Task OnlyNotModified()
    {
        // arrange
        var text = _project.Read("images.lock.json");

        // act
        (await _project.SyncAsync()).ShouldSucceed();
        (await _project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(_nginx.AccessLog.Select(entry => (entry.Status, entry.BodyBytes)), Is.EqualTo(Enumerable.Repeat((304, 0L), 4)));
        Assert.That(_project.Read("images.lock.json"), Is.EqualTo(text));
    }

    [Test]
    public async Task Locked()
    {
        // arrange
        var text = _project.Read("images.lock.json");

        // act: as committed; one file missing, which the origin has changed; the change accepted
        (await _project.BuildAsync("-p:ImageSyncLocked=true")).ShouldSucceed();
        var requests = _nginx.AccessLog.Count;
        _nginx.Put("a.png", SampleImages.Png(2, 30_000));
        File.Delete(_project.PathOf("images/a.png"));
        var refused = (await _project.Logged.BuildAsync("-p:ImageSyncLocked=true")).ShouldFail();
        var textAfterRefusal = _project.Read("images.lock.json");
        (await _project.SyncAsync("-p:ImageSyncLocked=false")).ShouldSucceed();
        var accepted = (await _project.Logged.BuildAsync("-p:ImageSyncLocked=true")).ShouldSucceed();

        // assert
        Assert.That(requests, Is.Zero);
        Assert.That(BuildLog.Of(refused).Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC3004" }));
        Assert.That(textAfterRefusal, Is.EqualTo(text));
        Assert.That(_project.Read("images.lock.json"), Is.Not.EqualTo(text));
        Assert.That(BuildLog.Of(accepted).Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(new[] { "Fresh", "Fresh" }));
    }
}
