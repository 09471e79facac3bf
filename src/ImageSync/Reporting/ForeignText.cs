using System.Text.RegularExpressions;
using ImageSync.Http;

namespace ImageSync.Reporting;

/// <summary>What comes from projects and servers, as far as a report shows it.</summary>
internal static partial class ForeignText
{
    private const int MaxLength = 500;

    /// <summary>A URL without what may be a secret, and where it leads; null where it leads nowhere: it is no URL, or was shortened.</summary>
    public static (string Shown, string? Link) Url(string url)
    {
        var shown = UrlRedaction.Redact(url);
        var leads = shown == url && shown.Length <= MaxLength && Uri.TryCreate(url, UriKind.Absolute, out var target) && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps);
        return (Short(shown), leads ? url : null);
    }

    /// <summary>Text without line breaks, escape sequences and other control characters.</summary>
    public static string OnOneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)) : text;

    /// <summary>
    /// Text for a log that a CI system reads along: on one line, and without what is a command there. Azure Pipelines and
    /// TeamCity find theirs (<c>##vso[…]</c>, <c>##teamcity[…]</c>) anywhere in a line.
    /// </summary>
    public static string Inert(string text) =>
        OnOneLine(text) is var line && line.Contains("##", StringComparison.Ordinal) ? Command().Replace(line, "# #") : line;

    /// <summary>Text of a length that can be read, on one line.</summary>
    public static string Short(string text)
    {
        var line = OnOneLine(text);
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }

    [GeneratedRegex(@"##(?=[A-Za-z]*\[)")]
    private static partial Regex Command();
}
