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
    private readonly Lazy<HttpMessageHandler> _handler;
    private readonly Lazy<HttpMessageInvoker> _invoker;
    private readonly Dictionary<string, OriginGate> _gates = new(StringComparer.Ordinal);

    /// <param name="options">How connections are made.</param>
    /// <param name="handler">Stands in for the network, and stays the caller's; null for .NET's own.</param>
    public ConnectionPool(OriginClientOptions options, HttpMessageHandler? handler = null)
    {
        _options = options;

        // Made when there is something to ask: a run that needs no request constructs nothing of the network.
        _handler = new Lazy<HttpMessageHandler>(() => handler ?? CreateHandler(options));
        _invoker = new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(_handler.Value, disposeHandler: handler is null));
    }

    /// <summary>An origin takes more requests at once than was known before. Raised on any thread.</summary>
    public event Action? Widened;

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
            (connection.InitialRequestMessage as OriginRequestMessage)?.Gate.Adapt(connection.NegotiatedHttpVersion);
            return ValueTask.FromResult(connection.PlaintextStream);
        },
        SslOptions = { RemoteCertificateValidationCallback = ServerTrust.Verify, CertificateChainPolicy = options.FetchesCertificates ? null : ServerTrust.WithoutFetching() },

        // A validator may hold obs-text (RFC 9110 §5.5); it goes back as the octets that came.
        RequestHeaderEncodingSelector = static (_, message) => message is OriginRequestMessage { HasObsText: true } ? Encoding.Latin1 : null,

        // .NET reads this field, and no other, as UTF-8 where it can be that; then nobody knows which octets came (LocationField).
        ResponseHeaderEncodingSelector = static (name, _) =>
            name.Equals("Location", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null,
    };

    /// <summary>Sends, and returns when the head of the response is there.</summary>
    public Task<HttpResponseMessage> SendAsync(OriginRequestMessage message, CancellationToken cancellationToken) => _invoker.Value.SendAsync(message, cancellationToken);

    /// <summary>What bounds the requests to an origin.</summary>
    public OriginGate GateOf(string origin)
    {
        lock (_gates)
        {
            return _gates.TryGetValue(origin, out var gate) ? gate
                : _gates[origin] = new OriginGate(_options.MaxConnectionsPerHost, () => Widened?.Invoke(), () => RouteTo(origin));
        }
    }

    // By the client's own proxy, so that nobody is named who is not asked.
    private ProxyRoute? RouteTo(string origin) =>
        _handler.Value is SocketsHttpHandler { UseProxy: true } sockets
            ? ProxyRoute.Of(sockets.Proxy ?? HttpClient.DefaultProxy, new Uri(origin))
            : null;

    public void Dispose()
    {
        if (_invoker.IsValueCreated)
        {
            _invoker.Value.Dispose();
        }

        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }
}
