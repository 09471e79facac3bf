using System.Globalization;

namespace ImageSync.Http;

/// <summary>An origin (RFC 9110 §4.3.1): whom a request is sent to.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Authority">Host and port as they were written.</param>
/// <param name="Text">Scheme, host and port, in lower case and without the scheme's default port.</param>
/// <param name="Host">The host's name in lower case, without a port.</param>
internal sealed record HttpOrigin(string Scheme, string Authority, string Text, string Host)
{
    // Thousands of images share a few hosts: System.Uri looks at each once, not at each of its images.
    private static volatile HttpOrigin? _last;

    /// <summary>Whether the connection is secured.</summary>
    public bool IsHttps { get; } = Scheme == "https";

    /// <summary>Reads an authority; null where it names no host.</summary>
    public static HttpOrigin? Parse(string scheme, ReadOnlySpan<char> authority)
    {
        if (_last is { } last && last.Scheme == scheme && authority.SequenceEqual(last.Authority))
        {
            return last;
        }

        if (!Uri.TryCreate(string.Concat(scheme, "://", authority), UriKind.Absolute, out var uri)
            || uri.Host.Length == 0
            || uri.PathAndQuery != "/"
            || HostOf(uri) is not { } host)
        {
            return null;
        }

        var text = scheme + "://" + (uri.IsDefaultPort ? host : host + ":" + uri.Port.ToString(CultureInfo.InvariantCulture));
        return _last = new HttpOrigin(scheme, authority.ToString(), text, host);
    }

    private static string? HostOf(Uri origin)
    {
        try
        {
            return origin.HostNameType == UriHostNameType.IPv6 ? origin.Host : origin.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            // Characters that no internationalised name can have; Uri finds out only now.
            return null;
        }
    }
}
