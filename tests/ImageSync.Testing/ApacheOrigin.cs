using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>A private Apache httpd.</summary>
/// <param name="folder">Where it lives.</param>
/// <param name="directives">What its configuration ends with.</param>
public sealed class ApacheOrigin(string folder, string directives = "")
    : FileOrigin(folder, port => Command(folder, port, directives))
{
    private static readonly string[] Modules = ["mpm_event", "authz_core", "mime", "filter", "deflate", "env", "headers"];

    public static string Require() => ServerProcess.Require("apache2", "On Debian and its kin: apt-get install apache2");

    protected override bool LogsInOrder => false;

    protected override AccessLogEntry Parse(string line) => AccessLogEntry.Parse(line);

    private static ProcessStartInfo Command(string folder, int port, string directives)
    {
        var executable = Require();
        var modules = Path.GetFullPath("../lib/apache2/modules", Path.GetDirectoryName(executable)!);
        var configuration = Path.Combine(folder, "httpd.conf");
        File.WriteAllText(Path.Combine(folder, "mime.types"), "");
        File.WriteAllText(configuration, Configuration(folder, port, modules, directives));
        return new ProcessStartInfo(executable, ["-f", configuration, "-D", "FOREGROUND"]);
    }

    // Enough threads that none waits for a client that does not close. Started by root, it serves as www-data.
    private static string Configuration(string folder, int port, string modules, string directives) =>
        $$"""
        ServerRoot "{{folder}}"
        {{string.Join('\n', Modules.Select(module => $"LoadModule {module}_module \"{modules}/mod_{module}.so\""))}}
        ServerName 127.0.0.1
        Listen 127.0.0.1:{{port}}
        PidFile httpd.pid
        DefaultRuntimeDir "{{folder}}"
        ErrorLog error.log
        User www-data
        Group www-data
        ServerLimit 1
        StartServers 1
        ThreadLimit 16
        ThreadsPerChild 16
        MinSpareThreads 1
        MaxSpareThreads 16
        MaxRequestWorkers 16
        TypesConfig mime.types
        AddType image/png png
        AddType image/jpeg jpg
        AddType image/gif gif
        AddType image/webp webp
        AddType image/svg+xml svg
        AddType image/x-icon ico
        DocumentRoot "{{RootOf(folder)}}"
        LogFormat {{AccessLogEntry.ApacheFormat}} entries
        CustomLog "{{LogOf(folder)}}" entries
        {{directives}}

        """;
}
