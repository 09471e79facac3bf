namespace ImageSync.Sync;

/// <summary>What an answer means for the local file: the result of deciding.</summary>
internal abstract record SyncDecision
{
    /// <summary>The origin confirmed what we hold.</summary>
    public sealed record Keep : SyncDecision;

    /// <summary>The body is to be taken; what comes of it is decided when it is there.</summary>
    public sealed record Accept : SyncDecision;

    /// <summary>The answer proves nothing: ask once more, otherwise.</summary>
    public sealed record AskAgain(SyncStep.Ask Step) : SyncDecision;

    /// <summary>What a check found out; the body is not taken.</summary>
    /// <param name="Status">What a sync would come to.</param>
    /// <param name="Reason">How that is known, of a change: a clause.</param>
    public sealed record Tell(SyncStatus Status, string Reason = "") : SyncDecision;

    /// <summary>Nothing is written.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Fail(Problem Problem) : SyncDecision
    {
        /// <summary>Whether another attempt may fare better.</summary>
        public bool IsTransient { get; init; }

        /// <summary>Whether what the validators speak of is gone for good, so that they are not to be sent again.</summary>
        public bool EndsValidators { get; init; }

        /// <summary>How long the origin asked us to wait before it; null where it did not say.</summary>
        public TimeSpan? RetryAfter { get; init; }
    }
}
