using System.Globalization;
using System.Text;
using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>
/// Foreign text for a log, an item, a report: on one line, with all that is in it to be seen, and no command to those who
/// read along.
/// </summary>
/// <remarks>It is also part of the task, hence .NET Standard 2.0.</remarks>
internal static class UntrustedText
{
    /// <summary>The text itself where it is harmless, as nearly all is: thousands of images have some of it each.</summary>
    /// <remarks>
    /// Azure Pipelines and TeamCity find commands (<c>##vso[…]</c>, <c>##teamcity[…]</c>) anywhere in a line, GitHub
    /// (<c>::command::</c>) at its start.
    /// </remarks>
    public static string EscapeForLog(string? text) => text is null ? "" : IsHarmless(text) ? text : Disarm(text);

    private static bool IsHarmless(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or '#' || (c > '~' && (DeceptiveText.IsBreak(c) || DeceptiveText.IsHash(c) || IsToBeShown(text, i))))
            {
                return false;
            }
        }

        return !StartsAsCommand(text);
    }

    private static string Disarm(string text)
    {
        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            _ = DeceptiveText.IsBreak(text[i]) ? shown.Append(' ')
                : IsToBeShown(text, i) ? shown.Append("\\u").Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture))
                : shown.Append(text[i]);
        }

        return SetColonsApart(SetHashesApart(shown.ToString()));
    }

    // By its number, since nobody would see it, or see it as what it is.
    private static bool IsToBeShown(string text, int at) =>
        DeceptiveText.IsInvisible(text, at) || DeceptiveText.IsGlyphOfControl(text[at]) || DeceptiveText.IsDoubleColon(text[at]);

    // Number signs before a bracket, whatever is between them: a conversion may leave that out.
    private static string SetHashesApart(string line)
    {
        var bracket = line.Length - 1;
        while (bracket >= 0 && !DeceptiveText.IsBracket(line[bracket]))
        {
            bracket--;
        }

        var last = bracket;
        while (last >= 0 && !DeceptiveText.IsHash(line[last]))
        {
            last--;
        }

        if (last <= 0)
        {
            return line;
        }

        var parted = new StringBuilder(line.Length + 8);
        for (var i = 0; i < line.Length; i++)
        {
            parted.Append(line[i]).Append(i < last && DeceptiveText.IsHash(line[i]) ? " " : "");
        }

        return parted.ToString();
    }

    // At the start of a line: behind blanks, and whatever a conversion may leave out.
    private static bool StartsAsCommand(string line)
    {
        var isBehindColon = false;
        for (var i = 0; i < line.Length && (line[i] is ' ' or ':' || line[i] > '~'); i++)
        {
            if (isBehindColon && IsColon(line[i]))
            {
                return true;
            }

            isBehindColon = line[i] != ' ' && (isBehindColon || IsColon(line[i]));
        }

        return false;
    }

    private static string SetColonsApart(string line)
    {
        if (!StartsAsCommand(line))
        {
            return line;
        }

        var (parted, i) = (new StringBuilder(line.Length + 8), 0);
        for (; i < line.Length && (line[i] is ' ' or ':' || line[i] > '~'); i++)
        {
            parted.Append(line[i]).Append(IsColon(line[i]) ? " " : "");
        }

        return parted.Append(line, i, line.Length - i).ToString();
    }

    private static bool IsColon(char c) => DeceptiveText.IsColon(c) || DeceptiveText.IsColonSomewhere(c);
}
