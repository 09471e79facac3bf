using System.Globalization;
using ImageSync.Engine.Runs;
using ImageSync.Reporting;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.CommandLine;

/// <summary>What is known of a list's files, without a request.</summary>
/// <param name="turns">What is declared, recorded and on disk, in the order of declaration.</param>
/// <param name="invalid">What cannot be synced at all.</param>
internal sealed class KnownFiles(IReadOnlyList<ImageState> turns, IReadOnlyList<SyncOutcome> invalid)
{
    private const string UpToDate = "up to date";

    /// <summary>Looks at all files of a request; null where it cannot be understood, and that is told.</summary>
    public static KnownFiles? Of(RunRequest request, IRunEvents events)
    {
        if (DeclaredImages.Of(request, diagnostic => events.Diagnose(diagnostic, index: null)) is not { } declared)
        {
            return null;
        }

        foreach (var outcome in declared.Invalid)
        {
            outcome.Diagnostics.ToList().ForEach(diagnostic => events.Diagnose(diagnostic, outcome.Index));
        }

        using var recorded = SyncRecords.Open(declared.Settings.Sync);
        if (recorded.ObstacleTo(declared.Valid) is { } obstacle)
        {
            events.Diagnose(obstacle, index: null);
        }

        return new KnownFiles([.. declared.Valid.Select(recorded.Load)], declared.Invalid);
    }

    /// <summary>The same as results: what a check would say if it could ask nobody.</summary>
    public IEnumerable<SyncOutcome> Outcomes => turns.Select(turn => turn.Outcome(turn.Stored.State switch
    {
        FileState.Missing => SyncStatus.Missing,
        FileState.Unrecorded => SyncStatus.Unknown,
        FileState.Altered => SyncStatus.Modified,
        _ => SyncStatus.Fresh,
    })).Concat(invalid).OrderBy(outcome => outcome.Index);

    /// <summary>The same in words, a line each, and the sum of them.</summary>
    /// <param name="now">The time.</param>
    public IEnumerable<string> Lines(DateTimeOffset now)
    {
        foreach (var turn in turns)
        {
            var size = turn.Stored.State == FileState.Missing ? "" : ", " + ByteSize.Format(turn.Stored.Stamp.Length);
            yield return $"  {WordOf(turn)}: {turn.Image.LocalPath}{size}{Asked(turn, now)}";
        }

        var count = turns.Count + invalid.Count;
        var parts = turns.GroupBy(WordOf).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => FormattableString.Invariant($"{group.Count():N0} {group.Key}"));
        string[] notValid = invalid.Count == 0 ? [] : [FormattableString.Invariant($"{invalid.Count:N0} not valid")];
        var all = FormattableString.Invariant($"{count:N0} {(count == 1 ? "image" : "images")}");
        yield return string.Join(", ", [all, .. parts, .. notValid]);
    }

    private static string WordOf(ImageState turn) => turn.Stored.State switch
    {
        FileState.Missing => "missing",
        FileState.Unrecorded => "not synced yet",
        FileState.Altered => "edited",
        _ when turn.Known is { } known && known.Url != turn.Image.StoredUrls.InCache => "of another URL",
        _ => UpToDate,
    };

    private static string Asked(ImageState turn, DateTimeOffset now) =>
        turn.Known is not { } known || known.ValidatedAt == default || WordOf(turn) != UpToDate ? ""
        : (now - known.ValidatedAt) switch
        {
            { TotalMinutes: < 1 } => ", confirmed less than a minute ago",
            { TotalHours: < 1 } age => FormattableString.Invariant($", confirmed {age.TotalMinutes:0} min ago"),
            { TotalDays: < 2 } age => FormattableString.Invariant($", confirmed {age.TotalHours:0} h ago"),
            var age => string.Create(CultureInfo.InvariantCulture, $", confirmed {age.TotalDays:0} days ago"),
        };
}
