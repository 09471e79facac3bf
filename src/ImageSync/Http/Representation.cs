using System.Security.Cryptography;

namespace ImageSync.Http;

/// <summary>What a 200 says of the bytes that it would send (RFC 9110 §8), before they are.</summary>
/// <param name="Head">The answer's head.</param>
/// <param name="Length">Their number; null where it is not said.</param>
/// <param name="Sha256">Their digest, as lower-case hex; null where it is not said.</param>
internal sealed record Representation(ResponseHead Head, long? Length, string? Sha256)
{
    /// <summary>Reads a head. Length and digest are those of the coded bytes, so they say nothing of an image in a coding.</summary>
    /// <param name="head">The head of a 200.</param>
    /// <param name="headOnly">Whether HEAD was asked: servers that make no content for it say that it is of length 0.</param>
    public static Representation Of(ResponseHead head, bool headOnly) => ContentCoding.Parse(head.ContentEncoding) is not { Count: 0 }
        ? new Representation(head, null, null)
        : new Representation(head, headOnly && head.ContentLength == 0 ? null : head.ContentLength, DeclaredSha256(head));

    /// <summary>Whether these are the bytes that the validators came with; null where that cannot be told.</summary>
    /// <param name="held">The validators, of the same URL.</param>
    /// <param name="length">The number of bytes held.</param>
    public VersionVerdict? Compare(Validators held, long length)
    {
        if (held.EntityTag is not null && Head.EntityTag is not null)
        {
            var theirs = new EntityTag(Head.EntityTag);
            var ours = held.OtherTags.Prepend(held.EntityTag).Select(tag => new EntityTag(tag))
                .FirstOrDefault(theirs.MatchesWeakly, new EntityTag(held.EntityTag));
            return !ours.MatchesWeakly(theirs) ? new VersionVerdict(false, "the origin has another version, by its ETag")
                : ours.MatchesStrongly(theirs) || Length is null || Length == length ? VersionVerdict.Same
                : null;
        }

        // RFC 9110 §8.8.2.2: a date is a weak validator; with the length beside it, it will do.
        return HttpDate.Parse(held.LastModified) is not { } ourDate || HttpDate.Parse(Head.LastModified) is not { } theirDate ? null
            : ourDate != theirDate ? new VersionVerdict(false, "the origin has another version, by its Last-Modified")
            : Length == length ? VersionVerdict.Same
            : null;
    }

    // Content-Digest is of the content of the message, and a HEAD's has none (RFC 9530 §2).
    private static string? DeclaredSha256(ResponseHead head) =>
        DigestFields.Of(head with { ContentDigest = null }) is { Algorithm: var algorithm, Expected: [var digest, ..] }
        && algorithm == HashAlgorithmName.SHA256
            ? Convert.ToHexString(digest).ToLowerInvariant()
            : null;
}

/// <summary>What validators say about a version.</summary>
/// <param name="IsSame">Whether it is the one held.</param>
/// <param name="Reason">How that is known, where it is not: a clause.</param>
internal readonly record struct VersionVerdict(bool IsSame, string Reason)
{
    /// <summary>The version held.</summary>
    public static readonly VersionVerdict Same = new(true, "");
}
