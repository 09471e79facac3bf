using ImageSync.Testing;

namespace ImageSync.Tests.Servers;

/// <summary>A server that people serve images with, and what it can.</summary>
public sealed record Server(string Name, Func<string, FileOrigin> Start)
{
    /// <summary>Whether it sends entity tags.</summary>
    public bool HasEntityTags { get; init; } = true;

    /// <summary>
    /// Whether an older file in a newer one's place is noticed: with If-Modified-Since as a limit (RFC 9110 §13.1.3) only where
    /// the 304 names the file's date, which then contradicts ours.
    /// </summary>
    public bool NoticesOlderFiles { get; init; } = true;

    /// <summary>Whether its log tells the request's headers.</summary>
    public bool LogsHeaders { get; init; } = true;

    public static IEnumerable<Server> All =>
    [
        new("nginx", folder => new NginxOrigin(folder)),
        new("nginx without tags", folder => new NginxOrigin(folder, "etag off;")) { HasEntityTags = false },
        new("nginx without tags, If-Modified-Since as a limit", folder => new NginxOrigin(folder, "etag off; if_modified_since before;")) { HasEntityTags = false },
        new("Apache", folder => new ApacheOrigin(folder)),
        new("lighttpd", folder => new LighttpdOrigin(folder)),
        new("Caddy", folder => new CaddyOrigin(folder)),
        new("Python", folder => new PythonOrigin(folder)) { HasEntityTags = false, NoticesOlderFiles = false, LogsHeaders = false },
    ];

    public override string ToString() => Name;
}
