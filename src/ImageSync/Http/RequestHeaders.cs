using System.Text.RegularExpressions;

namespace ImageSync.Http;

/// <summary>
/// Extra request headers of one image, <c>Name: value</c> separated by <c>|</c>. A <c>${NAME}</c> in a value stands for an
/// environment variable and is replaced only when a request is sent, so that no secret is ever held, logged or stored.
/// </summary>
internal sealed partial record RequestHeaders
{
    /// <summary>No extra header.</summary>
    public static readonly RequestHeaders None = new([]);

    /// <summary>What a valid value is, for error messages.</summary>
    public const string ValidValues = "'Name: value' pairs separated by '|', with ${VARIABLE} for secrets; connection, length, range, coding and conditional headers are ImageSync's own";

    // What frames the message or makes it conditional is ours; a header here would break the exchange or make a 304 a lie.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        "Content-Length", "Content-Encoding", "Accept-Encoding", "Range",
        "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range",
    };

    private RequestHeaders(IReadOnlyList<KeyValuePair<string, string>> fields) => Fields = fields;

    /// <summary>The fields as declared, variables not replaced.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>The environment variables that the values name.</summary>
    public IEnumerable<string> Variables => Fields.Count == 0 ? [] : Fields.SelectMany(header => Variable().Matches(header.Value)).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>Whether they may be sent to this URL, which is asked in another's place: a secret that was meant for https goes over nothing less.</summary>
    public bool MayGoTo(TargetUri asked, TargetUri url) => asked.IsHttps || !url.IsHttps || !Variables.Any();

    /// <summary>Reads a declaration; null, with the problem, where it is not valid. The problem repeats no value.</summary>
    public static RequestHeaders? Parse(string text, out string? problem)
    {
        problem = null;
        if (text.Length == 0)
        {
            return None;
        }

        var fields = new List<KeyValuePair<string, string>>();
        foreach (var part in text.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            var name = colon < 0 ? "" : part[..colon].TrimEnd();
            var value = part[(colon + 1)..].Trim();
            problem = name switch
            {
                _ when !HeaderText.IsToken(name) => "has an entry that is no 'Name: value'",
                _ when Refused.Contains(name) => $"names {name}, which ImageSync sets itself",
                _ when !HeaderText.IsClean(value) => $"has a value for {name} with a character that no header may hold",
                _ => null,
            };
            if (problem is not null)
            {
                return null;
            }

            fields.Add(new(name, value));
        }

        // Of a list whose parts are all undefined, the request would go without what it was to have.
        problem = fields.Count == 0 ? "is given and has no entry" : null;
        return fields.Count == 0 ? null : new RequestHeaders(fields);
    }

    /// <summary>The fields as they are sent. That every variable is set, and fit for a header, was checked with the declaration.</summary>
    public IEnumerable<KeyValuePair<string, string>> Resolve(Func<string, string?> environment)
    {
        foreach (var (name, template) in Fields)
        {
            yield return new(name, Variable().Replace(template, match => environment(match.Groups[1].Value) ?? ""));
        }
    }

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
