namespace ImageSync.Http;

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
