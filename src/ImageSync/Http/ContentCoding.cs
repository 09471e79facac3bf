using System.Collections.Frozen;

namespace ImageSync.Http;

/// <summary>Undoes content codings (RFC 9110 §8.4.1). We ask for none; some origins send one all the same.</summary>
internal static class ContentCoding
{
    /// <summary>What can be undone, for error messages.</summary>
    public const string ValidValues = "gzip, x-gzip, deflate, br";

    // Each layer multiplies what a few bytes can become; nobody honest needs a third. Of brotli, whose decoder waits for its
    // memory, there is one, so that nobody waits for two.
    private const int MaxLayers = 2;
    private const int MaxBrotli = 1;

    // What origins write there though it is no coding: what S3 keeps with an object that came in such chunks, transfer encodings of
    // MIME that change nothing, charsets, media types, and words for nothing. Bytes that are no image show it themselves.
    private static readonly FrozenSet<string> NoCodings = FrozenSet.ToFrozenSet(
    [
        "identity", "aws-chunked", "chunked", "7bit", "8bit", "binary", "none", "null", "plain", "raw",
        "utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252",
    ]);

    /// <summary>
    /// What a Content-Encoding leaves to be undone where a file's name says that its bytes are in a coding: that one is the file's
    /// own (RFC 9110 §8.4), and servers that go by the name declare it all the same.
    /// </summary>
    /// <param name="contentEncoding">The field; null for none.</param>
    /// <param name="name">The name under which the bytes are stored.</param>
    public static string? WithoutOwn(string? contentEncoding, string name) =>
        contentEncoding is not null && OwnOf(name) is { } own && Names(contentEncoding) is [var first, .. var others] && Same(first, own)
            ? string.Join(", ", others)
            : contentEncoding;

    /// <summary>The coding that a name says that the bytes are in; null for none.</summary>
    public static string? OwnOf(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".gz" or ".tgz" or ".svgz" or ".emz" or ".wmz" => "gzip",
        ".br" => "br",
        ".zst" or ".tzst" => "zstd",
        ".z" => "compress",
        _ => null,
    };

    /// <summary>
    /// The codings of a Content-Encoding field that is not empty, outermost last as in the field; null where one is unknown.
    /// </summary>
    public static IReadOnlyList<string>? Parse(string? contentEncoding)
    {
        if (contentEncoding is null)
        {
            return [];
        }

        var codings = Names(contentEncoding);
        var isUsual = codings.Count <= MaxLayers && codings.Count(coding => coding == "br") <= MaxBrotli;
        return isUsual && codings.TrueForAll(coding => coding is "gzip" or "x-gzip" or "deflate" or "br") ? codings : null;
    }

    private static List<string> Names(string contentEncoding) => contentEncoding
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(coding => coding.ToLowerInvariant())
        .Where(coding => !NoCodings.Contains(coding) && !coding.Contains('/'))
        .ToList();

    // RFC 9110 §8.4.1.1, §8.4.1.3: x-gzip and x-compress are the same.
    private static bool Same(string coding, string own) =>
        coding == own || (coding.StartsWith("x-", StringComparison.Ordinal) && coding[2..] == own);

    /// <summary>The body without its codings, the last-applied undone first.</summary>
    public static Stream Decode(Stream body, IReadOnlyList<string> codings, RequestDeadline? budget = null) =>
        codings.Count == 0 ? body : codings.Reverse().Aggregate(body, (coded, coding) => new DecodingStream(coded, coding, budget));
}
