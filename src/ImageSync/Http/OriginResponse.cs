namespace ImageSync.Http;

/// <summary>An answer with its body still on the wire. Disposing it frees the connection.</summary>
internal sealed class OriginResponse(OriginAnswer answer, TimeBudget budget, HttpResponseMessage? message = null, Action? release = null) : IDisposable
{
    private WatchedStream? _body;

    /// <summary>What came of the request.</summary>
    public OriginAnswer Answer { get; } = answer;

    /// <summary>Body bytes that came over the wire.</summary>
    public long BytesReceived => _body?.BytesRead ?? 0;

    /// <summary>Opens the body as the origin coded it.</summary>
    public async Task<Stream> OpenBodyAsync() =>
        _body ??= new WatchedStream(await message!.Content.ReadAsStreamAsync(budget.Token).ConfigureAwait(false), budget, DigestFields.Of(Answer.Head!));

    public void Dispose()
    {
        message?.Dispose();
        release?.Invoke();
    }
}
