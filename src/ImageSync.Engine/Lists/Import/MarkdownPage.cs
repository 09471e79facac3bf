using System.Text;
using System.Text.RegularExpressions;

namespace ImageSync.Engine.Lists.Import;

/// <summary>The images that a text in Markdown shows (CommonMark §6.4), and those of the HTML in it. Pure.</summary>
internal static partial class MarkdownPage
{
    // §6.3, and where the reference implementation ends.
    private const int LongestLabel = 999;
    private const int DeepestParentheses = 32;

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        var findings = new Findings();
        var prose = MarkdownProse.Of(text);
        var lines = new LineNumbers(text);
        var found = Images(prose, Definitions(prose));
        foreach (var tag in new HtmlTags(prose, isProse: true).Wanting())
        {
            HtmlPage.Collect(tag, found);
        }

        foreach (var image in found.OrderBy(image => image.Position))
        {
            findings.Image(lines.Of(image.Position), image.Url, "");
        }

        return findings;
    }

    private static Dictionary<string, string> Definitions(string prose)
    {
        var definitions = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Definition().Matches(prose))
        {
            definitions.TryAdd(LabelOf(match.Groups["label"].Value), match.Groups["url"].Value);
        }

        return definitions;
    }

    private static List<PageImage> Images(string prose, Dictionary<string, string> definitions)
    {
        var images = new List<PageImage>();

        // Where brackets have been opened; those of a link alone are negative.
        var open = new List<int>();
        for (var at = 0; at < prose.Length; at++)
        {
            switch (prose[at])
            {
                case '\\':
                    at++;
                    break;
                case '\n' when MarkdownProse.IsBlankBehind(prose, at):
                    open.Clear();
                    break;
                case '!' when at + 1 < prose.Length && prose[at + 1] == '[':
                    open.Add(at++);
                    break;
                case '[':
                    open.Add(~at);
                    break;
                case ']' when open is [.., var begun]:
                    open.RemoveAt(open.Count - 1);
                    if (begun >= 0 && TargetOf(prose, begun + 2, at, definitions) is { } url)
                    {
                        images.Add(new PageImage(begun, url));
                    }

                    break;
            }
        }

        return images;
    }

    // What follows the text of an image, which is between those positions.
    private static string? TargetOf(string prose, int start, int end, Dictionary<string, string> definitions) =>
        (Inline(prose, end + 1) ?? Referenced(prose, start, end, definitions)) is { } target
            && PageUrl.Of(PageUrl.Decode(WithoutEscapes(Unwrapped(target)))) is { Length: > 0 } url ? url : null;

    // (url), (<url> "title"): §6.3, "inline link".
    private static string? Inline(string prose, int at)
    {
        if (at >= prose.Length || prose[at] != '(')
        {
            return null;
        }

        var start = SkipSpace(prose, at + 1);
        if (start >= prose.Length)
        {
            return null;
        }

        var end = prose[start] == '<' ? EndOfWrapped(prose, start) : EndOfBare(prose, start);
        var next = end < 0 ? prose.Length : SkipSpace(prose, end);
        if (next < prose.Length && next > end && prose[next] is '"' or '\'' or '(')
        {
            next = SkipSpace(prose, EndOfTitle(prose, next));
        }

        return next < prose.Length && prose[next] == ')' ? prose[start..end] : null;
    }

    private static int EndOfWrapped(string prose, int start)
    {
        for (var at = start + 1; at < prose.Length && prose[at] is not ('<' or '\r' or '\n'); at++)
        {
            if (prose[at] == '>')
            {
                return at + 1;
            }

            at += prose[at] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static int EndOfBare(string prose, int start)
    {
        var (at, depth) = (start, 0);
        for (; at < prose.Length && prose[at] > ' '; at++)
        {
            if (prose[at] == ')' && depth-- == 0)
            {
                break;
            }

            depth += prose[at] == '(' ? 1 : 0;
            if (depth > DeepestParentheses)
            {
                return -1;
            }

            at += prose[at] == '\\' && at + 1 < prose.Length && prose[at + 1] > ' ' ? 1 : 0;
        }

        return Math.Min(at, prose.Length);
    }

    private static int EndOfTitle(string prose, int start)
    {
        var close = prose[start] == '(' ? ')' : prose[start];
        for (var at = start + 1; at < prose.Length && !(prose[at] == '\n' && MarkdownProse.IsBlankBehind(prose, at)); at++)
        {
            if (prose[at] == close)
            {
                return at + 1;
            }

            if (prose[at] == '(' && close == ')')
            {
                break;
            }

            at += prose[at] == '\\' ? 1 : 0;
        }

        return prose.Length;
    }

    // ![alt][id], ![id][] and ![id].
    private static string? Referenced(string prose, int start, int end, Dictionary<string, string> definitions)
    {
        var label = end + 1 < prose.Length && prose[end + 1] == '[' ? LabelAt(prose, end + 1) : "";
        if (label is { Length: 0 } && end - start <= LongestLabel)
        {
            label = prose[start..end];
        }

        return label is { Length: > 0 } ? definitions.GetValueOrDefault(LabelOf(label)) : null;
    }

    private static string? LabelAt(string prose, int bracket)
    {
        var text = prose.AsSpan(bracket + 1, Math.Min(LongestLabel + 1, prose.Length - bracket - 1));
        for (var at = 0; at < text.Length && text[at] != '['; at++)
        {
            if (text[at] == ']')
            {
                return text[..at].ToString();
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return null;
    }

    private static string LabelOf(string label) =>
        string.Join(' ', label.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    // §2.4.
    private static string WithoutEscapes(string target)
    {
        if (!target.Contains('\\', StringComparison.Ordinal))
        {
            return target;
        }

        var text = new StringBuilder(target.Length);
        for (var i = 0; i < target.Length; i++)
        {
            var next = i + 1 < target.Length ? target[i + 1] : '\0';
            i += target[i] == '\\' && char.IsAscii(next) && (char.IsPunctuation(next) || char.IsSymbol(next)) ? 1 : 0;
            text.Append(target[i]);
        }

        return text.ToString();
    }

    private static string Unwrapped(string target) => target is ['<', .. var inner, '>'] ? inner : target;

    private static int SkipSpace(string prose, int at)
    {
        while (at < prose.Length && prose[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }

        return at;
    }

    // §4.7; a footnote is none.
    [GeneratedRegex(
        @"^[ \t>]*(?:[-+*][ \t]+|[0-9]{1,9}[.)][ \t]+)?\[(?!\^)(?<label>(?:[^\[\]\\]|\\.){1,999})\]:"
            + @"[ \t]*(?:\r?\n[ \t>]*)?(?<url><[^<>\r\n]*>|[^\s<]\S*)",
        RegexOptions.Multiline)]
    private static partial Regex Definition();
}
