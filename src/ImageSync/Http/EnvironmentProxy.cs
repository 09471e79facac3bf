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
