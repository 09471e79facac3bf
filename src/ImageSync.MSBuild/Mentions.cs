using System.Buffers;

namespace ImageSync.MSBuild;

/// <summary>Whether a name that stands in a project file is in use there, by what is around it. Pure.</summary>
internal static class Mentions
{
    private const int LongestCall = 200;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_- ");

    /// <summary>A property's whole name anywhere but in the element that sets it, or where it is given to another project.</summary>
    public static bool IsOfProperty(string text, int start, int end) =>
        (start == 0 || !(IsOfName(text[start - 1]) || text[start - 1] is '<' or '/'))
        && (end == text.Length || !(IsOfName(text[end]) || text[end] == '='));

    /// <summary>%(Name), %(Content.Name), and item functions such as WithMetadataValue('Name', …) and HasMetadata('Name').</summary>
    public static bool IsOfMetadatum(string text, int start, int end)
    {
        var before = text.AsSpan(Math.Max(0, start - LongestCall), Math.Min(start, LongestCall)).TrimEnd();
        var after = text.AsSpan(end).TrimStart();
        return after.Length > 0 && before.Length > 0 && after[0] switch
        {
            ')' => before.EndsWith("%(") || (before[^1] == '.' && IsItemType(before[..^1])),
            '\'' or '"' or '`' => before[^1] == after[0] && IsCall(before[..^1].TrimEnd()),
            _ => false,
        };
    }

    private static bool IsItemType(ReadOnlySpan<char> before) =>
        before.LastIndexOf("%(") is >= 0 and var opening && before[(opening + 2)..].IndexOfAnyExcept(NameCharacters) < 0;

    private static bool IsCall(ReadOnlySpan<char> before) =>
        before is [.., '('] && before[(before.LastIndexOfAny('>', ' ') + 1)..].Contains("Metadata", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
