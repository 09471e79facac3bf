using System.Text.RegularExpressions;

namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A text in Markdown without what is no prose: blanks stand in the place of code, comments, scripts and what is escaped, so that all else
/// has its position. Each character is looked at a bounded number of times. Pure.
/// </summary>
internal sealed partial class MarkdownProse
{
    private static readonly string[] Hidden = ["script", "style", "textarea"];

    private readonly char[] _text;
    private readonly string _original;

    // Runs of backticks in this paragraph, by their lengths: where each begins.
    private readonly Dictionary<int, List<int>> _runs = [];
    private readonly HashSet<string> _endless = [];
    private int _paragraphEnd;

    private MarkdownProse(string text) => (_original, _text) = (text, text.ToCharArray());

    /// <summary>The prose of a text.</summary>
    public static string Of(string text)
    {
        var prose = new MarkdownProse(text);
        prose.HideBlocks();
        var withoutBlocks = new MarkdownProse(new string(prose._text));
        withoutBlocks.HideSpans();
        return new string(withoutBlocks._text);
    }

    /// <summary>Whether the line behind a line's end has nothing but blanks, or there is none.</summary>
    public static bool IsBlankBehind(string text, int lineEnd)
    {
        var rest = text.AsSpan(lineEnd + 1);
        var next = rest.IndexOfAnyExcept(" \t\r");
        return next < 0 || rest[next] == '\n';
    }

    // CommonMark §4.4 and §4.5: fences, wherever a list or a quotation has moved them, and indented code, which no list has moved.
    private void HideBlocks()
    {
        var (fence, fenceCharacter) = (0, '\0');
        var (isBehindBlank, isInList, isInCode) = (true, false, false);
        for (var start = 0; start < _original.Length;)
        {
            var length = _original.AsSpan(start).IndexOf('\n');
            var end = length < 0 ? _original.Length : start + length;
            var line = _original.AsSpan(start, end - start).TrimEnd();
            var inner = Inner(line, out var hasMarker);
            var run = FenceOf(inner);
            if (fence > 0)
            {
                Hide(start, end);
                fence = run >= fence && inner[0] == fenceCharacter && inner.Length == run ? 0 : fence;
            }
            else if (run > 0)
            {
                (fence, fenceCharacter) = (run, inner[0]);
                Hide(start, end);
            }
            else if (line.Length > 0)
            {
                var isIndented = line.StartsWith("    ") || line[0] == '\t';
                isInCode = isIndented && !isInList && (isBehindBlank || isInCode);
                isInList = isIndented || line[0] is ' ' ? isInList || hasMarker : hasMarker;
                if (isInCode)
                {
                    isInList = false;
                    Hide(start, end);
                }
            }

            isBehindBlank = line.Length == 0;
            start = end + 1;
        }
    }

    // Without marks of quotations and lists.
    private static ReadOnlySpan<char> Inner(ReadOnlySpan<char> line, out bool hasMarker)
    {
        hasMarker = false;
        while (true)
        {
            line = line.TrimStart(" \t>");
            var digits = line.IndexOfAnyExceptInRange('0', '9');
            var mark = line.Length > 0 && line[0] is '-' or '+' or '*' ? 0
                : digits is > 0 and < 10 && line[digits] is '.' or ')' ? digits
                : -1;
            if (mark < 0 || mark + 1 >= line.Length || line[mark + 1] is not (' ' or '\t'))
            {
                return line;
            }

            hasMarker = true;
            line = line[(mark + 1)..];
        }
    }

    // How many characters open or close a fence; 0 where none does.
    private static int FenceOf(ReadOnlySpan<char> line)
    {
        if (line.Length < 3 || line[0] is not ('`' or '~'))
        {
            return 0;
        }

        var end = line.IndexOfAnyExcept(line[0]);
        var run = end < 0 ? line.Length : end;
        return run < 3 || (line[0] == '`' && line[run..].Contains('`')) ? 0 : run;
    }

    // CommonMark §6.1: what begins first binds tightest.
    private void HideSpans()
    {
        for (var at = 0; at < _text.Length;)
        {
            var next = _original.AsSpan(at).IndexOfAny('\\', '`', '<');
            if (next < 0)
            {
                return;
            }

            at += next;
            at = _original[at] switch
            {
                '\\' => BehindEscape(at),
                '`' => BehindCode(at),
                _ => BehindHidden(at),
            };
        }
    }

    // What is escaped begins neither a tag nor an image.
    private int BehindEscape(int at)
    {
        if (_original.AsSpan(at + 1) is ['<', ..] or ['!', '[', ..])
        {
            Hide(at, at + 2);
        }

        return at + 2;
    }

    private int BehindCode(int at)
    {
        if (at >= _paragraphEnd)
        {
            NextParagraph(at);
        }

        var length = RunAt(at);
        var end = at + length;
        var same = _runs.GetValueOrDefault(length);
        var following = same is null ? 0 : same.BinarySearch(end) is >= 0 and var exact ? exact : ~same.BinarySearch(end);
        if (same is null || following >= same.Count)
        {
            return end;
        }

        Hide(at, same[following] + length);
        return same[following] + length;
    }

    private int BehindHidden(int at)
    {
        if (_original.AsSpan(at).StartsWith("<!--"))
        {
            // One that is closed at once shares its dashes.
            var close = _original.IndexOf("-->", at + "<!".Length, StringComparison.Ordinal);
            var behind = close < 0 ? _original.Length : close + "-->".Length;
            Hide(at, behind);
            return behind;
        }

        foreach (var name in Hidden)
        {
            if (!_endless.Contains(name) && _original.AsSpan(at + 1).StartsWith(name, StringComparison.OrdinalIgnoreCase)
                && at + 1 + name.Length < _original.Length && _original[at + 1 + name.Length] is ' ' or '\t' or '\r' or '\n' or '>')
            {
                var end = _original.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                if (end >= 0)
                {
                    Hide(at, end);
                    return end;
                }

                _endless.Add(name);
            }
        }

        return at + 1;
    }

    private void NextParagraph(int at)
    {
        _paragraphEnd = ParagraphEnd().Match(_original, at) is { Success: true } end ? end.Index : _original.Length;
        _runs.Clear();
        for (var start = at; start < _paragraphEnd;)
        {
            var next = _original.AsSpan(start, _paragraphEnd - start).IndexOf('`');
            if (next < 0)
            {
                break;
            }

            start += next;
            var length = RunAt(start);
            (_runs.TryGetValue(length, out var same) ? same : _runs[length] = []).Add(start);
            start += length;
        }
    }

    private int RunAt(int at)
    {
        var end = _original.AsSpan(at).IndexOfAnyExcept('`');
        return end < 0 ? _original.Length - at : end;
    }

    private void Hide(int start, int end)
    {
        for (var i = start; i < Math.Min(end, _text.Length); i++)
        {
            _text[i] = _text[i] is '\r' or '\n' ? _text[i] : ' ';
        }
    }

    // A blank line, and what begins another block.
    [GeneratedRegex(@"\n(?:[ \t\r]*(?:\n|\z)|[ \t>]*(?:[-+*]|[0-9]{1,9}[.)])[ \t]|[ ]{0,3}#{1,6}[ \t]|[ \t]*\|)")]
    private static partial Regex ParagraphEnd();
}
