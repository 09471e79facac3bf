using System.Text;

namespace ImageSync.Sync;

/// <summary>URLs that are too long for a message: signatures, data in a query, and lists that are one text. Pure.</summary>
internal static class LongUrls
{
    // Longer than nearly every URL that people use, and as long as a line that can still be read.
    private const int Longest = 300;
    private const int Head = 160;
    private const int Tail = 60;

    /// <summary>The text with all URLs in it as short as can be read.</summary>
    public static string Shorten(string text)
    {
        if (text.Length <= Longest)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny(' ', '"', '\n');
            var word = text.AsSpan(start, length < 0 ? text.Length - start : length);
            _ = word.Length > Longest && word.Contains("://", StringComparison.Ordinal) ? Cut(word, shown) : shown.Append(word);
            start += word.Length;
            if (start < text.Length)
            {
                shown.Append(text[start++]);
            }
        }

        return shown.ToString();
    }

    // Never between the halves of a character.
    private static StringBuilder Cut(ReadOnlySpan<char> url, StringBuilder shown)
    {
        var head = char.IsHighSurrogate(url[Head - 1]) ? Head - 1 : Head;
        var tail = char.IsLowSurrogate(url[^Tail]) ? Tail - 1 : Tail;
        shown.Append(url[..head]).Append(FormattableString.Invariant($"…({url.Length - head - tail:N0} characters)…"));
        return shown.Append(url[^tail..]);
    }
}
