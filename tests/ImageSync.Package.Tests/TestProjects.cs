using System.Reflection;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>A project of tests that read an image.</summary>
public sealed class TestProjects
{
    [Test]
    public async Task TestsFindTheImage()
    {
        // arrange: the packages are those that the tests here were restored with
        await using var clone = new Clone();
        var packages = typeof(TestProjects).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "NuGetPackageRoot").Value;
        var project = clone.Project(
            clone.Image("a.png") + References("Microsoft.NET.Test.Sdk", "NUnit", "NUnit3TestAdapter"),
            $"<RestoreAdditionalProjectFallbackFolders>{packages}</RestoreAdditionalProjectFallbackFolders>",
            """
            using NUnit.Framework;
            public class Tests { [Test] public void There() => Assert.That(Path.Combine(AppContext.BaseDirectory, "images/a.png"), Does.Exist); }
            """);

        // act
        var second = await clone.BuildTwiceAsync(project, ["a.png"], "test");
        var third = await clone.RunAsync(project, "test", "--no-build");

        // assert
        Assert.That(second.Output, Does.Match(@"Passed:\s+1"));
        Assert.That(third.Output, Does.Match(@"Passed:\s+1"));
        Assert.That(clone.Asked, Is.Empty);
    }

    private static string References(params string[] packages)
    {
        var versions = XDocument.Load(RepositoryRoot.PathOf("Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(one => one.Attribute("Include")!.Value, one => one.Attribute("Version")!.Value);
        return string.Concat(packages.Select(package => $"""<PackageReference Include="{package}" Version="{versions[package]}" />"""));
    }
}
