using System.Xml.Linq;

namespace ImageSync.Testing;

/// <summary>This checkout's package, packed under a version of its own into a feed of its own; both go with it.</summary>
public sealed class ImageSyncPackage : IDisposable
{
    private readonly string _folder;

    private ImageSyncPackage(string folder, string version)
    {
        _folder = folder;
        Version = version;
        Directory.CreateDirectory(FeedFolder);
        Directory.CreateDirectory(TemplatesFolder);
    }

    /// <summary>What NuGet knows it by.</summary>
    public string Version { get; }

    /// <summary>What it says of itself: the version that this checkout has.</summary>
    public static string ProductVersion { get; } =
        XDocument.Load(RepositoryRoot.PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    public string FeedFolder => Path.Combine(_folder, "feed");

    /// <summary>NUGET_PACKAGES for all consumers, so that none of this reaches the user's own folder.</summary>
    public string PackagesFolder => Path.Combine(_folder, "packages");

    public string NupkgPath => Path.Combine(FeedFolder, $"ImageSync.{Version}.nupkg");

    /// <summary>What consumers have restored, for those that need the same.</summary>
    public string TemplatesFolder => Path.Combine(_folder, "templates");

    /// <summary>Whether the compiler's files were in an artifacts folder: their paths are part of what it makes.</summary>
    public bool HasArtifactsFolder { get; private init; }

    /// <summary>What `dotnet pack` had to say.</summary>
    public required string PackOutput { get; init; }

    /// <summary>The packages that IMAGESYNC_PACKAGES has, with pack.log: what `dotnet pack` said. Else this packs them.</summary>
    public static async Task<ImageSyncPackage> PackAsync()
    {
        var folder = Directory.CreateTempSubdirectory("imagesync-package-").FullName;
        if (Environment.GetEnvironmentVariable("IMAGESYNC_PACKAGES") is { Length: > 0 } packed)
        {
            return await OfAsync(packed, folder);
        }

        // A version that was never there before: NuGet takes a version that it has unpacked once as known. The package's alone: under
        // a version of the programs' own, the engine would be compiled ahead again each time.
        var version = $"0.0.0-test.{DateTime.UtcNow.Ticks}";
        var result = await PackAsync("src/ImageSync.MSBuild", version, folder);
        var package = new ImageSyncPackage(folder, version) { PackOutput = result.Output, HasArtifactsFolder = true };
        if (!File.Exists(package.NupkgPath))
        {
            package.Dispose();
            Assert.Fail($"No package came of it:\n{result}");
        }

        return package;
    }

    /// <summary>Packs the tool of the same version into the same feed, unless it is there; what `dotnet pack` had to say.</summary>
    public async Task<string> PackToolAsync() => File.Exists(Path.Combine(FeedFolder, $"ImageSync.Tool.{Version}.nupkg"))
        ? PackOutput
        : (await PackAsync("src/ImageSync.Tool", Version, _folder)).ShouldSucceed().Output;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<ImageSyncPackage> OfAsync(string packed, string folder)
    {
        var version = Path.GetFileNameWithoutExtension(Directory.GetFiles(packed, "ImageSync.?.*.nupkg").Single())["ImageSync.".Length..];
        var output = await File.ReadAllTextAsync(Path.Combine(packed, "pack.log"));
        var package = new ImageSyncPackage(folder, version) { PackOutput = output };
        foreach (var file in Directory.GetFiles(packed, "*.nupkg"))
        {
            File.Copy(file, Path.Combine(package.FeedFolder, Path.GetFileName(file)));
        }

        return package;
    }

    // Artifacts of its own: the checkout's bin and obj may be in use. Time for compiling the engine ahead on a busy machine.
    private static Task<CommandResult> PackAsync(string project, string version, string folder) =>
        new DotNet(RepositoryRoot.FullPath) { Timeout = TimeSpan.FromMinutes(15) }.RunAsync(
            "pack", project, "-c", "Release", $"-p:PackageVersion={version}", "-p:NativeRuntimes=own",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "feed"));
}
