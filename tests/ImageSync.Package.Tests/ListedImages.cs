using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The images of a list are items of a project as if it had declared each.</summary>
public sealed class ListedImages
{
    [Test]
    public async Task AreInTheFirstBuildAndTellTheirLines()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        var bytes = Enumerable.Range(1, 3).Select(number => SampleImages.Png(number, 1_000)).ToList();
        origin.On("/a%20b.png", request => Reply.Current(request, bytes[0], "\"a\""));
        origin.On("/c.png?v=1&w=%2B", request => Reply.Current(request, bytes[1], "\"c\""));
        origin.On("/d.png", request => Reply.Current(request, bytes[2], "\"d\""));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, $"""
            <RemoteImageList Include="lists/*.txt" LocalPath="img" BuildAction="Content"
                CopyToOutputDirectory="PreserveNewest" LocaPath="x" />
                <RemoteImage Include="{origin.Url("/d.png")}" />
            """);
        var list = directory.Write("app/lists/images.txt", $"""
            # what the brand has
            {origin.Url("/a%20b.png")}
            {origin.Url("/c.png?v=1&w=%2B")}   c d.png  # with a query
            {origin.Url("/gone.png")}
            """);
        var report = project.PathOf("report.html");

        // act
        var first = BuildLog.Of((await project.Logged.BuildAsync($"-p:ImageSyncReportFile={report}")).ShouldFail());

        // assert: the line of the image that is gone, and of the metadatum the place of the list in the project
        Assert.That(first.Errors.Select(error => (error.Code, error.File, error.Line)), Is.EqualTo(new[] { ("IMGSYNC2003", list, 4) }));
        var warnings = first.Warnings.Where(warning => warning.Code != "NU1603");
        Assert.That(warnings.Select(warning => (warning.Code, warning.File, warning.Line > 0)), Is.EqualTo(new[] { ("IMGSYNC1007", project.PathOf("App.csproj"), true) }));
        Assert.That(File.ReadAllText(report), Does.Contain("lists/images.txt:2").And.Contain("lists/images.txt:3"));

        // arrange: the list is mended, in a clean clone
        directory.Write("app/lists/images.txt", string.Join('\n', File.ReadAllLines(list)[..3]));
        foreach (var folder in new[] { "img", "images", "obj", "bin" })
        {
            Directory.Delete(project.PathOf(folder), recursive: true);
        }

        File.Delete(project.PathOf("lists/c d.png"));

        // act
        (await project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(project.Read("bin/Debug/net10.0/img/a b.png"), Is.EqualTo(bytes[0]));
        Assert.That(project.Read("bin/Debug/net10.0/lists/c d.png"), Is.EqualTo(bytes[1]));
        Assert.That(project.Read("images/d.png"), Is.EqualTo(bytes[2]));

        // act: and again, nothing is fetched
        origin.Clear();
        (await project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(origin.Requests, Has.Count.EqualTo(3).And.All.Matches<RecordedRequest>(request => request!.IsConditional));
    }

    // All lines of such a list are left to the task.
    [Test]
    public async Task AreTakenLiterallyWhereALineHoldsSyntax()
    {
        // arrange
        await using var origin = new ScriptedOrigin();
        origin.On("/a.png", request => Reply.Current(request, SampleImages.Png(1, 1_000), "\"a\""));
        origin.On("/$(OS).png", request => Reply.Current(request, SampleImages.Png(2, 1_000), "\"b\""));
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package,
            """<RemoteImageList Include="images.txt" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />""");
        directory.Write("app/images.txt", $"{origin.Url("/a.png")}\n{origin.Url("/")}$(OS).png  img/b c.png\n");

        // act
        (await project.BuildAsync()).ShouldSucceed();

        // assert
        Assert.That(origin.Requests.Select(request => request.Target), Is.EquivalentTo(new[] { "/a.png", "/$(OS).png" }));
        Assert.That(project.Read("bin/Debug/net10.0/images/a.png"), Is.EqualTo(SampleImages.Png(1, 1_000)));
        Assert.That(project.Read("bin/Debug/net10.0/img/b c.png"), Is.EqualTo(SampleImages.Png(2, 1_000)));
    }
}
