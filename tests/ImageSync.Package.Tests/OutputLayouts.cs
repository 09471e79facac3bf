using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Projects whose output, intermediate files or names are not where and what most have.</summary>
public sealed class OutputLayouts
{
    [TestCase("artifacts/obj/App", "", "build", "--artifacts-path", "../artifacts")]
    [TestCase(
        "artifacts/obj/App",
        "<UseArtifactsOutput>true</UseArtifactsOutput><ArtifactsPath>$(MSBuildThisFileDirectory)artifacts</ArtifactsPath>",
        "build",
        Category = "Nightly")]
    [TestCase("elsewhere/obj", "<BaseIntermediateOutputPath>../elsewhere/obj/</BaseIntermediateOutputPath>", "build")]
    public async Task OutputElsewhere(string cacheFolder, string properties, params string[] command)
    {
        // arrange
        await using var clone = new Clone();
        clone.Directory.Write("Directory.Build.props", $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");
        var project = clone.Project(clone.Image("a.png"));

        // act
        await clone.BuildTwiceAsync(project, ["a.png"], command);

        // assert
        Assert.That(clone.Directory.Files().Where(file => file.EndsWith(".cache", StringComparison.Ordinal) && file.Contains(".imagesync.", StringComparison.Ordinal)),
            Is.EqualTo(new[] { $"{cacheFolder}/App.csproj.imagesync.cache" }));
    }

    [Test]
    public async Task TwoProjectsInOneFolder()
    {
        // arrange: as the SDK wants it, each with an obj/ of its own; both have the third image
        await using var clone = new Clone();
        clone.Directory.Write("Directory.Build.props", """
            <Project><PropertyGroup><BaseIntermediateOutputPath>obj/$(MSBuildProjectName)/</BaseIntermediateOutputPath><BaseOutputPath>bin/$(MSBuildProjectName)/</BaseOutputPath></PropertyGroup></Project>
            """);
        clone.Directory.Write("Both.slnx", SolutionFile.Xml("app/One.csproj", "app/Two.csproj"));
        const string NoCode = "<EnableDefaultItems>false</EnableDefaultItems>";
        var one = clone.Project(clone.Image("one.png") + clone.Image("shared.png"), NoCode, file: "app/One.csproj");
        clone.Project(clone.Image("two.png") + clone.Image("shared.png"), NoCode, file: "app/Two.csproj");

        // act, assert: a project asks for its own
        await clone.BuildTwiceAsync(one, ["one.png", "shared.png", "two.png", "shared.png"], "build", "../Both.slnx", "-m");
    }

    [Test]
    public async Task SpacesAndOtherLettersInPaths()
    {
        // arrange
        await using var clone = new Clone();
        var project = clone.Project(
            clone.Image("a.png", """LocalPath="neue Bilder/Größe ü (1).png" BuildAction="EmbeddedResource" LogicalName="the.image" """),
            file: "Größe & (b) 日本 'x'/Ä p.csproj");

        // act
        await clone.BuildTwiceAsync(project, ["a.png"], "build");

        // assert
        Assert.That(EmbeddedResource.Read(project.PathOf("bin/Debug/net10.0/Ä p.dll"), "the.image"), Is.EqualTo(Clone.Bytes("a.png")));
    }
}
