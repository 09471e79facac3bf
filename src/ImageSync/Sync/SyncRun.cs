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
    public long BytesSpared => IsCheck ? 0 : Sum(static outcome => WasSpared(outcome) ? outcome.Length ?? 0 : 0);

    /// <summary>Images whose bytes came from the shared store.</summary>
    public long FromStore => Sum(static outcome => outcome.FromStore ? 1 : 0);

    private static bool WasSpared(SyncOutcome outcome) =>
        outcome is { Status: SyncStatus.NotModified } or { FromStore: true, StatusCode: 304 };

    private long Sum(Func<SyncOutcome, decimal> of) => long.CreateSaturating(Outcomes.Sum(of));
}

/// <summary>How far a run has come.</summary>
internal readonly record struct SyncProgress(int Done, int Total, long BytesReceived);
