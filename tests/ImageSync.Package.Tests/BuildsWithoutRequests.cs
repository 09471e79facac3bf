using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed class BuildsWithoutRequests
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
        // arrange: what IDEs and editors ask for, with and without the properties that only some of them set
        (await _project.RunAsync("restore")).ShouldSucceed();
        string[] designTime = ["-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true"];
        string[] visualStudio = [.. designTime, "-p:BuildingInsideVisualStudio=true", "-p:BuildingProject=false", "-p:BuildProjectReferences=false"];
        string[][] commands =
        [
            ["-t:Compile;CoreCompile", .. designTime],
            ["-t:ResolveAssemblyReferencesDesignTime;ResolveProjectReferencesDesignTime;ResolvePackageDependenciesDesignTime;CollectPackageReferences", .. designTime],
            ["-t:ResolveAssemblyReferences;ResolveProjectReferences;CoreCompile;GetCopyToOutputDirectoryItems", .. visualStudio],
            // What a project asks of one that it references, and what restore asks.
            ["-t:GetTargetFrameworks;GetTargetPath;GetCopyToOutputDirectoryItems;CollectPackageReferences", "-p:BuildProjectReferences=false"],
        ];

        // act
        foreach (var command in commands)
        {
            (await _project.MSBuildAsync(command)).ShouldSucceed();
        }

        // assert
        Assert.That(_origin.Requests, Is.Empty);
    }

    // Live unit testing builds in the background while somebody types.
    [TestCase("ImageSyncEnabled=false")]
    [TestCase("ImageSyncOnBuild=false")]
    [TestCase("BuildingForLiveUnitTesting=true")]
    public async Task SwitchedOff(string property)
    {
        // arrange: somebody has put the file there, or the copy to the output folder would fail
        await File.WriteAllBytesAsync(_project.PathOf("logo.png"), Image);

        // act
        (await _project.BuildAsync($"-p:{property}")).ShouldSucceed();

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
