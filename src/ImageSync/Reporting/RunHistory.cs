using System.Globalization;
using System.Text;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>The runs of the past, as text: one line a run, the latest last. Pure.</summary>
/// <remarks>
/// A line is the time in UTC and then name=number pairs: facts begin with a small letter, statuses with a capital one. Names that
/// are not known are passed over, and so are lines that are none of ours: half a line, the marks of a merge conflict.
/// </remarks>
internal static class RunHistory
{
    /// <summary>As many runs as are kept: five days of a run every 15 minutes.</summary>
    public const int MaxRuns = 500;

    // A line of ours is far shorter; what is longer is not read at all.
    private const int MaxLineLength = 1000;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Reads what can be read.</summary>
    public static IReadOnlyList<PastRun> Parse(string text) =>
        [.. text.Split('\n').Select(ParseLine).OfType<PastRun>().TakeLast(MaxRuns)];

    /// <summary>The runs as text.</summary>
    public static string Write(IEnumerable<PastRun> runs) => string.Concat(runs.TakeLast(MaxRuns).Select(WriteLine));

    private static string WriteLine(PastRun run)
    {
        var line = new StringBuilder(run.Time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        Add("milliseconds", (long)run.Elapsed.TotalMilliseconds);
        Add("requests", run.Requests);
        Add("received", run.BytesReceived);
        Add("spared", run.BytesSpared);
        foreach (var (status, count) in run.Counts.Where(pair => pair.Value > 0).OrderBy(pair => pair.Key))
        {
            Add(status.ToString(), count);
        }

        return line.Append('\n').ToString();

        void Add(string name, long number) =>
            line.Append(' ').Append(name).Append('=').Append(number.ToString(CultureInfo.InvariantCulture));
    }

    private static PastRun? ParseLine(string line)
    {
        var words = line.Length <= MaxLineLength ? line.TrimEnd('\r').Split(' ') : [];
        if (words.Length < 2
            || !DateTimeOffset.TryParseExact(
                words[0], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return null;
        }

        var numbers = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var word in words.Skip(1))
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !long.TryParse(word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers[word[..equals]] = number;
        }

        return new PastRun(time, TimeSpan.FromMilliseconds(Math.Min(numbers.GetValueOrDefault("milliseconds"), int.MaxValue)))
        {
            Requests = numbers.GetValueOrDefault("requests"),
            BytesReceived = numbers.GetValueOrDefault("received"),
            BytesSpared = numbers.GetValueOrDefault("spared"),
            Counts = Enum.GetValues<SyncStatus>().Where(status => numbers.ContainsKey(status.ToString()))
                .ToDictionary(status => status, status => numbers[status.ToString()]),
        };
    }
}

/// <summary>One run of the past in numbers.</summary>
/// <param name="Time">When it ended.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record PastRun(DateTimeOffset Time, TimeSpan Elapsed)
{
    /// <summary>Requests made, redirects not counted.</summary>
    public long Requests { get; init; }

    /// <summary>Body bytes that came over the wire.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes that no origin had to send again.</summary>
    public long BytesSpared { get; init; }

    /// <summary>Images by status; what is absent is zero.</summary>
    public IReadOnlyDictionary<SyncStatus, long> Counts { get; init; } = new Dictionary<SyncStatus, long>();

    /// <summary>The numbers of a run that has just ended.</summary>
    public static PastRun Of(SyncRun run, DateTimeOffset now) => new(now, run.Elapsed)
    {
        Requests = run.Outcomes.Sum(outcome => outcome.Attempts),
        BytesReceived = run.BytesReceived,
        BytesSpared = run.BytesSpared,
        Counts = run.Outcomes.GroupBy(outcome => outcome.Status).ToDictionary(group => group.Key, group => (long)group.Count()),
    };
}
