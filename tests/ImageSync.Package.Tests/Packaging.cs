using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

public sealed partial class Packaging
{
    // What linux-x64 alone makes can be asked of it alone.
    private static readonly string[] Precompiled = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
        ? ["tasks/netstandard2.0/linux-x64/ImageSync.MSBuild.dll"]
        : [];

    // The platform that the tests run on, if it has a linker (CI has to); others come from a release's machines.
    private static readonly string[] Native = NativeEngine.IsExpected
        ? [$"engine/{RuntimeInformation.RuntimeIdentifier}/imagesync", "licenses/Microsoft.NETCore.App/LICENSE.TXT", "licenses/Microsoft.NETCore.App/THIRD-PARTY-NOTICES.TXT"]
        : [];

    private static readonly string[] Bom = Environment.GetEnvironmentVariable("CI") == "true" ? ["bom.cdx.json"] : [];

    [GeneratedRegex(@"(?<=\]\()[^)\s]+(?=\))")]
    private static partial Regex Link { get; }

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
            "icon.png",
            "ImageSync.targets",
            "build/ImageSync.targets",
            "build/ImageSync.targets.buildschema.json",
            "build/ImageSync.xaml",
            "build/targets/Defaults.targets",
            "build/targets/Hooks.targets",
            "build/targets/Items.targets",
            "build/targets/Lists.targets",
            "build/targets/Sync.targets",
            "buildMultiTargeting/ImageSync.targets",
            "engine/net8.0/ImageSync.Engine.deps.json",
            "engine/net8.0/ImageSync.Engine.dll",
            "engine/net8.0/ImageSync.Engine.runtimeconfig.json",
            "engine/net8.0/ImageSync.dll",
            "engine/net8.0/Polly.Core.dll",
            "engine/net8.0/System.CommandLine.dll",
            "licenses/Polly.Core/LICENSE",
            "licenses/System.CommandLine/LICENSE",
            "tasks/netstandard2.0/ImageSync.MSBuild.dll",
        }.Concat(Precompiled).Concat(Native).Concat(Bom)));
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
        Assert.That(Value("icon"), Is.EqualTo("icon.png"));
        Assert.That(Value("license"), Is.EqualTo("MIT"));
        Assert.That(Value("releaseNotes"), Is.EqualTo($"{Value("projectUrl")}/blob/main/CHANGELOG.md"));
        Assert.That(Value("tags")!.Split(' '), Does.Contain("msbuild").And.Contain("images"));
        var repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.That((string?)repository.Attribute("url"), Is.EqualTo(Value("projectUrl")), "not the remote of this clone");
        Assert.That(metadata.Descendants().Where(element => element.Name.LocalName == "dependency"), Is.Empty);
    }

    [Test]
    public void BillOfMaterials()
    {
        Assume.That(Bom, Is.Not.Empty, "CI packs it.");

        // act
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        using var bom = JsonDocument.Parse(package.GetEntry(Bom[0])!.Open());
        var root = bom.RootElement;
        var components = root.GetProperty("components").EnumerateArray()
            .Where(component => !component.TryGetProperty("scope", out var scope) || scope.GetString() != "excluded")
            .Select(component => component.GetProperty("name").GetString() + ".dll");

        // assert: what is packed of others, and whose version that is
        var others = package.Entries.Select(entry => entry.FullName)
            .Where(name => name.StartsWith("engine/net8.0/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal))
            .Select(name => Path.GetFileName(name))
            .Where(name => !name.StartsWith("ImageSync.", StringComparison.Ordinal));
        Assert.That(components, Is.EquivalentTo(others));
        var described = root.GetProperty("metadata").GetProperty("component");
        Assert.That(described.GetProperty("version").GetString(), Is.EqualTo(Packed.Package.Version));
    }

    [Test]
    public void Readme()
    {
        // act
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
        var packed = reader.ReadToEnd();
        var source = File.ReadAllText(RepositoryRoot.PathOf("README.md"));

        // assert: every link is absolute and leads where the repository's own leads; nothing else differs
        var links = Link.Matches(packed).Select(match => match.Value).ToList();
        var own = Link.Matches(source).Select(match => match.Value.StartsWith('#') ? "README.md" + match.Value : match.Value).ToList();
        Assert.That(links.Zip(own).Where(pair => !pair.First.EndsWith("/" + pair.Second, StringComparison.Ordinal) && pair.First != pair.Second), Is.Empty);
        Assert.That(links, Has.All.Match("^(https://github.com/[^/]+/[^/]+/blob/(main|[0-9a-f]{40})/|https://raw.githubusercontent.com/[^/]+/[^/]+/(main|[0-9a-f]{40})/.+png$|https://)"));
        Assert.That(links.Count(link => link.StartsWith("https://raw.githubusercontent.com/", StringComparison.Ordinal)), Is.EqualTo(source.Split("![").Length - 1));
        Assert.That(Link.Replace(packed, ""), Is.EqualTo(Link.Replace(source, "")));
    }

    [Test]
    public void Icon()
    {
        // act
        using var package = ZipFile.OpenRead(Packed.Package.NupkgPath);
        using var icon = package.GetEntry("icon.png")!.Open();
        var head = new byte[24];
        icon.ReadExactly(head);

        // assert: a PNG of 128 by 128
        Assert.That(head[..8], Is.EqualTo("\x89PNG\r\n\x1a\n".Select(c => (byte)c)));
        Assert.That((BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(20))), Is.EqualTo((128, 128)));
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
    internal static bool IsContainerPart(string name) =>
        name is "[Content_Types].xml" || name.StartsWith("_rels/", StringComparison.Ordinal) || name.StartsWith("package/", StringComparison.Ordinal);
}
