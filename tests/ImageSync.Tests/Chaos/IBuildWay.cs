using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>How the builds of one schedule are run.</summary>
internal interface IBuildWay
{
    /// <summary>The folder of the schedule.</summary>
    public TestDirectory Files { get; }

    /// <summary>Runs a build.</summary>
    /// <param name="options">What holds for it.</param>
    /// <param name="images">What it declares.</param>
    /// <param name="cancelled">Cancels it.</param>
    /// <returns>What it has told of the images; null where it was cancelled.</returns>
    public Task<SyncRun?> RunAsync(SyncOptions options, IReadOnlyList<RemoteImageDeclaration> images, CancellationToken cancelled);

    /// <summary>Kills what is at work.</summary>
    /// <param name="folder">The project's.</param>
    /// <returns>What that leaves, where it is imitated and what is at work has to be cancelled; null where it is real.</returns>
    public KilledState? Kill(string folder);

    /// <summary>Whether a temporary file may be there at the end, because its process was killed.</summary>
    public bool MayLeave(string file);

    /// <summary>What else is not as it must be when builds are over, a line each.</summary>
    public IEnumerable<string> Violations();
}
