using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>
/// DECIDE: what an answer means. Pure and total; the tables of its cases are its specification (SyncDeciderTests).
/// </summary>
internal static class SyncDecider
{
    /// <summary>What the head of an answer means, before its body is read.</summary>
    /// <param name="step">What was asked.</param>
    /// <param name="answer">What came.</param>
    /// <param name="attempt">Which attempt this is, from 1.</param>
    /// <param name="now">The time, for Retry-After.</param>
    /// <param name="words">Those of whoever has declared the image.</param>
    public static SyncDecision Decide(SyncStep.Ask step, OriginAnswer answer, int attempt, DateTimeOffset now, Wording words) =>
        answer switch
    {
        { Failure: { } failure } => new SyncDecision.Fail(Problems.NotReached(words, answer.Url, failure, attempt))
        {
            IsTransient = failure.IsTransient,
        },
        { Redirect: { } redirect } => new SyncDecision.Fail(RedirectProblem(words, answer, redirect)),
        { Head: { } head } => DecideHead(step, answer, head, attempt, now, words),
        _ => new SyncDecision.Fail(Problems.Unusable(answer.Url, "there was none")),
    };

    private static SyncDecision DecideHead(
        SyncStep.Ask step, OriginAnswer answer, ResponseHead head, int attempt, DateTimeOffset now, Wording words) => head.StatusCode switch
    {
        200 when head.WrongFraming is { } wrong =>
            new SyncDecision.Fail(Problems.NotReached(words, answer.Url, TransportFailure.WrongFraming(wrong), attempt)),
        200 when ContentCoding.Parse(head.ContentEncoding) is null =>
            new SyncDecision.Fail(Problems.UnknownCoding(answer.Url, head.ContentEncoding!)),
        200 => new SyncDecision.Accept(),
        304 => DecideNotModified(step, answer, head),

        // Preconditions that break the request (412 is for If-Match, which we never send; 431 for long tags): do without.
        400 or 412 or 413 or 431 when answer.WasConditional && !step.Again =>
            new SyncDecision.AskAgain(new SyncStep.Fetch { Again = true }),
        408 or 425 or 429 or (>= 500 and <= 599) => new SyncDecision.Fail(Problems.Overloaded(words, answer.Url, head, attempt))
        {
            IsTransient = head.StatusCode is not (501 or 505),
            RetryAfter = RetryAfterOf(head, now),
        },
        >= 400 and <= 499 => new SyncDecision.Fail(Problems.Refused(words, answer.Url, head)) { EndsValidators = head.StatusCode == 410 },
        _ => new SyncDecision.Fail(Problems.Unusable(
            answer.Url, FormattableString.Invariant($"it has the status {head.StatusCode} {head.Reason}").TrimEnd())),
    };

    // RFC 9111 §4.3.4: a 304 freshens the stored response that it selects, and no other.
    private static SyncDecision DecideNotModified(SyncStep.Ask step, OriginAnswer answer, ResponseHead head) => step switch
    {
        SyncStep.Revalidate revalidate when answer.WasConditional && revalidate.Validators.AgreeWith(head) => new SyncDecision.Keep(),
        { Again: false } when answer.WasConditional => new SyncDecision.AskAgain(new SyncStep.Fetch { Again = true }),

        // "Not modified" to a question without a condition: somebody's cache, which is told to ask the origin.
        { Again: false } => new SyncDecision.AskAgain(new SyncStep.Fetch { Again = true, NoCache = true }),
        _ => new SyncDecision.Fail(Problems.Unusable(answer.Url, "it says 304 Not Modified to a request that named no version")),
    };

    private static Problem RedirectProblem(Wording words, OriginAnswer answer, RedirectStep redirect) => redirect.Verdict switch
    {
        RedirectVerdict.HostNotAllowed => Problems.NotAllowed(words, redirect.Refusal),
        RedirectVerdict.Unusable => Problems.Unusable(answer.Url, redirect.Reason!),
        _ => Problems.RedirectNotFollowed(answer.Url, redirect.Reason!),
    };

    private static TimeSpan? RetryAfterOf(ResponseHead head, DateTimeOffset now) =>
        RetryAfter.Parse(head.RetryAfter, HttpDate.Parse(head.Date) ?? now);
}
