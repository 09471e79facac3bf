using System.Collections;
using ImageSync.Pipe;
using ImageSync.Sync;
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
/// <param name="fields">The engine's line: behind the first three fields stand the values of the metadata, empty for none.</param>
internal sealed class SyncedImageItem(string path, string[] fields) : ITaskItem2
{
    private const int FirstMetadatum = 3;

    // Made at once: as long as the engine is at work the build has nothing else to do.
    private readonly Dictionary<string, string> _metadata = MetadataOf(fields);
    private TaskItem? _item;

    /// <summary>How many fields the line of an image has.</summary>
    public static int FieldCount => FirstMetadatum + SyncedImageMetadata.Names.Length;

    public string EvaluatedIncludeEscaped
    {
        // A backslash can only be one of \u202E and its kin; MSBuild would make a slash of it.
        get => MSBuildSyntax.Escape(path).Replace("\\", "%5c");
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
    private TaskItem Item => _item ??= new TaskItem(EvaluatedIncludeEscaped, _metadata);

    public IDictionary CloneCustomMetadataEscaped() => _item is null
        ? new Dictionary<string, string>(_metadata, StringComparer.OrdinalIgnoreCase)
        : ((ITaskItem2)_item).CloneCustomMetadataEscaped();

    public IDictionary CloneCustomMetadata() => Item.CloneCustomMetadata();

    public string GetMetadata(string metadataName) => Item.GetMetadata(metadataName);

    public string GetMetadataValueEscaped(string metadataName) => ((ITaskItem2)Item).GetMetadataValueEscaped(metadataName);

    public void SetMetadata(string metadataName, string metadataValue) => Item.SetMetadata(metadataName, metadataValue);

    public void SetMetadataValueLiteral(string metadataName, string metadataValue) =>
        ((ITaskItem2)Item).SetMetadataValueLiteral(metadataName, metadataValue);

    public void RemoveMetadata(string metadataName) => Item.RemoveMetadata(metadataName);

    public void CopyMetadataTo(ITaskItem destinationItem) => Item.CopyMetadataTo(destinationItem);

    private static Dictionary<string, string> MetadataOf(string[] fields)
    {
        var names = SyncedImageMetadata.Names;
        var metadata = new Dictionary<string, string>(names.Length, StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < names.Length; i++)
        {
            if (fields[FirstMetadatum + i].Length > 0)
            {
                metadata.Add(names[i], MSBuildSyntax.Escape(fields[FirstMetadatum + i]));
            }
        }

        return metadata;
    }
}
