using System.Text.RegularExpressions;
using ImageSync.Images;

namespace ImageSync.Sync;

/// <summary>What MSBuild, or a number sign, makes of a URL that its author wrote otherwise, and what to do about it. Pure.</summary>
internal static partial class UrlMistakes
{
    /// <summary>
    /// What to do about a URL with a number sign in the file's name, a sentence; null for any other. What follows the sign is a
    /// fragment, and never sent (RFC 9110 §4.2.5).
    /// </summary>
    /// <param name="words">Those of whoever has written it.</param>
    /// <param name="url">As it is written.</param>
    public static string? AdviceOnFragment(Wording words, string url) => !IsCutShort(url) ? null
        : "If the # belongs to the file's name, write %23 instead"
            + (words.IsOfItems && url.Contains('?') ? ", and the URL as metadata Url: MSBuild undoes the escapes of an Include with a ?."
            : ".");

    /// <summary>What to do about a list of URLs that was read at evaluation, and that nothing has divided; null for any other.</summary>
    /// <param name="words">Those of whoever has written it.</param>
    /// <param name="url">As it is written.</param>
    public static string? AdviceOnList(Wording words, string url) => !words.IsOfItems || !ListOfUrls().IsMatch(url) ? null
        : "The URL is several URLs in one text: declare the file that has them as a RemoteImageList.";

    /// <summary>
    /// What to do where this text may be the rest of the URL before it, of which MSBuild makes two items; null for any other.
    /// </summary>
    /// <param name="before">The text of the item before it; null for none.</param>
    /// <param name="written">That is no URL.</param>
    public static string? AdviceOnSplit(string? before, string written) =>
        before is not null && IsUrl(before) && !IsUrl(written)
        && (before.Contains('?', StringComparison.Ordinal) || written.Contains('=', StringComparison.Ordinal))
            ? "MSBuild splits an Include at each ';'. If this is the rest of the URL before it, write %3B instead of the ';'."
            : null;

    // Where the fragment ends in an image's name, and the path does not: in sprite.svg#icon it is meant.
    private static bool IsCutShort(string url)
    {
        var start = url.IndexOf('#');
        return start >= 0 && IsNameOfImage(url[(start + 1)..]) && !IsNameOfImage(url[..start]);
    }

    private static bool IsNameOfImage(string text)
    {
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        return Path.GetExtension(path).Length > 0 && ImageFormat.IsNameOfImage(path);
    }

    private static bool IsUrl(string text) => text.Contains("://", StringComparison.Ordinal);

    [GeneratedRegex(@".(?:;|%3b|\s|%0d|%0a|%20)+https?(?::|%3a)//", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex ListOfUrls();
}
