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

    /// <summary>The validators of a response.</summary>
    public static Validators Of(ResponseHead head) =>
        head.EntityTag is null && head.LastModified is null ? None : new Validators(head.EntityTag, head.LastModified);

    /// <summary>
    /// Whether a 304 speaks of the response that these came from (RFC 9111 §4.3.4): a strong tag must be ours. The same
    /// opaque tag with another strength is ours too: nginx weakens the tag of a compressed 200 and not that of its 304.
    /// </summary>
    public bool AgreeWith(Validators notModified) =>
        EntityTag is null || notModified.EntityTag is null || new EntityTag(notModified.EntityTag).IsWeak
        || new EntityTag(EntityTag).MatchesWeakly(new EntityTag(notModified.EntityTag));
}
