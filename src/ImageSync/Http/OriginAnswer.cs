namespace ImageSync.Http;

/// <summary>What came of a request, redirects followed: the values that a decision rests on.</summary>
/// <param name="Url">The URL asked last: the effective one, where a response came.</param>
internal sealed record OriginAnswer(TargetUri Url)
{
    /// <summary>The final response's head; null where none came.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>Why no response came.</summary>
    public TransportFailure? Failure { get; init; }

    /// <summary>Why a redirect was not followed.</summary>
    public RedirectStep? Redirect { get; init; }

    /// <summary>Whether the last request carried validators; a 304 proves nothing otherwise (RFC 9110 §15.4.5).</summary>
    public bool WasConditional { get; init; }
}
