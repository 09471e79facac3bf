using System.Globalization;

namespace ImageSync.Reporting;

/// <summary>The times of runs as people read them, such that no two neighbours read alike. Pure.</summary>
internal static class RunTimes
{
    /// <summary>Each with its day and year.</summary>
    public static IReadOnlyList<string> InFull(IReadOnlyList<DateTimeOffset> times) =>
        [.. times.Select(time => Text(time, "d MMM yyyy, " + Clock(times) + " 'UTC'"))];

    /// <summary>As short as can be: the day where it is another than that of the time before, the year likewise.</summary>
    public static IReadOnlyList<string> InShort(IReadOnlyList<DateTimeOffset> times)
    {
        var clock = Clock(times);
        return [.. times.Select((time, i) => Text(time, i == 0 ? "d MMM, " + clock + " 'UTC'" : DayAfter(times[i - 1], time) + clock))];
    }

    private static string DayAfter(DateTimeOffset before, DateTimeOffset time) =>
        before.UtcDateTime.Year != time.UtcDateTime.Year ? "d MMM yyyy, "
        : before.UtcDateTime.Date != time.UtcDateTime.Date ? "d MMM, "
        : "";

    // Seconds are noise, unless two runs began within a minute.
    private static string Clock(IReadOnlyList<DateTimeOffset> times) =>
        times.Zip(times.Skip(1)).Any(pair => Minute(pair.First) == Minute(pair.Second)) ? "HH:mm:ss" : "HH:mm";

    private static long Minute(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMinute;

    private static string Text(DateTimeOffset time, string format) => time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
