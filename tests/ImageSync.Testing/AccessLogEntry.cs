using System.Globalization;
using System.Text.Json;

namespace ImageSync.Testing;

/// <summary>A request as a server's access log tells it; what the server does not log is null or 0.</summary>
public sealed record AccessLogEntry(
    string Method,
    string Target,
    string Protocol,
    int Status,
    long BodyBytes,
    string? IfNoneMatch,
    string? IfModifiedSince,
    long Connection)
{
    /// <summary>The line's format in nginx's words; the names are those of <see cref="Line"/>.</summary>
    internal const string NginxFormat =
        """
        '{"Request":"$request","Status":$status,"BodyBytes":"$body_bytes_sent",'
        '"IfNoneMatch":"$http_if_none_match","IfModifiedSince":"$http_if_modified_since","Connection":$connection}'
        """;

    /// <summary>The same in Apache's words, which are lighttpd's too; there the client's port tells connections apart.</summary>
    internal const string ApacheFormat =
        """
        "{\"Request\":\"%r\",\"Status\":%>s,\"BodyBytes\":\"%b\",\"IfNoneMatch\":\"%{If-None-Match}i\",\"IfModifiedSince\":\"%{If-Modified-Since}i\",\"Connection\":%{remote}p}"
        """;

    public bool IsConditional => IfNoneMatch is not null || IfModifiedSince is not null;

    /// <summary>Reads a line of the formats above.</summary>
    internal static AccessLogEntry Parse(string text)
    {
        var line = JsonSerializer.Deserialize<Line>(text)!;
        return Of(line.Request, line.Status) with
        {
            BodyBytes = Present(line.BodyBytes) is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : 0,
            IfNoneMatch = Present(line.IfNoneMatch),
            IfModifiedSince = Present(line.IfModifiedSince),
            Connection = line.Connection,
        };
    }

    /// <summary>What a request line and a status tell.</summary>
    internal static AccessLogEntry Of(string requestLine, int status)
    {
        var words = requestLine.Split(' ');
        return new AccessLogEntry(words[0], words[1], words[2], status, 0, null, null, 0);
    }

    // What did not come is logged as nothing by nginx, and as a dash by Apache and lighttpd.
    private static string? Present(string value) => value is "" or "-" ? null : value;

    private sealed record Line(string Request, int Status, string BodyBytes, string IfNoneMatch, string IfModifiedSince, long Connection);
}
