using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Commands that build one project with one framework.</summary>
public sealed class WaysOfBuilding
{
    private static readonly string[] Images = ["copied.png", "embedded.png"];

    private Clone _clone;
    private ConsumerProject _project;

    [OneTimeSetUp]
    public void Declare()
    {
        _clone = new Clone();
        _project = _clone.Project(
            _clone.Image("copied.png") + _clone.Image("embedded.png", """BuildAction="EmbeddedResource" LogicalName="the.image" """),
            "<OutputType>Exe</OutputType>",
            """Console.WriteLine("it ran: " + File.Exists(Path.Combine(AppContext.BaseDirectory, "images/copied.png")));""");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _clone.DisposeAsync();

    [TestCase("bin/Debug/net10.0", "build")]
    [TestCase("bin/Debug/net10.0", "build", "-graph", "-isolate")]
    [TestCase("bin/Debug/net10.0", "run")]
    [TestCase("bin/Release/net10.0/publish", "publish")]
    public async Task EachImageIsAskedForOnce(string output, params string[] command)
    {
        // act
        var second = await _clone.BuildTwiceAsync(_project, Images, command);

        // assert
        Assert.That(_project.Read($"{output}/images/copied.png"), Is.EqualTo(Clone.Bytes("copied.png")));
        Assert.That(EmbeddedResource.Read(_project.PathOf($"{output}/App.dll"), "the.image"), Is.EqualTo(Clone.Bytes("embedded.png")));
        Assert.That(second.Output.Contains("it ran: True", StringComparison.Ordinal), Is.EqualTo(command[0] == "run"));
    }

    [Test]
    public async Task MultithreadedBuildRunsTheTaskInItsOwnProcess()
    {
        // act
        var log = BuildLog.Of(await _clone.BuildTwiceAsync(_project, Images, "build", "-mt"));

        // assert: tasks without the attribute run elsewhere, and MSBuild says so of each
        Assert.That(log.Tasks, Does.Contain("SyncImages"));
        Assert.That(log.TasksInOtherProcesses, Does.Contain("GetAssemblyVersion").And.Not.Contain("SyncImages"));
    }

    [Test]
    public async Task SingleFile()
    {
        // arrange: so much as the SDK can do without packages from elsewhere
        string[] command = ["publish", "-p:PublishSingleFile=true", "--no-self-contained", "-p:EnableSingleFileAnalyzer=false"];

        // act
        await _clone.FirstBuildAsync(_project, Images, command);
        var folder = Directory.GetDirectories(_project.PathOf("bin/Release/net10.0"), "publish", SearchOption.AllDirectories).Single();
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToList();

        // assert: what lies in the folder after the second is the SDK's own matter, which takes such files away, with or without us
        Assert.That(files, Is.EquivalentTo(new[] { "App", "App", "copied" }), "the app, its pdb, and the image");
        await _clone.SecondBuildAsync(_project, Images, command);
    }

    [Test]
    public async Task Package()
    {
        // act
        await _clone.BuildTwiceAsync(_project, Images, "pack");

        // assert
        await using var package = await System.IO.Compression.ZipFile.OpenReadAsync(_project.PathOf("bin/Release/App.1.0.0.nupkg"));
        Assert.That(package.Entries.Select(entry => entry.FullName), Does.Contain("content/images/copied.png").And.Contain("contentFiles/any/net10.0/images/copied.png"));
    }
}
