using System.Globalization;
using System.Text;
using ImageSync.Http;

namespace ImageSync.Sync;

/// <summary>The file name that a URL gives: the last segment of its path, decoded. Pure.</summary>
/// <remarks>
/// Evaluation names the files of declared items before (ImageSync.targets), and sees a URL with its escapes undone, each as the
/// character of its octet. The rules are made so that both come to the same name wherever evaluation gives one: octets that begin
/// like UTF-8 are read as that, and all others as Latin-1, as old servers mean them.
/// </remarks>
internal static class UrlName
{
    /// <summary>The name; empty where the path ends without one.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="written">The same as it is written.</param>
    public static string Of(TargetUri url, string written)
    {
        var name = LastSegment(Flat(PathOf(written.Trim())));
        name = LooksLikeUtf8(name) ? LastSegment(Uri.UnescapeDataString(url.WithoutQuery[url.Origin.Length..])) : name;

        // These name a folder: images/. is the file "images" to a file system.
        return name is "." or ".." ? "" : name;
    }

    private static string PathOf(string written)
    {
        var end = written.AsSpan().IndexOfAny('?', '#');
        var text = end < 0 ? written : written[..end];
        var authority = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var path = text.AsSpan(authority).IndexOfAny('/', '\\');
        return path < 0 ? "" : text[(authority + path)..];
    }

    private static string LastSegment(string path) => path[(path.LastIndexOfAny(['/', '\\']) + 1)..];

    // As MSBuild undoes escapes: octet by octet.
    private static string Flat(string path)
    {
        if (!path.Contains('%'))
        {
            return path;
        }

        var flat = new StringBuilder(path.Length);
        for (var at = 0; at < path.Length; at++)
        {
            if (OctetAt(path, at) is { } octet)
            {
                flat.Append((char)octet);
                at += 2;
            }
            else
            {
                flat.Append(path[at]);
            }
        }

        return flat.ToString();
    }

    private static byte? OctetAt(string path, int at) =>
        path[at] == '%' && at + 2 < path.Length
        && byte.TryParse(path.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            ? octet
            : null;

    // RFC 3629 §4: an octet that leads, and one that continues.
    private static bool LooksLikeUtf8(string name)
    {
        for (var at = 1; at < name.Length; at++)
        {
            if (name[at] is >= '\u0080' and <= '\u00BF' && name[at - 1] is >= '\u00C2' and <= '\u00F4')
            {
                return true;
            }
        }

        return false;
    }
}
