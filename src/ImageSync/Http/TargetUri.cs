using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ImageSync.Http;

/// <summary>
/// The target URI of a request (RFC 9110 §7.1): an absolute http or https URL whose path and query stay as they were written.
/// </summary>
/// <remarks>
/// <see cref="System.Uri"/> decodes unreserved escapes and removes dot segments; a signed URL does not survive that.
/// Hence the path and query are kept as text, and only what cannot stand in a request line is percent-encoded.
/// </remarks>
internal sealed record TargetUri
{
    /// <summary>What a valid URL is, for error messages.</summary>
    public const string ValidValues = "an absolute URL such as https://example.com/logo.png";

    private const int FingerprintLength = 8;

    // What may stand in a request line (RFC 3986 §2): no controls, blanks, delimiters of no URI, non-ASCII.
    private static readonly SearchValues<char> Sendable =
        SearchValues.Create("!#$%&'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]_abcdefghijklmnopqrstuvwxyz~");

    private readonly HttpOrigin _origin;
    private readonly string _text;

    // The same for people's eyes and for the disk.
    private readonly string _shown;

    private TargetUri(HttpOrigin origin, string text, string? shown = null) =>
        (_origin, _text, _shown) = (origin, text, shown ?? text);

    /// <summary>Scheme, host and port, in lower case and without the scheme's default port (RFC 9110 §4.3.1).</summary>
    public string Origin => _origin.Text;

    /// <summary>The origin-form request target (RFC 9112 §3.2.1), as written.</summary>
    public string PathAndQuery => _text[Origin.Length..];

    /// <summary>The same, for .NET's client; made for each request, since thousands of images would keep theirs for nothing.</summary>
    public Uri ToUri() => new(_text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    /// <summary>The host's name in lower case, without a port.</summary>
    public string Host => _origin.Host;

    /// <summary>Whether the connection is secured.</summary>
    public bool IsHttps => _origin.IsHttps;

    /// <summary>The URL as it is sent, whatever is in it.</summary>
    public string Sent => _text;

    /// <summary>The origin for people's eyes.</summary>
    public string ShownOrigin => HoldsSecret && !_shown.StartsWith(Origin, StringComparison.Ordinal) ? Secrets.Mask : Origin;

    /// <summary>The URL without its query.</summary>
    public string WithoutQuery =>
        PathOf(_text) is var path && HoldsSecret && PathOf(_shown) is var shown && shown != path ? shown + "?" + Digest(path) : path;

    /// <summary>
    /// The URL as it is recorded where it is not the declared one: its query may be a signature, and its path may hold a secret,
    /// so a digest stands for them.
    /// </summary>
    public string Fingerprint => HoldsSecret || HasQuery ? PathOf(_shown) + "?" + Digest(_text) : _text;

    /// <summary>The URL for people's eyes: query values that may be secrets are left out.</summary>
    public string Redacted => HasQuery ? UrlRedaction.Redact("", _shown) : _shown;

    /// <summary>The same URL, of which nobody is told the secrets in it.</summary>
    public TargetUri Without(Secrets secrets)
    {
        var shown = secrets.Conceal(_text);

        // Of one with a question mark in it nobody could tell any more where the query begins.
        return shown == _text ? this
            : new TargetUri(_origin, _text, Marks(shown) == Marks(_text) ? shown : secrets.Conceal(Origin) + "/" + Secrets.Mask);

        static int Marks(string text) => text.AsSpan().Count('?');
    }

    private bool HoldsSecret => !ReferenceEquals(_shown, _text);

    private bool HasQuery => _text.Contains('?', StringComparison.Ordinal);

    private string Digest(string url) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(url[Origin.Length..])), 0, FingerprintLength);

    /// <summary>Reads a URL; <paramref name="problem"/> completes the sentence "The URL …" where it is not one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out TargetUri? target, [NotNullWhen(false)] out string? problem)
    {
        target = null;
        text = text.Trim();
        var schemeEnd = text.IndexOf("://", StringComparison.Ordinal);
        if (SchemeOf(schemeEnd < 0 ? "" : text.AsSpan(0, schemeEnd)) is not { } scheme)
        {
            problem = "is not an absolute http or https URL";
            return false;
        }

        var rest = text.AsSpan(schemeEnd + 3);
        var fragment = rest.IndexOf('#');
        rest = fragment < 0 ? rest : rest[..fragment];
        var authorityEnd = rest.IndexOfAny('/', '?', '\\');
        var authority = authorityEnd < 0 ? rest : rest[..authorityEnd];
        var pathAndQuery = authorityEnd < 0 ? "/" : rest[authorityEnd..];

        // RFC 9110 §4.2.4: userinfo in a reference is deprecated, and it would be written into logs wherever the URL is.
        if (authority.Contains('@'))
        {
            problem = "carries credentials before the host";
            return false;
        }

        if (HttpOrigin.Parse(scheme, authority) is not { } origin)
        {
            problem = "has no valid host";
            return false;
        }

        target = new TargetUri(origin, Normalize(text, origin.Text, pathAndQuery));
        problem = null;
        return true;
    }

    /// <summary>Resolves a reference against this URL (RFC 3986 §5.2); null where the result is no http or https URL.</summary>
    public TargetUri? Resolve(string reference, out string? problem)
    {
        var path = PathOf(PathAndQuery);
        var absolute = reference switch
        {
            _ when HasScheme(reference) => reference,
            ['/', '/', ..] => Origin[..(Origin.IndexOf(':', StringComparison.Ordinal) + 1)] + reference,
            ['/', ..] => Origin + RemoveDotSegments(reference),
            ['?', ..] => Origin + path + reference,
            ['#', ..] or "" => Sent,
            _ => Origin + RemoveDotSegments(path[..(path.LastIndexOf('/') + 1)] + reference),
        };
        return TryParse(absolute, out var target, out problem) ? target : null;
    }

    public bool Equals(TargetUri? other) => other is not null && other._text == _text;

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The URL for people's eyes, query and all.</summary>
    public override string ToString() => _shown;

    private static string? SchemeOf(ReadOnlySpan<char> text) =>
        text.Equals("https", StringComparison.OrdinalIgnoreCase) ? "https"
        : text.Equals("http", StringComparison.OrdinalIgnoreCase) ? "http"
        : null;

    // The text itself where it is in its normal form already, as nearly all are.
    private static string Normalize(string text, string origin, ReadOnlySpan<char> pathAndQuery) =>
        pathAndQuery[0] == '/'
        && text.StartsWith(origin, StringComparison.Ordinal)
        && text.AsSpan(origin.Length).SequenceEqual(pathAndQuery)
        && IsSendable(pathAndQuery)
            ? text
            : origin + Encode((pathAndQuery[0] == '/' ? "" : "/") + pathAndQuery.ToString());

    private static bool HasScheme(string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && reference.AsSpan(0, colon).IndexOfAny('/', '?', '#') < 0;
    }

    private static string PathOf(string pathAndQuery)
    {
        var query = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? pathAndQuery : pathAndQuery[..query];
    }

    // RFC 3986 §5.2.4, on the path alone; a query may hold dots and slashes of its own.
    private static string RemoveDotSegments(string reference)
    {
        var end = reference.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? reference : reference[..end];
        var segments = path.Split('/');
        var output = new List<string>(segments.Length);
        for (var i = 1; i < segments.Length; i++)
        {
            if (segments[i] == "..")
            {
                output.RemoveRange(Math.Max(output.Count - 1, 0), Math.Min(output.Count, 1));
            }
            else if (segments[i] != ".")
            {
                output.Add(segments[i]);
                continue;
            }

            if (i == segments.Length - 1)
            {
                output.Add("");
            }
        }

        return "/" + string.Join('/', output) + (end < 0 ? "" : reference[end..]);
    }

    private static bool IsSendable(ReadOnlySpan<char> pathAndQuery) => pathAndQuery.IndexOfAnyExcept(Sendable) < 0;

    // What may not goes out as escaped UTF-8.
    private static string Encode(string pathAndQuery)
    {
        if (IsSendable(pathAndQuery))
        {
            return pathAndQuery;
        }

        var text = new StringBuilder(pathAndQuery.Length + 16);
        foreach (var octet in Encoding.UTF8.GetBytes(pathAndQuery))
        {
            _ = Sendable.Contains((char)octet)
                ? text.Append((char)octet)
                : text.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
