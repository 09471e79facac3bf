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

    /// <summary>The codings of a Content-Encoding field that is not empty, outermost last as in the field; null where one is unknown.</summary>
    public static IReadOnlyList<string>? Parse(string? contentEncoding)
    {
        if (contentEncoding is null)
        {
            return [];
        }

        var codings = contentEncoding
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding != "identity")
            .ToList();
        var isUsual = codings.Count <= MaxLayers && codings.Count(coding => coding == "br") <= MaxBrotli;
        return isUsual && codings.TrueForAll(coding => coding is "gzip" or "x-gzip" or "deflate" or "br") ? codings : null;
    }

    /// <summary>The body without its codings, the last-applied undone first.</summary>
    public static Stream Decode(Stream body, IReadOnlyList<string> codings, TimeBudget? budget = null) =>
        codings.Count == 0 ? body : codings.Reverse().Aggregate(body, (coded, coding) => new DecodingStream(coded, coding, budget));
}
