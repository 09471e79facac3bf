using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// What a shared store is to a run: facts to plan with, the bytes that a 304 speaks of, and a place for what others can use.
/// </summary>
internal sealed class SharedImages
{
    private readonly SyncOptions _options;
    private readonly TimeProvider _time;
    private readonly SharedStore _store;

    private SharedImages(SyncOptions options, TimeProvider time, string folder) =>
        (_options, _time, _store) = (options, time, new SharedStore(new StoreLayout(folder), time));

    /// <summary>The store that the options name; null where they name none.</summary>
    public static SharedImages? Of(SyncOptions options, TimeProvider time) =>
        options.StoreFolder is { } folder ? new SharedImages(options, time, folder) : null;

    /// <summary>The step to take with the store, given the one without it; and the image in the light of what the store knows.</summary>
    public (ImageState Turn, SyncStep Step) Consider(ImageState turn, SyncStep step)
    {
        var shared = step is SyncStep.Ask or SyncStep.Refuse { LacksBytes: true } ? Find(turn) : null;
        if (shared is null)
        {
            return (turn, step);
        }

        turn = turn with { Shared = shared };
        if (step is not SyncStep.Fetch { LockedTo: null } || !Holds(turn, shared))
        {
            return (turn, SyncPlanner.PlanShared(step, turn.Image, turn.Found, shared, _options, _time.GetUtcNow()));
        }

        // The file has the very bytes that the store knows: so they are known here too, and no edit.
        var known = shared with { Stamp = turn.Stored.Stamp, Written = turn.IsOurs };
        turn = ImageStateReader.Describe(Acceptance.Review(turn with
        {
            Found = known,
            Stored = turn.Stored with { State = FileState.Intact, Sha256 = shared.Sha256, Flaw = null },
            IsNewsToTheCache = true,
        }));
        return (turn, SyncPlanner.Plan(turn.Image, turn.Found, turn.Stored, _options, _time.GetUtcNow(), turn.Locked));
    }

    /// <summary>Copies bytes out of the store; null where they are gone, or not what they should be: then they are deleted there.</summary>
    public ReceivedBody? Receive(RemoteImage image, ValidatorRecord shared, AtomicFile file)
    {
        try
        {
            file.CopyFrom(_store.PlaceOf(shared.Sha256), Math.Min(shared.Stamp.Length, image.MaxBytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whatever it is: the origin has the bytes too, and if they cannot be written, or are too many, that shows again.
            return null;
        }

        if (file.Sha256 != shared.Sha256)
        {
            _store.Discard(shared.Sha256);
            return null;
        }

        // Others may have accepted what this image must not be.
        return ReceivedBody.Of(image, shared.MediaType, file) with { Shared = shared };
    }

    /// <summary>Leaves to others what the origin has just sent or confirmed, unless it is there already.</summary>
    /// <param name="turn">The image.</param>
    /// <param name="record">What is recorded now of its file.</param>
    /// <param name="answer">What the origin said; nothing where it was not asked.</param>
    public void Put(ImageState turn, ValidatorRecord record, OriginAnswer answer)
    {
        // RFC 9111 §5.2.2.5: of a response that says no-store nothing is kept but what the user asked for.
        if (answer.Head is not { } head || CacheControl.Parse(head.CacheControl).NoStore)
        {
            return;
        }

        var put = SharedRecord.ToShare(turn.Image, record) with { ValidatedAt = _time.GetUtcNow() };
        var before = turn.Shared is null ? null : SharedRecord.ToShare(turn.Image, turn.Shared);
        if (head.StatusCode != 304 || SharedRecord.IsNews(put, before, turn.Image.MaxAge))
        {
            _store.Put(KeyOf(turn.Image), put, turn.Image.FilePath);
        }
    }

    /// <summary>Takes back what is known of a request whose origin says that there is nothing any more.</summary>
    public void Forget(ImageState turn) => _store.Forget(KeyOf(turn.Image));

    /// <summary>Makes room where that is due, and says what could not be done.</summary>
    public IReadOnlyList<Diagnostic> Finish()
    {
        _store.Trim(_options.StoreMaxBytes);
        return _store.Problem is { } cause
            ? [Problems.StoreUnusable(_options.Wording, _options.StoreFolder!, cause).OfTheRun(LocalCopy.Good)]
            : [];
    }

    private static bool Holds(ImageState turn, ValidatorRecord shared) =>
        turn.Stored.State != FileState.Missing
        && turn.Stored.Stamp.Length == shared.Stamp.Length
        && (turn.Stored.Sha256 ?? LocalFile.Digest(turn.Image.FilePath, turn.Image.MaxLocalBytes)) == shared.Sha256;

    // Where a digest settles the matter, it is all that has to be looked for.
    private ValidatorRecord? Find(ImageState turn)
    {
        if ((_options.Locked ? turn.Locked?.Sha256 : turn.Image.Sha256) is { } settled)
        {
            return _store.LengthOf(settled) is { } length ? turn.FromDigest(settled) with { Stamp = new FileStamp(length, 0) } : null;
        }

        return _store.Find(KeyOf(turn.Image)) is { } record && record.Url == turn.Image.StoredUrls.InLockFile
            ? SharedRecord.ToUse(turn.Image, record)
            : null;
    }

    // One answer is two files where a name keeps it in its coding.
    private string KeyOf(RemoteImage image) =>
        StoreLayout.KeyOf(image.StoredUrls.InLockFile,
            RequestKey.Of(image.RequestHeaders, _options.UserAgent, vary: null) + ContentCoding.OwnOf(image.LocalPath));
}
