using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class LockFileWriters
{
    private const int Images = 6;

    [Test]
    public async Task TwoSyncsOfOneProject()
    {
        // arrange: slow, so that the two are in the middle of it together
        await using var origin = new ScriptedOrigin();
        for (var number = 0; number < Images; number++)
        {
            var image = SampleImages.Png(number, 10_000);
            origin.On($"/{number}.png", request => Reply.Current(request, image, "\"1\"").Delay(TimeSpan.FromMilliseconds(300)));
        }

        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            string.Concat(Enumerable.Range(0, Images).Select(number => $"""<RemoteImage Include="{origin.Url($"/{number}.png")}" />""")),
            "<ImageSyncLockFile>images.lock.json</ImageSyncLockFile>");
        (await project.RunAsync("restore")).ShouldSucceed();

        // act
        var both = await Task.WhenAll(project.MSBuildAsync("-t:SyncImages"), project.MSBuildAsync("-t:SyncImages"));
        var text = project.Read("images.lock.json");
        (await project.MSBuildAsync("-t:SyncImages")).ShouldSucceed();

        // assert
        Assert.That(both.Select(result => result.ShouldSucceed().Output), Is.All.Not.Contains("IMGSYNC"));
        Assert.That(System.Text.Encoding.UTF8.GetString(text).Split("\"sha256\"").Length - 1, Is.EqualTo(Images));
        Assert.That(project.Read("images.lock.json"), Is.EqualTo(text));
    }
}
