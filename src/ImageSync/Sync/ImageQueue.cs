using System.Diagnostics;

namespace ImageSync.Sync;

/// <summary>The images of a run, taken in turn. Concurrency is bounded here and nowhere else.</summary>
/// <param name="maxConcurrency">Images in flight at once.</param>
internal sealed class ImageQueue(int maxConcurrency)
{
    private int _done;
    private int _total;

    /// <summary>How far the run has come; to be asked from any thread.</summary>
    /// <param name="bytesReceived">Body bytes so far.</param>
    public SyncProgress Progress(long bytesReceived) => new(Volatile.Read(ref _done), Volatile.Read(ref _total), bytesReceived);

    /// <summary>Serves all images; the outcomes are in their order.</summary>
    /// <param name="images">As declared.</param>
    /// <param name="serve">What is to be done about one image.</param>
    /// <param name="build">Cancels.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public async Task<IReadOnlyList<SyncOutcome>> RunAsync(IReadOnlyList<RemoteImage> images, Func<RemoteImage, Task<SyncOutcome>> serve, CancellationToken build)
    {
        var outcomes = new SyncOutcome[images.Count];
        var next = -1;
        _total = images.Count;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(maxConcurrency, images.Count)).Select(_ => Task.Run(WorkAsync, build))).ConfigureAwait(false);
        return outcomes;

        async Task WorkAsync()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < images.Count;)
            {
                build.ThrowIfCancellationRequested();
                var start = Stopwatch.GetTimestamp();
                outcomes[i] = await serve(images[i]).ConfigureAwait(false) with { Elapsed = Stopwatch.GetElapsedTime(start) };
                Interlocked.Increment(ref _done);
            }
        }
    }
}
