namespace ImageSync.Http;

/// <summary>One question to an origin: this URL, unless it is still what these validators say (RFC 9110 §13).</summary>
internal sealed record ConditionalRequest(TargetUri Url)
{
    /// <summary>The validators held; none for an unconditional request.</summary>
    public Validators Validators { get; init; } = Validators.None;

    /// <summary>
    /// The URL that the validators came from, as its fingerprint (without its query, where that is ignored): they are sent to
    /// it alone, be it the first hop or the last (RFC 9110 §8.8.1: a tag is unique within one resource only).
    /// </summary>
    public string? ValidatorsUrl { get; init; }

    /// <summary>Whether another query does not make it another URL: it is a signature that changes.</summary>
    public bool IgnoreQuery { get; init; }

    /// <summary>Whether caches on the way must ask the origin (RFC 9111 §5.2.1.4).</summary>
    public bool NoCache { get; init; }

    /// <summary>Whether the head alone is asked for: HEAD in place of GET, at every hop (RFC 9110 §9.3.2).</summary>
    public bool HeadOnly { get; init; }

    /// <summary>The image's extra headers; they stop at the first hop to another origin.</summary>
    public RequestHeaders Headers { get; init; } = RequestHeaders.None;

    /// <summary>What the answer may repeat, and nobody is told.</summary>
    public Secrets Secrets { get; init; } = Secrets.None;
}
