using System.Globalization;
using System.Text;

namespace ImageSync.Sync;

/// <summary>What MSBuild makes of the text in a project: the white space around it, its names, and what it escapes.</summary>
/// <remarks>It is also part of the task, hence .NET Standard 2.0.</remarks>
internal static class MSBuildSyntax
{
    /// <summary>What the name of an item type is, for error messages.</summary>
    public const string ValidItemTypes =
        "the name of an item type, such as Content: letters from A to Z, digits, _ and -, not beginning with a digit or -";

    // White space as XML has it; ImageSync.targets trims the same. Any other may be meant.
    private static readonly char[] WhiteSpace = [' ', '\t', '\n', '\r'];

    // https://learn.microsoft.com/visualstudio/msbuild/msbuild-special-characters
    private static readonly char[] Special = ['%', '*', '?', '@', '$', '(', ')', ';', '\''];

    // MSBuild's own elements, as its error MSB4028 would say after all downloads.
    private static readonly HashSet<string> Reserved =
    [
        "VisualStudioProject", "Target", "PropertyGroup", "Output", "ItemGroup", "UsingTask", "ProjectExtensions", "OnError", "ImportGroup",
        "Choose", "When", "Otherwise",
    ];

    /// <summary>
    /// The text without white space at its ends: MSBuild trims an Include, and hands everything else over as it is written.
    /// </summary>
    public static string Trim(string text) => text.Trim(WhiteSpace);

    /// <summary>Whether there can be an item type of that name.</summary>
    public static bool IsItemType(string text) =>
        text.Length > 0 && text.All(IsOfName) && text[0] is not (>= '0' and <= '9' or '-') && !Reserved.Contains(text);

    /// <summary>Whether the names of properties, metadata and item types can hold a character.</summary>
    public static bool IsOfName(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-';

    /// <summary>
    /// The text escaped as MSBuild does it, so that it arrives as it is written. MSBuild's own function is not public to tasks.
    /// </summary>
    public static string Escape(string text)
    {
        if (!text.Any(IsSpecial))
        {
            return text;
        }

        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = IsSpecial(c)
                ? escaped.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture))
                : escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static bool IsSpecial(char c) => Array.IndexOf(Special, c) >= 0;
}
