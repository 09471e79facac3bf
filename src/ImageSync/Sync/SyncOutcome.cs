using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What came of one image (CONTRACT: the Status of a SyncedImage).</summary>
internal enum SyncStatus
{
    /// <summary>200; there was no local file, now there is.</summary>
    Added,

    /// <summary>200; the bytes differ, the file was replaced.</summary>
    Updated,

    /// <summary>200; the same bytes, the file is untouched.</summary>
    Unchanged,

    /// <summary>304; the file is untouched.</summary>
    NotModified,

    /// <summary>No request was needed.</summary>
    Fresh,

    /// <summary>The origin failed, its answer was refused, or an edit was kept; a local copy stays.</summary>
    Kept,

    /// <summary>There is no usable local copy.</summary>
    Failed,

    /// <summary>A check: a sync would replace the file.</summary>
    Modified,

    /// <summary>A check: there is no local file, and a sync would fetch it.</summary>
    Missing,

    /// <summary>A check: it cannot be told without a body.</summary>
    Unknown,
}

/// <summary>What came of one image: the row that is reported.</summary>
/// <param name="LocalPath">As declared; the identity.</param>
/// <param name="Url">As declared.</param>
/// <param name="Status">What came of it.</param>
internal sealed record SyncOutcome(string LocalPath, string Url, SyncStatus Status)
{
    /// <summary>Position of the declaration.</summary>
    public int Index { get; init; }

    /// <summary>The URL after redirects; null where no answer came.</summary>
    public string? EffectiveUrl { get; init; }

    /// <summary>Status code of the last response; null where none came.</summary>
    public int? StatusCode { get; init; }

    public string? EntityTag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>Digest of the local file, where it is known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Size of the local file in bytes; null where there is none.</summary>
    public long? Length { get; init; }

    public string? MediaType { get; init; }

    /// <summary>What the local file's bytes say of themselves, where they were looked at; null otherwise.</summary>
    public Picture? Picture { get; init; }

    /// <summary>Body bytes that came over the wire, of all attempts.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Whether the bytes that were written came from the shared store.</summary>
    public bool FromStore { get; init; }

    /// <summary>Requests made for it, redirects not counted.</summary>
    public int Attempts { get; init; }

    public TimeSpan Elapsed { get; init; }

    /// <summary>Where the bytes are kept that were replaced and were not ImageSync's; null where there were none.</summary>
    public string? KeptAt { get; init; }

    /// <summary>What was in the place of the new bytes; null where nothing was replaced.</summary>
    public ReplacedImage? Replaced { get; init; }

    /// <summary>What people should know, the gravest first.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>The row of an image in whose turn something happened that nobody foresaw.</summary>
    public static SyncOutcome NotForeseen(RemoteImage image, bool isLocked, Exception exception)
    {
        // Nothing is known of the file's bytes here, so nothing that a digest demands can be said to hold.
        var stamp = FileStamp.Of(image.FilePath);
        var copy = stamp is { Length: > 0 } && image.Sha256 is null && !isLocked ? LocalCopy.Good : LocalCopy.None;
        return new SyncOutcome(image.LocalPath, image.StoredUrls.InCache, copy.IsGood ? SyncStatus.Kept : SyncStatus.Failed)
        {
            Index = image.Index,
            Length = stamp?.Length,
            Diagnostics = [Problems.NotForeseen(exception, image.Secrets).ToDiagnostic(image.LocalPath, copy, image.Optional)],
        };
    }

    /// <summary>Whether the local bytes changed.</summary>
    public bool Changed => Status is SyncStatus.Added or SyncStatus.Updated;
}

/// <summary>The bytes that new ones have replaced.</summary>
/// <param name="Length">Their size.</param>
/// <param name="CopiedTo">A copy of them, absolute; null where none was wanted.</param>
internal sealed record ReplacedImage(long Length, string? CopiedTo);
