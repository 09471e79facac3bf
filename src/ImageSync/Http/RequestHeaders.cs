using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace ImageSync.Http;

/// <summary>
/// Extra request headers of one image, <c>Name: value</c> separated by <c>|</c>. A <c>${NAME}</c> in a value stands for an
/// environment variable and is replaced only when a request is sent, so that no secret is ever logged or stored.
/// </summary>
internal sealed partial record RequestHeaders
{
    /// <summary>No extra header.</summary>
    public static readonly RequestHeaders None = new([]);

    /// <summary>What a valid value is, for error messages.</summary>
    public const string ValidValues =
        "'Name: value' pairs separated by '|', with ${VARIABLE} for secrets; "
        + "connection, length, range, coding and conditional headers are ImageSync's own";

    // What frames the message or makes it conditional is ours; a header here would break the exchange or make a 304 a lie.
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization",
        "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect",
        "Content-Length", "Content-Encoding", "Accept-Encoding", "Range",
        "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range",
    };

    private static readonly string[] Schemes = ["Bearer", "Basic", "Digest", "token"];

    private RequestHeaders(IReadOnlyList<KeyValuePair<string, string>> fields) => Fields = fields;

    /// <summary>The fields as declared, variables not replaced.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; }

    /// <summary>Their values as declared.</summary>
    public IEnumerable<string> Templates => Fields.Select(header => header.Value);

    /// <summary>The environment variables that the values name.</summary>
    public IEnumerable<string> Variables => Fields.Count == 0
        ? []
        : Fields.SelectMany(header => Variable().Matches(header.Value)).Select(match => match.Groups[1].Value).Distinct();

    /// <summary>
    /// Whether they may be sent to this URL, which is asked in another's place: a secret that was meant for https goes over nothing less.
    /// </summary>
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
                _ when Variable().Replace(value, "").Contains("${", StringComparison.Ordinal) =>
                    $"has a value for {name} with a ${{ that is no ${{VARIABLE}}",
                _ when OtherPlaceholder().IsMatch(value) => $"has a value for {name} that looks like a variable and is none",
                _ when IsBare(name, value) => $"has a value for {name} without credentials",
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
            yield return new(name, Fill(template, environment));
        }
    }

    /// <summary>What must not be told of a value as it is sent: that of each variable, the whole, and what it carries.</summary>
    /// <param name="template">The value as declared.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    public static IEnumerable<string> SecretsOf(string template, Func<string, string?> environment)
    {
        var variables = Variable().Matches(template);
        if (variables.Count == 0)
        {
            return [];
        }

        var value = Fill(template, environment).Trim();
        var token = value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..].TrimStart();
        return [.. variables.Select(match => environment(match.Groups[1].Value) ?? ""), value, token, .. CredentialsIn(token)];
    }

    // "Basic ${CREDENTIALS}" (RFC 7617 §2): the origin knows user and password, and tells them as such.
    private static IEnumerable<string> CredentialsIn(string token)
    {
        var octets = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, octets, out var length) || !Utf8.IsValid(octets.AsSpan(0, length)))
        {
            return [];
        }

        var text = Encoding.UTF8.GetString(octets, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && HeaderText.IsClean(text) ? [text, text[(colon + 1)..]] : [];
    }

    private static string Fill(string template, Func<string, string?> environment) =>
        Variable().Replace(template, match => environment(match.Groups[1].Value) ?? "");

    // Of "Bearer $(TOKEN)" with no such property, the scheme is left.
    private static bool IsBare(string name, string value) =>
        name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
        && (value.Length == 0 || Schemes.Contains(value, StringComparer.OrdinalIgnoreCase));

    // As other tools and shells write a variable, alone or as the whole credential.
    [GeneratedRegex(
        @"^((Bearer|Basic|token)\s+)?(\{[A-Za-z_]\w*\}|%[A-Za-z_]\w*%|\$(env:)?[A-Za-z_]\w*)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherPlaceholder();

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}

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
