using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Tells what <see cref="SyncImages"/> would change, and writes nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckImages : ImageTask
{
    // Always by hand, also where the same command has built the project before.
    private protected override SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build) =>
        Check(BuildEngine, options with { ByHand = true }, images, log, build);

    internal static SyncRun Check(IBuildEngine engine, SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build)
    {
        var checker = new ImageChecker(options, TimeProvider.System, NodeConnections.Of(engine, options.Connections with { AbandonsBodies = true }));
        using var clock = new ProgressClock(() => checker.Progress, log);
        return checker.Run(images, build);
    }
}
