using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>Gathers what is known of an image before anything is decided: what is recorded, and what is on disk.</summary>
internal static class ImageStateReader
{
    /// <summary>What is said of a pointer.</summary>
    public const string IsAGitLfsPointer = "it is a Git LFS pointer; \"git lfs pull\" puts the file itself in its place";

    /// <summary>The facts about one image.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="found">The validator cache's record; null for none.</param>
    /// <param name="entry">The lock file's entry; null for none.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="isFromBeforeBoot">
    /// Whether the machine was started since files were last looked at: then only their digests vouch for them.
    /// </param>
    public static ImageState Gather(RemoteImage image, ValidatorRecord? found, LockEntry? entry, SyncOptions options, bool isFromBeforeBoot)
    {
        // A promise about bytes is kept by reading them: always where they are locked, and where they are pinned, for those who force
        // a sync.
        var mistrusts = isFromBeforeBoot || options.Locked || (options.Force && image.Sha256 is not null);
        var needsDigest = image.Sha256 is not null || options.Locked;
        var stored = LocalFile.Examine(image.FilePath, ImageState.WithBytes(found), needsDigest, image.MaxLocalBytes, !mistrusts);
        if (stored.State == FileState.Altered && LineEnds.Differ(image.FilePath, found!.Sha256, out var digestOfLines))
        {
            stored = stored with { State = FileState.LineEndsDiffer, Sha256 = digestOfLines };
        }

        var turn = Describe(Acceptance.Review(Compare(new ImageState(image, found, stored) { Locked = entry })));
        return NeedsInspection(turn.Stored, options) ? turn with { Stored = Inspect(image, turn.Stored) } : turn;
    }

    // What the lock file says of a file that the cache does not vouch for.
    private static ImageState Compare(ImageState turn)
    {
        var (image, found, stored) = (turn.Image, turn.Found, turn.Stored);
        if (turn.Locked is not { } entry || entry.Url != image.StoredUrls.InLockFile || stored.State == FileState.Missing)
        {
            return turn;
        }

        if (turn.Known is { } known && stored.State == FileState.Intact)
        {
            return known.Sha256 == entry.Sha256
                && known.Url == image.StoredUrls.InCache
                && known.RequestKey == entry.RequestKey
                && known.EffectiveUrl == image.StoredUrls.EffectiveFromLockFile(entry.EffectiveUrl)
                ? turn with { Found = known with { Validators = known.Validators.Beside(entry.EntityTags.Values) } }
                : turn;
        }

        // The bytes of somebody else's sync, which came with the repository: known, and no edit.
        var digest = stored.Sha256 ?? (stored.Stamp.Length == entry.Length ? LocalFile.Digest(image.FilePath, image.MaxLocalBytes) : null);
        if (digest == entry.Sha256)
        {
            return KnownFromLock(FileState.Intact, digest, stored.Stamp);
        }

        // No promise about bytes is kept by other line ends, but a question about them is worth its answer.
        if (stored.State != FileState.LineEndsDiffer && LineEnds.Differ(image.FilePath, entry.Sha256, out var digestOfLines))
        {
            return KnownFromLock(FileState.LineEndsDiffer, digestOfLines, new FileStamp(entry.Length, 0));
        }

        // Nobody else has recorded it, so it came with the repository; and there an edit is what is not the locked bytes.
        return stored.State == FileState.Unrecorded
            ? turn with { Stored = stored with { State = FileState.Altered, Sha256 = digest } }
            : turn;

        ImageState KnownFromLock(FileState state, string? sha256, FileStamp stamp) => turn with
        {
            Found = FromLock(image, entry, stamp) with { NotBefore = found?.Url == image.StoredUrls.InCache ? found.NotBefore : null },
            Stored = stored with { State = state, Sha256 = sha256, Flaw = null },
            IsNewsToTheCache = true,
        };
    }

    /// <summary>
    /// The facts with what the file's bytes say of themselves, where no record says it: an earlier version has written it, or it comes
    /// from elsewhere. The file's head is read once for it, since the record has it then; so is that of a file without a record that
    /// was read for the item's digest.
    /// </summary>
    /// <param name="turn">The facts.</param>
    public static ImageState Describe(ImageState turn) => turn switch
    {
        { Known: { Picture: null } known, Stored: { State: FileState.Intact or FileState.LineEndsDiffer, Flaw: null } } =>
            PictureIn(turn.Image) is { } picture ? turn with { Found = known with { Picture = picture }, IsNewsToTheCache = true } : turn,
        { Image.Sha256: { } pinned, Stored: { State: FileState.Unrecorded or FileState.Altered, Sha256: { } digest } stored }
            when digest == pinned => turn with { Stored = stored with { Picture = PictureIn(turn.Image) } },
        _ => turn,
    };

    /// <summary>What is on disk when an image's answer has come: it may have been edited, or synced by another build, meanwhile.</summary>
    /// <param name="state">What was known when the question was put.</param>
    /// <param name="ask">The question.</param>
    /// <param name="exchange">What it came to.</param>
    public static StoredImage Reload(ImageState state, SyncStep.Ask ask, Exchange exchange)
    {
        var (path, most) = (state.Image.FilePath, state.Image.MaxLocalBytes);
        if (exchange is { Decision: SyncDecision.Keep, Body: null })
        {
            return state.Stored;
        }

        var stored = (FileStamp.Of(path) ?? default) == state.Stored.Stamp
            ? state.Stored
            : LocalFile.Examine(path, state.Known, needsDigest: true, most);

        // Touched, it is what it was.
        stored = stored.Sha256 is { } digest && digest == state.Stored.Sha256 ? stored with { Flaw = state.Stored.Flaw } : stored;
        if (exchange.Body is not { } body)
        {
            return Inspect(state.Image, stored);
        }

        // Who forces a sync mistrusts what is there; so size and time alone do not vouch for it.
        stored = ask.NoCache ? LocalFile.ByDigest(path, stored, most) : stored;
        var isAsLong = stored.Stamp.Length == body.Length && stored.State != FileState.Missing;
        stored = stored.Sha256 is null && isAsLong ? stored with { Sha256 = LocalFile.Digest(path, most) } : stored;
        return stored.Sha256 == body.Sha256 ? stored : Inspect(state.Image, stored);
    }

    /// <summary>
    /// Looks whether a file that no record vouches for can be the image at all: what a download must pass, a copy must pass.
    /// </summary>
    /// <param name="image">As declared.</param>
    /// <param name="stored">What is on disk.</param>
    public static StoredImage Inspect(RemoteImage image, StoredImage stored)
    {
        if (stored is { State: FileState.Missing or FileState.Intact or FileState.LineEndsDiffer }
            or { Stamp.Length: 0 }
            or { Flaw: not null })
        {
            return stored;
        }

        return stored.Stamp.Length > image.MaxBytes
            ? stored with { Flaw = Acceptance.TooLarge(stored.Stamp.Length, image) }
            : Judge(image, stored, contentType: null);
    }

    /// <summary>Reads a file and looks whether a download of it would be accepted.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="stored">What is on disk.</param>
    /// <param name="contentType">What it was served as; null where that is not known.</param>
    public static StoredImage Judge(RemoteImage image, StoredImage stored, string? contentType)
    {
        try
        {
            using var file = RegularFile.Open(image.FilePath, image.MaxLocalBytes);
            if (HoldsGitLfsPointer(file))
            {
                return stored with { IsGitLfsPointer = true, Flaw = IsAGitLfsPointer };
            }

            // Nothing of it is quoted: what is in an image's place may be a link to a file that no log should show.
            var verdict = MediaTypeCheck.Judge(image.MediaType, contentType, file, static _ => null);
            return verdict.Problem is { } problem
                ? stored with { Flaw = "it " + problem }
                : stored with { Picture = Picture.Of(verdict.Format, file) };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return stored with { Flaw = "it cannot be read, or is far too large" };
        }
    }

    private static Picture? PictureIn(RemoteImage image)
    {
        try
        {
            using var file = RegularFile.Open(image.FilePath, image.MaxLocalBytes);
            return Picture.Of(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool HoldsGitLfsPointer(RegularFile file)
    {
        if (file.Length >= GitLfsPointer.MaxLength)
        {
            return false;
        }

        var text = new byte[file.Length];
        return GitLfsPointer.IsPointer(text.AsSpan(0, file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false)));
    }

    // An edit that stays, and a file that no origin is asked about, have to be worth it.
    private static bool NeedsInspection(StoredImage stored, SyncOptions options) => stored.State switch
    {
        FileState.Altered => options.Offline || options.Locked || options.OnLocalEdit != OnLocalEdit.Restore,
        FileState.Unrecorded => options.Offline,
        _ => false,
    };

    // When the bytes were received and last confirmed is not known; so they count as old.
    private static ValidatorRecord FromLock(RemoteImage image, LockEntry entry, FileStamp stamp) => new(image.LocalPath)
    {
        Url = image.StoredUrls.InCache,
        EffectiveUrl = image.StoredUrls.EffectiveFromLockFile(entry.EffectiveUrl),
        Validators = entry.Validators,
        Sha256 = entry.Sha256,
        Stamp = stamp,
        RequestKey = entry.RequestKey,
        ValidatedAt = DateTimeOffset.MinValue,
        FetchedAt = DateTimeOffset.MinValue,
        Written = !entry.Found,
    };
}
