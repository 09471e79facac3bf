using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// PLAN: what to do about an image, from what is declared, recorded and on disk. Pure and total; the table of its cases is
/// its specification (SyncPlannerTests).
/// </summary>
internal static class SyncPlanner
{
    /// <summary>The step to take.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="record">What is recorded of the local file; null for nothing.</param>
    /// <param name="stored">What is on disk.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="now">The time.</param>
    /// <param name="locked">The lock file's entry; null for none.</param>
    public static SyncStep Plan(
        RemoteImage image,
        ValidatorRecord? record,
        StoredImage stored,
        SyncOptions options,
        DateTimeOffset now,
        LockEntry? locked = null)
    {
        var step = options.Locked
            ? PlanLocked(image, stored, options, locked)
            : PlanUnlocked(image, record, stored, options, now, locked);
        return step is SyncStep.Ask && IsToBeLeftAlone(image, record, options, now)
            ? new SyncStep.Refuse(Problems.LeftAlone(image.Wording, image.Url, record!.NotBefore!.Value))
            : step;
    }

    /// <summary>Whether an origin is to be asked whatever is recorded and on disk, unless something stands in the way.</summary>
    /// <param name="image">As declared.</param>
    /// <param name="options">The run's options.</param>
    public static bool AsksAnyway(RemoteImage image, SyncOptions options) =>
        !options.Offline && !options.Locked && image.Sha256 is null && (options.ByHand || options.Force || image.MaxAge.IsZero);

    /// <summary>The step to take where a shared store has bytes for the image.</summary>
    /// <param name="step">The step to take without them.</param>
    /// <param name="image">As declared.</param>
    /// <param name="record">What is recorded of the local file; null for nothing.</param>
    /// <param name="shared">
    /// What the store knows of its bytes: those that settle the matter by their digest, or those that this request had last.
    /// </param>
    /// <param name="options">The run's options.</param>
    /// <param name="now">The time.</param>
    public static SyncStep PlanShared(
        SyncStep step,
        RemoteImage image,
        ValidatorRecord? record,
        ValidatorRecord shared,
        SyncOptions options,
        DateTimeOffset now) => step switch
    {
        SyncStep.Refuse { LacksBytes: true } => new SyncStep.Take(shared, step),
        SyncStep.Ask ask when (ask.LockedTo ?? image.Sha256) == shared.Sha256 => new SyncStep.Take(shared, step),
        SyncStep.Revalidate when record is not null && !IsSuperseded(record, shared, now) => step,
        SyncStep.Ask { LockedTo: null } => PlanIntact(image, shared, options, now) switch
        {
            SyncStep.Skip => new SyncStep.Take(shared, step),
            SyncStep.Revalidate revalidate => revalidate with { Shared = shared },
            _ => step,
        },
        _ => step,
    };

    private static SyncStep PlanUnlocked(
        RemoteImage image,
        ValidatorRecord? record,
        StoredImage stored,
        SyncOptions options,
        DateTimeOffset now,
        LockEntry? locked) => stored switch
    {
        // The digest settles what the bytes are, wherever they came from.
        _ when image.Sha256 is { } pinned && stored.Sha256 == pinned => new SyncStep.Skip(),

        // What Git or another project has left in the file's place is nobody's edit.
        { State: FileState.Altered, IsGitLfsPointer: false, WrittenBy: null, IsOfAnotherBuild: false }
            when options.OnLocalEdit != OnLocalEdit.Restore =>
            PlanEdited(image, record, stored, options),
        _ when options.Offline => PlanOffline(image, stored, locked),
        { State: FileState.Intact or FileState.LineEndsDiffer, Flaw: null } when record is not null =>
            PlanIntact(image, record, options, now),

        // Validators speak of bytes that we no longer hold (RFC 9110 §15.4.5: a 304 is for those who have them), or no longer accept.
        _ => Fetch(options),
    };

    private static SyncStep PlanEdited(RemoteImage image, ValidatorRecord? record, StoredImage stored, SyncOptions options) =>
        options.OnLocalEdit switch
    {
        OnLocalEdit.Fail => new SyncStep.Refuse(Problems.EditRefused(image.Wording, LocalEdit.Of(record, stored))),
        _ when image.Sha256 is { } pinned =>
            new SyncStep.Refuse(Problems.EditNotPinned(image.Wording, LocalEdit.Of(record, stored), pinned, stored.Sha256)),
        _ => new SyncStep.KeepEdit(),
    };

    private static SyncStep PlanOffline(RemoteImage image, StoredImage stored, LockEntry? locked) =>
        LocalCopy.Of(image, stored, locked) switch
    {
        { IsGood: true } => new SyncStep.Skip(),
        { IsDisproved: true } when image.Sha256 is { } pinned =>
            new SyncStep.Refuse(Problems.NotPinned(image.Wording, pinned, stored)) { LacksBytes = true },
        _ => new SyncStep.Refuse(Problems.Offline(image.Wording)) { LacksBytes = true },
    };

    private static SyncStep PlanLocked(RemoteImage image, StoredImage stored, SyncOptions options, LockEntry? locked) => locked switch
    {
        null => new SyncStep.Refuse(Problems.NotLocked(image.Wording, image.LocalPath)),
        _ when locked.Url != image.StoredUrls.InLockFile =>
            new SyncStep.Refuse(Problems.LockedForAnotherUrl(image.Wording, image.LocalPath, locked.Url)),
        _ when image.Sha256 is { } pinned && pinned != locked.Sha256 =>
            new SyncStep.Refuse(Problems.PinnedToOthers(image.Wording, image.LocalPath, locked.Sha256, pinned)),
        _ when stored.Sha256 == locked.Sha256 && stored.Flaw is null => new SyncStep.Skip(),
        _ when stored.State != FileState.Missing && stored.Sha256 != locked.Sha256 =>
            new SyncStep.Refuse(Problems.HoldsOthers(image.Wording, locked.Sha256, stored, image.LocalPath)),
        _ when options.Offline => new SyncStep.Refuse(Problems.Offline(image.Wording)) { LacksBytes = true },
        _ => new SyncStep.Fetch { NoCache = options.Force, LockedTo = locked.Sha256 },
    };

    private static SyncStep PlanIntact(RemoteImage image, ValidatorRecord record, SyncOptions options, DateTimeOffset now) => record switch
    {
        _ when options.Force => Fetch(options),
        _ when record.Url != image.StoredUrls.InCache => new SyncStep.Fetch(),

        // Other headers select another response, of which we hold nothing (RFC 9111 §4.1).
        _ when !RequestKey.Fits(record.RequestKey, image.RequestHeaders, options.UserAgent) => new SyncStep.Fetch(),

        // Bytes that are not the pinned ones are no use, however current.
        _ when image.Sha256 is not null => new SyncStep.Fetch(),
        _ when options.RefreshAfter is { } refresh && IsOlder(record.FetchedAt, refresh, now) => new SyncStep.Fetch { NoCache = true },
        _ when !options.ByHand && IsFresh(image.MaxAge, record, now) => new SyncStep.Skip(),
        { Validators.IsEmpty: true } => new SyncStep.Fetch(),
        _ => new SyncStep.Revalidate(record.Validators, record.EffectiveUrl),
    };

    // Another checkout has been sent other bytes since: those are the ones to ask about.
    private static bool IsSuperseded(ValidatorRecord record, ValidatorRecord shared, DateTimeOffset now) =>
        shared.Sha256 != record.Sha256 && shared.ValidatedAt > record.ValidatedAt && shared.ValidatedAt <= now;

    // A forced sync is for those who mistrust what they hold; a cache on the way must not answer it.
    private static SyncStep.Fetch Fetch(SyncOptions options) => new() { NoCache = options.Force };

    private static bool IsFresh(MaxAge maxAge, ValidatorRecord record, DateTimeOffset now) => maxAge.ByServer
        ? record.ValidatedAt <= now && now < record.Freshness.Until
        : !IsOlder(record.ValidatedAt, maxAge.Span, now);

    // Retry-After is taken for a day at most; a time beyond that comes from a clock that was set back.
    private static bool IsToBeLeftAlone(RemoteImage image, ValidatorRecord? record, SyncOptions options, DateTimeOffset now) =>
        !options.Force && record?.Url == image.StoredUrls.InCache && record.NotBefore > now && record.NotBefore <= now + RetryAfter.Longest;

    // A time that lies ahead comes from a clock that was set back: it proves nothing, so it counts as old. So does any for an age of zero.
    private static bool IsOlder(DateTimeOffset time, TimeSpan age, DateTimeOffset now) => time > now || now - time >= age;
}
