using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Tells what <see cref="SyncImages"/> would change, and writes nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckImages : ImageTask
{
    // Always by hand, also where the same command has built the project before.
    private protected override SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build) =>
        Check(options with { ByHand = true }, images, log, build);

    internal static SyncRun Check(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build)
    {
        using var checker = new ImageChecker(options, TimeProvider.System);
        using var clock = new ProgressClock(() => checker.Progress, log);
        return checker.Run(images, build);
    }
}
