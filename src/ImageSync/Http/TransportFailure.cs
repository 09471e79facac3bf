using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace ImageSync.Http;

/// <summary>Why no complete answer came: the cause in plain words, and whether another attempt may fare better.</summary>
internal sealed record TransportFailure(string Cause, bool IsTransient)
{
    /// <summary>The cause at the beginning of it all: of an origin that was not asked again, what came before.</summary>
    public string RootCause { get; init; } = Cause;

    /// <summary>Whether it took a clock to find out: each further attempt would cost as much time again.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Whether nothing listens: no image was asked for, so it is no image's own failure.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether the image's whole time is used up.</summary>
    public bool IsOutOfTime { get; init; }

    /// <summary>Whether no connection came about: with a proxy on the way it is the proxy that was not reached.</summary>
    public bool IsOfConnecting { get; init; }

    /// <summary>Whether a proxy refused to make a tunnel to the origin.</summary>
    public bool IsOfTunnel { get; init; }

    /// <summary>Whether a proxy wants credentials.</summary>
    public bool IsUnauthenticated { get; init; }

    /// <summary>The option that sets the time which was up, by its name in the table of options; null for none.</summary>
    public string? Limit { get; init; }

    /// <summary>The proxy on the way; null for none.</summary>
    public ProxyRoute? Route { get; init; }

    /// <summary>Whether it is the proxy's, whichever origin is asked: <see cref="RootCause"/> follows its name then.</summary>
    public bool IsOfProxy { get; init; }

    /// <summary>The origin said nothing for too long.</summary>
    public static TransportFailure Silent(TimeSpan idle) =>
        new($"the origin was silent for {Seconds(idle)}", true) { IsSilence = true, Limit = "IdleTimeout" };

    /// <summary>The origin said nothing to a probe either, which is to tell whether it is back.</summary>
    public static TransportFailure StillSilent(TimeSpan connect) =>
        new($"the origin was silent again for {Seconds(connect)}", true) { IsSilence = true, Limit = "ConnectTimeout" };

    /// <summary>The image's whole time is used up.</summary>
    public static TransportFailure OutOfTime(TimeSpan total) =>
        new($"it took longer than {Seconds(total)} in all", false) { IsSilence = true, IsOutOfTime = true, Limit = "Timeout" };

    /// <summary>No connection within its time.</summary>
    public static TransportFailure ConnectTimeout(TimeSpan connect) =>
        new($"no connection within {Seconds(connect)}", true)
        {
            IsSilence = true,
            IsOfConnecting = true,
            Limit = "ConnectTimeout",
        };

    /// <summary>The connection was abandoned for no reason of ours.</summary>
    public static readonly TransportFailure GivenUp = new("the connection was abandoned", true);

    /// <summary>The body's length is not the one declared.</summary>
    public static TransportFailure WrongLength(long received, long declared) =>
        new($"the body ended after {received} bytes, but its Content-Length is {declared}", true);

    /// <summary>Nobody can tell where the body ends.</summary>
    public static TransportFailure WrongFraming(string field) => new($"wrong framing: the answer has the field \"{field}\"", false);

    /// <summary>The same, with the proxy on the way and its part in it: it was not reached, it refused, or it may be the cause.</summary>
    public TransportFailure Through(ProxyRoute? route)
    {
        if (route is null)
        {
            return this;
        }

        // The time for a connection is that for a tunnel, too; whether proxy or origin has used it up is not known.
        var isUnreached = IsOfConnecting && !(IsSilence && route.IsTunnel);
        var clause = isUnreached ? "could not be reached: " + Cause : Cause;
        var told = isUnreached || IsOfTunnel ? $"the proxy {route.Proxy} {clause}" : $"through the proxy {route.Proxy}, {Cause}";
        var isOfProxy = isUnreached || IsUnauthenticated;
        return this with { Cause = told, RootCause = isOfProxy ? clause : told, Route = route, IsOfProxy = isOfProxy };
    }

    /// <summary>The same without what nobody is told: .NET quotes a line that is no HTTP.</summary>
    public TransportFailure Without(Secrets secrets) =>
        this with { Cause = secrets.Conceal(Cause), RootCause = secrets.Conceal(RootCause) };

    /// <summary>What an exception of .NET's HTTP client means; null where it is not one of the network.</summary>
    public static TransportFailure? Of(Exception exception) => exception switch
    {
        HttpRequestException or IOException when AlertOf(exception) is { } alert =>
            new($"the server ended the TLS connection ({alert})", false),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } e => NameResolution(e),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.NoData or SocketError.NoRecovery } } e =>
            NameResolution(e),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } e => Tls(e),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } e => Tunnel(e),
        HttpRequestException when IsLimit(exception) => new("the answer's headers are larger than 64 KB", false),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse }
            or HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } =>
            new($"the answer is not valid HTTP ({Innermost(exception)})", true),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded }
            or HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } =>
            new("the connection ended before the answer was complete", true),
        HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } =>
            new("the connection was refused: nothing listens there", true) { IsOfConnecting = true, IsRefusal = true },

        // .NET lets the socket's exception through as it is where a connection is reset as soon as it is made.
        HttpRequestException or IOException or SocketException => new($"the connection failed ({Innermost(exception)})", true)
        {
            IsOfConnecting = exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError },
        },
        _ => null,
    };

    // In HTTP/2 it lies further inside.
    private static bool IsLimit(Exception? exception) => exception is not null
        && (exception is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded }
            || IsLimit(exception.InnerException));

    // "Temporary failure in name resolution" passes; an unknown name is a typo or a machine without network, and a retry only
    // delays its news.
    private static TransportFailure NameResolution(HttpRequestException exception) =>
        new(
            $"the host's name could not be resolved ({Innermost(exception)})",
            exception.InnerException is SocketException { SocketErrorCode: SocketError.TryAgain })
        {
            IsOfConnecting = true,
        };

    // A proxy answers 502 to 504 for an origin that it does not reach at the moment.
    private static TransportFailure Tunnel(HttpRequestException exception) => exception.StatusCode is { } status
        ? new(FormattableString.Invariant($"refused the tunnel with {(int)status}{Words(status)}"), (int)status is >= 502 and <= 504)
        {
            IsOfTunnel = true,
            IsUnauthenticated = status == HttpStatusCode.ProxyAuthenticationRequired,
        }
        : new($"made no tunnel ({Innermost(exception)})", false) { IsOfTunnel = true };

    // .NET keeps the number alone: "BadGateway" is "Bad Gateway".
    private static string Words(HttpStatusCode status) =>
        Enum.IsDefined(status) ? string.Concat(status.ToString().Select(c => char.IsAsciiLetterUpper(c) ? " " + c : c.ToString())) : "";

    private static TransportFailure Tls(HttpRequestException exception) => exception.InnerException switch
    {
        UntrustedServerException trust => new($"the TLS connection is not trusted: {trust.Message}", false),
        AuthenticationException => new($"the TLS handshake failed ({Innermost(exception)})", false),
        _ => new($"the TLS handshake broke off ({Innermost(exception)})", true),
    };

    // RFC 8446 §6.2: an alert is the server's last word on what the client is or has, such as "certificate required". In TLS 1.3
    // it may come after the handshake, with the answer. Only that of an internal error says nothing of the next attempt.
    private static string? AlertOf(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is CryptographicException && inner.Message.Contains(" alert ", StringComparison.Ordinal))
            {
                var alert = inner.Message[(inner.Message.LastIndexOf(':') + 1)..].Trim();
                return alert.Contains("internal error", StringComparison.Ordinal) ? null : alert;
            }
        }

        return null;
    }

    private static string Innermost(Exception exception) => exception.GetBaseException().Message.TrimEnd('.');

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.###} s");
}
