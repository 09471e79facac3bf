using System.IO.Compression;
using System.Xml.Linq;

namespace ImageSync.Package.Tests;

public sealed class Packaging
{
    [Test]
    public void Contents()
    {
        // act
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        var files = package.Entries.Select(entry => entry.FullName).Where(name => !IsContainerPart(name));

        // assert
        Assert.That(files, Is.EquivalentTo(new[]
        {
            "ImageSync.nuspec",
            "README.md",
            "build/ImageSync.targets",
            "buildMultiTargeting/ImageSync.targets",
            "tasks/net8.0/ImageSync.MSBuild.dll",
            "tasks/net8.0/ImageSync.MSBuild.deps.json",
            "tasks/net8.0/ImageSync.dll",
            "tasks/net8.0/Polly.Core.dll",
        }));
    }

    [Test]
    public void Manifest()
    {
        // act
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        using var nuspec = package.GetEntry("ImageSync.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        string? Value(string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        // assert
        Assert.That(Value("id"), Is.EqualTo("ImageSync"));
        Assert.That(Value("version"), Is.EqualTo(Packed.Package.Version));
        Assert.That(Value("developmentDependency"), Is.EqualTo("true"));
        Assert.That(Value("readme"), Is.EqualTo("README.md"));
        Assert.That(Value("license"), Is.EqualTo("MIT"));
        Assert.That(metadata.Descendants().Where(element => element.Name.LocalName == "dependency"), Is.Empty);
    }

    [Test]
    public void PackPrintsNoWarning()
    {
        // act: NU1603 tells of the feed that this machine restores from, not of the package
        var warnings = Packed.Package.PackOutput.Split('\n').Where(line => line.Contains("warning ", StringComparison.Ordinal) && !line.Contains("NU1603", StringComparison.Ordinal));

        // assert
        Assert.That(warnings, Is.Empty);
    }

    // What the Open Packaging Conventions put into every nupkg.
    private static bool IsContainerPart(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
