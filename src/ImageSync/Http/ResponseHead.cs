using System.Globalization;
using System.Net.Http.Headers;

namespace ImageSync.Http;

/// <summary>What was copied out of a response's status line and headers: everything that a decision may rest on.</summary>
internal sealed record ResponseHead(int StatusCode)
{
    /// <summary>ETag, as received.</summary>
    public string? EntityTag { get; init; }

    /// <summary>Last-Modified, as received.</summary>
    public string? LastModified { get; init; }

    /// <summary>Content-Type, as received.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content-Encoding, its lines joined by commas (RFC 9110 §5.3).</summary>
    public string? ContentEncoding { get; init; }

    /// <summary>Content-Length, where it is a number and says where the body ends.</summary>
    public long? ContentLength { get; init; }

    /// <summary>The field by which nobody can tell where the body ends (RFC 9112 §6.3), where there is one; .NET guesses.</summary>
    public string? WrongFraming { get; init; }

    /// <summary>Location, where there is exactly one.</summary>
    public string? Location { get; init; }

    /// <summary>Retry-After, as received.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Date, as received.</summary>
    public string? Date { get; init; }

    /// <summary>Cache-Control, its lines joined.</summary>
    public string? CacheControl { get; init; }

    /// <summary>Expires, as received.</summary>
    public string? Expires { get; init; }

    /// <summary>Age, as received.</summary>
    public string? Age { get; init; }

    /// <summary>Vary, its lines joined.</summary>
    public string? Vary { get; init; }

    /// <summary>Content-Digest, its lines joined.</summary>
    public string? ContentDigest { get; init; }

    /// <summary>Repr-Digest, its lines joined.</summary>
    public string? ReprDigest { get; init; }

    /// <summary>The proxy that passed it on, or made it up; null where none is in between, or where it does not matter.</summary>
    public string? Proxy { get; init; }

    /// <summary>The reason phrase, which people recognise sooner than the number.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Reads a response. Through NonValidated and before anything typed: .NET's typed headers replace the stored text by
    /// their own rendering of it, and a validator must go back as it came.
    /// </summary>
    public static ResponseHead Of(HttpResponseMessage response)
    {
        var headers = response.Headers.NonValidated;
        var content = response.Content.Headers.NonValidated;
        var (length, wrongFraming) = Framing(headers, content);
        return new ResponseHead((int)response.StatusCode)
        {
            EntityTag = First(headers, "ETag"),
            LastModified = First(content, "Last-Modified"),
            ContentType = First(content, "Content-Type"),
            ContentEncoding = Joined(content, "Content-Encoding"),
            ContentLength = length,
            WrongFraming = wrongFraming,
            Location = Single(headers, "Location"),
            RetryAfter = First(headers, "Retry-After"),
            Date = First(headers, "Date"),
            CacheControl = Joined(headers, "Cache-Control"),
            Expires = First(content, "Expires"),
            Age = First(headers, "Age"),
            Vary = Joined(headers, "Vary"),
            ContentDigest = Joined(headers, "Content-Digest"),
            ReprDigest = Joined(headers, "Repr-Digest"),
            Reason = response.ReasonPhrase,
        };
    }

    private static (long? Length, string? Wrong) Framing(HttpHeadersNonValidated headers, HttpHeadersNonValidated content)
    {
        // Chunks say for themselves where they end, and overrule a Content-Length; other transfer codings were not asked for.
        if (Joined(headers, "Transfer-Encoding") is { } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return (null, coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? null : "Transfer-Encoding: " + coding);
        }

        var lengths = Joined(content, "Content-Length")?.Split(',', StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        return lengths is null ? (null, null)
            : lengths.Count == 1 && long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? (length, null)
            : (null, "Content-Length: " + string.Join(", ", lengths));
    }

    private static string? First(HttpHeadersNonValidated headers, string name)
    {
        if (headers.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value;
            }
        }

        return null;
    }

    private static string? Joined(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.ToString() : null;

    private static string? Single(HttpHeadersNonValidated headers, string name) =>
        headers.TryGetValues(name, out var values) && values.Distinct(StringComparer.Ordinal).Count() == 1 ? First(headers, name) : null;
}
