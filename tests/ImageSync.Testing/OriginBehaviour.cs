namespace ImageSync.Testing;

/// <summary>What an origin does in place of, or beside, a decent answer.</summary>
public enum OriginFault
{
    /// <summary>Nothing: 200 with the image, or 304 to those who name it.</summary>
    None,

    /// <summary>Another status.</summary>
    Status,

    /// <summary>No answer; the connection ends (HTTP/1.1), or the stream is reset (HTTP/2).</summary>
    AbortStream,

    /// <summary>No answer; the connection ends with all that is in it.</summary>
    AbortConnection,

    /// <summary>Silence until the client leaves.</summary>
    Stall,

    /// <summary>A part of the body, then silence.</summary>
    StallInBody,

    /// <summary>A part of the body, then the same as <see cref="AbortStream"/>.</summary>
    CutStream,

    /// <summary>A part of the body, then the same as <see cref="AbortConnection"/>.</summary>
    CutConnection,

    /// <summary>A page with status 200.</summary>
    WrongMedia,

    /// <summary>A decent answer, and the connection is to end: GOAWAY (HTTP/2), or its end after the answer.</summary>
    GoAway,

    /// <summary>A decent answer after a pause.</summary>
    SlowStart,

    /// <summary>A decent answer in eight pieces with pauses.</summary>
    Trickle,
}

/// <summary>How an origin behaves towards one request.</summary>
/// <param name="Fault">What it does.</param>
public sealed record OriginBehaviour(OriginFault Fault)
{
    /// <summary>As an origin should.</summary>
    public static readonly OriginBehaviour Decent = new(OriginFault.None);

    /// <summary>The status, where that is the fault.</summary>
    public int StatusCode { get; init; } = 503;

    /// <summary>Its Retry-After field; null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The share of the body that comes before the fault.</summary>
    public double Share { get; init; } = 0.5;

    /// <summary>The pause.</summary>
    public TimeSpan Pause { get; init; }
}

/// <summary>A version of an image, as an origin serves it.</summary>
/// <param name="Bytes">The whole of it.</param>
/// <param name="EntityTag">ETag; null for none.</param>
/// <param name="LastModified">Last-Modified; null for none.</param>
/// <param name="HasLength">Whether its length is declared.</param>
public sealed record ServedImage(byte[] Bytes, string? EntityTag, string? LastModified, bool HasLength)
{
    /// <summary>Whether a request names this version, by the rules of RFC 9110 §13.2.2: a tag precedes a date.</summary>
    public bool IsNamedBy(FaultyExchange exchange) => exchange.IfNoneMatch is { } tag
        ? tag == EntityTag
        : exchange.IfModifiedSince is { } date && date == LastModified;
}

/// <summary>A request and what became of it.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Number">Its number among those of this path, from 1, since the origin has last forgotten them.</param>
/// <param name="IfNoneMatch">Its If-None-Match; null for none.</param>
/// <param name="IfModifiedSince">Its If-Modified-Since; null for none.</param>
public sealed record FaultyExchange(string Path, int Number, string? IfNoneMatch, string? IfModifiedSince)
{
    public bool IsConditional => IfNoneMatch is not null || IfModifiedSince is not null;

    /// <summary>What the origin did.</summary>
    public OriginFault Fault { get; set; }

    /// <summary>The version that the origin had then.</summary>
    public ServedImage? Image { get; set; }

    /// <summary>The status that was sent; null where none was.</summary>
    public int? Status { get; set; }
}
