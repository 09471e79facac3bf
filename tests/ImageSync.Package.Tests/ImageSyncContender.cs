using ImageSync.Testing;

namespace ImageSync.Package.Tests;

/// <summary>ImageSync, with a lock file, as docs/recipes have it.</summary>
internal sealed class ImageSyncContender : PipelineContender
{
    public const string LockFile = "src/Site/images.lock.json";

    public override string Name => "ImageSync";

    public override void Declare(TestDirectory directory, string clone, IReadOnlyDictionary<string, string> urls) => _ = new ConsumerProject(
        directory,
        Packed.Package,
        string.Join("\n    ", urls.Select(image => $"""<RemoteImage Include="{image.Value}" LocalPath="wwwroot/img/{image.Key}" />""")),
        "<ImageSyncLockFile>images.lock.json</ImageSyncLockFile><ImageSyncPrune>true</ImageSyncPrune><ImageSyncRetries>0</ImageSyncRetries>",
        file: $"{clone}/src/Site/Site.csproj");

    /// <summary>None: the file is pruned.</summary>
    public override IEnumerable<string> FilesOf(string image) => [];

    public override Task<CommandResult> RunAsync(string clone) =>
        new DotNet(clone) { PackagesFolder = Packed.Package.PackagesFolder }.RunAsync("msbuild", "src/Site", "-restore", "-t:SyncImages");
}
