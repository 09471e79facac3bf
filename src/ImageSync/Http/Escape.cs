using System.Globalization;
using System.Net;
using System.Text;

namespace ImageSync.Http;

/// <summary>A way to write a character by others.</summary>
internal enum Escape
{
    /// <summary><c>%2B</c>: RFC 3986 §2.1, an octet.</summary>
    Percent,

    /// <summary><c>\u002B</c>, <c>\/</c>: RFC 8259 §7, and what other languages have beside it.</summary>
    Backslash,

    /// <summary><c>&amp;#43;</c>, <c>&amp;amp;</c>: a character reference of HTML or XML.</summary>
    Reference,
}

/// <summary>Reads escaped characters. Pure and total.</summary>
internal static class Escapes
{
    private const int LongestName = 10;

    // HTML 4 has no names for most of ASCII, and .NET knows those of HTML 4.
    private static readonly Dictionary<string, char> Ascii = new(StringComparer.Ordinal)
    {
        ["apos"] = '\'', ["excl"] = '!', ["num"] = '#', ["dollar"] = '$', ["percnt"] = '%', ["lpar"] = '(', ["rpar"] = ')',
        ["ast"] = '*', ["plus"] = '+', ["comma"] = ',', ["period"] = '.', ["sol"] = '/', ["colon"] = ':', ["semi"] = ';',
        ["equals"] = '=', ["quest"] = '?', ["commat"] = '@', ["lsqb"] = '[', ["bsol"] = '\\', ["rsqb"] = ']', ["Hat"] = '^',
        ["lowbar"] = '_', ["grave"] = '`', ["lcub"] = '{', ["verbar"] = '|', ["rcub"] = '}',
    };

    /// <summary>What begins an escaped character.</summary>
    public static char MarkOf(Escape escape) => escape switch { Escape.Percent => '%', Escape.Backslash => '\\', _ => '&' };

    /// <summary>Reads one that begins at a place; nothing where none does.</summary>
    /// <returns>The character that is meant, and how many stand for it.</returns>
    public static (int Character, int Length)? Read(Escape escape, ReadOnlySpan<char> text) => escape switch
    {
        Escape.Percent => Hex(text, 1, 2),
        Escape.Backslash => text.Length < 2 ? null : text[1] switch
        {
            'u' => Hex(text, 2, 4),
            'x' => Hex(text, 2, 2),
            'b' => ('\b', 2),
            'f' => ('\f', 2),
            'n' => ('\n', 2),
            'r' => ('\r', 2),
            't' => ('\t', 2),
            var other => char.IsAsciiLetterOrDigit(other) ? null : (other, 2),
        },
        _ => ReadReference(text),
    };

    private static (int, int)? Hex(ReadOnlySpan<char> text, int start, int digits) =>
        text.Length >= start + digits && TryParse(text.Slice(start, digits), isHex: true, out var character)
            ? (character, start + digits)
            : null;

    private static bool TryParse(ReadOnlySpan<char> digits, bool isHex, out int number) =>
        int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // Browsers do without the semicolon behind a number.
    private static (int, int)? ReadReference(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("&#"))
        {
            var isHex = text.Length > 2 && text[2] is 'x' or 'X';
            var digits = text[(isHex ? 3 : 2)..];
            var length = 0;
            while (length < digits.Length && (isHex ? char.IsAsciiHexDigit(digits[length]) : char.IsAsciiDigit(digits[length])))
            {
                length++;
            }

            var end = length < digits.Length && digits[length] == ';' ? 1 : 0;
            return TryParse(digits[..length], isHex, out var number)
                && number is > 0 and <= 0x10FFFF and not (>= 0xD800 and <= 0xDFFF)
                    ? (number, text.Length - digits.Length + length + end)
                    : null;
        }

        var semicolon = text[..Math.Min(text.Length, LongestName + 2)].IndexOf(';');
        return semicolon < 2 ? null
            : Ascii.TryGetValue(text[1..semicolon].ToString(), out var character) ? (character, semicolon + 1)
            : WebUtility.HtmlDecode(text[..(semicolon + 1)].ToString()) is [var one] ? (one, semicolon + 1)
            : null;
    }
}

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
