using System.Globalization;

namespace ImageSync.Storage;

/// <summary>
/// Characters and sequences of them that are more than text where a build's log is shown or read along: commands of CI
/// systems, line breaks and escapes of consoles, what turns the order of a line around, and what nobody sees.
/// </summary>
/// <remarks>
/// A log may be normalised (NFKC) or converted to a code page on its way. Beside the characters themselves stand those that
/// become them: compatibility forms, the best fits of Windows' code pages (unicode.org, WindowsBestFit; .NET has the same
/// tables), and glibc's transliteration. It is also part of the task, hence .NET Standard 2.0.
/// </remarks>
internal static class DeceptiveText
{
    /// <summary>Whether it is a number sign, or becomes one.</summary>
    public static bool IsHash(char c) => c is '#' or '\uFF03' or '\uFE5F' or '\u266F' or '\u29E3' or '\u29E5' or '\u0374' or '\u0375';

    /// <summary>Whether it is an opening square bracket, or becomes one.</summary>
    public static bool IsBracket(char c) => c is '[' or '\uFF3B' or '\uFE47' or '\u301A' or '\u27E6';

    /// <summary>Whether it is a colon, or becomes one.</summary>
    public static bool IsColon(char c) => c is ':' or '\uFF1A' or '\uFE13' or '\uFE55' or '\u2236' or '\u0589' or '\u02D0';

    /// <summary>Whether it is a colon in code pages 855 and 866 alone; too many names begin with two of them.</summary>
    public static bool IsColonSomewhere(char c) => c == '\u2026';

    /// <summary>Whether it becomes two colons.</summary>
    public static bool IsDoubleColon(char c) => c == '\u2A74';

    /// <summary>Whether it ends a line: all controls count, and Unicode's separators.</summary>
    public static bool IsBreak(char c) => c is < ' ' or (>= '\u007F' and <= '\u009F') or '\u2028' or '\u2029';

    /// <summary>
    /// Whether the code pages of consoles (437, 850, 864 and others) have no such character, and take a control that moves the
    /// cursor or begins an escape sequence for it: ← is ESC there.
    /// </summary>
    public static bool IsGlyphOfControl(char c) => c is '\u2190' or '\u25D8' or '\u2563' or '\u266B' or '\u255A' || IsGlyphOfBreak(c);

    /// <summary>Whether it sets the direction of the text around it, and so can show a name as another (Unicode's UAX 9).</summary>
    public static bool IsDirectional(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Whether nothing is seen of the character at this place: it is ignorable, a format character, or half a character.</summary>
    public static bool IsInvisible(string text, int at) => text[at] switch
    {
        < '\u00AD' => false,
        '\u00AD' or '\u034F' or '\u061C' or '\u06DD' or '\u070F' or '\u08E2' or '\u3164' or '\uFEFF' or '\uFFA0' => true,
        (>= '\u0600' and <= '\u0605') or '\u0890' or '\u0891' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' => true,
        (>= '\u180B' and <= '\u180F') or (>= '\u200B' and <= '\u200F')
            or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') => true,
        (>= '\uFE00' and <= '\uFE0F') or (>= '\uFFF0' and <= '\uFFFB') => true,
        >= '\uD800' and <= '\uDFFF' => IsInvisiblePair(text, at),
        _ => false,
    };

    /// <summary>Why a path must not name a file, of which logs and scripts speak; null where it may.</summary>
    public static string? ObjectionTo(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is >= ' ' and <= '~' and not ('#' or ':'))
            {
                continue;
            }

            if (IsDirectional(c) || c is '\u2028' or '\u2029')
            {
                return $"has the character U+{(int)c:X4}, which makes text look like another";
            }

            if (EndsCommand(path, i) || BeginsCommand(path, i) || BeginsEscape(path, i))
            {
                return "has a part that a CI system or a console reads as a command";
            }
        }

        return null;
    }

    private static bool IsGlyphOfBreak(char c) =>
        c is '\u25D9' or '\u2560' or '\u2642' or '\u2569' or '\u2640' or '\u2557' or '\u266A' or '\u2554';

    // ##vso[ and ##teamcity[ count anywhere in a line; this is the second number sign.
    // Beyond ASCII anything may be a letter of another width.
    private static bool EndsCommand(string path, int at)
    {
        var before = Before(path, at);
        var after = at + 1;
        while (after < path.Length && !IsBracket(path[after]) && (path[after] > '~' || IsLetter(path[after])))
        {
            after++;
        }

        return IsHash(path[at]) && before >= 0 && IsHash(path[before]) && after < path.Length && IsBracket(path[after]);
    }

    // ::command:: counts at the start of a line: of the path, or of a name in it, since scripts print
    // %(Filename) too. This is the last colon.
    private static bool BeginsCommand(string path, int at)
    {
        var start = IsDoubleColon(path[at]) ? at
            : IsColon(path[at]) && Before(path, at) is >= 0 and var first && IsColon(path[first]) ? first
            : -1;
        if (start < 0)
        {
            return false;
        }

        var before = Before(path, start);
        while (before >= 0 && char.IsWhiteSpace(path[before]))
        {
            before = Before(path, before);
        }

        return before < 0 || path[before] == '/' || IsGlyphOfBreak(path[before]);
    }

    // What is seen before.
    private static int Before(string path, int at)
    {
        do
        {
            at--;
        }
        while (at >= 0 && IsInvisible(path, at));
        return at;
    }

    // ← is ESC on some consoles, and a bracket behind it makes a sequence of it.
    private static bool BeginsEscape(string path, int at) =>
        path[at] == '\u2190' && at + 1 < path.Length
        && (IsBracket(path[at + 1]) || path[at + 1] is ']' or '\uFF3D' or '\uFE48' or '\u301B');

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsInvisiblePair(string text, int at)
    {
        var start = char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
        return start + 1 >= text.Length || !char.IsSurrogatePair(text[start], text[start + 1])
            || char.ConvertToUtf32(text, start) is >= 0xE0000 and <= 0xE0FFF
            || CharUnicodeInfo.GetUnicodeCategory(text, start) == UnicodeCategory.Format;
    }
}
