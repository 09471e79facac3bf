namespace ImageSync.Http;

/// <summary>
/// Bounds the requests that one origin has to answer at once. A gate of our own, because whoever waits inside .NET's client
/// for a connection would count as an origin that is silent.
/// </summary>
internal sealed class OriginGate : IDisposable
{
    /// <summary>Requests at once in one connection of HTTP/2 or later: what RFC 9113 §6.5.2 wants servers to allow at least.</summary>
    public const int Streams = 100;

    private readonly int _connections;
    private readonly Action _widened;
    private readonly SemaphoreSlim _permits;
    private readonly Lazy<ProxyRoute?> _route;
    private int _width;

    /// <param name="connections">Connections to the origin at most; in HTTP/1.1 each carries one request.</param>
    /// <param name="widened">Called when there turns out to be more room.</param>
    /// <param name="route">The way to the origin.</param>
    public OriginGate(int connections, Action widened, Func<ProxyRoute?> route)
    {
        _route = new Lazy<ProxyRoute?>(route);
        _widened = widened;
        _connections = _width = connections;
        _permits = new SemaphoreSlim(connections, Math.Max(connections, Streams));
    }

    /// <summary>Requests at once.</summary>
    public int Width => Volatile.Read(ref _width);

    /// <summary>The proxy on the way to the origin; null for none. Found out once, when somebody has to be asked.</summary>
    public ProxyRoute? Route => _route.Value;

    /// <summary>Enters where nobody has to be waited for.</summary>
    public bool TryEnter() => _permits.Wait(0, CancellationToken.None);

    /// <summary>Waits to enter.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => _permits.WaitAsync(cancellationToken);

    /// <summary>Makes room for the next.</summary>
    public void Leave() => _permits.Release();

    /// <summary>
    /// Takes note of the version that the origin speaks: over one that multiplexes, more requests fit. The handshake tells it
    /// (ALPN, RFC 7301), a round trip before the first response.
    /// </summary>
    public void Adapt(Version version)
    {
        if (version.Major >= 2 && _connections < Streams && Interlocked.Exchange(ref _width, Streams) < Streams)
        {
            _permits.Release(Streams - _connections);
            _widened();
        }
    }

    public void Dispose() => _permits.Dispose();
}
