using System.Text;

namespace ImageSync.Testing;

/// <summary>A request head as its octets came in, and its parts.</summary>
public sealed record RecordedRequest
{
    /// <summary>The whole head, octet for octet (Latin-1), with its empty line.</summary>
    public required string RawText { get; init; }

    public required string Method { get; init; }

    /// <summary>The request target as it was sent, query included.</summary>
    public required string Target { get; init; }

    /// <summary>Field lines in the order in which they came; only the white space around a value is gone.</summary>
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    /// <summary>1 for the first connection that the origin accepted, and so on.</summary>
    public required int ConnectionNumber { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The only value of a header, or null; a header that came twice is an error of the test's expectation.</summary>
    public string? Header(string name)
    {
        var values = Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return values.Count switch
        {
            0 => null,
            1 => values[0].Value,
            _ => throw new InvalidOperationException($"{values.Count} header lines {name} in:\n{RawText}"),
        };
    }

    public bool IsConditional => Headers.Any(header => header.Name.StartsWith("If-", StringComparison.OrdinalIgnoreCase));

    public override string ToString() => RawText;

    internal static RecordedRequest Parse(ReadOnlySpan<byte> head, int connection)
    {
        var text = Encoding.Latin1.GetString(head);
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var requestLine = lines[0].Split(' ');
        if (requestLine is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"])
        {
            throw new FormatException($"Not a request line: {lines[0]}");
        }

        return new RecordedRequest
        {
            RawText = text,
            Method = method,
            Target = target,
            Headers = [.. lines.Skip(1).Select(Field)],
            ConnectionNumber = connection,
            Time = DateTimeOffset.UtcNow,
        };
    }

    private static (string Name, string Value) Field(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? (line[..colon], line[(colon + 1)..].Trim(' ', '\t'))
            : throw new FormatException($"Not a field line: {line}");
    }
}
