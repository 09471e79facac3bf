using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private nginx that stands before others: an http block of somebody else's, made for a port, and two workers that share what it keeps.</summary>
public sealed class NginxProxy(string folder, Func<int, string> http) : IAsyncDisposable
{
    private readonly ServerProcess _process = ServerProcess.Start(port => Command(folder, http(port)));

    public int Port => _process.Port;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static ProcessStartInfo Command(string folder, string http)
    {
        var executable = NginxOrigin.Require();
        Directory.CreateDirectory(Path.Combine(folder, "temp"));
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), Configuration(folder, http));
        return new ProcessStartInfo(executable, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", Path.Combine(folder, "nginx.conf")]);
    }

    // Workers of a root's nginx are nobody, who may not enter a test's folder.
    private static string Configuration(string folder, string http) =>
        $$"""
        daemon off;
        {{(Environment.IsPrivilegedProcess ? $"user {Environment.UserName};" : "")}}
        worker_processes 2;
        pid "{{folder}}/nginx.pid";
        events { worker_connections 512; }
        http {
          client_body_temp_path "{{folder}}/temp/body";
          proxy_temp_path "{{folder}}/temp/proxy";
          fastcgi_temp_path "{{folder}}/temp/fastcgi";
          uwsgi_temp_path "{{folder}}/temp/uwsgi";
          scgi_temp_path "{{folder}}/temp/scgi";
          access_log off;
          {{http}}
        }
        """;
}
