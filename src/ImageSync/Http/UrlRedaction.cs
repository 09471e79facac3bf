namespace ImageSync.Http;

/// <summary>What of a URL may be shown: it ends up in logs, and a query or userinfo in it may be a secret.</summary>
internal static class UrlRedaction
{
    private const int LongestPlainQueryValue = 6;

    private static readonly string[] SecretNames = ["sig", "token", "key", "secret", "pass", "pwd", "auth", "cred", "code", "jwt"];

    /// <summary>A URL without the query values that may be secrets.</summary>
    public static string Redact(string origin, string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? origin + pathAndQuery
            : origin + pathAndQuery[..query] + "?" + string.Join('&', pathAndQuery[(query + 1)..].Split('&').Select(RedactParameter));
    }

    /// <summary>Any text that was meant for a URL, for people's eyes: what is none loses all that could be a secret.</summary>
    public static string Redact(string text)
    {
        if (TargetUri.TryParse(text, out var target, out _))
        {
            return target.Redacted;
        }

        if (text.StartsWith('#'))
        {
            // What was meant for a comment, in a list of URLs that has none.
            return "#" + Redact(text.TrimStart('#'));
        }

        var shown = text.IndexOfAny(['?', '#']) is >= 0 and var end ? text[..end] + "…" : text;
        var at = shown.LastIndexOf('@');
        var authority = shown.IndexOf("//", StringComparison.Ordinal);
        return at > authority ? string.Concat(shown.AsSpan(0, authority < 0 ? 0 : authority + 2), "…", shown.AsSpan(at)) : shown;
    }

    private static string RedactParameter(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : parameter[..equals];
        var value = parameter[(equals + 1)..];
        var plain = value.Length <= LongestPlainQueryValue
            && !SecretNames.Any(secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase));
        return plain ? parameter : name.Length == 0 ? "…" : name + "=…";
    }
}
