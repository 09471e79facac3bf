using System.Net;

namespace ImageSync.Http;

/// <summary>The way to an origin through a proxy.</summary>
/// <param name="Proxy">Host and port alone: a proxy's URL may carry credentials.</param>
/// <param name="IsTunnel">Whether the proxy passes octets on as they are, so that whatever comes through it is the origin's.</param>
internal sealed record ProxyRoute(string Proxy, bool IsTunnel)
{
    /// <summary>The environment variable that names the proxy, where none is the system's.</summary>
    public required string Variable { get; init; }

    /// <summary>The way that this proxy wants to be used; null for the straight one.</summary>
    public static ProxyRoute? Of(IWebProxy proxy, Uri origin) =>
        proxy.IsBypassed(origin) || proxy.GetProxy(origin) is not { } address ? null
            : new ProxyRoute(address.Authority, IsHttps(origin) || IsSocks(address))
            {
                Variable = IsHttps(origin) ? "HTTPS_PROXY" : "HTTP_PROXY",
            };

    private static bool IsHttps(Uri origin) => origin.Scheme == Uri.UriSchemeHttps;

    private static bool IsSocks(Uri proxy) => proxy.Scheme.StartsWith("socks", StringComparison.OrdinalIgnoreCase);
}
