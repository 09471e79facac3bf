using System.Globalization;

namespace ImageSync.Http;

/// <summary>HTTP-date in its three forms (RFC 9110 §5.6.7).</summary>
internal static class HttpDate
{
    private static readonly string[] WithZone = ["d MMM yyyy HH:mm:ss 'GMT'", "d-MMM-yy HH:mm:ss 'GMT'"];
    private static readonly string[] Asctime = ["MMM d HH:mm:ss yyyy", "MMM  d HH:mm:ss yyyy"];

    /// <summary>Reads a date; its weekday is not held against it, since servers that get it wrong mean the date.</summary>
    public static DateTimeOffset? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        // What nearly all servers send; .NET reads it without interpreting a pattern.
        if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var preferred))
        {
            return preferred;
        }

        var comma = text.IndexOf(',', StringComparison.Ordinal);
        var weekday = comma >= 0 ? comma : text.IndexOf(' ', StringComparison.Ordinal);
        return weekday is >= 3 and <= 9
            && DateTimeOffset.TryParseExact(
                text.AsSpan(weekday + 1).Trim(),
                comma >= 0 ? WithZone : Asctime,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var date)
            ? date
            : null;
    }
}
