using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Engine;
using ImageSync.Tests.Transport;

namespace ImageSync.Tests.Chaos;

/// <summary>Builds that are runs of the core in this process. Nobody can kill one alone, so that is imitated.</summary>
internal sealed class InProcess(TestAuthority authority) : IBuildWay
{
    private readonly Project _project = new() { Network = Network.Trusting(authority) };

    public TestDirectory Files => _project.Files;

    public async Task<SyncRun?> RunAsync(
        SyncOptions options, IReadOnlyList<RemoteImageDeclaration> images, CancellationToken cancelled)
    {
        _project.Options = options;
        try
        {
            return await _project.RunAsync(images, cancelled);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            return null;
        }
    }

    public KilledState? Kill(string folder) => new(folder);

    public bool MayLeave(string file) => KilledState.Left(file);

    public IEnumerable<string> Violations() => [];
}
