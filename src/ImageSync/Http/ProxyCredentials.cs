namespace ImageSync.Http;

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
