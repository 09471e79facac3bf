using ImageSync.Http;
using ImageSync.Storage;
using static ImageSync.Sync.SyncStatus;

namespace ImageSync.Sync;

/// <summary>
/// DECIDE, for a check: what an answer tells about a sync without its body. Pure and total; the tables of its cases are its
/// specification (CheckDeciderTests).
/// </summary>
internal static class CheckDecider
{
    /// <summary>What is known of an image that is not asked for.</summary>
    /// <param name="turn">The image, its record, and what is on disk.</param>
    /// <param name="step">What was planned: no question.</param>
    /// <param name="options">The run's options.</param>
    public static SyncDecision Decide(ImageState turn, SyncStep step, SyncOptions options) => step switch
    {
        // The digest settles it; otherwise only the origin knows, and it may not be asked. A build goes by what there is.
        SyncStep.Skip when options is { Offline: true, ByHand: true, Locked: false } && turn.Image.Sha256 is null =>
            new SyncDecision.Tell(Unknown),
        SyncStep.Skip => new SyncDecision.Tell(Fresh),
        SyncStep.Refuse { Problem.Code: DiagnosticCode.OfflineWithoutCopy } when options.ByHand && !turn.Copy.IsDisproved =>
            new SyncDecision.Tell(Unknown),
        SyncStep.Refuse refuse => new SyncDecision.Fail(refuse.Problem),
        _ => new SyncDecision.Fail(Problems.EditKept(turn.Image.Wording, turn.Edit)),
    };

    /// <summary>What the head of an answer tells.</summary>
    /// <param name="turn">The image, its record, and what is on disk.</param>
    /// <param name="planned">What a sync would ask.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="attempt">Which attempt this is, from 1.</param>
    /// <param name="now">The time, for Retry-After.</param>
    public static SyncDecision Decide(
        ImageState turn, SyncStep.Ask planned, SyncStep.Ask asked, OriginAnswer answer, int attempt, DateTimeOffset now) =>
        asked.HeadOnly && IsOfNoUse(answer) ? ByGet(asked) : SyncDecider.Decide(asked, answer, attempt, now, turn.Image.Wording) switch
        {
            SyncDecision.Keep => new SyncDecision.Tell(NotModified),
            SyncDecision.Accept => DecideOk(turn, planned, asked, answer, answer.Head!),
            var other => other,
        };

    // Some servers say to HEAD what they would not say to GET: no such method, no such signature (it names the method), no such
    // page, an error in a code path that nobody tried. Only an origin that is overloaded is not bothered twice.
    private static bool IsOfNoUse(OriginAnswer answer) => answer is { Redirect: null, Head: { } head } && head.StatusCode switch
    {
        200 => head.WrongFraming is not null || ContentCoding.Parse(head.ContentEncoding) is null,
        304 or 408 or 425 or 429 or 502 or 503 or 504 => false,
        _ => true,
    };

    private static SyncDecision.AskAgain ByGet(SyncStep.Ask asked) => new(asked with { HeadOnly = false });

    private static SyncDecision DecideOk(ImageState turn, SyncStep.Ask planned, SyncStep.Ask asked, OriginAnswer answer, ResponseHead head)
    {
        var (image, stored) = (turn.Image, turn.Stored);

        // Where Git has changed the line ends, the origin's image is compared with what they were.
        var known = stored.State == FileState.LineEndsDiffer ? turn.Known : null;
        var length = known?.Stamp.Length ?? stored.Stamp.Length;
        var sent = Representation.Of(head, asked.HeadOnly);
        var version = planned is SyncStep.Revalidate held && held.ValidatorsUrl == image.StoredUrls.EffectiveInCache(answer.Url)
            ? sent.Compare(held.Validators, length)
            : null;
        return head switch
        {
            _ when image.Sha256 is { } pinned && sent.Sha256 is { } other && other != pinned =>
                new SyncDecision.Fail(Problems.WrongDigest(answer.Url, pinned, other)),
            _ when stored.Flaw is { } flaw && stored.State == FileState.Intact => Differs(flaw),
            _ when version is { IsSame: true } => new SyncDecision.Tell(NotModified),
            _ when sent.Sha256 is not null && (sent.Sha256 == stored.Sha256 || sent.Sha256 == known?.Sha256) =>
                new SyncDecision.Tell(NotModified),
            _ when sent.Length > image.MaxBytes =>
                new SyncDecision.Fail(Problems.Larger(image.Wording, answer.Url, sent.Length, image.MaxBytes)),
            _ when stored.State == FileState.Missing => new SyncDecision.Tell(Missing),
            _ when stored.State == FileState.Altered => Differs("it " + turn.Edit),
            _ when image.Sha256 is not null => Differs("its digest is not the one in Sha256"),
            _ when sent.Sha256 is not null && stored.Sha256 is not null => Differs("the origin's bytes have another digest"),
            _ when version is { IsSame: false } => Differs(version.Value.Reason),
            _ when sent.Length is { } sentLength && sentLength != length =>
                Differs(FormattableString.Invariant($"the origin's image has {sentLength} bytes, the local file {length}")),

            // RFC 9110 §9.3.2: a HEAD may leave out what is known only once the content is made, and some servers mind no conditions in it.
            _ when asked.HeadOnly && (answer.WasConditional || sent.Length is null) => ByGet(asked),
            _ => new SyncDecision.Tell(Unknown),
        };
    }

    private static SyncDecision.Tell Differs(string reason) => new(Modified, reason);
}
