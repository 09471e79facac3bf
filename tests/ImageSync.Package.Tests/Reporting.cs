using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A property makes the package write its report, its summary and its history; most of all when something failed.</summary>
public sealed class Reporting
{
    [Test]
    public async Task WrittenAlsoWhenAnImageFailed()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", Reply.Ok(SampleImages.Png(1, 3_000)), Reply.Ok(SampleImages.Png(2, 4_000)))
            .On("/b.png", Reply.Status(404));
        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""<RemoteImage Include="{origin.Url("/a.png")}" /><RemoteImage Include="{origin.Url("/b.png")}" />""",
            "<ImageSyncReportFile>artifacts/images.html</ImageSyncReportFile><ImageSyncSummaryFile>artifacts/summary.md</ImageSyncSummaryFile><ImageSyncHistoryFile>artifacts/history.txt</ImageSyncHistoryFile>");

        // act
        (await project.SyncAsync()).ShouldFail();
        var log = BuildLog.Of((await project.Logged.BuildAsync()).ShouldFail());

        // assert
        using var all = Assert.EnterMultipleScope();
        Assert.That(log.Errors.Select(error => error.Code), Is.EqualTo(new[] { "IMGSYNC2003" }));
        Assert.That(log.Warnings, Is.Empty);
        var report = await File.ReadAllTextAsync(project.PathOf("artifacts/images.html"));
        Assert.That(report, Does.Contain("images/</span><wbr>a.png").And.Contain("IMGSYNC2003"));
        Assert.That(report, Does.Contain(Convert.ToBase64String(SampleImages.Png(1, 3_000))).And.Contain(Convert.ToBase64String(SampleImages.Png(2, 4_000))), "before and after");
        Assert.That(await File.ReadAllTextAsync(project.PathOf("artifacts/summary.md")), Does.Contain("### App: 2 images, 1 added, 1 failed").And.Contain("### App: 2 images, 1 updated, 1 failed"));
        Assert.That(await File.ReadAllLinesAsync(project.PathOf("artifacts/history.txt")), Has.Length.EqualTo(2));
    }
}
