using System.Globalization;
using System.Net.Http.Headers;

namespace ImageSync.Http;

/// <summary>
/// What was copied out of a response's status line and headers: everything that a decision may rest on. Secrets are taken out of
/// it, whatever becomes of a field; but for the Location, which has to be asked as it is.
/// </summary>
internal sealed record ResponseHead(int StatusCode)
{
    /// <summary>
    /// ETag, as received; empty where it holds a secret: such a tag is not sent back, not stored, and none of those held.
    /// </summary>
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

    /// <summary>Location of a redirect as a URI reference, where there is exactly one.</summary>
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

    /// <summary>The proxy that passed it on, or made it up; null where none is in between, or where it cannot have made it up.</summary>
    public ProxyRoute? Route { get; init; }

    /// <summary>The reason phrase, which people recognise sooner than the number.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Reads a response. Through NonValidated and before anything typed: .NET's typed headers replace the stored text by
    /// their own rendering of it, and a validator must go back as it came.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="secrets">What nobody is told.</param>
    public static ResponseHead Of(HttpResponseMessage response, Secrets secrets)
    {
        var headers = response.Headers.NonValidated;
        var content = response.Content.Headers.NonValidated;
        var (length, wrongFraming) = Framing(headers, content);
        return new ResponseHead((int)response.StatusCode)
        {
            EntityTag = First(headers, "ETag") is var tag && secrets.AreIn(tag) ? "" : tag,
            LastModified = secrets.Conceal(First(content, "Last-Modified")),
            ContentType = secrets.Conceal(First(content, "Content-Type")),
            ContentEncoding = secrets.Conceal(Joined(content, "Content-Encoding")),
            ContentLength = length,
            WrongFraming = secrets.Conceal(wrongFraming),
            Location = Redirects.IsRedirect((int)response.StatusCode) && Single(headers, "Location") is { } location
                ? LocationField.ToReference(location)
                : null,
            RetryAfter = secrets.Conceal(First(headers, "Retry-After")),
            Date = secrets.Conceal(First(headers, "Date")),
            CacheControl = secrets.Conceal(Joined(headers, "Cache-Control")),
            Expires = secrets.Conceal(First(content, "Expires")),
            Age = secrets.Conceal(First(headers, "Age")),
            Vary = secrets.Conceal(Joined(headers, "Vary")),
            ContentDigest = secrets.Conceal(Joined(headers, "Content-Digest")),
            ReprDigest = secrets.Conceal(Joined(headers, "Repr-Digest")),
            Reason = secrets.Conceal(response.ReasonPhrase),
        };
    }

    private static (long? Length, string? Wrong) Framing(HttpHeadersNonValidated headers, HttpHeadersNonValidated content)
    {
        // Chunks say for themselves where they end, and overrule a Content-Length; other transfer codings were not asked for.
        if (Joined(headers, "Transfer-Encoding") is { } coding && !coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return (null, coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? null : "Transfer-Encoding: " + coding);
        }

        var lengths = Joined(content, "Content-Length")?.Split(',', StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        return lengths switch
        {
            null => (null, null),
            [var one] when long.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out var length) => (length, null),
            _ => (null, "Content-Length: " + string.Join(", ", lengths)),
        };
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
