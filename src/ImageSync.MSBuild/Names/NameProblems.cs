using ImageSync.Engine;

namespace ImageSync.MSBuild.Names;

/// <summary>What is told of a name that does nothing: words for people.</summary>
internal static class NameProblems
{
    /// <summary>The code of all of them.</summary>
    public const string Code = "IMGSYNC1007";

    // A list of URLs that nothing has divided is one item.
    private const int Longest = 300;

    public static string OfProperty(string name, IReadOnlyList<string> likely) =>
        $"ImageSync: there is no property {name}, so it does nothing. " + (likely.Count > 0 ? $"Did you mean {string.Join(" or ", likely)}?"
            : $"All that there are: {Product.Page("properties.md")}. "
                + "Give a property of your own a name that does not begin with ImageSync.");

    /// <summary>A name that can be read.</summary>
    public static string Short(string name) =>
        name.Length <= Longest ? name : name.Remove(160) + "…" + name.Remove(0, name.Length - 60);

    public static string OfItemType(string type, string likely) =>
        $"ImageSync: nothing syncs items of the type {type}. Did you mean {likely}?";

    public static string OfMetadatum(string item, string name, string likely) =>
        $"{item}: there is no metadatum {name}, so it does nothing. Did you mean {likely}?";

    public static string OfBuildAction(string item, string action, string likely) =>
        $"{item}: the BuildAction is \"{action}\", an item type that nothing reads unless the project does. Did you mean {likely}?";

    public static string OfCarried(string item, string name) =>
        $"{item}: {name} goes with the file to the item type of its BuildAction, and the item has none, so it does nothing. "
        + "Add BuildAction=\"Content\", or \"None\" for a file that is no content.";
}
