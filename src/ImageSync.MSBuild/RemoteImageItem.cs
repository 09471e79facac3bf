using System.Globalization;
using System.Text;
using System.Text.Unicode;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>Reads a <c>RemoteImage</c> item.</summary>
internal static class RemoteImageItem
{
    private const string BuildAction = "BuildAction";
    private const string Watch = "Watch";

    // Private to ImageSync.targets.
    private const string EvaluatedName = "_ImageSyncName";
    private const string EvaluatedFolder = "_ImageSyncFolder";

    /// <summary>The item as a declaration: its URL still escaped, its other metadata as they are meant.</summary>
    /// <param name="item">The item.</param>
    /// <param name="index">Its position among the project's.</param>
    /// <param name="defaults">What holds where the item says nothing.</param>
    public static RemoteImageDeclaration Read(ITaskItem item, int index, ItemDefaults defaults) => new(UrlOf(item))
    {
        Index = index,
        Url = AuthorsText.Trim(((ITaskItem2)item).GetMetadataValueEscaped(nameof(RemoteImageDeclaration.Url))),
        LocalPath = Text(item, nameof(RemoteImageDeclaration.LocalPath)) is { Length: > 0 } path ? path
            : item.GetMetadata(EvaluatedFolder) is { Length: > 0 } folder ? folder
            : defaults.Directory,
        IsInDirectory = AsWritten(item, nameof(RemoteImageDeclaration.LocalPath)).Length == 0,
        EvaluatedName = item.GetMetadata(EvaluatedName),
        Sha256 = Text(item, nameof(RemoteImageDeclaration.Sha256)),
        MediaType = Text(item, nameof(RemoteImageDeclaration.MediaType)),
        MaxAge = Text(item, nameof(RemoteImageDeclaration.MaxAge)) is { Length: > 0 } age ? age : defaults.MaxAge,
        MaxBytes = Text(item, nameof(RemoteImageDeclaration.MaxBytes)) is { Length: > 0 } bytes ? bytes : defaults.MaxBytes,
        Optional = Text(item, nameof(RemoteImageDeclaration.Optional)),
        RequestHeaders = Text(item, nameof(RemoteImageDeclaration.RequestHeaders)),
        IgnoreQuery = Text(item, nameof(RemoteImageDeclaration.IgnoreQuery)),
    };

    /// <summary>Whether the file is to be an item of the project; making one of each image would cost as much as the rest of the run.</summary>
    public static bool HasBuildAction(ITaskItem item) => Text(item, BuildAction).Length > 0;

    /// <summary>What is wrong with the metadata that MSBuild itself acts on, mostly after the downloads.</summary>
    public static IEnumerable<Problem> ProblemsOf(ITaskItem item)
    {
        if (Text(item, BuildAction) is { Length: > 0 } action && !ItemType.IsName(action))
        {
            yield return Problems.Invalid("metadata", BuildAction, action, ItemType.ValidValues);
        }

        if (Text(item, Watch) is { Length: > 0 } watch && OptionValues.Boolean(watch) is null)
        {
            yield return Problems.Invalid("metadata", Watch, watch, OptionValues.Booleans);
        }
    }

    /// <summary>The file of an image as an item of the project, with all metadata of the image's item.</summary>
    public static ITaskItem FileOf(ITaskItem item, string localPath)
    {
        var file = new TaskItem(MSBuildEscaping.Escape(localPath), ((ITaskItem2)item).CloneCustomMetadataEscaped());

        // As for the files that evaluation has placed: what a build has written is no reason for `dotnet watch` to build anew.
        file.SetMetadata(Watch, Text(item, Watch) is { Length: > 0 } watch ? MSBuildEscaping.Escape(watch) : "false");
        file.SetMetadata(BuildAction, MSBuildEscaping.Escape(Text(item, BuildAction)));
        return file;
    }

    /// <summary>A metadatum as its author has written it: evaluation adds the file's name to a folder.</summary>
    public static string AsWritten(ITaskItem item, string name) =>
        name != nameof(RemoteImageDeclaration.LocalPath) ? Text(item, name)
        : item.GetMetadata(EvaluatedFolder) is { Length: > 0 } folder ? folder
        : item.GetMetadata(EvaluatedName).Length > 0 ? ""
        : Text(item, name);

    private static string Text(ITaskItem item, string name) => AuthorsText.Trim(item.GetMetadata(name));

    // MSBuild takes an Include with ? or * for a file pattern: it undoes the escapes and, finding no file, puts its own in
    // (lower case, %3f for ?). Those are undone again; the escapes of a plain Include are the user's and go out as they are.
    private static string UrlOf(ITaskItem item)
    {
        var escaped = ((ITaskItem2)item).EvaluatedIncludeEscaped;
        return (escaped.Contains("%3f", StringComparison.Ordinal) || escaped.Contains("%2a", StringComparison.Ordinal)) && MSBuildEscaping.Escape(item.ItemSpec) == escaped
            ? OctetsAsEscapes(item.ItemSpec)
            : escaped;
    }

    // %C3%B6 has become the characters of its octets; what is UTF-8 as a whole was not written so.
    private static string OctetsAsEscapes(string undone)
    {
        if (Ascii.IsValid(undone) || undone.Any(c => c > '\u00FF') || !Utf8.IsValid(Encoding.Latin1.GetBytes(undone)))
        {
            return undone;
        }

        return string.Concat(undone.Select(c => c < '\u0080' ? c.ToString() : "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture)));
    }
}

/// <summary>What holds for items that say nothing of it: the project's properties. Evaluation gives items no defaults.</summary>
/// <param name="Directory">Where their files go, with a slash at its end.</param>
/// <param name="MaxAge"><c>ImageSyncMaxAge</c>.</param>
/// <param name="MaxBytes"><c>ImageSyncMaxBytes</c>.</param>
internal sealed record ItemDefaults(string Directory, string MaxAge, string MaxBytes);
