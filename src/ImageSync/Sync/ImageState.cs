using System.Diagnostics;
using ImageSync.Http;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What is known of one image in its turn, and the rows and records that come of it. Pure: values in, values out.</summary>
/// <param name="Image">As declared.</param>
/// <param name="Found">Its record, which may say no more than that the origin is to be left alone; null for none.</param>
/// <param name="Stored">What is on disk.</param>
internal sealed record ImageState(RemoteImage Image, ValidatorRecord? Found, StoredImage Stored)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>What was recorded of its bytes; null for nothing.</summary>
    public ValidatorRecord? Known => WithBytes(Found);

    /// <summary>A record that knows of bytes; null for any other.</summary>
    public static ValidatorRecord? WithBytes(ValidatorRecord? record) => record is { HoldsBytes: true } ? record : null;

    /// <summary>The lock file's entry; null for none.</summary>
    public LockEntry? Locked { get; init; }

    /// <summary>
    /// Whether the validator cache has yet to learn <see cref="Known"/>: it comes from the lock file or the shared store, or was
    /// judged anew.
    /// </summary>
    public bool IsNewsToTheCache { get; init; }

    /// <summary>What the shared store knows, and holds the bytes of; null for nothing.</summary>
    public ValidatorRecord? Shared { get; init; }

    /// <summary>Whether the bytes on disk are ones that ImageSync wrote: only then nothing is lost by replacing them.</summary>
    public bool IsOurs =>
        Stored.WrittenBy is not null
        || Stored.IsOfAnotherBuild
        || (Stored.State is FileState.Intact or FileState.LineEndsDiffer && Known is { Written: true });

    /// <summary>The stamp to record of bytes that are known: never that of a file that has others, be it in its line ends alone.</summary>
    public FileStamp RecordableStamp => Stored.State == FileState.LineEndsDiffer ? Known!.Stamp : Stored.Stamp;

    /// <summary>What is said of the file where it is an edit.</summary>
    public string Edit => LocalEdit.Of(Found, Stored);

    /// <summary>What the file is worth where the origin fails.</summary>
    public LocalCopy Copy => LocalCopy.Of(Image, Stored, Locked);

    /// <summary>The same where a problem is told of it: an edit that stays by the user's will is a copy, whatever it is.</summary>
    public LocalCopy CopyFor(Problem problem) => problem.Code == DiagnosticCode.LocalFileEdited
        ? LocalCopy.Of(Image with { Sha256 = null }, Stored with { Flaw = null }, locked: null)
        : Copy;

    /// <summary>The row of an image whose file is as it was.</summary>
    public SyncOutcome Outcome(SyncStatus status, Exchange? exchange = null, ValidatorRecord? record = null)
    {
        record ??= Stored.State == FileState.Intact ? Known : null;
        return new SyncOutcome(Image.LocalPath, Image.StoredUrls.InCache, status)
        {
            Index = Image.Index,
            EffectiveUrl = exchange?.Answer.Head is null ? null : Image.StoredUrls.EffectiveInReport(exchange.Answer.Url),
            StatusCode = exchange?.Answer.Head?.StatusCode,
            EntityTag = record?.Validators.EntityTag,
            LastModified = record?.Validators.LastModified,
            Sha256 = Stored.State == FileState.LineEndsDiffer ? Stored.Sha256 : record?.Sha256 ?? Stored.Sha256,
            Length = Stored.State == FileState.LineEndsDiffer ? Stored.Stamp.Length
                : record?.Stamp.Length ?? (Stored.State == FileState.Missing ? null : Stored.Stamp.Length),
            MediaType = record?.MediaType,
            Picture = record?.Picture ?? Stored.Picture ?? (Stored.State == FileState.LineEndsDiffer ? Known?.Picture : null),
            BytesReceived = exchange?.BytesReceived ?? 0,
            Attempts = exchange?.Requests ?? 0,
            Elapsed = Stopwatch.GetElapsedTime(_start),
        };
    }

    /// <summary>The row of an image in a run that cannot be: its cause is told once, for all.</summary>
    public SyncOutcome Untouched() => Outcome(Copy.IsGood ? SyncStatus.Kept : SyncStatus.Failed);

    /// <summary>The row of an image that could not be brought in step.</summary>
    public SyncOutcome Failure(Problem problem, Exchange? exchange = null) =>
        Outcome(CopyFor(problem).IsGood ? SyncStatus.Kept : SyncStatus.Failed, exchange) with
        {
            Diagnostics = [Tell(problem, exchange?.Answer)],
        };

    /// <summary>The row of an image that a sync would change.</summary>
    public SyncOutcome Pending(SyncStatus status, Problem problem, Exchange exchange) =>
        Outcome(status, exchange) with { Diagnostics = [Tell(problem, exchange.Answer)] };

    private Diagnostic Tell(Problem problem, OriginAnswer? answer) =>
        problem.RedirectedFrom(Image.Url, answer?.Url).AskedOf(Image.Wording, answer?.Mirror).AskedThrough(answer?.Route)
            .ToldOf(Image.Wording, Image.Url.ToString())
            .ToDiagnostic(Image.LocalPath, CopyFor(problem), Image.Optional);

    /// <summary>The row of an image whose file was written.</summary>
    public SyncOutcome Replaced(WriteDecision decision, Exchange exchange, ValidatorRecord record, string? keptAt, string? copiedTo)
    {
        var diagnostics = new List<Diagnostic>();
        if (decision.ReplacesEdit)
        {
            Add(Problems.EditReplaced(Image.Wording, Edit, keptAt!));
        }

        if (Stored.WrittenBy is { } project)
        {
            Add(Problems.WrittenByAnother(Image.Wording, project));
        }

        if (ExtensionRule.Objection(Image.Wording, Image.LocalPath, exchange.Body!.Media.Format, Image.HasNameOfUrl) is { } objection)
        {
            Add(objection);
        }

        return Outcome(decision.Status, exchange, record) with
        {
            Sha256 = record.Sha256,
            Length = record.Stamp.Length,
            KeptAt = keptAt,
            FromStore = exchange.Body.Shared is not null,
            Replaced = Stored.State == FileState.Missing ? null : new ReplacedImage(Stored.Stamp.Length, copiedTo),
            Diagnostics = diagnostics,
        };

        void Add(Problem problem) => diagnostics.Add(problem.ToDiagnostic(Image.LocalPath, LocalCopy.Good, Image.Optional));
    }

    /// <summary>The record of bytes that were received in full, or that a shared store has held.</summary>
    public ValidatorRecord Record(
        OriginAnswer answer, ReceivedBody body, FileStamp stamp, bool written, string userAgent, DateTimeOffset now)
    {
        if (body.Shared is { } shared)
        {
            var current = answer.Head is { } notModified
                ? After(shared, shared.Validators.After(Validators.Of(notModified)), notModified, now)
                : shared;
            return current with
            {
                Stamp = stamp,
                Written = written,
                MediaType = body.Media.MediaType,
                Picture = body.Picture,
                AcceptedAs = Image.MediaType.ToString(),
            };
        }

        return new ValidatorRecord(Image.LocalPath)
        {
            Url = Image.StoredUrls.InCache,
            EffectiveUrl = Image.StoredUrls.EffectiveInCache(answer.Url),
            Validators = Validators.Of(answer.Head!),
            Sha256 = body.Sha256,
            Stamp = stamp,
            MediaType = body.Media.MediaType,
            Picture = body.Picture,
            AcceptedAs = Image.MediaType.ToString(),
            Freshness = Freshness.Of(answer.Head!, now),
            RequestKey = RequestKey.Of(Image.RequestHeaders, userAgent, answer.Head!.Vary),
            ValidatedAt = now,
            FetchedAt = now,
            Written = written,
        };
    }

    /// <summary>
    /// The record after a 304: its validators take the place of those stored, where it names any (RFC 9111 §4.3.4). It is
    /// <see cref="Known"/> itself where that says no less: the time of the validation matters only to those who have a MaxAge.
    /// </summary>
    public ValidatorRecord Confirm(ResponseHead notModified, DateTimeOffset now)
    {
        var validators = Known!.Validators.IsSaidBy(notModified) ? Known.Validators : Known.Validators.After(Validators.Of(notModified));
        return !IsNewsToTheCache && Image.MaxAge.IsZero && Known.NotBefore is null && Known.Stamp == RecordableStamp
            && validators == Known.Validators ? Known
            : After(Known, validators, notModified, now) with { Stamp = RecordableStamp };
    }

    private static ValidatorRecord After(
        ValidatorRecord record, Validators validators, ResponseHead notModified, DateTimeOffset now) => record with
    {
        Validators = validators,

        // A 304 without any validator says that the bytes are current, but not which response its other fields speak of.
        Freshness = notModified.EntityTag is null && notModified.LastModified is null
            ? record.Freshness
            : record.Freshness.After(notModified, now),
        ValidatedAt = now,
        NotBefore = null,
    };

    /// <summary>The record of bytes that are settled by their digest, and that no origin was asked for.</summary>
    public ValidatorRecord FromDigest(string sha256) => new(Image.LocalPath)
    {
        Url = Image.StoredUrls.InCache,
        EffectiveUrl = Image.StoredUrls.EffectiveInCache(Image.Url),
        Sha256 = sha256,
        Stamp = Stored.Stamp,
        ValidatedAt = default,
        FetchedAt = default,
    };

    /// <summary>The record of an origin that asked to be left alone.</summary>
    public ValidatorRecord WithRetryAfter(DateTimeOffset until, DateTimeOffset now) => (Known ?? new ValidatorRecord(Image.LocalPath)
    {
        Url = Image.StoredUrls.InCache,
        EffectiveUrl = Image.StoredUrls.InCache,
        Sha256 = "",
        Stamp = default,
        ValidatedAt = now,
        FetchedAt = now,
    }) with { NotBefore = until };
}
