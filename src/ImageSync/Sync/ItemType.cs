namespace ImageSync.Sync;

/// <summary>Which names MSBuild takes for item types.</summary>
/// <remarks>It is also part of the task, hence .NET Standard 2.0.</remarks>
internal static class ItemType
{
    /// <summary>What is valid, for error messages.</summary>
    public const string ValidValues =
        "the name of an item type, such as Content: letters from A to Z, digits, _ and -, not beginning with a digit or -";

    // MSBuild's own elements, as its error MSB4028 would say after all downloads.
    private static readonly HashSet<string> Reserved =
    [
        "VisualStudioProject", "Target", "PropertyGroup", "Output", "ItemGroup", "UsingTask", "ProjectExtensions", "OnError", "ImportGroup",
        "Choose", "When", "Otherwise",
    ];

    /// <summary>Whether there can be an item type of that name.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && text.All(IsOfName) && text[0] is not (>= '0' and <= '9' or '-') && !Reserved.Contains(text);

    /// <summary>Whether the names of properties, metadata and item types can hold a character.</summary>
    public static bool IsOfName(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-';
}
