using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// What a local file is worth where its origin fails: whether a build can go on with it. Pure; the table of its cases is its
/// specification (LocalCopyTests).
/// </summary>
/// <param name="IsGood">Whether it is a copy of the image, as far as anybody knows.</param>
internal sealed record LocalCopy(bool IsGood)
{
    /// <summary>There is a copy.</summary>
    public static readonly LocalCopy Good = new(true);

    /// <summary>There is none.</summary>
    public static readonly LocalCopy None = new(false);

    /// <summary>What is wrong with the file, where there is one: a clause. Null for nothing.</summary>
    public string? Flaw { get; init; }

    /// <summary>What the file holds, where a digest disproves it: a clause, for those who know the digest. Null otherwise.</summary>
    public string? Held { get; init; }

    /// <summary>
    /// Whether a digest that somebody wrote down says so: such a file must not be built with, also where the image is optional.
    /// </summary>
    public bool IsDisproved { get; init; }

    /// <summary>What the file is worth.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="stored">What is on disk.</param>
    /// <param name="locked">The lock file's entry; null for none.</param>
    public static LocalCopy Of(RemoteImage image, StoredImage stored, LockEntry? locked) => stored switch
    {
        { State: FileState.Missing } or { Stamp.Length: 0 } => None,
        _ when image.Sha256 is { } pinned && stored.Sha256 != pinned => Disproved(Has(stored), $"Sha256 is {pinned}"),

        // What the cache knows of, the origin has sent: it may be older than what the lock file names, and is the image all the same.
        { State: FileState.Altered or FileState.Unrecorded }
            when locked is { } entry && entry.Url == image.StoredUrls.InLockFile && stored.Sha256 != entry.Sha256 =>
            Disproved(Has(stored), $"the lock file names the SHA-256 {entry.Sha256}"),
        { Flaw: { } flaw } => new LocalCopy(false) { Flaw = flaw },
        _ => Good,
    };

    // What the file is says more than that its digest is another.
    private static string Has(StoredImage stored) =>
        stored.Flaw ?? (stored.Sha256 is { } digest ? $"it has the SHA-256 {digest}" : "it has other bytes");

    private static LocalCopy Disproved(string held, string demanded) =>
        new(false) { Flaw = $"{held}, and {demanded}", Held = held, IsDisproved = true };
}

/// <summary>What is said of a local file that is somebody's edit: a clause about it that is true. Pure.</summary>
internal static class LocalEdit
{
    /// <summary>The clause.</summary>
    /// <param name="found">What the cache knows; null for nothing.</param>
    /// <param name="stored">The file.</param>
    public static string Of(ValidatorRecord? found, StoredImage stored) => ImageState.WithBytes(found) switch
    {
        { Stamp.WriteTime: not 0 } => "was edited since it was synced",

        // The record is of what was received, and the file was never that: it came to be there in the meantime, and was left alone.
        { } => "is not the image that was received for it",
        null when stored.State == FileState.Altered => "is not the one that the lock file names",
        null => "was written while the image was on its way",
    };
}
