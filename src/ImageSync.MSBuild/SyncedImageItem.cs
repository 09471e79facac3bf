using System.Collections;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>One <c>SyncedImage</c> item an image, as the engine tells of it.</summary>
/// <remarks>
/// The identity is the path itself, which is harmless where it was accepted, and was made so where it was refused.
/// Its own kind of item, because MSBuild copies all metadata into one of its own as soon as the task has returned: a TaskItem
/// filled for that would be thrown away, and cost thousands of images as much as their requests.
/// </remarks>
/// <param name="path">The identity.</param>
/// <param name="fields">The engine's line: behind the first three fields stand the metadata, as name=value.</param>
internal sealed class SyncedImageItem(string path, string[] fields) : ITaskItem2
{
    /// <summary>Where the metadata begin.</summary>
    public const int FirstMetadatum = 3;

    private TaskItem? _item;

    public string EvaluatedIncludeEscaped
    {
        // A backslash can only be one of \u202E and its kin; MSBuild would make a slash of it.
        get => MSBuildEscaping.Escape(path).Replace("\\", "%5c");
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

    public void SetMetadataValueLiteral(string metadataName, string metadataValue) =>
        ((ITaskItem2)Item).SetMetadataValueLiteral(metadataName, metadataValue);

    public void RemoveMetadata(string metadataName) => Item.RemoveMetadata(metadataName);

    public void CopyMetadataTo(ITaskItem destinationItem) => Item.CopyMetadataTo(destinationItem);

    private Dictionary<string, string> Metadata()
    {
        var metadata = new Dictionary<string, string>(16, StringComparer.OrdinalIgnoreCase);
        for (var i = FirstMetadatum; i < fields.Length; i++)
        {
            var end = fields[i].IndexOf('=');
            if (end > 0)
            {
                metadata[fields[i].Substring(0, end)] = MSBuildEscaping.Escape(fields[i].Substring(end + 1));
            }
        }

        return metadata;
    }
}
