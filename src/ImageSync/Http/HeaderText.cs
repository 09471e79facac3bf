namespace ImageSync.Http;

/// <summary>What may stand in a header field's value (RFC 9110 §5.5).</summary>
internal static class HeaderText
{
    /// <summary>
    /// No control character but the tab, and nothing beyond Latin-1. .NET's unvalidated headers put CR and LF on the wire
    /// as they are, so text that comes from a file is checked here before it is sent.
    /// </summary>
    public static bool IsClean(string text)
    {
        foreach (var c in text)
        {
            if (c is (< ' ' and not '\t') or '\u007F' or > '\u00FF')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the text is a token (RFC 9110 §5.6.2), as a field name is.</summary>
    public static bool IsToken(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
}
