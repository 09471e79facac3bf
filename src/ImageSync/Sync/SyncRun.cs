namespace ImageSync.Sync;

/// <summary>What came of a whole run, in the order of declaration.</summary>
internal sealed record SyncRun(IReadOnlyList<SyncOutcome> Outcomes, TimeSpan Elapsed)
{
    /// <summary>What concerns no single image.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>Whether it was a check: no bytes were to come, and none were spared.</summary>
    public bool IsCheck { get; init; }

    /// <summary>The files whose items are gone.</summary>
    public PrunedFiles Pruned { get; init; } = PrunedFiles.None;

    /// <summary>Body bytes that came over the wire.</summary>
    public long BytesReceived => Sum(static outcome => outcome.BytesReceived);

    /// <summary>Bytes that origins did not have to send, because their 304 said that we hold them.</summary>
    public long BytesSpared => IsCheck ? 0 : Sum(static outcome => outcome.Status == SyncStatus.NotModified ? outcome.Length ?? 0 : 0);

    private long Sum(Func<SyncOutcome, long> bytesOf)
    {
        var sum = 0L;
        foreach (var outcome in Outcomes)
        {
            sum += bytesOf(outcome);
        }

        return sum;
    }
}

/// <summary>How far a run has come.</summary>
internal readonly record struct SyncProgress(int Done, int Total, long BytesReceived);
