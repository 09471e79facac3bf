using System.Globalization;
using System.Text;

namespace ImageSync.Engine.Projects;

/// <summary>What MSBuild and XML make of a text in a project, and how it is written to be itself. Pure.</summary>
internal static class ProjectEscaping
{
    /// <summary>
    /// A URL as an item's: its own escapes stay, since the task hands them on as they are written. What MSBuild would expand, or split
    /// at, becomes one of the URL's escapes: <c>(</c> behind <c>$</c>, <c>@</c> or <c>%</c>, and <c>;</c>.
    /// </summary>
    public static string OfUrl(string url)
    {
        var text = new StringBuilder(url.Length);
        for (var i = 0; i < url.Length; i++)
        {
            _ = url[i] switch
            {
                ';' => text.Append("%3B"),
                '(' when i > 0 && url[i - 1] is '$' or '@' or '%' => text.Append("%28"),
                _ => text.Append(url[i]),
            };
        }

        return text.ToString();
    }

    /// <summary>
    /// Whether an Include can carry a URL that is written so: of one that it takes for a pattern of files MSBuild undoes the escapes.
    /// </summary>
    public static bool FitsInclude(string url) =>
        !url.Contains('*', StringComparison.Ordinal)
        && (!url.Contains('?', StringComparison.Ordinal) || !url.Any(c => c is '%' or '\'' or '(' or ')' or '@' or '$' or > '~'));

    /// <summary>What MSBuild takes an escaped text for.</summary>
    public static string Undone(string text)
    {
        var undone = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                undone.Append((char)byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                undone.Append(text[i]);
            }
        }

        return undone.ToString();
    }

    /// <summary>Whether MSBuild puts something else in the place of a part of it.</summary>
    public static bool IsExpanded(string text) =>
        text.Contains("$(", StringComparison.Ordinal) || text.Contains("@(", StringComparison.Ordinal)
        || text.Contains("%(", StringComparison.Ordinal);

    /// <summary>A value of an attribute in double quotes.</summary>
    /// <param name="text">The value.</param>
    /// <param name="inAscii">Whether the file's encoding does not have all characters.</param>
    public static string OfAttribute(string text, bool inAscii)
    {
        var value = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => value.Append("&amp;"),
                '<' => value.Append("&lt;"),
                '>' => value.Append("&gt;"),
                '"' => value.Append("&quot;"),
                > '~' when inAscii => value.Append(CultureInfo.InvariantCulture, $"&#x{rune.Value:X};"),
                _ => value.Append(rune.ToString()),
            };
        }

        return value.ToString();
    }
}
