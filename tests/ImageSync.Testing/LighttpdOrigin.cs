using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private lighttpd.</summary>
/// <param name="folder">Where it lives.</param>
public sealed class LighttpdOrigin(string folder) : FileOrigin(folder, port => Command(folder, port))
{
    public static string Require() => ServerProcess.Require("lighttpd", "On Debian and its kin: apt-get install lighttpd");

    protected override AccessLogEntry Parse(string line) => AccessLogEntry.Parse(line);

    private static ProcessStartInfo Command(string folder, int port)
    {
        var executable = Require();
        var configuration = Path.Combine(folder, "lighttpd.conf");
        File.WriteAllText(configuration, Configuration(folder, port));
        return new ProcessStartInfo(executable, ["-D", "-f", configuration]);
    }

    // A log file is written every few seconds, a piped log at once. What it knows of a file it believes for a second, unless told otherwise.
    private static string Configuration(string folder, int port) =>
        $$"""
        server.modules = ("mod_accesslog")
        server.bind = "127.0.0.1"
        server.port = {{port}}
        server.document-root = "{{RootOf(folder)}}"
        server.pid-file = "{{folder}}/lighttpd.pid"
        server.errorlog = "{{folder}}/error.log"
        server.stat-cache-engine = "disable"
        mimetype.assign = (
          ".png" => "image/png", ".jpg" => "image/jpeg", ".gif" => "image/gif", ".webp" => "image/webp",
          ".svg" => "image/svg+xml", ".ico" => "image/x-icon"
        )
        accesslog.format = {{AccessLogEntry.ApacheFormat}}
        accesslog.filename = "|cat >> '{{LogOf(folder)}}'"

        """;
}
