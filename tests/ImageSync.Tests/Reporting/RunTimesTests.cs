using System.Globalization;
using ImageSync.Reporting;

namespace ImageSync.Tests.Reporting;

/// <summary>The labels of a chart: no two neighbours read alike.</summary>
public class RunTimesTests
{
    [TestCase("2026-11-22T04:00:00 2026-11-22T04:15:00", "22 Nov, 04:00 UTC|04:15")]
    [TestCase("2026-11-22T23:50:00 2026-11-23T00:05:00 2026-11-23T00:20:00", "22 Nov, 23:50 UTC|23 Nov, 00:05|00:20")]
    [TestCase("2026-11-22T04:00:00 2026-11-23T04:00:00", "22 Nov, 04:00 UTC|23 Nov, 04:00")]
    [TestCase("2026-11-22T04:00:00 2027-11-22T04:00:00", "22 Nov, 04:00 UTC|22 Nov 2027, 04:00")]
    [TestCase("2026-11-22T04:00:01 2026-11-22T04:00:59 2026-11-22T05:00:00", "22 Nov, 04:00:01 UTC|04:00:59|05:00:00")]
    [TestCase("2026-11-22T04:00:59 2026-11-22T04:01:00", "22 Nov, 04:00 UTC|04:01")]
    [TestCase("2026-11-22T04:00:30", "22 Nov, 04:00 UTC")]
    [TestCase("", "")]
    public void In_short(string times, string expected) => Assert.That(string.Join('|', RunTimes.InShort(Read(times))), Is.EqualTo(expected));

    [TestCase("2026-11-22T04:00:00 2026-11-22T04:15:00", "22 Nov 2026, 04:00 UTC|22 Nov 2026, 04:15 UTC")]
    [TestCase("2026-11-22T04:00:01 2026-11-22T04:00:02", "22 Nov 2026, 04:00:01 UTC|22 Nov 2026, 04:00:02 UTC")]
    public void In_full(string times, string expected) => Assert.That(string.Join('|', RunTimes.InFull(Read(times))), Is.EqualTo(expected));

    // What a history keeps: 60 columns, one every quarter of an hour.
    [Test]
    public void The_axis_tells_neighbours_apart_and_names_the_day_where_it_changes()
    {
        var start = new DateTimeOffset(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);
        var chart = HtmlChart.Write([.. Enumerable.Range(0, 60).Select(i => new PastRun(start.AddMinutes(15 * i), TimeSpan.FromSeconds(1)))]).ToString();
        var axis = chart[chart.IndexOf("<svg class=\"axis\"", StringComparison.Ordinal)..];
        Assert.That(axis, Does.StartWith(
            "<svg class=\"axis\" aria-hidden=\"true\"><text x=\"0%\" y=\"1em\" text-anchor=\"start\">22 Nov, 16:00 UTC</text>"
            + "<text x=\"25.83%\" y=\"1em\" text-anchor=\"middle\">19:45</text><text x=\"50.83%\" y=\"1em\" text-anchor=\"middle\">23:30</text>"
            + "<text x=\"74.17%\" y=\"1em\" text-anchor=\"middle\">23 Nov, 03:00</text><text x=\"100%\" y=\"1em\" text-anchor=\"end\">06:45</text></svg>"));
    }

    private static DateTimeOffset[] Read(string times) =>
        [.. times.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(time => DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture))];
}
