using System.Diagnostics;
using System.Net;

namespace ImageSync.Testing;

/// <summary>
/// The caches of docs/recipes/fleet.md before an origin that is called cdn.example.com. They run the page's own text; what it
/// says of addresses, files and times is all that is another's here.
/// </summary>
public sealed class FleetCache : IAsyncDisposable
{
    public const string Host = "cdn.example.com";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly RecipePage Page = new("fleet.md");

    private readonly List<IAsyncDisposable> _servers;

    private FleetCache(int port, params List<IAsyncDisposable> servers) => (Port, _servers) = (port, servers);

    /// <summary>For how long what the cache holds is taken for current; a minute on the page.</summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromSeconds(2);

    public int Port { get; }

    /// <summary>The cache's own URL, which is a proxy's too.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The value of ImageSyncMirror.</summary>
    public string Mirror => $"https://{Host}={Url}/{Host}";

    /// <summary>Starts one by its name.</summary>
    public static FleetCache Start(string name, string folder, FileOrigin origin, TestCertificate certificate) =>
        name == "nginx" ? Nginx(folder, origin, certificate) : Varnish(folder, origin, certificate);

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private static FleetCache Nginx(string folder, FileOrigin origin, TestCertificate certificate)
    {
        var proxy = new NginxProxy(folder, port => Adapt(
            Page.Blocks("nginx")[0],
            ("/var/cache/nginx/images", Path.Combine(folder, "cache")),
            ("listen 8080;", $"listen 127.0.0.1:{port};"),
            ("302 307 308 60s;", $"302 307 308 {Validity.TotalSeconds}s;"),
            Address(origin),
            Trust(certificate)));
        return new FleetCache(proxy.Port, proxy);
    }

    private static FleetCache Varnish(string folder, FileOrigin origin, TestCertificate certificate)
    {
        VarnishCache.Require();
        var tls = new NginxProxy(Path.Combine(folder, "tls"), port => Adapt(
            Page.Blocks("nginx")[1],
            ("listen 127.0.0.1:8081;", $"listen 127.0.0.1:{port};"),
            Address(origin),
            Trust(certificate)));
        var cache = new VarnishCache(Path.Combine(folder, "varnish"), Adapt(
            Page.Blocks("vcl")[0],
            ("\"8081\"", $"\"{tls.Port}\""),
            (".interval = 5s;", ".interval = 0.2s;"),
            ("ttl = 60s;", $"ttl = {Validity.TotalSeconds}s;")));
        UntilHealthy(cache);
        return new FleetCache(cache.Port, cache, tls);
    }

    // Until its first probe has come back, Varnish takes an origin for one that is down, and answers 503.
    private static void UntilHealthy(VarnishCache cache)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; Thread.Sleep(20))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, cache.Url($"{Host}/logo.png"));
            using var response = client.Send(request);
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return;
            }
        }

        throw new InvalidOperationException("Varnish finds its origin down.");
    }

    private static (string Written, string Here) Address(FileOrigin origin) => ($"server {Host}:443;", $"server 127.0.0.1:{origin.Port};");

    private static (string Written, string Here) Trust(TestCertificate certificate) => ("/etc/ssl/certs/ca-certificates.crt", certificate.CertificateFile);

    private static string Adapt(string text, params (string Written, string Here)[] changes)
    {
        foreach (var (written, here) in changes)
        {
            Assert.That(text.Split(written), Has.Length.EqualTo(2), $"the page has {written} once");
            text = text.Replace(written, here, StringComparison.Ordinal);
        }

        return text;
    }
}
