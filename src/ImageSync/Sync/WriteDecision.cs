using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What is done to a file and to what is known of it: the result of the third decision.</summary>
/// <param name="Status">What came of the image.</param>
/// <param name="Effects">What is done.</param>
internal sealed record WriteDecision(SyncStatus Status, Effects Effects = Effects.None)
{
    /// <summary>What this checkout remembers; null for nothing new. Where the file is replaced, it gets the new file's stamp.</summary>
    public ValidatorRecord? Cached { get; init; }

    /// <summary>What the lock file notes, where there is one, and the shared store; null for nothing.</summary>
    public ValidatorRecord? Noted { get; init; }

    /// <summary>Whether it is an edit that is replaced, so that people are told where its bytes are.</summary>
    public bool ReplacesEdit { get; init; }

    /// <summary>Why the image is not in step; null where it is.</summary>
    public Problem? Problem { get; init; }
}

/// <summary>What may be done, in the order in which it is done; records are taken in before <see cref="Share"/>.</summary>
/// <remarks>
/// The old bytes are safe before the new ones take their place. A record follows its file into the cache, and precedes it in the
/// journal, which only vouches for a file that it fits: so a kill between the two makes nobody's edit of it.
/// </remarks>
[Flags]
internal enum Effects
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Keep the bytes that are there, which are not ImageSync's, under obj/.</summary>
    KeepAside = 1,

    /// <summary>Copy them for the report.</summary>
    CopyForReport = 2,

    /// <summary>Write the record into the run's journal, and put the received bytes in the file's place.</summary>
    Replace = 4,

    /// <summary>Leave bytes and record to other checkouts, where there is a shared store.</summary>
    Share = 8,

    /// <summary>Take the record back from the shared store.</summary>
    Forget = 16,
}
