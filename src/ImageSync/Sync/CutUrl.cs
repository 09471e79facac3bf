using ImageSync.Images;

namespace ImageSync.Sync;

/// <summary>URLs with a number sign in the file's name: what follows it is a fragment, and never sent (RFC 9110 §4.2.5). Pure.</summary>
internal static class CutUrl
{
    /// <summary>Whether the fragment ends in an image's name, and the path does not: in <c>sprite.svg#icon</c> it is meant.</summary>
    /// <param name="url">As it is written.</param>
    public static bool IsLikely(string url)
    {
        var start = url.IndexOf('#');
        return start >= 0 && IsNameOfImage(url[(start + 1)..]) && !IsNameOfImage(url[..start]);
    }

    /// <summary>What to do about one, a sentence; null for any other URL.</summary>
    /// <param name="words">Those of whoever has written it.</param>
    /// <param name="url">As it is written.</param>
    public static string? Advice(Wording words, string url) => !IsLikely(url) ? null
        : "If the # belongs to the file's name, write %23 instead"
            + (words.IsOfItems && url.Contains('?') ? ", and the URL as metadata Url: MSBuild undoes the escapes of an Include with a ?."
            : ".");

    private static bool IsNameOfImage(string text)
    {
        var query = text.IndexOf('?');
        var path = query < 0 ? text : text[..query];
        return Path.GetExtension(path).Length > 0 && ImageFormat.IsNameOfImage(path);
    }
}
