using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>Reads a <c>RemoteImage</c> item.</summary>
internal static class RemoteImageItem
{
    /// <summary>The item as a declaration: its URL still escaped, its other metadata as they are meant.</summary>
    /// <param name="item">The item.</param>
    /// <param name="index">Its position among the project's.</param>
    /// <param name="directory">Where the file goes if the item, added by a target, got no local path at evaluation.</param>
    public static RemoteImageDeclaration Read(ITaskItem item, int index, string directory) => new(UrlOf(item))
    {
        Index = index,
        Url = ((ITaskItem2)item).GetMetadataValueEscaped(nameof(RemoteImageDeclaration.Url)),
        LocalPath = item.GetMetadata(nameof(RemoteImageDeclaration.LocalPath)) is { Length: > 0 } path ? path : directory,
        Sha256 = item.GetMetadata(nameof(RemoteImageDeclaration.Sha256)),
        MediaType = item.GetMetadata(nameof(RemoteImageDeclaration.MediaType)),
        MaxAge = item.GetMetadata(nameof(RemoteImageDeclaration.MaxAge)),
        MaxBytes = item.GetMetadata(nameof(RemoteImageDeclaration.MaxBytes)),
        Optional = item.GetMetadata(nameof(RemoteImageDeclaration.Optional)),
        RequestHeaders = item.GetMetadata(nameof(RemoteImageDeclaration.RequestHeaders)),
        IgnoreQuery = item.GetMetadata(nameof(RemoteImageDeclaration.IgnoreQuery)),
    };

    /// <summary>Whether the file is to be an item of the project; making one of each image would cost as much as the rest of the run.</summary>
    public static bool HasBuildAction(ITaskItem item) => item.GetMetadata("BuildAction").Length > 0;

    /// <summary>The file of an image as an item of the project, with all metadata of the image's item.</summary>
    public static ITaskItem FileOf(ITaskItem item, string localPath) =>
        new TaskItem(MSBuildEscaping.Escape(localPath), ((ITaskItem2)item).CloneCustomMetadataEscaped());

    // MSBuild takes an Include with ? or * for a file pattern: it undoes the escapes and, finding no file, puts its own in
    // (lower case, %3f for ?). Those are undone again; the escapes of a plain Include are the user's and go out as they are.
    private static string UrlOf(ITaskItem item)
    {
        var escaped = ((ITaskItem2)item).EvaluatedIncludeEscaped;
        return (escaped.Contains("%3f", StringComparison.Ordinal) || escaped.Contains("%2a", StringComparison.Ordinal)) && MSBuildEscaping.Escape(item.ItemSpec) == escaped
            ? item.ItemSpec
            : escaped;
    }
}
