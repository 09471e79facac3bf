using System.Text.RegularExpressions;

namespace ImageSync.Http;

/// <summary>
/// The URLs that are asked in place of others: a map from prefixes to the mirrors that stand for them. A mirror stands for
/// its origin as a proxy does, so nothing that is recorded or reported of an answer names it.
/// </summary>
internal sealed partial class Mirrors
{
    /// <summary>No mirrors: every origin is asked directly.</summary>
    public static readonly Mirrors None = new([]);

    /// <summary>What a valid map is, for error messages.</summary>
    public const string ValidValues =
        "prefix=mirror pairs separated by ';' or white space, each prefix once, such as "
        + "https://cdn.example.com=http://cache.example.net:8080/cdn.example.com; "
        + "both absolute http or https URLs without credentials, query and fragment";

    private readonly Entry[] _entries;

    private Mirrors(Entry[] entries) => _entries = entries;

    /// <summary>Reads a map; null where an entry is none, or where what is given has none: the origins themselves would be asked.</summary>
    public static Mirrors? Parse(string text)
    {
        if (text.Length == 0)
        {
            return None;
        }

        var entries = new List<Entry>();
        foreach (var pair in Separator().Split(text).Where(pair => pair.Length > 0))
        {
            // A path may hold the sign too, so it is the one before a URL that divides.
            if (Divider().Split(pair, 2) is not [var left, var right]
                || PrefixOf(left) is not { } prefix
                || PrefixOf(right) is not { } mirror)
            {
                return null;
            }

            entries.Add(new Entry(prefix, mirror));
        }

        return entries.Count > 0 && entries.DistinctBy(entry => entry.Prefix).Count() == entries.Count
            ? new Mirrors([.. entries.OrderByDescending(entry => entry.Prefix.Length)])
            : null;
    }

    /// <summary>A map as it may be shown: what could be a secret was not meant to be there.</summary>
    public static string Redact(string text) => Secret().Replace(text, "…");

    /// <summary>The URL to ask in place of this one, by the longest prefix; itself where it has no mirror.</summary>
    public TargetUri Map(TargetUri url) =>
        _entries.Length > 0 && url.Sent is var text && EntryOf(text) is { } entry ? Move(text, entry.Prefix, entry.Mirror) : url;

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
        var (from, to) = (url.Sent, target.Sent);
        return _entries.Where(entry => IsBelow(to, entry.Mirror))
            .OrderByDescending(entry => entry.Mirror.Length).ThenByDescending(entry => IsBelow(from, entry.Prefix))
            .FirstOrDefault() is { } entry ? Move(to, entry.Mirror, entry.Prefix).Sent : location;
    }

    private Entry? EntryOf(string url) => Array.Find(_entries, entry => IsBelow(url, entry.Prefix));

    // Dot segments, which every server resolves, lead out of what they seem to be below.
    private static bool IsBelow(string url, string prefix) =>
        url.StartsWith(prefix, StringComparison.Ordinal)
        && (url.Length == prefix.Length || url[prefix.Length] is '/' or '?')
        && !DotSegment().IsMatch(url);

    // What was a URL before the move is one after it: both prefixes are, and end where a segment does.
    private static TargetUri Move(string url, string from, string to) =>
        TargetUri.TryParse(string.Concat(to, url.AsSpan(from.Length)), out var moved, out var problem)
            ? moved
            : throw new InvalidOperationException($"A moved URL {problem}.");

    private static string? PrefixOf(string text) =>
        text.AsSpan().IndexOfAny('?', '#') < 0 && TargetUri.TryParse(text, out var url, out _)
        && url.Sent is var prefix && !DotSegment().IsMatch(prefix)
            ? prefix.EndsWith('/') ? prefix[..^1] : prefix
            : null;

    [GeneratedRegex(@"[;\s]+")]
    private static partial Regex Separator();

    [GeneratedRegex("=(?=https?://)", RegexOptions.IgnoreCase)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^[^?]*/(\.|%2e){1,2}([/?]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DotSegment();

    [GeneratedRegex(@"(?<=//)[^/;\s]*(?=@)|(?<=[?#])[^;\s]+")]
    private static partial Regex Secret();

    /// <param name="Prefix">Without a slash at its end, as is the mirror.</param>
    /// <param name="Mirror">What takes its place.</param>
    private sealed record Entry(string Prefix, string Mirror);
}
