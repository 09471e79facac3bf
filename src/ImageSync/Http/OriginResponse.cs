namespace ImageSync.Http;

/// <summary>What came of a request, redirects followed: the values that a decision rests on.</summary>
/// <param name="Url">The URL asked last: the effective one, where a response came.</param>
/// <param name="Asked">The URL that was asked in its place; null where it was asked itself.</param>
internal sealed record OriginAnswer(TargetUri Url, TargetUri? Asked = null)
{
    /// <summary>The mirror that stood for the URL; null for none.</summary>
    public TargetUri? Mirror => Asked == Url ? null : Asked;

    /// <summary>The proxy that was asked for it; null for none.</summary>
    public ProxyRoute? Route { get; init; }

    /// <summary>The final response's head; null where none came.</summary>
    public ResponseHead? Head { get; init; }

    /// <summary>Why no response came.</summary>
    public TransportFailure? Failure { get; init; }

    /// <summary>Why a redirect was not followed.</summary>
    public RedirectStep? Redirect { get; init; }

    /// <summary>
    /// Requests that were made for it, redirects not counted: more than one where an outage of the origin was waited for, and none
    /// where it was not asked.
    /// </summary>
    public int Requests { get; init; } = 1;

    /// <summary>Whether the last request carried validators; a 304 proves nothing otherwise (RFC 9110 §15.4.5).</summary>
    public bool WasConditional { get; init; }

    /// <summary>The same for bytes that are stored under a name: what the name says that they are in is no coding to undo.</summary>
    public OriginAnswer StoredAs(string name) =>
        Head?.ContentEncoding is { } coding && ContentCoding.WithoutOwn(coding, name) is var rest && rest != coding
        ? this with { Head = Head with { ContentEncoding = rest } }
        : this;
}

/// <summary>An answer with its body still on the wire. Disposing it frees the connection.</summary>
internal sealed class OriginResponse(
    OriginAnswer answer,
    RequestDeadline budget,
    ByteCounter received,
    HttpResponseMessage? message = null,
    ConcurrencyLimiter? gate = null,
    OriginConnection? connection = null) : IDisposable
{
    private WatchedStream? _body;

    /// <summary>What came of the request.</summary>
    public OriginAnswer Answer { get; } = answer;

    /// <summary>Body bytes that came over the wire.</summary>
    public long BytesReceived => _body?.BytesRead ?? 0;

    /// <summary>
    /// What is wrong with the length of a body that was read to its end; .NET compares it in HTTP/1.1 alone (RFC 9113 §8.1.1).
    /// </summary>
    public TransportFailure? WrongLength =>
        _body is { HasEnded: true, BytesRead: var received } && Answer.Head?.ContentLength is { } declared && received != declared
            ? TransportFailure.WrongLength(received, declared)
            : null;

    /// <summary>Opens the body as the origin coded it.</summary>
    public Stream OpenBody() =>
        _body ??= new WatchedStream(message!.Content.ReadAsStream(budget.Token), budget, DigestFields.Of(Answer.Head!), received);

    public void Dispose()
    {
        message?.Dispose();
        gate?.Leave(connection!);
    }
}
