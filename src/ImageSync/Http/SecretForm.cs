using System.Text;

namespace ImageSync.Http;

/// <summary>One way to write a secret.</summary>
/// <param name="Text">What is looked for, whatever the case of its letters: a host's name is repeated in lower case.</param>
/// <param name="IsBase64">Whether it is base64, whose characters beside it can hold a part of the secret's first and last octet.</param>
internal readonly record struct SecretForm(string Text, bool IsBase64)
{
    /// <summary>
    /// The fewest characters of a value that is looked for. A shorter one is a switch, a number or a word rather than a secret, and
    /// would be taken out of every date and length. URLs are shown by the same measure (<see cref="UrlRedaction"/>).
    /// </summary>
    public const int ShortestValue = 6;

    /// <summary>The ways to write a value; none of one that is too short.</summary>
    public static IEnumerable<SecretForm> Of(string value) =>
        value.Length < ShortestValue ? []
            : Of(Encoding.Latin1.GetBytes(value)).Concat(Of(Encoding.UTF8.GetBytes(value))).Append(new(value, false));

    /// <summary>Where it stands next in a text; negative for nowhere.</summary>
    public int FindIn(string text, int start) => text.IndexOf(Text, start, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is to be taken out where it stands at this place.</summary>
    public Range Widen(string text, int at)
    {
        var (start, stop) = (at, at + Text.Length);
        if (IsBase64)
        {
            start -= start > 0 && IsOfBase64(text[start - 1]) ? 1 : 0;
            stop += stop < text.Length && IsOfBase64(text[stop]) ? 1 : 0;
            while (stop < text.Length && text[stop] == '=')
            {
                stop++;
            }
        }

        return start..stop;
    }

    // .NET reads a header as Latin-1, an octet a character, and quotes a line that is none as ASCII.
    private static IEnumerable<SecretForm> Of(byte[] octets)
    {
        var text = Encoding.Latin1.GetString(octets);
        yield return new(text, false);
        yield return new(text.Replace(' ', '+'), false);
        yield return new(Encoding.ASCII.GetString(octets), false);
        for (var before = 0; before < 3; before++)
        {
            var standard = InBase64(octets, before);
            yield return new(standard, true);
            yield return new(standard.Replace('+', '-').Replace('/', '_'), true);
        }
    }

    // RFC 4648 §4: behind other octets, such as those of "user:", the same ones are written in one of three ways. These are the
    // characters that depend on them alone.
    private static string InBase64(byte[] octets, int before)
    {
        var first = ((8 * before) + 5) / 6;
        var end = 8 * (before + octets.Length) / 6;
        return Convert.ToBase64String([.. new byte[before], .. octets])[first..end];
    }

    private static bool IsOfBase64(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '-' or '_';
}
