using System.Globalization;

namespace ImageSync.Http;

/// <summary>The response directives of Cache-Control that a private store of files heeds (RFC 9111 §5.2.2).</summary>
/// <param name="NoStore">Nothing of the response may be kept but what the user asked for: the file.</param>
/// <param name="NoCache">The response may be used only after it was validated.</param>
/// <param name="MaxAge">The declared lifetime; null where none is declared.</param>
/// <param name="IsBroken">Whether max-age is declared, but not so that it could be trusted: then the response counts as stale.</param>
internal sealed record CacheControl(bool NoStore, bool NoCache, TimeSpan? MaxAge, bool IsBroken)
{
    /// <summary>No directive at all.</summary>
    public static readonly CacheControl None = new(false, false, null, false);

    // RFC 9111 §1.2.2: a value too large is taken as 2^31.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2147483648);

    /// <summary>Reads the field, its lines joined by commas. What cannot be read is taken in the stricter sense.</summary>
    public static CacheControl Parse(string? field)
    {
        if (string.IsNullOrWhiteSpace(field))
        {
            return None;
        }

        var result = None;
        var ages = new HashSet<string>(StringComparer.Ordinal);
        foreach (var directive in SplitOutsideQuotes(field))
        {
            var equals = directive.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? directive : directive[..equals]).Trim().ToLowerInvariant();
            result = name switch
            {
                "no-store" => result with { NoStore = true },

                // no-cache="field" speaks of a field alone (RFC 9111 §5.2.2.4), which we do not keep; the stricter reading is safe.
                "no-cache" => result with { NoCache = true },
                _ => result,
            };
            if (name == "max-age")
            {
                ages.Add(equals < 0 ? "" : directive[(equals + 1)..]);
            }
        }

        // RFC 9111 §4.2.1: of conflicting values the first, or stale; we take stale.
        return ages.Count switch
        {
            0 => result,
            1 when Seconds(ages.First()) is { } age => result with { MaxAge = age },
            _ => result with { IsBroken = true },
        };
    }

    /// <summary>delta-seconds (RFC 9111 §1.2.2): digits and nothing else.</summary>
    public static TimeSpan? Seconds(string text)
    {
        if (text.Length == 0 || !text.All(char.IsAsciiDigit))
        {
            return null;
        }

        return text.Length <= 10 && long.Parse(text, CultureInfo.InvariantCulture) is var seconds && seconds < Longest.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Longest;
    }

    private static IEnumerable<string> SplitOutsideQuotes(string field)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < field.Length; i++)
        {
            switch (field[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    yield return field[start..i].Trim();
                    start = i + 1;
                    break;
                default:
                    break;
            }
        }

        yield return field[start..].Trim();
    }
}
