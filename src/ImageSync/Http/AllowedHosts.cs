namespace ImageSync.Http;

/// <summary>The hosts that may be contacted; all of them where none is named.</summary>
internal sealed record AllowedHosts(IReadOnlyList<string> Patterns)
{
    /// <summary>No restriction.</summary>
    public static readonly AllowedHosts All = new([]);

    /// <summary>What a valid pattern is, for error messages.</summary>
    public const string ValidValues =
        "host names separated by ';', such as cdn.example.com or *.example.com for its subdomains; without scheme, port or path";

    /// <summary>
    /// Reads a list; null where an entry is no host name, or where there is none: <c>$(A);$(B)</c> of properties that are not
    /// defined must not mean all hosts.
    /// </summary>
    public static AllowedHosts? Parse(string text)
    {
        var patterns = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return text.Length == 0 ? All : patterns.Length > 0 && patterns.All(IsPattern) ? new AllowedHosts(patterns) : null;
    }

    /// <summary>Whether the host may be contacted.</summary>
    public bool Allow(string host) =>
        Patterns.Count == 0 || IsNamed(host);

    private bool IsNamed(string host) => Patterns.Any(pattern => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase));

    // An address has no subdomains: *.0.0.1 would be 127.0.0.1, and much else.
    private static bool IsPattern(string text) => !(text.StartsWith("*.", StringComparison.Ordinal) && char.IsAsciiDigit(text[^1])) &&
        Uri.CheckHostName(text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text) != UriHostNameType.Unknown;
}
