using ImageSync.Http;

namespace ImageSync.Reporting;

/// <summary>What comes from projects and servers, as far as a report shows it.</summary>
internal static class ReportText
{
    private const int MaxLength = 500;

    /// <summary>
    /// A URL without what may be a secret, and where it leads; null where it leads nowhere: it is no URL, was shortened, or held a
    /// secret.
    /// </summary>
    public static (string Shown, string? Link) Url(string url)
    {
        var shown = UrlRedaction.Redact(url);
        var leads = shown == url && Short(url) == url && !url.Contains(Secrets.Mask, StringComparison.Ordinal)
            && Uri.TryCreate(url, UriKind.Absolute, out var target)
            && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps);
        return (Short(shown), leads ? url : null);
    }

    /// <summary>The host of a URL, with its port where that is not the usual one; null where the URL names none.</summary>
    public static string? HostOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var target) && (target.Scheme == Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps)
            && target.Authority.Length > 0
            ? Short(target.Authority)
            : null;

    /// <summary>Text of a length that can be read, on one line.</summary>
    public static string Short(string text)
    {
        var line = UntrustedText.EscapeForLog(text);
        return line.Length <= MaxLength ? line : string.Concat(line.AsSpan(0, MaxLength - 1), "…");
    }
}
