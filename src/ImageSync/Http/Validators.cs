using System.Collections.Immutable;

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
        LastModified = lastModified is not null && HeaderText.IsClean(lastModified) && HttpDate.Parse(lastModified) is not null
            ? lastModified
            : null;
    }

    /// <summary>The ETag field's value, octet for octet; null where there is none that can be sent.</summary>
    public string? EntityTag { get; }

    /// <summary>The Last-Modified field's value, octet for octet; null where it is absent or no HTTP-date.</summary>
    public string? LastModified { get; }

    /// <summary>
    /// Tags that the same bytes have at other nodes of a server farm. They share a line with <see cref="EntityTag"/>, so all
    /// of them are well-formed, and together they are no longer than one tag may be.
    /// </summary>
    public ImmutableArray<string> OtherTags { get; private init; } = [];

    /// <summary>The If-None-Match field's value (RFC 9110 §13.1.2): one tag or a list; null for none.</summary>
    public string? IfNoneMatch => OtherTags.IsEmpty ? EntityTag : string.Join(", ", OtherTags.Prepend(EntityTag));

    /// <summary>
    /// The If-Modified-Since field's value; null for none. With several tags there is none: the dates of nodes differ too, and
    /// nginx, which ANDs both conditions, wants exactly its own.
    /// </summary>
    public string? IfModifiedSince => OtherTags.IsEmpty ? LastModified : null;

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
        return age is null || age >= (string.IsNullOrEmpty(head.EntityTag) ? TimeSpan.FromSeconds(1) : TimeSpan.Zero);
    }

    /// <summary>
    /// Whether a 304 speaks of the response that these came from (RFC 9111 §4.3.4): its tag must be ours, or, where one side has
    /// none, its date. The same opaque tag with another strength is ours too: nginx weakens the tag of a compressed 200 and
    /// not that of its 304. A 304 without validators contradicts nothing.
    /// </summary>
    public bool AgreeWith(ResponseHead notModified) =>
        EntityTag is not null && notModified.EntityTag is not null
            ? Matches(EntityTag, notModified.EntityTag) || IsOneOfOthers(notModified.EntityTag)
            : LastModified is null
                || notModified.LastModified is null
                || HttpDate.Parse(LastModified) == HttpDate.Parse(notModified.LastModified);

    /// <summary>These, and further tags that the same bytes have been seen with.</summary>
    public Validators Beside(IEnumerable<string> tags)
    {
        // What is not well-formed would spoil the list for its neighbours.
        if (EntityTag is null || !new EntityTag(EntityTag).IsWellFormed)
        {
            return this;
        }

        var room = Http.EntityTag.MaxLength - EntityTag.Length;
        ImmutableArray<string> others = [.. tags.Where(tag => IsFurtherTag(tag) && (room -= tag.Length + 2) >= 0)];
        return others.IsEmpty ? this : this with { OtherTags = others };
    }

    /// <summary>Whether a 304 names nothing but these, word for word: the usual one.</summary>
    public bool IsSaidBy(ResponseHead notModified) =>
        OtherTags.IsEmpty
        && (notModified.EntityTag is null || notModified.EntityTag == EntityTag)
        && (notModified.LastModified is null || notModified.LastModified == LastModified);

    /// <summary>These after a 304 that agrees: its own take their place, where it names any (RFC 9111 §4.3.4).</summary>
    public Validators After(Validators notModified) =>
        EntityTag is not null && notModified.EntityTag is { } tag && !Matches(tag, EntityTag)
            // Another node has answered: the date that is known is not its.
            ? new Validators(tag, notModified.LastModified) { OtherTags = [.. OtherTags.Where(other => !Matches(other, tag)), EntityTag] }
            : new Validators(notModified.EntityTag ?? EntityTag, notModified.LastModified ?? LastModified) { OtherTags = OtherTags };

    private bool IsFurtherTag(string tag) =>
        new EntityTag(tag) is { IsWellFormed: true, IsSendable: true } && !Matches(tag, EntityTag!);

    private bool IsOneOfOthers(string tag) => OtherTags.Any(other => Matches(other, tag));

    private static bool Matches(string tag, string other) => new EntityTag(tag).MatchesWeakly(new EntityTag(other));
}
