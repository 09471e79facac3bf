using ImageSync.Sync;

namespace ImageSync.MSBuild.Names;

/// <summary>Whether a name that stands in a project file is in use there, by what is around it. Pure.</summary>
internal static class NameUsage
{
    private const int LongestCall = 200;

    /// <summary>A property's whole name anywhere but in the element that sets it, or where it is given to another project.</summary>
    public static bool IsOfProperty(string text, int start, int end) =>
        (start == 0 || !(MSBuildSyntax.IsOfName(text[start - 1]) || text[start - 1] is '<' or '/'))
        && (end == text.Length || !(MSBuildSyntax.IsOfName(text[end]) || text[end] == '='));

    /// <summary>%(Name), %(Content.Name), and item functions such as WithMetadataValue('Name', …) and HasMetadata('Name').</summary>
    public static bool IsOfMetadatum(string text, int start, int end)
    {
        var first = Math.Max(0, start - LongestCall);
        var before = text.Substring(first, start - first).TrimEnd();
        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end < text.Length && before.Length > 0 && text[end] switch
        {
            ')' => before.EndsWith("%(", StringComparison.Ordinal) || (before[before.Length - 1] == '.' && IsItemType(WithoutLast(before))),
            '\'' or '"' or '`' => before[before.Length - 1] == text[end] && IsCall(WithoutLast(before).TrimEnd()),
            _ => false,
        };
    }

    private static string WithoutLast(string text) => text.Substring(0, text.Length - 1);

    private static bool IsItemType(string before) =>
        before.LastIndexOf("%(", StringComparison.Ordinal) is >= 0 and var opening
        && before.Skip(opening + 2).All(c => c == ' ' || MSBuildSyntax.IsOfName(c));

    private static bool IsCall(string before) =>
        before.EndsWith("(", StringComparison.Ordinal)
        && before.IndexOf("Metadata", before.LastIndexOfAny(['>', ' ']) + 1, StringComparison.OrdinalIgnoreCase) >= 0;
}
