using System.Text;

namespace ImageSync.Http;

/// <summary>A text with its escapes undone, character by character, that knows where each of them stood.</summary>
internal sealed class DecodedView
{
    // Where each character began in the first text, and where the last one ended; null for the first text itself.
    private readonly int[]? _places;

    public DecodedView(string text) => Text = text;

    private DecodedView(string text, int[] places) => (Text, _places) = (text, places);

    /// <summary>The text; of what was percent-encoded, an octet is a character.</summary>
    public string Text { get; }

    /// <summary>The place in the first text of a part of this one.</summary>
    public (int Start, int Stop) RangeOf(Range part)
    {
        var (start, length) = part.GetOffsetAndLength(Text.Length);
        return (PlaceOf(start), PlaceOf(start + length));
    }

    /// <summary>The text with one kind of escape undone once; null where it has none.</summary>
    public DecodedView? Decode(Escape escape)
    {
        var mark = Escapes.MarkOf(escape);
        var at = Text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var (decoded, places) = (new StringBuilder(Text, 0, at, Text.Length), Enumerable.Range(0, at).Select(PlaceOf).ToList());
        while (at < Text.Length)
        {
            var (character, length) = Text[at] == mark && Escapes.Read(escape, Text.AsSpan(at)) is { } read ? read : (Text[at], 1);
            if (character > char.MaxValue)
            {
                decoded.Append(char.ConvertFromUtf32(character));
                places.Add(PlaceOf(at));
            }
            else
            {
                decoded.Append((char)character);
            }

            places.Add(PlaceOf(at));
            at += length;
        }

        places.Add(PlaceOf(Text.Length));
        return decoded.Length == Text.Length ? null : new DecodedView(decoded.ToString(), [.. places]);
    }

    private int PlaceOf(int at) => _places is null ? at : _places[at];
}
