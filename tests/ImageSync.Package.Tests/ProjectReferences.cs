using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>An app without ImageSync that references two libraries with it, one of them with several target frameworks.</summary>
public sealed class ProjectReferences
{
    private static readonly string[] Images = ["both.png", "net.png", "single.png"];

    private Clone _clone;
    private ConsumerProject _library;

    [OneTimeSetUp]
    public void Declare()
    {
        _clone = new Clone();
        _library = _clone.Project(
            _clone.Image("both.png", """BuildAction="EmbeddedResource" LogicalName="the.image" """)
                + _clone.Image("net.png", """BuildAction="Content" CopyToOutputDirectory="PreserveNewest" Condition="'$(TargetFramework)' == 'net10.0'" """),
            "<TargetFrameworks>net10.0;net10.0-browser</TargetFrameworks>",
            file: "multi/Multi.csproj");
        _clone.Project(_clone.Image("single.png"), file: "single/Single.csproj");
        _clone.Directory.Write("app/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../multi/Multi.csproj" /><ProjectReference Include="../single/Single.csproj" /></ItemGroup>
            </Project>
            """);
        string[] projects = ["app/App.csproj", "multi/Multi.csproj", "single/Single.csproj"];
        _clone.Directory.Write("All.slnx", SolutionFile.Xml(projects));
        _clone.Directory.Write("All.sln", SolutionFile.Classic(projects));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _clone.DisposeAsync();

    [TestCase("Debug/net10.0", "build", "../app")]
    [TestCase("Release/net10.0/publish", "publish", "../app")]
    [TestCase("Debug/net10.0", "build", "../All.slnx", "-m", Category = "Nightly")]
    [TestCase("Debug/net10.0", "build", "../All.sln", "-graph")]
    public async Task EachImageIsAskedForOnce(string output, params string[] command)
    {
        // act
        await _clone.BuildTwiceAsync(_library, Images, command);

        // assert
        var bin = _clone.Directory.PathOf($"app/bin/{output}");
        Assert.That(Directory.GetFiles(Path.Combine(bin, "images")).Select(Path.GetFileName), Is.EquivalentTo(new[] { "net.png", "single.png" }));
        Assert.That(EmbeddedResource.Read(Path.Combine(bin, "Multi.dll"), "the.image"), Is.EqualTo(Clone.Bytes("both.png")));
    }

    [Test]
    public async Task Isolated()
    {
        // arrange: restore itself cannot be isolated where there are references
        string[] command = ["build", "../app", "-graph", "-isolate", "--no-restore"];
        await _clone.FirstBuildAsync(_library, images: [], "restore", "../app");

        // act, assert
        await _clone.RunAsync(_library, command);
        Assert.That(_clone.Asked, Is.EquivalentTo(Images.Select(image => (image, (string?)null))));
        await _clone.SecondBuildAsync(_library, Images, command);
    }
}
