using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>The packed assemblies: with symbols and sources, and without a trace of the machine that packed them.</summary>
public sealed class Symbols
{
    // The kind of a debug record that holds a source file (Portable PDB, EmbeddedSource).
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    private static readonly string[] Own =
        ["tasks/netstandard2.0/ImageSync.MSBuild.dll", "engine/net8.0/ImageSync.Engine.dll", "engine/net8.0/ImageSync.dll"];

    [TestCaseSource(nameof(Own))]
    public void SourcesAreInside(string assembly)
    {
        // act
        using var image = new PEReader(new MemoryStream(Entry(Packed.Package.NupkgPath, assembly)));
        var symbols = image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(symbols);
        var reader = provider.GetMetadataReader();
        var documents = reader.Documents.ToDictionary(handle => reader.GetString(reader.GetDocument(handle).Name), HasSource);

        // assert
        Assert.That(documents.Keys, Has.All.StartsWith("/_/").And.Some.StartsWith($"/_/src/{Path.GetFileNameWithoutExtension(assembly)}/"));
        Assert.That(documents.Values, Has.All.True);

        bool HasSource(DocumentHandle document) =>
            reader.GetCustomDebugInformation(document).Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);
    }

    [Test, Category("Nightly")]
    public async Task TheSameBytesFromAnotherFolder()
    {
        // arrange: what packing reads, without what was built, and the commit that a folder without .git cannot know
        var elsewhere = new TestDirectory();
        foreach (var file in Sources())
        {
            elsewhere.Write(file, await File.ReadAllBytesAsync(RepositoryRoot.PathOf(file)));
        }

        // act
        string[] layout = Packed.Package.HasArtifactsFolder ? ["--artifacts-path", elsewhere.PathOf("artifacts")] : [];
        (await new DotNet(elsewhere.FullPath).RunAsync(
        [
            "pack", "src/ImageSync.MSBuild", "-c", "Release", $"-p:PackageVersion={Packed.Package.Version}",
            $"-p:SourceRevisionId={Revision()}", "-p:NativeRuntimes=none", "-p:RunAnalyzers=false", "-p:PacksSbom=false",
            "-o", elsewhere.PathOf("packages"), .. layout,
        ])).ShouldSucceed();

        // assert
        var nupkg = elsewhere.PathOf($"packages/ImageSync.{Packed.Package.Version}.nupkg");
        foreach (var assembly in Own)
        {
            Assert.That(Entry(nupkg, assembly).SequenceEqual(Entry(Packed.Package.NupkgPath, assembly)), assembly);
        }
    }

    private static IEnumerable<string> Sources() =>
        from top in new[] { "src", "build", "docs/images", "README.md", "ImageSync.targets", "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" }
        from file in Directory.Exists(RepositoryRoot.PathOf(top)) ? Directory.GetFiles(RepositoryRoot.PathOf(top), "*", SearchOption.AllDirectories) : [RepositoryRoot.PathOf(top)]
        let relative = Path.GetRelativePath(RepositoryRoot.FullPath, file).Replace('\\', '/')
        where !relative.Split('/').Any(folder => folder is "bin" or "obj")
        select relative;

    // What the packed assembly says after the "+" of its informational version.
    private static string Revision()
    {
        var file = Path.Combine(new TestDirectory().FullPath, "ImageSync.dll");
        File.WriteAllBytes(file, Entry(Packed.Package.NupkgPath, Own[1]));
        return System.Diagnostics.FileVersionInfo.GetVersionInfo(file).ProductVersion!.Split('+') is [_, var revision] ? revision : "";
    }

    private static byte[] Entry(string nupkg, string name)
    {
        using var package = ZipFile.OpenRead(nupkg);
        using var entry = package.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
