using System.Text;

namespace ImageSync.Http;

/// <summary>A text with its percent-encoding (RFC 3986 §2.1) undone, octet by octet, that knows where each of them stood.</summary>
internal sealed class DecodedView
{
    // Where each character began in the first text, and where the last one ended; null for the first text itself.
    private readonly int[]? _places;

    public DecodedView(string text) => Text = text;

    private DecodedView(string text, int[] places) => (Text, _places) = (text, places);

    /// <summary>The text, an octet a character where it was encoded.</summary>
    public string Text { get; }

    /// <summary>The place in the first text of a part of this one.</summary>
    public (int Start, int Stop) RangeOf(Range part)
    {
        var (start, length) = part.GetOffsetAndLength(Text.Length);
        return (PlaceOf(start), PlaceOf(start + length));
    }

    /// <summary>The text with one more encoding undone; null where it has none.</summary>
    public DecodedView? Decode()
    {
        var at = Text.IndexOf('%', StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var (decoded, places) = (new StringBuilder(Text, 0, at, Text.Length), Enumerable.Range(0, at).Select(PlaceOf).ToList());
        for (; at < Text.Length; at++)
        {
            places.Add(PlaceOf(at));
            if (Text[at] == '%' && at + 2 < Text.Length && char.IsAsciiHexDigit(Text[at + 1]) && char.IsAsciiHexDigit(Text[at + 2]))
            {
                decoded.Append((char)Convert.FromHexString(Text.AsSpan(at + 1, 2))[0]);
                at += 2;
            }
            else
            {
                decoded.Append(Text[at]);
            }
        }

        places.Add(PlaceOf(Text.Length));
        return decoded.Length == Text.Length ? null : new DecodedView(decoded.ToString(), [.. places]);
    }

    private int PlaceOf(int at) => _places is null ? at : _places[at];
}
