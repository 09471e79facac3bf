using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// DECIDE THE WRITE: what is done once an image's answer is there, or none is needed. Pure and total; the tables of its cases are
/// its specification (WriteDeciderTests).
/// </summary>
internal static class WriteDecider
{
    private static readonly WriteDecision Fresh = new(SyncStatus.Fresh);

    /// <summary>What is done where the file is settled without a request.</summary>
    /// <param name="state">What is known.</param>
    public static WriteDecision WithoutRequest(ImageState state)
    {
        var (image, stored, known) = (state.Image, state.Stored, state.Known);

        // So that its bytes need not be read the next time.
        var isNews = state.IsNewsToTheCache || (stored.State == FileState.Intact && known!.Stamp != stored.Stamp);

        // The lock file names every image that is in step, also one that has not been asked for since there is a lock file.
        var isOfThisUrl = known?.Url == image.StoredUrls.InCache;
        var isToBeNoted = stored.Sha256 is { } digest
            && (digest == image.Sha256 || (stored.State == FileState.Intact && isOfThisUrl))
            && (state.Locked is not { } entry || entry.Sha256 != digest || entry.Url != image.StoredUrls.InLockFile);
        return !isNews && !isToBeNoted ? Fresh : Fresh with
        {
            Cached = isNews ? known! with { Stamp = state.RecordableStamp } : null,
            Noted = !isToBeNoted ? null : isOfThisUrl && known!.Sha256 == stored.Sha256 ? known : state.FromDigest(stored.Sha256!),
        };
    }

    /// <summary>What is done once the answer is there.</summary>
    /// <param name="before">What was known when the question was put.</param>
    /// <param name="stored">What is on disk now.</param>
    /// <param name="ask">The question.</param>
    /// <param name="exchange">What it came to.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="now">The time.</param>
    public static WriteDecision Decide(
        ImageState before, StoredImage stored, SyncStep.Ask ask, Exchange exchange, SyncOptions options, DateTimeOffset now) =>
        exchange switch
        {
            { Body: { } body } => OfBody(before, before with { Stored = stored }, ask, exchange.Answer, body, options, now),
            { Decision: SyncDecision.Keep } => OfConfirmation(before, exchange.Answer.Head!, options, now),
            { Decision: SyncDecision.Fail failure } => OfFailure(before with { Stored = stored }, failure, now),
            _ => throw new InvalidOperationException($"An attempt cannot end in {exchange.Decision}."),
        };

    private static WriteDecision OfBody(
        ImageState before,
        ImageState state,
        SyncStep.Ask ask,
        OriginAnswer answer,
        ReceivedBody body,
        SyncOptions options,
        DateTimeOffset now)
    {
        var (image, stored, url) = (state.Image, state.Stored, answer.Url);
        var words = image.Wording;
        var isNew = stored.State is FileState.Altered or FileState.Unrecorded && !state.IsOurs && stored.Stamp != before.Stored.Stamp
            && (stored.Sha256 is null || stored.Sha256 != before.Stored.Sha256);

        // What Git leaves in the file's place is nobody's edit.
        var isEdit = isNew && !stored.IsGitLfsPointer;
        return body switch
        {
            { IsTooLarge: true } => Refused(Problems.Larger(words, url, length: null, image.MaxBytes)),
            _ when image.Sha256 is { } pinned && body.Sha256 != pinned => Refused(Problems.WrongDigest(url, pinned, body.Sha256)),
            _ when ask.LockedTo is { } locked && body.Sha256 != locked =>
                Refused(Problems.ReceivedOthers(words, url, image.LocalPath, locked, body.Sha256)),
            { Media.Problem: not null } => Refused(Problems.WrongMedia(words, url, body.Media)),
            _ when body.Sha256 == stored.Sha256 => InStep(SyncStatus.Unchanged, Effects.Share, Record(stored.Stamp, state.IsOurs)),

            // Git gives the file its line ends; written again, it would have others after the next checkout.
            _ when stored.State == FileState.LineEndsDiffer && body.Sha256 == state.Known?.Sha256 && !ask.NoCache && image.Sha256 is null =>
                InStep(SyncStatus.Unchanged, Effects.None, Record(state.RecordableStamp, state.IsOurs)),

            // The rules of the plan, for what came to be there while the bytes were on their way.
            _ when isNew && ask.LockedTo is { } locked => Refused(Problems.HoldsOthers(words, locked, stored, image.LocalPath)),
            _ when isEdit && options.OnLocalEdit == OnLocalEdit.Fail => Edited(Problems.EditRefused(words, state.Edit)),
            _ when isEdit && options.OnLocalEdit == OnLocalEdit.Keep => Edited(
                image.Sha256 is { } digest ? Problems.EditNotPinned(words, state.Edit, digest, stored.Sha256)
                    : Problems.EditKept(words, state.Edit)),
            _ => Replaced(),
        };

        WriteDecision Refused(Problem problem) => OfFailure(state, new SyncDecision.Fail(problem), now);

        // A file that was never synced is an edit from now on: its record is of bytes that it never had.
        WriteDecision Edited(Problem problem) =>
            Refused(problem) with { Cached = state.Known is null ? Record(new FileStamp(body.Length, 0), written: true) : null };

        WriteDecision Replaced()
        {
            var isThere = stored.State != FileState.Missing;
            var effects = Effects.Replace | Effects.Share
                | (isThere && !state.IsOurs ? Effects.KeepAside : Effects.None)
                | (isThere ? Effects.CopyForReport : Effects.None);
            return InStep(isThere ? SyncStatus.Updated : SyncStatus.Added, effects, Record(stamp: default, written: true)) with
            {
                ReplacesEdit = isEdit || (stored is { State: FileState.Altered, IsGitLfsPointer: false } && !state.IsOurs),
            };
        }

        ValidatorRecord Record(FileStamp stamp, bool written) => state.Record(answer, body, stamp, written, options.UserAgent, now);
    }

    private static WriteDecision OfConfirmation(ImageState state, ResponseHead notModified, SyncOptions options, DateTimeOffset now)
    {
        var confirmed = state.Confirm(notModified, now);
        var isNews = !ReferenceEquals(confirmed, state.Known) || confirmed.TargetFramework != options.TargetFramework;
        var effects = state.Stored.State == FileState.LineEndsDiffer ? Effects.None : Effects.Share;
        return new WriteDecision(SyncStatus.NotModified, effects) { Cached = isNews ? confirmed : null, Noted = confirmed };
    }

    private static WriteDecision InStep(SyncStatus status, Effects effects, ValidatorRecord record) =>
        new(status, effects) { Cached = record, Noted = record };

    private static WriteDecision OfFailure(ImageState state, SyncDecision.Fail failure, DateTimeOffset now)
    {
        var status = state.CopyFor(failure.Problem).IsGood ? SyncStatus.Kept : SyncStatus.Failed;
        var decision = new WriteDecision(status, failure.EndsValidators ? Effects.Forget : Effects.None)
        {
            Problem = failure.Problem,
        };
        return failure switch
        {
            { RetryAfter: { } wait } => decision with { Cached = state.WithRetryAfter(now + wait, now) },
            { EndsValidators: true } when state.Known is { Validators.IsEmpty: false } known =>
                decision with { Cached = known with { Validators = Validators.None } },
            _ => decision,
        };
    }
}
