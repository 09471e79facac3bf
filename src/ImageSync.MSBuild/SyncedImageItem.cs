using System.Globalization;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>REPORT, for machines: one <c>SyncedImage</c> item an image.</summary>
internal static class SyncedImageItem
{
    /// <summary>The item of an outcome; metadata that have no value are left out.</summary>
    public static ITaskItem From(SyncOutcome outcome)
    {
        var item = new TaskItem(MSBuildEscaping.Escape(outcome.LocalPath.Length > 0 ? outcome.LocalPath : outcome.Url));
        Set(nameof(outcome.Url), outcome.Url);
        Set(nameof(outcome.EffectiveUrl), outcome.EffectiveUrl);
        Set(nameof(outcome.Status), outcome.Status.ToString());
        Set(nameof(outcome.Changed), outcome.Changed ? "true" : "false");
        Set(nameof(outcome.StatusCode), Text(outcome.StatusCode));
        Set("ETag", outcome.EntityTag);
        Set(nameof(outcome.LastModified), outcome.LastModified);
        Set(nameof(outcome.Sha256), outcome.Sha256);
        Set(nameof(outcome.Length), Text(outcome.Length));
        Set(nameof(outcome.MediaType), outcome.MediaType);
        Set(nameof(outcome.BytesReceived), Text(outcome.BytesReceived));
        Set(nameof(outcome.Attempts), Text(outcome.Attempts));
        Set("ElapsedMilliseconds", outcome.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        Set("Code", outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : null);
        return item;

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                item.SetMetadata(name, MSBuildEscaping.Escape(value));
            }
        }
    }

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
