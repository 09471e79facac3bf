using System.Globalization;
using System.Text;
using ImageSync.Pipe;
using ImageSync.Reporting;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>REPORT, for machines: what is told of an image, as the values of a <c>SyncedImage</c>'s metadata.</summary>
internal static class OutcomeFields
{
    /// <summary>Adds the values to a line, in the order of <see cref="SyncedImageMetadata.Names"/>.</summary>
    public static void Append(StringBuilder line, SyncOutcome outcome) =>
        Each(outcome, line, static (line, value) => PipeLine.Append(line, value));

    /// <summary>Hands the values on, in the order of <see cref="SyncedImageMetadata.Names"/>; one that there is not is empty.</summary>
    /// <param name="outcome">What is told.</param>
    /// <param name="to">Who takes them.</param>
    /// <param name="take">Takes one; a static function, since there are thousands of images.</param>
    public static void Each<T>(SyncOutcome outcome, T to, Action<T, string> take)
    {
        Field(outcome.Url);
        Field(outcome.EffectiveUrl);
        Field(NameOf(outcome.Status));
        Field(outcome.Changed ? "true" : "false");
        Field(outcome.StatusCode?.ToString(CultureInfo.InvariantCulture));
        Field(outcome.EntityTag);
        Field(outcome.LastModified);
        Field(outcome.Sha256);
        Field(outcome.Length?.ToString(CultureInfo.InvariantCulture));
        Field(outcome.MediaType);
        Field(outcome.Picture?.Format);
        Field(outcome.Picture?.Size?.Width.ToString(CultureInfo.InvariantCulture));
        Field(outcome.Picture?.Size?.Height.ToString(CultureInfo.InvariantCulture));
        Field(outcome.BytesReceived.ToString(CultureInfo.InvariantCulture));
        Field(outcome.FromStore ? "true" : "");
        Field(outcome.Attempts.ToString(CultureInfo.InvariantCulture));
        Field(outcome.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        Field(outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : "");

        // Some of it is an origin's choice of words, and items are printed.
        void Field(string? value) => take(to, UntrustedText.EscapeForLog(value ?? ""));
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
