using System.Globalization;
using System.Text;

namespace ImageSync.Http;

/// <summary>A Location field as a URI reference (RFC 9110 §10.2.2). Pure.</summary>
/// <remarks>
/// A reference is ASCII (RFC 3986), but servers send octets beyond it as they stand in a file's name. They have to come back as the same
/// octets, escaped: é in Latin-1 is %e9, and as UTF-8 would be the name of another file. curl does the same. A host alone is text,
/// because IDNA begins with characters.
/// </remarks>
internal static class LocationField
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The reference.</summary>
    /// <param name="octets">The field's value, a character an octet.</param>
    public static string ToReference(string octets)
    {
        if (Ascii.IsValid(octets))
        {
            return octets;
        }

        var (start, end) = AuthorityOf(octets);
        return Escape(octets[..start]) + Decode(octets[start..end]) + Escape(octets[end..]);
    }

    // RFC 3986 §3.2: it follows two slashes, with which a reference begins, or its part behind the scheme does.
    private static (int Start, int End) AuthorityOf(string octets)
    {
        var slashes = octets.IndexOf("//", StringComparison.Ordinal);
        if (slashes < 0 || (slashes > 0 && (octets[slashes - 1] != ':' || octets.AsSpan(0, slashes - 1).IndexOfAny("/?#\\") >= 0)))
        {
            return (0, 0);
        }

        var start = slashes + 2;
        var length = octets.AsSpan(start).IndexOfAny("/?#\\");
        return (start, length < 0 ? octets.Length : start + length);
    }

    private static string Escape(string octets) => string.Concat(octets.Select(octet =>
        octet < '\u0080' ? octet.ToString() : "%" + ((int)octet).ToString("x2", CultureInfo.InvariantCulture)));

    private static string Decode(string octets)
    {
        try
        {
            return Utf8.GetString(Encoding.Latin1.GetBytes(octets));
        }
        catch (DecoderFallbackException)
        {
            return octets;
        }
    }
}
