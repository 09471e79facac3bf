using ImageSync.Http;
using ImageSync.Images;

namespace ImageSync.Storage;

/// <summary>
/// What is known of one local file: the URL that its bytes came from, their validators, and how to tell that the file
/// still holds them.
/// </summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>: the record's key.</param>
internal sealed record ValidatorRecord(string LocalPath)
{
    /// <summary>The URL as declared.</summary>
    public required string Url { get; init; }

    /// <summary>The URL that sent the bytes, after redirects: the one that the validators belong to.</summary>
    public required string EffectiveUrl { get; init; }

    /// <summary>The validators of the response whose bytes the file holds.</summary>
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>Digest of the bytes.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Size and time of the file when it was last known to hold the bytes.</summary>
    public required FileStamp Stamp { get; init; }

    /// <summary>Media type of the bytes.</summary>
    public string? MediaType { get; init; }

    /// <summary>What the bytes say of themselves; null where nobody has looked.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The media range as which the bytes were accepted; null where nobody knows.</summary>
    public string? AcceptedAs { get; init; }

    /// <summary>When the origin last confirmed the bytes.</summary>
    public required DateTimeOffset ValidatedAt { get; init; }

    /// <summary>For how long the origin declared the response fresh.</summary>
    public Freshness Freshness { get; init; } = Freshness.None;

    /// <summary>What of the request, beside the URL, selected the response (RFC 9111 §4.1); null for nothing.</summary>
    public string? RequestKey { get; init; }

    /// <summary>When the bytes were last received in full, whatever they were.</summary>
    public required DateTimeOffset FetchedAt { get; init; }

    /// <summary>Until when the origin asked to be left alone (Retry-After); null where it did not.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Whether bytes are known at all; a record may say no more than that the origin is to be left alone.</summary>
    public bool HoldsBytes => Sha256.Length > 0;

    /// <summary>Whether ImageSync wrote the file; false where it found these bytes in place.</summary>
    public bool Written { get; init; }

    /// <summary>The framework whose build alone has the item; null where the project as a whole has it.</summary>
    public string? TargetFramework { get; init; }
}
