using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>Gathers what is known of an image before anything is decided: what is recorded, and what is on disk.</summary>
internal static class ImageFacts
{
    /// <summary>The facts about one image.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="found">The validator cache's record; null for none.</param>
    /// <param name="entry">The lock file's entry; null for none.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="isFromBeforeBoot">Whether the machine was started since files were last looked at: then only their digests vouch for them.</param>
    public static ImageTurn Gather(RemoteImage image, ValidatorRecord? found, LockEntry? entry, SyncOptions options, bool isFromBeforeBoot)
    {
        // A promise about bytes is kept by reading them: always where they are locked, and where they are pinned, for those who force a sync.
        var mistrusts = isFromBeforeBoot || options.Locked || (options.Force && image.Sha256 is not null);
        var needsDigest = image.Sha256 is not null || options.Locked;
        var stored = LocalFile.Examine(image.FilePath, ImageTurn.WithBytes(found), needsDigest, image.MaxLocalBytes, !mistrusts);
        var turn = new ImageTurn(image, found, stored) { Locked = entry };
        if (entry is null || entry.Url != image.LockedUrl || stored.State == FileState.Missing)
        {
            return turn;
        }

        if (turn.Known is { } known && stored.State == FileState.Intact)
        {
            return known.Sha256 == entry.Sha256 && known.Url == image.RecordedUrl && known.RequestKey == entry.RequestKey && known.EffectiveUrl == EffectiveUrl(image, entry)
                ? turn with { Found = known with { Validators = known.Validators.Beside(entry.EntityTags.Values) } }
                : turn;
        }

        // The bytes of somebody else's sync, which came with the repository: known, and no edit.
        var digest = stored.Sha256 ?? (stored.Stamp.Length == entry.Length ? LocalFile.Digest(image.FilePath, image.MaxLocalBytes) : null);
        return digest != entry.Sha256 ? turn : turn with
        {
            Found = FromLock(image, entry, stored.Stamp) with { NotBefore = found?.Url == image.RecordedUrl ? found.NotBefore : null },
            Stored = stored with { State = FileState.Intact, Sha256 = digest },
            IsKnownFromElsewhere = true,
        };
    }

    // When the bytes were received and last confirmed is not known; so they count as old.
    private static ValidatorRecord FromLock(RemoteImage image, LockEntry entry, FileStamp stamp) => new(image.LocalPath)
    {
        Url = image.RecordedUrl,
        EffectiveUrl = EffectiveUrl(image, entry),
        Validators = entry.Validators,
        Sha256 = entry.Sha256,
        Stamp = stamp,
        RequestKey = entry.RequestKey,
        ValidatedAt = DateTimeOffset.MinValue,
        FetchedAt = DateTimeOffset.MinValue,
        Written = !entry.Found,
    };

    private static string EffectiveUrl(RemoteImage image, LockEntry entry) =>
        entry.EffectiveUrl == entry.Url ? image.RecordedEffectiveUrl(image.Url) : entry.EffectiveUrl;
}
