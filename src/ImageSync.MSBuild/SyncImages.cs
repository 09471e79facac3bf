using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Keeps local copies of remote images in step with their origins.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncImages : ImageTask
{
    private protected override SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build)
    {
        var synchronizer = new ImageSynchronizer(options, TimeProvider.System);
        return WaitFor(() => synchronizer.RunAsync(images, build), () => synchronizer.Progress, log);
    }
}
