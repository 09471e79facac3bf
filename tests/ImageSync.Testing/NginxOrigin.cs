using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private nginx.</summary>
/// <param name="folder">Where it lives.</param>
/// <param name="serverDirectives">What goes into its server block.</param>
/// <param name="httpDirectives">What goes before that.</param>
/// <param name="certificate">Where given, it speaks TLS, and HTTP/2 to those who want it.</param>
public sealed class NginxOrigin(string folder, string serverDirectives = "", string httpDirectives = "", TestCertificate? certificate = null)
    : FileOrigin(folder, port => Command(folder, Configuration(folder, port, serverDirectives, httpDirectives, certificate)), certificate)
{
    public static string Require() => ServerProcess.Require("nginx", "On Debian and its kin: apt-get install nginx-light");

    protected override AccessLogEntry Parse(string line) => AccessLogEntry.Parse(line);

    private static ProcessStartInfo Command(string folder, string configuration)
    {
        var executable = Require();
        Directory.CreateDirectory(Path.Combine(folder, "temp"));
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), configuration);
        return new ProcessStartInfo(executable, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", Path.Combine(folder, "nginx.conf")]);
    }

    private static string Configuration(string folder, int port, string serverDirectives, string httpDirectives, TestCertificate? certificate) =>
        $$"""
        daemon off;
        master_process off;
        pid "{{folder}}/nginx.pid";
        events { worker_connections 512; }
        http {
          types {
            image/png png; image/jpeg jpg jpeg; image/gif gif; image/webp webp; image/avif avif;
            image/svg+xml svg; image/x-icon ico; image/bmp bmp; text/html html; application/rss+xml rss;
          }
          default_type application/octet-stream;
          client_body_temp_path "{{folder}}/temp/body";
          proxy_temp_path "{{folder}}/temp/proxy";
          fastcgi_temp_path "{{folder}}/temp/fastcgi";
          uwsgi_temp_path "{{folder}}/temp/uwsgi";
          scgi_temp_path "{{folder}}/temp/scgi";
          log_format entries escape=json {{AccessLogEntry.NginxFormat}};
          access_log "{{LogOf(folder)}}" entries;
          {{httpDirectives}}
          server {
            {{Listen(port, certificate)}}
            root "{{RootOf(folder)}}";
            {{serverDirectives}}
          }
        }
        """;

    private static string Listen(int port, TestCertificate? certificate) => certificate is null
        ? $"listen 127.0.0.1:{port};"
        : $"""listen 127.0.0.1:{port} ssl http2; ssl_certificate "{certificate.CertificateFile}"; ssl_certificate_key "{certificate.KeyFile}";""";
}
