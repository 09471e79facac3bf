using System.Globalization;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>REPORT, for machines: what is told of an image, by the names of a <c>SyncedImage</c>'s metadata.</summary>
internal static class OutcomeFields
{
    /// <summary>Names and values; what has no value is left out.</summary>
    public static IEnumerable<(string Name, string Value)> Of(SyncOutcome outcome)
    {
        (string Name, string? Value)[] fields =
        [
            (nameof(outcome.Url), outcome.Url),
            (nameof(outcome.EffectiveUrl), outcome.EffectiveUrl),
            (nameof(outcome.Status), NameOf(outcome.Status)),
            (nameof(outcome.Changed), outcome.Changed ? "true" : "false"),
            (nameof(outcome.StatusCode), outcome.StatusCode?.ToString(CultureInfo.InvariantCulture)),
            ("ETag", outcome.EntityTag),
            (nameof(outcome.LastModified), outcome.LastModified),
            (nameof(outcome.Sha256), outcome.Sha256),
            (nameof(outcome.Length), outcome.Length?.ToString(CultureInfo.InvariantCulture)),
            (nameof(outcome.MediaType), outcome.MediaType),
            (nameof(outcome.BytesReceived), outcome.BytesReceived.ToString(CultureInfo.InvariantCulture)),
            (nameof(outcome.FromStore), outcome.FromStore ? "true" : null),
            (nameof(outcome.Attempts), outcome.Attempts.ToString(CultureInfo.InvariantCulture)),
            ("ElapsedMilliseconds", outcome.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)),
            ("Code", outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : null),
        ];
        return fields.Where(field => !string.IsNullOrEmpty(field.Value)).Select(field => (field.Name, field.Value!));
    }

    // A switch, because ToString of an enumeration looks its names up by reflection, for each of thousands.
    private static string NameOf(SyncStatus status) => status switch
    {
        SyncStatus.Added => nameof(SyncStatus.Added),
        SyncStatus.Updated => nameof(SyncStatus.Updated),
        SyncStatus.Unchanged => nameof(SyncStatus.Unchanged),
        SyncStatus.NotModified => nameof(SyncStatus.NotModified),
        SyncStatus.Fresh => nameof(SyncStatus.Fresh),
        SyncStatus.Kept => nameof(SyncStatus.Kept),
        SyncStatus.Failed => nameof(SyncStatus.Failed),
        SyncStatus.Modified => nameof(SyncStatus.Modified),
        SyncStatus.Missing => nameof(SyncStatus.Missing),
        _ => nameof(SyncStatus.Unknown),
    };
}
