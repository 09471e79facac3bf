using System.Text.Json;

namespace ImageSync.Testing;

/// <summary>A request as a server's access log tells it.</summary>
public sealed record AccessLogEntry(
    string Method,
    string Target,
    int Status,
    long BodyBytes,
    string? IfNoneMatch,
    string? IfModifiedSince,
    long Connection)
{
    /// <summary>The line's format in nginx's words; the names are those of the record.</summary>
    internal const string NginxFormat =
        """
        '{"Method":"$request_method","Target":"$request_uri","Status":$status,"BodyBytes":$body_bytes_sent,'
        '"IfNoneMatch":"$http_if_none_match","IfModifiedSince":"$http_if_modified_since","Connection":$connection}'
        """;

    public bool IsConditional => IfNoneMatch is not null || IfModifiedSince is not null;

    internal static AccessLogEntry Parse(string line)
    {
        var entry = JsonSerializer.Deserialize<AccessLogEntry>(line)!;
        // A header that did not come is logged as an empty one.
        return entry with
        {
            IfNoneMatch = entry.IfNoneMatch is "" ? null : entry.IfNoneMatch,
            IfModifiedSince = entry.IfModifiedSince is "" ? null : entry.IfModifiedSince,
        };
    }
}
