using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace ImageSync.Http;

/// <summary>How connections are made.</summary>
/// <param name="ConnectTimeout">For the connection, TLS included.</param>
/// <param name="MaxConnectionsPerHost">Requests at once to one origin.</param>
/// <param name="UserAgent">The User-Agent field.</param>
/// <param name="AllowedHosts">The hosts that may be contacted, by redirects too.</param>
internal sealed record OriginClientOptions(TimeSpan ConnectTimeout, int MaxConnectionsPerHost, string UserAgent, AllowedHosts AllowedHosts)
{
    /// <summary>Whether a body that nobody reads is cut off at once; otherwise up to a megabyte of it is drained, to keep the connection.</summary>
    public bool AbandonsBodies { get; init; }
}

/// <summary>The network: asks an origin, and follows its redirects by hand.</summary>
/// <remarks>
/// By hand, because .NET's own redirects carry the validators and custom headers to the next URL, whoever owns it, and
/// connect to schemes other than http. No cookies, no decompression (it would hide a body cut short), no time-out of the client's own.
/// </remarks>
internal sealed class OriginClient : IDisposable
{
    // What makes an origin a dead one: as many failures in a row as there are connections, in reason. One image alone, with
    // its retries, is not to be cut short by it.
    private const int FewestFailures = 5;
    private const int MostFailures = 8;

    private readonly OriginClientOptions _options;
    private readonly HttpMessageInvoker _invoker;
    private readonly OriginHealth _health;
    private readonly ByteCounter _received = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    public OriginClient(OriginClientOptions options, HttpMessageHandler? handler = null)
    {
        _options = options;
        _health = new OriginHealth(Math.Clamp(options.MaxConnectionsPerHost, FewestFailures, MostFailures));
        _invoker = new HttpMessageInvoker(handler ?? CreateHandler(options), disposeHandler: handler is null);
    }

    /// <summary>Body bytes that have come so far, of all responses.</summary>
    public long BytesReceived => _received.Total;

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
        SslOptions = { RemoteCertificateValidationCallback = ServerTrust.Verify },
        // A validator may hold obs-text (RFC 9110 §5.5); it goes back as the octets that came.
        RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
    };

    /// <summary>Asks, and returns when the final head is there. Network failures are values; only a cancelled build throws.</summary>
    public async Task<OriginResponse> SendAsync(ConditionalRequest request, TimeBudget budget)
    {
        var visited = new List<TargetUri>(1) { request.Url };
        while (true)
        {
            var response = await SendOneAsync(request, visited, budget).ConfigureAwait(false);
            if (response.Answer.Head is not { } head || !Redirects.IsRedirect(head.StatusCode))
            {
                return response;
            }

            response.Dispose();
            var step = Redirects.Next(visited, head, _options.AllowedHosts);
            if (step.Verdict != RedirectVerdict.Follow)
            {
                return new OriginResponse(response.Answer with { Redirect = step }, budget, _received);
            }

            visited.Add(step.Next!);
        }
    }

    public void Dispose()
    {
        _invoker.Dispose();
        foreach (var gate in _gates.Values)
        {
            gate.Dispose();
        }
    }

    private async Task<OriginResponse> SendOneAsync(ConditionalRequest request, List<TargetUri> visited, TimeBudget budget)
    {
        var url = visited[^1];
        var gate = _gates.GetOrAdd(url.Origin, static (_, permits) => new SemaphoreSlim(permits, permits), _options.MaxConnectionsPerHost);
        var answer = new OriginAnswer(url);
        var entered = false;
        try
        {
            // Waiting for our own turn is no silence of the origin's.
            budget.Pause();
            await gate.WaitAsync(budget.Token).ConfigureAwait(false);
            entered = true;
            if (_health.Objection(url) is { } objection)
            {
                return new OriginResponse(answer with { Failure = objection }, budget, _received);
            }

            budget.Listen();
            using var message = CreateMessage(request, visited, out var conditional);
            var response = await _invoker.SendAsync(message, budget.Token).ConfigureAwait(false);
            budget.Listen();
            _health.Note(url, failure: null);
            entered = false;
            var head = ResponseHead.Of(response);
            // A refusal may be the proxy's own; what comes through a tunnel is the origin's.
            head = head.StatusCode >= 400 && !url.IsHttps ? head with { Proxy = ProxyFor(url) } : head;
            return new OriginResponse(answer with { Head = head, WasConditional = conditional }, budget, _received, response, () => gate.Release());
        }
        catch (OperationCanceledException exception)
        {
            return Failed(TimeOut(exception, budget));
        }
        catch (Exception exception) when (TransportFailure.Of(exception) is { } failure)
        {
            return Failed(budget.Expired() ?? failure);
        }
        finally
        {
            if (entered)
            {
                gate.Release();
            }
        }

        OriginResponse Failed(TransportFailure failure)
        {
            failure = ProxyFor(url) is { } proxy ? failure.Through(proxy) : failure;
            if (entered)
            {
                _health.Note(url, failure);
            }

            return new OriginResponse(answer with { Failure = failure }, budget, _received);
        }
    }

    private HttpRequestMessage CreateMessage(ConditionalRequest request, List<TargetUri> visited, out bool conditional)
    {
        var url = visited[^1];
        var message = new HttpRequestMessage(request.HeadOnly ? HttpMethod.Head : HttpMethod.Get, url.Uri)
        {
            Version = url.IsHttps ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        var headers = message.Headers;
        var own = visited.TrueForAll(hop => hop.Origin == request.Url.Origin) ? request.Headers : RequestHeaders.None;
        foreach (var (name, value) in own.Resolve(Environment.GetEnvironmentVariable))
        {
            headers.TryAddWithoutValidation(name, value);
        }

        AddDefault("User-Agent", _options.UserAgent);
        // Not image/*: content negotiation would swap the format under the same URL.
        AddDefault("Accept", "*/*");
        // Images are compressed already; a second coding costs both sides, and servers alter the entity tag for it.
        headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (request.NoCache)
        {
            headers.TryAddWithoutValidation("Cache-Control", "no-cache");
        }

        conditional = !request.Validators.IsEmpty && (request.IgnoreQuery ? url.WithoutQuery : url.Fingerprint) == request.ValidatorsUrl;
        if (conditional && request.Validators.IfNoneMatch is { } tags)
        {
            headers.TryAddWithoutValidation("If-None-Match", tags);
        }

        if (conditional && request.Validators.IfModifiedSince is { } date)
        {
            headers.TryAddWithoutValidation("If-Modified-Since", date);
        }

        return message;

        void AddDefault(string name, string value)
        {
            if (!headers.NonValidated.Contains(name))
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // Host and port alone: a proxy's URL may carry credentials.
    private static string? ProxyFor(TargetUri url) => HttpClient.DefaultProxy.GetProxy(url.Uri)?.Authority;

    private TransportFailure TimeOut(OperationCanceledException exception, TimeBudget budget) =>
        budget.Expired() ?? (exception.InnerException is TimeoutException
            ? TransportFailure.ConnectTimeout(_options.ConnectTimeout)
            : TransportFailure.GivenUp);
}
