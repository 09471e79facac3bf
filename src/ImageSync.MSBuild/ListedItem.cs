using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>A <c>RemoteImage</c> item that is a line of a list; the metadata are private to build/targets/Lists.targets.</summary>
internal static class ListedItem
{
    private const string List = "_ImageSyncList";
    private const string ListFolder = "_ImageSyncListFolder";
    private const string ListInclude = "_ImageSyncListInclude";
    private const string ListProject = "_ImageSyncListProject";
    private const string Path = "_ImageSyncPath";
    private const string HasSyntax = "_ImageSyncHasSyntax";

    // Behind it evaluation notes a name for itself.
    private const char UnitSeparator = '\u001F';

    private static readonly char[] Blanks = [' ', '\t'];
    private static readonly char[] EndsOfUrl = [' ', '\t', UnitSeparator];

    /// <summary>The list, absolute; empty for an item of the project's own.</summary>
    public static string ListOf(ITaskItem item) => item.GetMetadata(List);

    /// <summary>The project file that declares the item, or the list of it.</summary>
    public static string ProjectOf(ITaskItem item) =>
        item.GetMetadata(ListProject) is { Length: > 0 } project ? project : item.GetMetadata("DefiningProjectFullPath");

    /// <summary>What the project has written to include the list; empty for an item of the project's own.</summary>
    public static string IncludeOf(ITaskItem item) => item.GetMetadata(ListInclude);

    /// <summary>The path that the line of an item has; empty for none.</summary>
    public static string PathOf(ITaskItem item) => item.GetMetadata(Path);

    /// <summary>The parts of a line that evaluation has left whole; null where it has split it.</summary>
    public static (string Url, string Path, string LocalPath)? Split(ITaskItem item)
    {
        if (item.GetMetadata(HasSyntax) != "True")
        {
            return null;
        }

        var line = item.ItemSpec;
        var end = line.IndexOfAny(EndsOfUrl);
        var path = end < 0 || line[end] == UnitSeparator ? "" : line.Substring(end).TrimStart(Blanks);
        return (end < 0 ? line : line.Substring(0, end), path,
            path.Length == 0 ? item.GetMetadata("LocalPath") : item.GetMetadata(ListFolder) + path);
    }
}
