using System.Globalization;

namespace ImageSync.Http;

/// <summary>The Retry-After field (RFC 9110 §10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>Beyond a day there is no waiting, whatever the number says.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>How long to wait; null where the field is absent, unreadable, zero or past.</summary>
    /// <param name="text">Delay in seconds, or an HTTP-date.</param>
    /// <param name="now">What a date is relative to: the response's own Date where it has one, since clocks differ.</param>
    public static TimeSpan? Parse(string? text, DateTimeOffset now)
    {
        text = text?.Trim();
        var delay = text is { Length: > 0 } && text.All(char.IsAsciiDigit)
            ? TimeSpan.FromSeconds(Math.Min(double.Parse(text, CultureInfo.InvariantCulture), Longest.TotalSeconds))
            : HttpDate.Parse(text) - now;
        return delay > Longest ? Longest : delay > TimeSpan.Zero ? delay : null;
    }
}
