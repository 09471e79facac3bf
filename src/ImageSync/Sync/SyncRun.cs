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
    public long BytesReceived => Outcomes.Sum(outcome => outcome.BytesReceived);

    /// <summary>Bytes that origins did not have to send, because their 304 said that we hold them.</summary>
    public long BytesSpared => IsCheck ? 0 : Outcomes.Where(outcome => outcome.Status == SyncStatus.NotModified).Sum(outcome => outcome.Length ?? 0);
}

/// <summary>How far a run has come.</summary>
internal readonly record struct SyncProgress(int Done, int Total, long BytesReceived);
