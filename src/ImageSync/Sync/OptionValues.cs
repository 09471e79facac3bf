using System.Globalization;

namespace ImageSync.Sync;

/// <summary>Reads the values of properties and metadata; each returns null for what is not valid.</summary>
internal static class OptionValues
{
    public const string Booleans = "true or false";
    public const string Numbers = "a whole number of at least 1, and at most 9223372036854775807";
    public const string Counts = "a whole number of at least 1, and at most 2147483647";
    public const string Retries = "a whole number of at least 0, and at most 2147483647";
    public const string Durations = "a time span such as 00:15:00 (15 minutes) or 1.00:00:00 (a day)";
    public const string DurationsOrZero = Durations + ", or 0";

    private const NumberStyles Blanks = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private static readonly string[] DurationFormats = ["c", @"h\:mm\:ss", @"d\.h\:mm\:ss"];

    /// <summary>What MSBuild takes for true or false in its own conditions, which read some of the switches, too.</summary>
    public static bool? Boolean(string text) => text.Trim().ToLowerInvariant() switch
    {
        "true" or "on" or "yes" or "!false" or "!off" or "!no" => true,
        "false" or "off" or "no" or "!true" or "!on" or "!yes" => false,
        _ => null,
    };

    /// <summary>A number of at least <paramref name="least"/>.</summary>
    public static long? Number(string text, long least) =>
        long.TryParse(text, Blanks, CultureInfo.InvariantCulture, out var value) && value >= least ? value : null;

    /// <summary>A count of at least <paramref name="least"/> that fits an int.</summary>
    public static int? Count(string text, int least) => Number(text, least) is <= int.MaxValue and var value ? (int)value : null;

    /// <summary>A time span of zero or more. A bare number is refused: TimeSpan would read "15" as 15 days.</summary>
    public static TimeSpan? DurationOrZero(string text) =>
        text.Trim() == "0" ? TimeSpan.Zero
        : text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParseExact(text.Trim(), DurationFormats, CultureInfo.InvariantCulture, out var value) ? value
        : null;

    /// <summary>A time span longer than zero, which a timer can hold.</summary>
    public static TimeSpan? Duration(string text) =>
        DurationOrZero(text) is { } value && value > TimeSpan.Zero && value.TotalMilliseconds < int.MaxValue ? value : null;

    /// <summary>One of the names, in any case. Enum.TryParse would take numbers and lists of them, too.</summary>
    public static T? Name<T>(string text)
        where T : struct, Enum
    {
        var at = Array.FindIndex(Enum.GetNames<T>(), name => name.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        return at < 0 ? null : Enum.GetValues<T>()[at];
    }
}
