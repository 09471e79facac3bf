using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Keeps local copies of remote images in step with their origins.</summary>
[MSBuildMultiThreadableTask]
public sealed class SyncImages : ImageTask, IIncrementalTask
{
    /// <summary>
    /// Set by MSBuild: <c>true</c> under <c>-question</c>, which asks whether there is anything to do and wants nothing done. Then
    /// the images are checked, and what a sync would change is an error.
    /// </summary>
    public bool FailIfNotIncremental { get; set; }

    private protected override SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build)
    {
        if (FailIfNotIncremental)
        {
            return CheckImages.Check(options with { ChangesFail = true }, images, log, build);
        }

        var synchronizer = new ImageSynchronizer(options, TimeProvider.System);
        return WaitFor(() => synchronizer.RunAsync(images, build), () => synchronizer.Progress, log);
    }
}
