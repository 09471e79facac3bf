using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ImageSync.Engine.Lists.Import;

/// <summary>URLs as pages write them. Pure.</summary>
internal static partial class PageUrl
{
    // Of HTML 5, for ASCII; .NET knows those of HTML 4.
    private static readonly Dictionary<string, string> Punctuation = new(StringComparer.Ordinal)
    {
        ["Tab"] = "\t", ["NewLine"] = "\n", ["excl"] = "!", ["num"] = "#", ["dollar"] = "$", ["percnt"] = "%", ["apos"] = "'",
        ["lpar"] = "(", ["rpar"] = ")", ["ast"] = "*", ["plus"] = "+", ["comma"] = ",", ["period"] = ".", ["sol"] = "/",
        ["colon"] = ":", ["semi"] = ";", ["equals"] = "=", ["quest"] = "?", ["commat"] = "@", ["lowbar"] = "_", ["bsol"] = "\\",
        ["lsqb"] = "[", ["rsqb"] = "]", ["lbrack"] = "[", ["rbrack"] = "]", ["AMP"] = "&",
    };

    /// <summary>A text without its character references. One without a semicolon is none, as in most queries.</summary>
    public static string Decode(string text) => !text.Contains('&', StringComparison.Ordinal) ? text
        : Reference().Replace(text, reference => Punctuation.GetValueOrDefault(reference.Groups["name"].Value)
            ?? (reference.Value == "&amp" ? "&" : WebUtility.HtmlDecode(reference.Value)));

    /// <summary>
    /// What a browser takes for a URL: without blanks around it and line ends in it (WHATWG URL, "basic URL parser"), and without the
    /// fragment, which no server sees.
    /// </summary>
    public static string Of(string text)
    {
        var url = text.Trim(' ', '\t', '\r', '\n', '\f');
        if (url.AsSpan().IndexOfAny("\t\r\n# ") < 0)
        {
            return url;
        }

        var end = url.IndexOf('#', StringComparison.Ordinal);
        return (end < 0 ? url : url[..end]).Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)
            .Replace("\n", "", StringComparison.Ordinal).TrimEnd(' ').Replace(" ", "%20", StringComparison.Ordinal);
    }

    /// <summary>A file's path as part of a URL; escapes that are there stay.</summary>
    public static string OfPath(string path)
    {
        var url = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            _ = c switch
            {
                ' ' => url.Append("%20"),
                '#' => url.Append("%23"),
                '?' => url.Append("%3F"),
                '\\' => url.Append('/'),
                _ => url.Append(c),
            };
        }

        return url.ToString();
    }

    [GeneratedRegex(@"&(?:(?<name>[A-Za-z][A-Za-z0-9]{0,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});|amp(?![A-Za-z0-9=;]))")]
    private static partial Regex Reference();
}
