using System.Text.RegularExpressions;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Kinds of projects that recipes are about: solutions, shared folders of images, sites that compile nothing, single files.</summary>
public sealed partial class RecipeProjects
{
    private Clone _clone;

    [SetUp]
    public void Declare()
    {
        _clone = new Clone();
        _clone.Image("logo.png");
        _clone.Image("mark.png");

        // Its nuget.config stands above all others.
        _clone.Project("", file: "unused/Unused.csproj");
        Directory.Delete(_clone.Directory.PathOf("unused"), recursive: true);
    }

    [TearDown]
    public async Task Stop() => await _clone.DisposeAsync();

    [Test]
    public async Task A_solution_whose_projects_all_have_the_package()
    {
        _clone.Directory.Write("Directory.Packages.props", Here(new RecipePage("solution.md").Blocks("xml")[0]));
        _clone.Directory.Write("site/Site.csproj", Bare($"<ItemGroup>{_clone.Image("logo.png", "LocalPath=\"logo.png\"")}</ItemGroup>"));
        _clone.Directory.Write("plain/Plain.csproj", Bare(""));
        _clone.Directory.Write("MySolution.slnx", SolutionFile.Xml("site/Site.csproj", "plain/Plain.csproj"));
        var result = (await RunAsync(new RecipePage("solution.md").Blocks("sh").Single())).ShouldSucceed();
        Assert.That(result.Output, Does.Contain("ImageSync: Site: 1 image, 1 added"));
        Assert.That(_clone.Directory.Read("site/logo.png"), Is.EqualTo(Clone.Bytes("logo.png")));
    }

    [Test, Category("Nightly")]
    public async Task Images_that_several_projects_share()
    {
        var blocks = new RecipePage("solution.md").Blocks("xml");
        _clone.Directory.Write("assets/Assets.csproj", Here(blocks[1]));
        _clone.Directory.Write("site/Site.csproj", Bare(blocks[2]));
        (await RunAsync("dotnet build site")).ShouldSucceed();
        Assert.That(_clone.Directory.Read("site/bin/Debug/net10.0/wwwroot/img/logo.png"), Is.EqualTo(Clone.Bytes("logo.png")), "in the first build of a clean clone");
    }

    [Test, Category("Nightly")]
    public async Task A_folder_of_documents()
    {
        var page = new RecipePage("static-site.md");
        _clone.Directory.Write("docs/images.csproj", Here(page.Blocks("xml").Single()));
        _clone.Directory.Write("docs/Example.cs", "this compiles in no way");
        (await RunAsync(page.Blocks("sh").Single())).ShouldSucceed();
        Assert.That(_clone.Directory.Read("docs/assets/mark.png"), Is.EqualTo(Clone.Bytes("mark.png")));
        Assert.That(_clone.Directory.Exists("docs/images.lock.json"));
    }

    [Test]
    public async Task A_file_based_app()
    {
        var page = new RecipePage("file-based-apps.md");

        // Without the compiler that the SDK would download for a native app.
        _clone.Directory.Write("app.cs", "#:property PublishAot=false\n" + Here(page.Blocks("cs").Single()));
        _clone.Directory.Write("Directory.Build.props", Here(page.Blocks("xml").Single()));
        Assert.That((await RunAsync("dotnet run app.cs")).ShouldSucceed().StandardOutput, Does.Contain("True"));
        Assert.That(_clone.Asked.Count(), Is.EqualTo(1));
        (await RunAsync("dotnet run app.cs")).ShouldSucceed();
        Assert.That(_clone.Asked.Count(), Is.EqualTo(1), "the second run is not built");
        (await RunAsync(page.Blocks("sh").Single())).ShouldSucceed();
        Assert.That(_clone.Asked.Last(), Is.EqualTo(("logo.png", "\"1\"")));
    }

    private static string Bare(string items) =>
        $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>{items}</Project>""";

    // The package under test, and loopback in the place of the CDN.
    private string Here(string text) => Version().Replace(text.Replace("https://cdn.example.com/brand/", _clone.Url(""), StringComparison.Ordinal), Packed.Package.Version);

    private Task<CommandResult> RunAsync(string command) =>
        new DotNet(_clone.Directory.FullPath) { PackagesFolder = Packed.Package.PackagesFolder }.RunBashAsync("-c", command);

    [GeneratedRegex(@"(?<=ImageSync(@|"" Version=""))[\d.*]+")]
    private static partial Regex Version();
}
