using System.IO.Compression;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>Images in the consumer's own nupkg, packed from a clean clone and once more.</summary>
public sealed class ConsumerPackages
{
    private static readonly byte[] Image = SampleImages.Png(1, 3_000);

    private ScriptedOrigin _origin;

    [SetUp]
    public void Serve()
    {
        _origin = new ScriptedOrigin();
        foreach (var name in new[] { "icon", "brand", "content", "inside", "private", "added" })
        {
            _origin.On($"/{name}.png", request => Reply.Current(request, Image, "\"1\""));
        }
    }

    [TearDown]
    public async Task Stop() => await _origin.DisposeAsync();

    [TestCase("net10.0", Category = "Nightly")]
    [TestCase("net10.0;net10.0-browser")]
    public async Task Library(string frameworks)
    {
        // arrange
        var directory = new TestDirectory();
        var project = new ConsumerProject(
            directory,
            Packed.Package,
            $"""
            <RemoteImage Include="{_origin.Url("/icon.png")}" BuildAction="None" Pack="true" PackagePath="/" />
            <RemoteImage Include="{_origin.Url("/brand.png")}" BuildAction="None" Pack="true" PackagePath="brand/logo.png" />
            <RemoteImage Include="{_origin.Url("/content.png")}" BuildAction="Content" PackageCopyToOutput="true" />
            <RemoteImage Include="{_origin.Url("/private.png")}" BuildAction="Content" Pack="false" />
            <RemoteImage Include="{_origin.Url("/inside.png")}" BuildAction="EmbeddedResource" />
            """,
            $"<TargetFrameworks>{frameworks}</TargetFrameworks><PackageIcon>icon.png</PackageIcon>");
        string[] expected = ["icon.png", "brand/logo.png", "content/images/content.png", .. frameworks.Split(';').Select(framework => $"contentFiles/any/{Folder(framework)}/images/content.png")];

        foreach (var pack in new[] { "first", "second" })
        {
            // act
            (await project.RunAsync("pack", "-o", project.PathOf(pack))).ShouldSucceed();

            // assert
            var files = Entries(project.PathOf($"{pack}/App.1.0.0.nupkg"), ".png");
            Assert.That(files.Keys, Is.EquivalentTo(expected), pack);
            Assert.That(files.Values, Is.All.EqualTo(Image));
        }
    }

    [Test]
    public async Task AddedByATarget()
    {
        // arrange
        var directory = new TestDirectory();
        var project = new ConsumerProject(directory, Packed.Package, items: "");
        directory.Write("app/Directory.Build.targets", $"""
            <Project><Target Name="Add" BeforeTargets="SyncImages"><ItemGroup>
              <RemoteImage Include="{_origin.Url("/added.png")}" BuildAction="None" Pack="true" PackagePath="brand/" />
            </ItemGroup></Target></Project>
            """);

        // act
        (await project.RunAsync("pack", "-o", project.PathOf("out"))).ShouldSucceed();

        // assert
        Assert.That(Entries(project.PathOf("out/App.1.0.0.nupkg"), ".png").Keys, Is.EqualTo(new[] { "brand/added.png" }));
    }

    [Test]
    public async Task RazorClassLibrary()
    {
        // arrange
        var project = new ConsumerProject(
            new TestDirectory(),
            Packed.Package,
            $"""<RemoteImage Include="{_origin.Url("/brand.png")}" LocalPath="wwwroot/brand.png" BuildAction="Content" />""",
            sdk: "Microsoft.NET.Sdk.Razor");

        // act
        (await project.RunAsync("pack", "-o", project.PathOf("out"))).ShouldSucceed();

        // assert
        var files = Entries(project.PathOf("out/App.1.0.0.nupkg"), ".png");
        Assert.That(files.Keys, Is.EqualTo(new[] { "staticwebassets/brand.png" }));
        Assert.That(files.Values, Is.All.EqualTo(Image));
    }

    // In a nupkg the folder of a framework bears its platform's version.
    private static string Folder(string framework) => framework == "net10.0-browser" ? "net10.0-browser1.0" : framework;

    private static Dictionary<string, byte[]> Entries(string nupkg, string extension)
    {
        using var package = ZipFile.OpenRead(nupkg);
        return package.Entries.Where(entry => entry.FullName.EndsWith(extension, StringComparison.Ordinal)).ToDictionary(entry => entry.FullName, Bytes);
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
