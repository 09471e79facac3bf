using System.Collections;
using System.Globalization;
using ImageSync.Reporting;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>REPORT, for machines: one <c>SyncedImage</c> item an image; metadata that have no value are left out.</summary>
/// <remarks>
/// The identity is the path itself, which is harmless where it was accepted, and was made so where it was refused.
/// Its own kind of item, because MSBuild copies all metadata into one of its own as soon as the task has returned: a TaskItem
/// filled for that would be thrown away, and cost thousands of images as much as their requests.
/// </remarks>
internal sealed class SyncedImageItem(SyncOutcome outcome) : ITaskItem2
{
    private TaskItem? _item;

    public string EvaluatedIncludeEscaped
    {
        // A backslash can only be one of \u202E and its kin; MSBuild would make a slash of it.
        get => MSBuildEscaping.Escape(outcome.LocalPath.Length > 0 ? outcome.LocalPath : InertText.Of(outcome.Url))
            .Replace("\\", "%5c", StringComparison.Ordinal);
        set => ((ITaskItem2)Item).EvaluatedIncludeEscaped = value;
    }

    public string ItemSpec
    {
        get => Item.ItemSpec;
        set => Item.ItemSpec = value;
    }

    public ICollection MetadataNames => Item.MetadataNames;

    public int MetadataCount => Item.MetadataCount;

    // For those who ask for more than its metadata as they are.
    private TaskItem Item => _item ??= new TaskItem(EvaluatedIncludeEscaped, Metadata());

    public IDictionary CloneCustomMetadataEscaped() => _item is null ? Metadata() : ((ITaskItem2)_item).CloneCustomMetadataEscaped();

    public IDictionary CloneCustomMetadata() => Item.CloneCustomMetadata();

    public string GetMetadata(string metadataName) => Item.GetMetadata(metadataName);

    public string GetMetadataValueEscaped(string metadataName) => ((ITaskItem2)Item).GetMetadataValueEscaped(metadataName);

    public void SetMetadata(string metadataName, string metadataValue) => Item.SetMetadata(metadataName, metadataValue);

    public void SetMetadataValueLiteral(string metadataName, string metadataValue) => ((ITaskItem2)Item).SetMetadataValueLiteral(metadataName, metadataValue);

    public void RemoveMetadata(string metadataName) => Item.RemoveMetadata(metadataName);

    public void CopyMetadataTo(ITaskItem destinationItem) => Item.CopyMetadataTo(destinationItem);

    private Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>(16, StringComparer.OrdinalIgnoreCase);
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
        Set(nameof(outcome.FromStore), outcome.FromStore ? "true" : null);
        Set(nameof(outcome.Attempts), Text(outcome.Attempts));
        Set("ElapsedMilliseconds", outcome.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        Set("Code", outcome.Diagnostics.Count > 0 ? outcome.Diagnostics[0].CodeText : null);
        return metadata;

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                // Items are printed, and some of what they say is an origin's choice of words.
                metadata[name] = MSBuildEscaping.Escape(InertText.Of(value));
            }
        }
    }

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
