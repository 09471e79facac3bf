using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private Varnish: a shared cache in front of an origin.</summary>
/// <remarks>It can be told to forget (PURGE), and asks the origin for those who send no-cache, as caches of browsers' users do.</remarks>
public sealed class VarnishCache : IAsyncDisposable
{
    private readonly ServerProcess _process;

    /// <summary>Starts it; the statements, if any, are run on each answer of the origin.</summary>
    public VarnishCache(string folder, FileOrigin origin, string onOriginAnswer = "")
        : this(folder, Configuration(origin.Port, onOriginAnswer))
    {
    }

    /// <summary>Starts it with a configuration of somebody else's.</summary>
    public VarnishCache(string folder, string text)
    {
        var executable = Require();
        Directory.CreateDirectory(folder);
        var configuration = Path.Combine(folder, "default.vcl");
        File.WriteAllText(configuration, text);
        _process = ServerProcess.Start(port => new ProcessStartInfo(executable,
        [
            "-F", "-j", "none", "-n", Path.Combine(folder, "work"), "-a", $"127.0.0.1:{port}", "-T", "none", "-s", "default,8m",
            "-f", configuration, "-p", "thread_pools=1", "-p", "thread_pool_min=8",
        ]));
    }

    public static string Require() => ServerProcess.Require("varnishd", "On Debian and its kin: apt-get install varnish");

    public int Port => _process.Port;

    public string Url(string name) => $"http://127.0.0.1:{Port}{FileOrigin.Target(name)}";

    /// <summary>Makes it forget an image.</summary>
    public async Task PurgeAsync(string name)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod("PURGE"), Url(name));
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Configuration(int originPort, string onOriginAnswer) =>
        $$"""
        vcl 4.1;
        backend origin { .host = "127.0.0.1"; .port = "{{originPort}}"; }
        sub vcl_recv {
          if (req.method == "PURGE") { return (purge); }
          if (req.http.Cache-Control ~ "no-cache") { set req.hash_always_miss = true; }
        }
        sub vcl_backend_response { {{onOriginAnswer}} }

        """;
}
