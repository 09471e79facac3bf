using System.Text.RegularExpressions;

namespace ImageSync.Http;

/// <summary>
/// The URLs that are asked in place of others: a map from prefixes to the mirrors that stand for them. A mirror stands for
/// its origin as a proxy does, so nothing that is recorded or reported of an answer names it.
/// </summary>
internal sealed partial class Mirrors
{
    /// <summary>Everybody is asked himself.</summary>
    public static readonly Mirrors None = new([]);

    /// <summary>What a valid map is, for error messages.</summary>
    public const string ValidValues = "prefix=mirror pairs separated by ';' or white space, each prefix once, such as https://cdn.example.com=http://cache.example.net:8080/cdn.example.com; "
        + "both absolute http or https URLs without credentials, query and fragment";

    private readonly Entry[] _entries;

    private Mirrors(Entry[] entries) => _entries = entries;

    /// <summary>Reads a map; null where an entry is none.</summary>
    public static Mirrors? Parse(string text)
    {
        var entries = new List<Entry>();
        foreach (var pair in Separator().Split(text).Where(pair => pair.Length > 0))
        {
            // A path may hold the sign too, so it is the one before a URL that divides.
            if (Divider().Split(pair, 2) is not [var left, var right] || PrefixOf(left) is not { } prefix || PrefixOf(right) is not { } mirror)
            {
                return null;
            }

            entries.Add(new Entry(prefix, mirror));
        }

        return entries.DistinctBy(entry => entry.Prefix).Count() == entries.Count ? new Mirrors([.. entries.OrderByDescending(entry => entry.Prefix.Length)]) : null;
    }

    /// <summary>A map as it may be shown: what could be a secret was not meant to be there.</summary>
    public static string Redact(string text) => Secret().Replace(text, "…");

    /// <summary>The URL to ask in place of this one, by the longest prefix; itself where it has no mirror.</summary>
    public TargetUri Map(TargetUri url) =>
        _entries.Length > 0 && _entries.FirstOrDefault(entry => IsBelow(url, entry.Prefix)) is { } entry ? Move(url, entry.Prefix, entry.Mirror) : url;

    /// <summary>A mirror's redirect as its origin would have sent it: servers that pass one on make it lead to themselves.</summary>
    /// <param name="location">As received.</param>
    /// <param name="url">The URL that was meant.</param>
    /// <param name="asked">The mirror's, which was asked.</param>
    public string? Restore(string? location, TargetUri url, TargetUri asked)
    {
        if (location is null || asked.Resolve(location.Trim(), out _) is not { } target)
        {
            return location;
        }

        // Several prefixes can have one mirror; the redirecting origin's own is meant then.
        return _entries.Where(entry => IsBelow(target, entry.Mirror))
            .OrderByDescending(entry => entry.Mirror.Length).ThenByDescending(entry => IsBelow(url, entry.Prefix))
            .FirstOrDefault() is { } entry ? Move(target, entry.Mirror, entry.Prefix).ToString() : location;
    }

    // Dot segments, which every server resolves, lead out of what they seem to be below.
    private static bool IsBelow(TargetUri url, string prefix) =>
        url.ToString() is var text && text.StartsWith(prefix, StringComparison.Ordinal) && (text.Length == prefix.Length || text[prefix.Length] is '/' or '?') && !DotSegment().IsMatch(url.WithoutQuery);

    private static TargetUri Move(TargetUri url, string from, string to) =>
        TargetUri.TryParse(to + url.ToString()[from.Length..], out var moved, out _) ? moved : url;

    private static string? PrefixOf(string text) =>
        text.AsSpan().IndexOfAny('?', '#') < 0 && TargetUri.TryParse(text, out var url, out _) && !DotSegment().IsMatch(url.ToString())
            ? url.ToString() is [.. var prefix, '/'] ? prefix : url.ToString()
            : null;

    [GeneratedRegex(@"[;\s]+")]
    private static partial Regex Separator();

    [GeneratedRegex("=(?=https?://)", RegexOptions.IgnoreCase)]
    private static partial Regex Divider();

    [GeneratedRegex(@"/(\.|%2e){1,2}(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DotSegment();

    [GeneratedRegex(@"(?<=//)[^/;\s]*(?=@)|(?<=[?#])[^;\s]+")]
    private static partial Regex Secret();

    /// <param name="Prefix">Without a slash at its end, as is the mirror.</param>
    /// <param name="Mirror">What takes its place.</param>
    private sealed record Entry(string Prefix, string Mirror);
}
