using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private nginx on loopback; configuration, logs, pid and document root lie in a folder of the test.</summary>
public sealed class NginxOrigin : IAsyncDisposable
{
    private const string Mark = "/.imagesync-mark";

    private readonly string _folder;
    private readonly ServerProcess _process;
    private int _puts;

    /// <summary>Starts it; the directives, if any, go into its server block.</summary>
    public NginxOrigin(string folder, string serverDirectives = "")
    {
        var executable = Require();
        _folder = folder;
        Directory.CreateDirectory(Path.Combine(folder, "www"));
        Directory.CreateDirectory(Path.Combine(folder, "temp"));
        File.WriteAllText(LogPath, "");
        _process = ServerProcess.Start(port =>
        {
            var configuration = Path.Combine(folder, "nginx.conf");
            File.WriteAllText(configuration, Configuration(port, serverDirectives));
            return new ProcessStartInfo(executable, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", configuration]);
        });
    }

    private string LogPath => Path.Combine(_folder, "access.log");

    /// <summary>Every request so far, in the order in which nginx was done with them.</summary>
    public IReadOnlyList<AccessLogEntry> AccessLog
    {
        get
        {
            AwaitLog();
            return [.. File.ReadAllLines(LogPath).Select(AccessLogEntry.Parse)];
        }
    }

    public static string Require() => ServerProcess.Require("nginx", "On Debian and its kin: apt-get install nginx-light");

    public string Url(string name) => $"http://127.0.0.1:{_process.Port}/{name}";

    /// <summary>Serves these bytes from now on; without a date, a second later than the Put before, so that each has its own validators.</summary>
    public void Put(string name, byte[] bytes, DateTimeOffset? lastModified = null)
    {
        var date = lastModified ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(_puts++);
        var path = Path.Combine(_folder, "www", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var incoming = Path.Combine(_folder, "incoming");
        File.WriteAllBytes(incoming, bytes);
        File.SetLastWriteTimeUtc(incoming, date.UtcDateTime);
        File.Move(incoming, path, overwrite: true);
    }

    public void Delete(string name) => File.Delete(Path.Combine(_folder, "www", name));

    public void ClearLog()
    {
        AwaitLog();
        using var log = new FileStream(LogPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        log.SetLength(0);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // nginx logs after the last octet has gone out, so a client can be here first. One process serves all in turn:
    // when it answers this request, the lines of those before are written.
    private void AwaitLog()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(Mark[1..]));
        using var response = client.Send(request);
        response.EnsureSuccessStatusCode();
    }

    private string Configuration(int port, string serverDirectives) =>
        $$"""
        daemon off;
        master_process off;
        pid "{{_folder}}/nginx.pid";
        events { worker_connections 512; }
        http {
          types {
            image/png png; image/jpeg jpg jpeg; image/gif gif; image/webp webp; image/avif avif;
            image/svg+xml svg; image/x-icon ico; image/bmp bmp; text/html html; application/rss+xml rss;
          }
          default_type application/octet-stream;
          client_body_temp_path "{{_folder}}/temp/body";
          proxy_temp_path "{{_folder}}/temp/proxy";
          fastcgi_temp_path "{{_folder}}/temp/fastcgi";
          uwsgi_temp_path "{{_folder}}/temp/uwsgi";
          scgi_temp_path "{{_folder}}/temp/scgi";
          log_format entries escape=json {{AccessLogEntry.NginxFormat}};
          access_log "{{LogPath}}" entries;
          server {
            listen 127.0.0.1:{{port}};
            root "{{_folder}}/www";
            location = {{Mark}} { access_log off; return 204; }
            {{serverDirectives}}
          }
        }
        """;
}
