using System.IO.Compression;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The package serves the project that references it, and nobody who references that project or its package.</summary>
public sealed class DevelopmentDependency
{
    [Test]
    public async Task DoesNotFlow()
    {
        // arrange: a library with the package, and a project that references the library
        await using var origin = new ScriptedOrigin();
        origin.On("/library.png", request => Reply.Current(request, SampleImages.Png(1, 3_000), "\"1\""));
        var directory = new TestDirectory();
        var library = new ConsumerProject(directory, Packed.Package, $"""<RemoteImage Include="{origin.Url("/library.png")}" />""");
        directory.Write("user/User.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../app/App.csproj" />
                <RemoteImage Include="{origin.Url("/user.png")}" />
              </ItemGroup>
            </Project>
            """);

        // act
        (await new DotNet(directory.PathOf("user")) { PackagesFolder = Packed.Package.PackagesFolder }.RunAsync("build")).ShouldSucceed();
        (await library.RunAsync("pack")).ShouldSucceed();

        // assert
        Assert.That(origin.Requests.Select(request => request.Target), Has.All.EqualTo("/library.png").And.Not.Empty);
        Assert.That(directory.ReadText("user/obj/project.assets.json"), Does.Contain("App/1.0.0").And.Not.Contain("ImageSync"));
        Assert.That(directory.ReadText("app/obj/project.assets.json"), Does.Contain("ImageSync/" + Packed.Package.Version));
        Assert.That(Dependencies(library.PathOf("bin/Release/App.1.0.0.nupkg")), Is.Empty);
    }

    private static List<XElement> Dependencies(string nupkg)
    {
        using var package = ZipFile.OpenRead(nupkg);
        using var nuspec = package.GetEntry("App.nuspec")!.Open();
        return [.. XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency")];
    }
}
