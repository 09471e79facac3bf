using System.Security.Cryptography;
using System.Text;

namespace ImageSync.Http;

/// <summary>
/// What of a request selects the response beside its URL (RFC 9111 §4.1): the image's own headers, and the User-Agent where
/// the response varies by it. Validators are of use only to a request that is the same in this.
/// </summary>
internal static class RequestKey
{
    private const int Digits = 16;

    /// <summary>A digest of the headers as they are declared, secrets not filled in; null where nothing selects.</summary>
    public static string? Of(RequestHeaders headers, string userAgent, string? vary)
    {
        if (headers.Fields.Count == 0 && vary is null)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (var (name, template) in headers.Fields)
        {
            text.Append(name.ToLowerInvariant()).Append(':').Append(template).Append('\n');
        }

        if (VariesByUserAgent(vary))
        {
            text.Append(userAgent);
        }

        return text.Length == 0 ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..Digits];
    }

    /// <summary>Whether a recorded key is that of a request with these headers.</summary>
    public static bool Fits(string? recorded, RequestHeaders headers, string userAgent) =>
        recorded == Of(headers, userAgent, vary: null) || recorded == Of(headers, userAgent, vary: "User-Agent");

    private static bool VariesByUserAgent(string? vary) =>
        vary is not null && vary.Split(',', StringSplitOptions.TrimEntries).Contains("User-Agent", StringComparer.OrdinalIgnoreCase);
}
