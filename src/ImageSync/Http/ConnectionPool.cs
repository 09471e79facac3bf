using System.Net;
using System.Text;

namespace ImageSync.Http;

/// <summary>
/// The connections to all origins, and what bounds the requests in them. The runs of a build share one on each node, so the
/// projects of a solution neither open connections of their own nor come down on one host together.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly OriginClientOptions _options;
    private readonly Func<HttpMessageHandler> _create;
    private readonly List<Client> _clients = [];
    private readonly Dictionary<string, ConcurrencyLimiter> _gates = new(StringComparer.Ordinal);

    /// <param name="options">How connections are made.</param>
    /// <param name="handler">Makes what stands in for the network; null for .NET's own.</param>
    public ConnectionPool(OriginClientOptions options, Func<HttpMessageHandler>? handler = null)
    {
        _options = options;
        _create = handler ?? (() => CreateHandler(options));
    }

    /// <summary>An origin takes more requests at once than was known before. Raised on any thread.</summary>
    public event Action? LimitRaised;

    /// <summary>.NET's client with our settings; tests take it and add what a loopback origin needs.</summary>
    internal static SocketsHttpHandler CreateHandler(OriginClientOptions options) => new()
    {
        MaxResponseDrainSize = options.AbandonsBodies ? 0 : 1024 * 1024,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = options.ConnectTimeout,
        MaxConnectionsPerServer = options.MaxConnectionsPerHost,
        ActivityHeadersPropagator = null,
        Proxy = EnvironmentProxy.Of(Environment.GetEnvironmentVariable),

        // A connection that was lost without a word, as a router forgets it, would swallow each repetition too (RFC 9113 §6.7).
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        KeepAlivePingDelay = options.PingDelay,
        KeepAlivePingTimeout = options.PingDelay,
        PlaintextStreamFilter = static (connection, _) =>
        {
            (connection.InitialRequestMessage as OriginRequestMessage)?.OnProtocolNegotiated(connection.NegotiatedHttpVersion);
            return ValueTask.FromResult(connection.PlaintextStream);
        },
        SslOptions =
        {
            RemoteCertificateValidationCallback = ServerTrust.Verify,
            CertificateChainPolicy = options.FetchesCertificates ? null : ServerTrust.WithoutFetching(),
        },

        // A validator may hold obs-text (RFC 9110 §5.5); it goes back as the octets that came.
        RequestHeaderEncodingSelector = static (_, message) =>
            message is OriginRequestMessage { HasObsText: true } ? Encoding.Latin1 : null,

        // .NET reads this field, and no other, as UTF-8 where it can be that; then nobody knows which octets came (LocationField).
        ResponseHeaderEncodingSelector = static (name, _) =>
            name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null,
    };

    /// <summary>Sends, and returns when the head of the response is there.</summary>
    public Task<HttpResponseMessage> SendAsync(OriginRequestMessage message, CancellationToken cancellationToken) =>
        ClientOf(message.Connection.Number).Invoker.SendAsync(message, cancellationToken);

    /// <summary>What bounds the requests to an origin.</summary>
    public ConcurrencyLimiter GateOf(string origin)
    {
        lock (_gates)
        {
            return _gates.TryGetValue(origin, out var gate) ? gate
                : _gates[origin] = new ConcurrencyLimiter(
                    _options.MaxConnectionsPerHost, () => LimitRaised?.Invoke(), () => RouteTo(origin));
        }
    }

    // By the client's own proxy, so that nobody is named who is not asked.
    private ProxyRoute? RouteTo(string origin) =>
        ClientOf(0).Handler is SocketsHttpHandler { UseProxy: true } sockets
            ? ProxyRoute.Of(sockets.Proxy ?? HttpClient.DefaultProxy, new Uri(origin))
            : null;

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Invoker.Dispose();
        }
    }

    // .NET's client makes connections of HTTP/2 one after the other, each when the one before is full, and bounds them by nothing:
    // so there is a client for each. Where HTTP/1.1 is spoken the first one has them all. It is made when there is something to ask:
    // a run that needs no request constructs nothing of the network.
    private Client ClientOf(int number)
    {
        lock (_clients)
        {
            while (_clients.Count <= number)
            {
                var handler = _create();
                if (_clients.Count > 0 && handler is SocketsHttpHandler sockets)
                {
                    sockets.MaxConnectionsPerServer = 1;
                }

                _clients.Add(new Client(handler, new HttpMessageInvoker(handler)));
            }

            return _clients[number];
        }
    }

    private sealed record Client(HttpMessageHandler Handler, HttpMessageInvoker Invoker);
}

/// <summary>The connections that the runs of one process share, as far as they are of the same kind.</summary>
internal sealed class ConnectionPools : IDisposable
{
    private readonly Dictionary<string, ConnectionPool> _pools = new(StringComparer.Ordinal);

    /// <summary>Connections of this kind: those of a run before, or new ones.</summary>
    public ConnectionPool Of(OriginClientOptions options)
    {
        var key = FormattableString.Invariant($"{options.ConnectTimeout} {options.PingDelay} {options.MaxConnectionsPerHost} ")
            + FormattableString.Invariant($"{options.AbandonsBodies} {options.FetchesCertificates}");
        return _pools.TryGetValue(key, out var pool) ? pool : _pools[key] = new ConnectionPool(options);
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }
    }
}
