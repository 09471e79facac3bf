using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>What holds after builds in which nothing goes wrong any more.</summary>
internal sealed class QuietInvariants(Schedule schedule, List<ImageState> images)
{
    private const string Edited = "IMGSYNC4001";

    public static readonly SyncStatus[] InStep = [SyncStatus.Added, SyncStatus.Updated, SyncStatus.Unchanged, SyncStatus.NotModified];

    private readonly HashSet<ImageState> _edited = [.. images.Where(IsEdited)];

    /// <summary>Where edits are left alone: nothing but edits is told of. The user deletes them, as the message says.</summary>
    public IEnumerable<string> Look(SyncRun run)
    {
        foreach (var (image, outcome) in images.Zip(run.Outcomes))
        {
            if (Codes(outcome) is [Edited] && image.HoldsEdit)
            {
                image.Edit(EditKind.Delete);
            }
            else if (outcome.Diagnostics.Count > 0)
            {
                yield return Line(image, outcome);
            }
        }
    }

    /// <summary>Everything is brought in step, and nothing is told of but edits that are replaced.</summary>
    public IEnumerable<string> Mended(SyncRun run)
    {
        foreach (var (image, outcome) in images.Zip(run.Outcomes))
        {
            var mayTellOfEdit = schedule.Settings.OnLocalEdit == OnLocalEdit.Restore && _edited.Contains(image);
            if (!InStep.Contains(outcome.Status) || !(Codes(outcome) is [] || (mayTellOfEdit && Codes(outcome) is [Edited])))
            {
                yield return Line(image, outcome);
            }
        }
    }

    /// <summary>Each image was asked for once, with its validators where it has any, and nothing was transferred.</summary>
    public IEnumerable<string> Calm(SyncRun run, IReadOnlyList<FaultyExchange> exchanges)
    {
        foreach (var (image, outcome) in images.Zip(run.Outcomes))
        {
            var asked = exchanges.Where(exchange => exchange.Path == image.Path).ToList();
            var expected = image.Plan.Tagging == Tagging.None ? (SyncStatus.Unchanged, 200) : (SyncStatus.NotModified, 304);
            if (outcome.Diagnostics.Count > 0 || (outcome.Status, asked.Count == 1 ? asked[0].Status : asked.Count) != expected
                || (outcome.Status == SyncStatus.NotModified && outcome.BytesReceived > 0))
            {
                yield return $"{Line(image, outcome)}, and {expected} was expected, after {asked.Count} requests";
            }
        }
    }

    private static bool IsEdited(ImageState image) => image.Digest() is { } digest && !image.CurrentInBuild.Contains(digest);

    private static string[] Codes(SyncOutcome outcome) => [.. outcome.Diagnostics.Select(diagnostic => diagnostic.CodeText)];

    private static string Line(ImageState image, SyncOutcome outcome) => $"{image.LocalPath}: {BuildInvariants.Told(outcome)}";
}
