using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class ParallelBuilds
{
    private const int Images = 8;

    [Test]
    public async Task TwoBuildsOfOneProject()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        for (var number = 0; number < Images; number++)
        {
            var image = SampleImages.Png(number, 20_000);
            // Slow, so that the two are in the middle of it together.
            origin.On($"/{number}.png", request => Reply.Current(request, image, "\"1\"").Delay(TimeSpan.FromMilliseconds(300)));
        }

        var project = new ConsumerProject(new TestDirectory(), Packed.Package, string.Concat(
            Enumerable.Range(0, Images).Select(number => $"""<RemoteImage Include="{origin.Url($"/{number}.png")}" BuildAction="None" />""")));
        // Compiled before, so that the compiler's own output files are not what the two fight for.
        (await project.BuildAsync("-p:ImageSyncEnabled=false")).ShouldSucceed();

        // act
        var both = await Task.WhenAll(project.BuildAsync("--no-restore"), project.BuildAsync("--no-restore"));
        origin.Clear();
        var third = await project.Logged.BuildAsync();

        // assert
        Assert.That(both.Select(result => result.ShouldSucceed().Output), Is.All.Not.Contains("IMGSYNC"));
        third.ShouldSucceed();
        Assert.That(BuildLog.Of(third).Items("SyncedImage").Select(item => item["Status"]), Is.EqualTo(Enumerable.Repeat("NotModified", Images)));
        Assert.That(origin.Requests, Has.Count.EqualTo(Images).And.All.Property(nameof(RecordedRequest.IsConditional)).True);
        for (var number = 0; number < Images; number++)
        {
            Assert.That(project.Read($"images/{number}.png"), Is.EqualTo(SampleImages.Png(number, 20_000)));
        }

        Assert.That(Directory.GetFiles(project.PathOf("images")), Has.Length.EqualTo(Images));
    }
}
