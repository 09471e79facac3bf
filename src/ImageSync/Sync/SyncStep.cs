using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What is to be done about one image: the result of planning.</summary>
internal abstract record SyncStep
{
    /// <summary>Nothing: the local file is settled without a request.</summary>
    public sealed record Skip : SyncStep;

    /// <summary>Nothing, because the user's edit is to stay.</summary>
    public sealed record KeepEdit : SyncStep;

    /// <summary>Nothing can be done.</summary>
    public sealed record Refuse(Problem Problem) : SyncStep
    {
        /// <summary>Whether it is the bytes alone that are wanting, so that a shared store can help.</summary>
        public bool LacksBytes { get; init; }
    }

    /// <summary>Take bytes from the shared store, without a request.</summary>
    /// <param name="Shared">What it knows of them.</param>
    /// <param name="Otherwise">The step where they turn out to be gone, or damaged.</param>
    public sealed record Take(ValidatorRecord Shared, SyncStep Otherwise) : SyncStep;

    /// <summary>A request, conditional or not.</summary>
    public abstract record Ask : SyncStep
    {
        /// <summary>Whether this question follows an answer that could not be used; there is no third one.</summary>
        public bool Again { get; init; }

        /// <summary>Whether caches on the way must ask the origin.</summary>
        public bool NoCache { get; init; }

        /// <summary>Whether no body is asked for (HEAD).</summary>
        public bool HeadOnly { get; init; }

        /// <summary>The digest that the lock file names, where only those bytes are accepted; null for any.</summary>
        public string? LockedTo { get; init; }
    }

    /// <summary>Ask whether the bytes that we hold are still current.</summary>
    /// <param name="Validators">Their validators.</param>
    /// <param name="ValidatorsUrl">The URL that they belong to.</param>
    public sealed record Revalidate(Validators Validators, string ValidatorsUrl) : Ask
    {
        /// <summary>What the shared store knows of the bytes, where it holds them; null where the local file does.</summary>
        public ValidatorRecord? Shared { get; init; }
    }

    /// <summary>Ask for the bytes.</summary>
    public sealed record Fetch : Ask;
}
