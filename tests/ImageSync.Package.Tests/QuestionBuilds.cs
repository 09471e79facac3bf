using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>dotnet build -question: is there anything to do? Nothing is done.</summary>
public sealed class QuestionBuilds
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);
    private static readonly byte[] Newer = SampleImages.Png(2, 3_000);

    [Test]
    public async Task PassesUntilAnImageChanges()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/logo.png", request => Reply.Current(request, Image, "\"1\"")).On("/unknown.png", Reply.Ok(Image));
        var project = new ConsumerProject(new TestDirectory(), Packed.Package, $"""
            <RemoteImage Include="{origin.Url("/logo.png")}" BuildAction="EmbeddedResource" />
            <RemoteImage Include="{origin.Url("/unknown.png")}" BuildAction="EmbeddedResource" />
            """);
        (await project.BuildAsync()).ShouldSucceed();
        (await project.BuildAsync()).ShouldSucceed();
        var before = FolderState.Of(project.Folder);
        origin.Clear();

        // act
        var nothingNew = await project.Logged.BuildAsync("--no-restore", "-question");
        origin.On("/logo.png", Reply.Ok(Newer, ("ETag", "\"2\"")));
        var young = await project.BuildAsync("--no-restore", "-question", "-p:ImageSyncMaxAge=1.00:00:00");
        var changed = await project.Logged.BuildAsync("--no-restore", "-question");
        var byHand = await project.Logged.MSBuildAsync("-question", "-t:SyncImages", "-p:ImageSyncMaxAge=1.00:00:00");

        // assert
        Assert.That(FolderState.Of(project.Folder), Is.EqualTo(before));
        Assert.That(BuildLog.Of(nothingNew.ShouldSucceed()).Warnings, Is.Empty);
        young.ShouldSucceed();
        foreach (var result in new[] { changed, byHand })
        {
            var errors = BuildLog.Of(result.ShouldFail(1)).Errors.Where(error => error.Code.StartsWith("IMGSYNC", StringComparison.Ordinal));
            Assert.That(errors.Select(error => (error.Code, error.Text.Split(':')[0])), Is.EqualTo(new[] { ("IMGSYNC2010", "images/logo.png") }));
        }

        Assert.That(origin.RequestsTo("/logo.png").Select(request => request.Method), Is.EqualTo(new[] { "HEAD", "HEAD", "HEAD" }));
    }
}
