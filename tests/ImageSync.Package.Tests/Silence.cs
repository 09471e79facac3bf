using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class Silence
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    private ScriptedOrigin _origin;
    private ConsumerProject _project;

    [SetUp]
    public void Declare()
    {
        _origin = new ScriptedOrigin().On("/logo.png", request => Reply.Current(request, Image, "\"1\""));
        _project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""<RemoteImage Include="{_origin.Url("/logo.png")}" LocalPath="logo.png" BuildAction="Content" CopyToOutputDirectory="PreserveNewest" />""",
            "<OutputType>Exe</OutputType>",
            program: "Console.WriteLine(File.Exists(Path.Combine(AppContext.BaseDirectory, \"logo.png\")));");
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [Test]
    public async Task RestoreAndClean()
    {
        // act
        (await _project.RunAsync("restore")).ShouldSucceed();
        (await _project.RunAsync("clean")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public async Task DesignTimeBuild()
    {
        // arrange
        (await _project.RunAsync("restore")).ShouldSucceed();

        // act: what an IDE asks for
        (await _project.MSBuildAsync(
            "-t:ResolveAssemblyReferences;ResolveProjectReferences;CoreCompile;GetCopyToOutputDirectoryItems",
            "-p:DesignTimeBuild=true", "-p:BuildingInsideVisualStudio=true", "-p:BuildingProject=false", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")).ShouldSucceed();
        (await _project.MSBuildAsync("-t:ResolveAssemblyReferences;CoreCompile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests, Is.Empty);
    }

    [TestCase("ImageSyncEnabled")]
    [TestCase("ImageSyncOnBuild")]
    public async Task SwitchedOff(string property)
    {
        // arrange: somebody has put the file there, or the copy to the output folder would fail
        await File.WriteAllBytesAsync(_project.PathOf("logo.png"), Image);

        // act
        (await _project.BuildAsync($"-p:{property}=false")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests, Is.Empty);
    }

    [Test]
    public async Task NoBuild()
    {
        // arrange
        (await _project.BuildAsync()).ShouldSucceed();
        (await _project.BuildAsync("-c", "Release")).ShouldSucceed();
        _origin.Clear();

        // act
        using var run = _project.Start("run", "--no-build");
        var output = (await run.WaitAsync()).ShouldSucceed().StandardOutput;
        (await _project.RunAsync("publish", "--no-build")).ShouldSucceed();
        (await _project.RunAsync("pack", "--no-build")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests, Is.Empty);
        Assert.That(output, Does.Contain("True"));
        Assert.That(_project.Read("bin/Release/net10.0/publish/logo.png"), Is.EqualTo(Image));
    }

    [Test]
    public async Task CleanAndRebuild()
    {
        // arrange
        (await _project.BuildAsync()).ShouldSucceed();
        var time = _project.TimeOf("logo.png");

        // act
        (await _project.RunAsync("clean")).ShouldSucceed();
        (await _project.BuildAsync("-t:Rebuild")).ShouldSucceed();

        // assert
        Assert.That(_origin.Requests.Select(request => request.Header("If-None-Match")), Is.EqualTo(new[] { null, "\"1\"" }));
        Assert.That(_project.Read("logo.png"), Is.EqualTo(Image));
        Assert.That(_project.TimeOf("logo.png"), Is.EqualTo(time));
    }
}
