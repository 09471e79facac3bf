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

    /// <summary>What `dotnet pack` had to say.</summary>
    public required string PackOutput { get; init; }

    public static async Task<ImageSyncPackage> PackAsync()
    {
        // A version that was never there before: NuGet takes a version that it has unpacked once as known. The package's alone: under
        // a version of the programs' own, the engine would be compiled ahead again each time.
        var version = $"0.0.0-test.{DateTime.UtcNow.Ticks}";
        var folder = Directory.CreateTempSubdirectory("imagesync-package-").FullName;
        var result = await PackAsync("src/ImageSync.MSBuild", version, folder);
        var package = new ImageSyncPackage(folder, version) { PackOutput = result.Output };
        if (!File.Exists(package.NupkgPath))
        {
            package.Dispose();
            Assert.Fail($"No package came of it:\n{result}");
        }

        return package;
    }

    /// <summary>Packs the tool of the same version into the same feed.</summary>
    public async Task<CommandResult> PackToolAsync() => (await PackAsync("src/ImageSync.Tool", Version, _folder)).ShouldSucceed();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Artifacts of its own: the checkout's bin and obj may be in use. Time for compiling the engine ahead on a busy machine.
    private static Task<CommandResult> PackAsync(string project, string version, string folder) =>
        new DotNet(RepositoryRoot.FullPath) { Timeout = TimeSpan.FromMinutes(15) }.RunAsync(
            "pack", project, "-c", "Release", $"-p:PackageVersion={version}", "-p:NativeRuntimes=own",
            "--artifacts-path", Path.Combine(folder, "artifacts"), "-o", Path.Combine(folder, "feed"));
}
