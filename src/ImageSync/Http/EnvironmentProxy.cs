using System.Collections.Concurrent;
using System.Net;

namespace ImageSync.Http;

/// <summary>
/// .NET's proxy, but for the hosts that <c>NO_PROXY</c> names: .NET knows neither <c>*</c> nor address blocks there, and subdomains
/// only behind a dot.
/// </summary>
/// <param name="proxy">.NET's.</param>
/// <param name="exempt">The hosts that are asked without it.</param>
internal sealed class EnvironmentProxy(IWebProxy proxy, NoProxy exempt) : IWebProxy
{
    // .NET's client asks with each request.
    private readonly ConcurrentDictionary<(string Scheme, string Host, int Port), bool> _bypassed = new();

    /// <summary>The proxy to set; null for .NET's own, which is the system's where the environment names none.</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    public static EnvironmentProxy? Of(Func<string, string?> environment) =>
        NoProxy.Parse(environment("no_proxy") ?? environment("NO_PROXY")) is { } exempt
            && ProxyCredentials.Variables.Any(name => !string.IsNullOrEmpty(environment(name)))
                ? new EnvironmentProxy(HttpClient.DefaultProxy, exempt)
                : null;

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => _bypassed.GetOrAdd(
        (host.Scheme, host.Host, host.Port),
        static (_, asked) => asked.Exempt.Exempts(asked.Host) || asked.Proxy.IsBypassed(asked.Host),
        (Exempt: exempt, Proxy: proxy, Host: host));
}

/// <summary>The credentials of the proxies that the environment names: <c>HTTPS_PROXY=http://user:password@proxy:3128</c>.</summary>
internal static class ProxyCredentials
{
    /// <summary>The variables that name proxies.</summary>
    public static readonly string[] Variables = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

    /// <summary>What of them must not be told: passwords, and users with them, as they are sent (RFC 7617 §2).</summary>
    /// <param name="environment">Looks up an environment variable.</param>
    public static IEnumerable<string> Of(Func<string, string?> environment) =>
        Variables.Select(environment).OfType<string>().SelectMany(OfProxy);

    private static IEnumerable<string> OfProxy(string proxy)
    {
        var start = proxy.IndexOf("//", StringComparison.Ordinal) is >= 0 and var slashes ? slashes + 2 : 0;
        var end = proxy.LastIndexOf('@');
        var credentials = end <= start ? "" : Uri.UnescapeDataString(proxy[start..end]);
        return credentials.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? [credentials, credentials[(colon + 1)..]] : [];
    }
}

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
