using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace ImageSync.Testing;

/// <summary>A private Caddy.</summary>
/// <param name="folder">Where it lives.</param>
/// <param name="directives">What goes into its site block.</param>
public sealed class CaddyOrigin(string folder, string directives = "") : FileOrigin(folder, port => Command(folder, port, directives))
{
    public static string Require() => ServerProcess.Require("caddy", "On Debian and its kin: apt-get install caddy");

    protected override bool LogsInOrder => false;

    protected override AccessLogEntry Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var entry = document.RootElement;
        var request = entry.GetProperty("request");
        return AccessLogEntry.Of($"{Text("method")} {Text("uri")} {Text("proto")}", entry.GetProperty("status").GetInt32()) with
        {
            BodyBytes = entry.GetProperty("size").GetInt64(),
            IfNoneMatch = Header("If-None-Match"),
            IfModifiedSince = Header("If-Modified-Since"),
            Connection = long.Parse(Text("remote_port"), CultureInfo.InvariantCulture),
        };

        string Text(string name) => request.GetProperty(name).GetString()!;

        string? Header(string name) => request.GetProperty("headers").TryGetProperty(name, out var values) ? values[0].GetString() : null;
    }

    private static ProcessStartInfo Command(string folder, int port, string directives)
    {
        var executable = Require();
        var configuration = Path.Combine(folder, "Caddyfile");
        File.WriteAllText(configuration, Configuration(folder, port, directives));
        return new ProcessStartInfo(executable, ["run", "--config", configuration, "--adapter", "caddyfile"])
        {
            Environment = { ["HOME"] = folder, ["XDG_CONFIG_HOME"] = folder, ["XDG_DATA_HOME"] = folder },
        };
    }

    private static string Configuration(string folder, int port, string directives) =>
        $$"""
        {
          admin off
          auto_https off
        }
        http://127.0.0.1:{{port}} {
          root * "{{RootOf(folder)}}"
          {{directives}}
          file_server
          log {
            output file "{{LogOf(folder)}}"
            format json
          }
        }

        """;
}
