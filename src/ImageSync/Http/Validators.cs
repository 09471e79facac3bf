namespace ImageSync.Http;

/// <summary>
/// The validators of one response (RFC 9110 §8.8), as received. Only what is fit to be sent is kept.
/// </summary>
internal sealed record Validators
{
    /// <summary>No validator at all.</summary>
    public static readonly Validators None = new(null, null);

    public Validators(string? entityTag, string? lastModified)
    {
        EntityTag = entityTag is not null && new EntityTag(entityTag).IsSendable ? entityTag : null;

        // A date that is none must not be sent: nginx ANDs both conditions, so a bad If-Modified-Since turns every hit into a 200.
        LastModified = lastModified is not null && HeaderText.IsClean(lastModified) && HttpDate.Parse(lastModified) is not null ? lastModified : null;
    }

    /// <summary>The ETag field's value, octet for octet; null where there is none that can be sent.</summary>
    public string? EntityTag { get; }

    /// <summary>The Last-Modified field's value, octet for octet; null where it is absent or no HTTP-date.</summary>
    public string? LastModified { get; }

    /// <summary>Whether there is nothing to make a request conditional with.</summary>
    public bool IsEmpty => EntityTag is null && LastModified is null;

    /// <summary>The validators that may be kept of a response: none of one that says no-store (RFC 9111 §5.2.2.5).</summary>
    public static Validators Of(ResponseHead head) =>
        (head.EntityTag is null && head.LastModified is null) || CacheControl.Parse(head.CacheControl).NoStore
            ? None
            : new Validators(head.EntityTag, IsUsableDate(head) ? head.LastModified : null);

    // RFC 9110 §8.8.2.2: a file that was modified in the second in which it was sent may be modified once more in it, with
    // the same date; so where the date is all there is, the next request has to do without. §8.8.2.1: a date ahead of the
    // origin's own clock would suppress updates until then, and is no validator at all.
    private static bool IsUsableDate(ResponseHead head)
    {
        var age = HttpDate.Parse(head.Date) - HttpDate.Parse(head.LastModified);
        return age is null || age >= (head.EntityTag is null ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
    }

    /// <summary>
    /// Whether a 304 speaks of the response that these came from (RFC 9111 §4.3.4): its tag must be ours, or, where one side has
    /// none, its date. The same opaque tag with another strength is ours too: nginx weakens the tag of a compressed 200 and
    /// not that of its 304. A 304 without validators contradicts nothing.
    /// </summary>
    public bool AgreeWith(ResponseHead notModified) =>
        EntityTag is not null && notModified.EntityTag is not null ? new EntityTag(EntityTag).MatchesWeakly(new EntityTag(notModified.EntityTag))
        : LastModified is null || notModified.LastModified is null || HttpDate.Parse(LastModified) == HttpDate.Parse(notModified.LastModified);
}
