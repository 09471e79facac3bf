using System.Globalization;
using System.Text;
using ImageSync.MSBuild.Names;
using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild;

/// <summary>Reads a <c>RemoteImage</c> item.</summary>
internal static class RemoteImageItem
{
    private const string BuildAction = "BuildAction";
    private const string LocalPath = "LocalPath";
    private const string Url = "Url";
    private const string Watch = "Watch";

    // Private to ImageSync.targets.
    private const string EvaluatedName = "_ImageSyncName";
    private const string EvaluatedFolder = "_ImageSyncFolder";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding Latin1 = Encoding.GetEncoding("ISO-8859-1");

    /// <summary>What the engine is told of an item: its URL still escaped, its other metadata as they are meant.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(ITaskItem item)
    {
        var (list, whole) = (ListedItem.ListOf(item), ListedItem.Split(item));
        yield return ("Include", whole?.Url ?? UrlOf(item));
        foreach (var name in KnownNames.Metadata)
        {
            var value = name == Url ? ((ITaskItem2)item).GetMetadataValueEscaped(name)
                : name == LocalPath && whole is not null ? whole.Value.LocalPath
                : item.GetMetadata(name);
            if (value.Length > 0)
            {
                yield return (name, value);
            }
        }

        if (list.Length > 0)
        {
            yield return ("List", list);
            if ((whole?.Path ?? ListedItem.PathOf(item)) is { Length: > 0 } path)
            {
                yield return ("ListPath", path);
            }
        }

        if (item.GetMetadata(EvaluatedName) is { Length: > 0 } evaluated)
        {
            yield return ("Name", evaluated);
        }

        if (item.GetMetadata(EvaluatedFolder) is { Length: > 0 } folder)
        {
            yield return ("Folder", folder);
        }
    }

    /// <summary>Whether the file is to be an item of the project.</summary>
    public static bool HasBuildAction(ITaskItem item) => Text(item, BuildAction).Length > 0;

    /// <summary>The file of an image as an item of the project, with all metadata of the image's item.</summary>
    public static ITaskItem FileOf(ITaskItem item, string localPath)
    {
        var file = new TaskItem(MSBuildSyntax.Escape(localPath), ((ITaskItem2)item).CloneCustomMetadataEscaped());

        // As for the files that evaluation has placed: what a build has written is no reason for `dotnet watch` to build anew.
        file.SetMetadata(Watch, Text(item, Watch) is { Length: > 0 } watch ? MSBuildSyntax.Escape(watch) : "false");
        file.SetMetadata(BuildAction, MSBuildSyntax.Escape(Text(item, BuildAction)));
        return file;
    }

    /// <summary>A metadatum as its author has written it: evaluation adds the file's name to a folder.</summary>
    public static string AsWritten(ITaskItem item, string name) =>
        name != LocalPath ? Text(item, name)
        : item.GetMetadata(EvaluatedFolder) is { Length: > 0 } folder ? folder
        : item.GetMetadata(EvaluatedName).Length > 0 ? ""
        : Text(item, name);

    private static string Text(ITaskItem item, string name) => MSBuildSyntax.Trim(item.GetMetadata(name));

    // MSBuild takes an Include with ? or * for a file pattern: it undoes the escapes and, finding no file, puts its own in
    // (lower case, %3f for ?). Those are undone again; the escapes of a plain Include are the user's and go out as they are.
    private static string UrlOf(ITaskItem item)
    {
        var escaped = ((ITaskItem2)item).EvaluatedIncludeEscaped;
        return (escaped.Contains("%3f") || escaped.Contains("%2a")) && MSBuildSyntax.Escape(item.ItemSpec) == escaped
                && ListedItem.ListOf(item).Length == 0
            ? OctetsAsEscapes(item.ItemSpec)
            : escaped;
    }

    // %C3%B6 has become the characters of its octets; what is UTF-8 as a whole was not written so.
    private static string OctetsAsEscapes(string undone)
    {
        if (undone.All(c => c < '\u0080') || undone.Any(c => c > '\u00FF') || !IsUtf8(Latin1.GetBytes(undone)))
        {
            return undone;
        }

        return string.Concat(undone.Select(c =>
            c < '\u0080' ? c.ToString() : "%" + ((int)c).ToString("X2", CultureInfo.InvariantCulture)));
    }

    private static bool IsUtf8(byte[] octets)
    {
        try
        {
            return Strict.GetCharCount(octets) > 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
