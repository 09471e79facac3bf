using System.Buffers;

namespace ImageSync.MSBuild;

/// <summary>Which names MSBuild takes for item types.</summary>
internal static class ItemType
{
    /// <summary>What is valid, for error messages.</summary>
    public const string ValidValues =
        "the name of an item type, such as Content: letters from A to Z, digits, _ and -, not beginning with a digit or -";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    // MSBuild's own elements, as its error MSB4028 would say after all downloads.
    private static readonly string[] Reserved =
    [
        "VisualStudioProject", "Target", "PropertyGroup", "Output", "ItemGroup", "UsingTask", "ProjectExtensions", "OnError", "ImportGroup",
        "Choose", "When", "Otherwise",
    ];

    /// <summary>Whether there can be an item type of that name.</summary>
    public static bool IsName(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(NameCharacters)
        && !char.IsAsciiDigit(text[0]) && text[0] != '-' && !Reserved.Contains(text);
}
