using System.Globalization;
using System.Text;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>REPORT, for machines: what is told of an image, by the names of a <c>SyncedImage</c>'s metadata.</summary>
internal static class OutcomeFields
{
    /// <summary>Tells names and values; what has no value is left out.</summary>
    /// <param name="outcome">What came of the image.</param>
    /// <param name="line">What they are told to.</param>
    /// <param name="tell">Tells one of them.</param>
    public static void Tell(SyncOutcome outcome, StringBuilder line, Action<StringBuilder, string, string> tell)
    {
        Field(nameof(outcome.Url), outcome.Url);
        Field(nameof(outcome.EffectiveUrl), outcome.EffectiveUrl);
        Field(nameof(outcome.Status), NameOf(outcome.Status));
        Field(nameof(outcome.Changed), outcome.Changed ? "true" : "false");
        Field(nameof(outcome.StatusCode), outcome.StatusCode?.ToString(CultureInfo.InvariantCulture));
        Field("ETag", outcome.EntityTag);
        Field(nameof(outcome.LastModified), outcome.LastModified);
        Field(nameof(outcome.Sha256), outcome.Sha256);
        Field(nameof(outcome.Length), outcome.Length?.ToString(CultureInfo.InvariantCulture));
        Field(nameof(outcome.MediaType), outcome.MediaType);
        Field(nameof(outcome.BytesReceived), outcome.BytesReceived.ToString(CultureInfo.InvariantCulture));
        Field(nameof(outcome.FromStore), outcome.FromStore ? "true" : null);
        Field(nameof(outcome.Attempts), outcome.Attempts.ToString(CultureInfo.InvariantCulture));
        Field("ElapsedMilliseconds", outcome.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        Field("Code", outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : null);

        void Field(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                tell(line, name, value);
            }
        }
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
