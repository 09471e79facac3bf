using System.Buffers;

namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// The start tags of a text, as a browser's tokenizer finds them (WHATWG HTML §13.2.5): none in comments, nor in what is a script's, a
/// style's or a text field's. Each character is looked at once, whatever the text is.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="isProse">Whether a &lt; in it may stand for itself, as in Markdown: then a tag ends at a blank line at the latest.</param>
internal sealed class HtmlTags(string text, bool isProse)
{
    private static readonly SearchValues<char> EndOfName = SearchValues.Create(" \t\r\n\f/>");
    private static readonly SearchValues<char> EndOfAttribute = SearchValues.Create(" \t\r\n\f/>=");
    private static readonly SearchValues<char> EndOfValue = SearchValues.Create(" \t\r\n\f>");

    private static readonly HashSet<string> Wanted = ["base", "img", "image", "source", "video", "link", "input"];

    // §13.2.6.2: their contents are text to their end tag.
    private static readonly HashSet<string> Raw =
        ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"];

    // In prose, somebody tells of <title> without an end.
    private readonly HashSet<string> _endless = [];
    private int _at;

    // How deep in <svg> or <math>, where a slash at the end of a tag closes it, and where CDATA is text.
    private int _foreign;

    /// <summary>All that may name an image.</summary>
    public IEnumerable<HtmlTag> Wanting()
    {
        while (Find("<") is { } start)
        {
            _at = start + 1;
            if (Is("!--"))
            {
                SkipComment();
            }
            else if (_foreign > 0 && Is("![CDATA["))
            {
                _at = After("]]>");
            }
            else if (_at < text.Length && char.IsAsciiLetter(text[_at]))
            {
                if (Start(start) is { } tag)
                {
                    yield return tag;
                }
            }
            else if (_at + 1 < text.Length && text[_at] == '/' && char.IsAsciiLetter(text[_at + 1]))
            {
                _at++;
                var name = Name();
                _foreign -= name is "svg" or "math" && _foreign > 0 ? 1 : 0;
                _ = isProse || Attributes(isWanted: false, out _) is not null;
            }
            else if (!isProse && _at < text.Length && text[_at] is '!' or '?' or '/')
            {
                _at = After(">");
            }
        }
    }

    private HtmlTag? Start(int start)
    {
        var name = Name();
        var isWanted = Wanted.Contains(name);
        var isRaw = Raw.Contains(name);
        if (isProse && !isWanted && !isRaw && name is not ("svg" or "math"))
        {
            return null;
        }

        if (Attributes(isWanted, out var isClosed) is not { } attributes)
        {
            return null;
        }

        _foreign += name is "svg" or "math" && !isClosed ? 1 : 0;
        if (isRaw && !(_foreign > 0 && isClosed))
        {
            SkipRaw(name);
        }

        return isWanted ? new HtmlTag(start, name, attributes) : null;
    }

    private string Name()
    {
        var start = _at;
        _at = Until(EndOfName, _at);

        // None that means anything is longer; a text without blanks would be copied.
        return _at - start > 16 ? "" : text[start.._at].ToLowerInvariant();
    }

    // Null where the tag has no end.
    private Dictionary<string, string>? Attributes(bool isWanted, out bool isClosed)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        isClosed = false;
        while (_at < text.Length)
        {
            var c = text[_at];
            if (c == '>')
            {
                _at++;
                return attributes;
            }

            if (IsBlankLine(_at))
            {
                return null;
            }

            if (IsSpace(c) || c == '/')
            {
                isClosed = c == '/';
                _at++;
                continue;
            }

            isClosed = false;
            var (nameStart, nameEnd) = (_at, Until(EndOfAttribute, _at + 1));
            _at = nameEnd;
            SkipSpace();
            var value = "";
            if (_at < text.Length && text[_at] == '=' && !IsBlankLine(_at))
            {
                _at++;
                SkipSpace();
                if (Value() is not { } written)
                {
                    return null;
                }

                value = isWanted ? text[written] : "";
            }

            if (isWanted)
            {
                attributes.TryAdd(text[nameStart..nameEnd].ToLowerInvariant(), PageUrl.Decode(value));
            }
        }

        return null;
    }

    private Range? Value()
    {
        if (_at >= text.Length || text[_at] is not ('"' or '\''))
        {
            var (begin, end) = (_at, Until(EndOfValue, _at));
            _at = end;
            return begin..end;
        }

        var quote = text[_at];
        var start = ++_at;
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == quote)
            {
                return start.._at++;
            }

            if (IsBlankLine(_at))
            {
                return null;
            }
        }

        return null;
    }

    // §13.2.5.43 to 51: also one that is closed at once, and --!>.
    private void SkipComment()
    {
        _at += "!--".Length;
        if (Is(">") || Is("->"))
        {
            return;
        }

        var end = Find("-->") ?? text.Length;
        var odd = text.AsSpan(_at, end - _at).IndexOf("--!>");
        _at = odd >= 0 ? _at + odd + "--!>".Length : Math.Min(end + "-->".Length, text.Length);
    }

    private void SkipRaw(string name)
    {
        if (name == "plaintext")
        {
            _at = isProse ? _at : text.Length;
            return;
        }

        if (_endless.Contains(name))
        {
            return;
        }

        for (var at = _at; ;)
        {
            at = text.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                _endless.Add(name);
                _at = isProse ? _at : text.Length;
                return;
            }

            var end = at + "</".Length + name.Length;
            if (end >= text.Length || IsSpace(text[end]) || text[end] is '/' or '>')
            {
                _at = at;
                return;
            }

            at = end;
        }
    }

    private int? Find(string what) =>
        _at < text.Length && text.IndexOf(what, _at, StringComparison.Ordinal) is >= 0 and var at ? at : null;

    private int After(string what) => Find(what) is { } at ? at + what.Length : text.Length;

    private bool Is(string what) => text.AsSpan(_at).StartsWith(what);

    private int Until(SearchValues<char> any, int from)
    {
        var length = from >= text.Length ? -1 : text.AsSpan(from).IndexOfAny(any);
        return length < 0 ? text.Length : from + length;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && IsSpace(text[_at]) && !IsBlankLine(_at))
        {
            _at++;
        }
    }

    private bool IsBlankLine(int at) => isProse && text[at] == '\n' && MarkdownProse.IsBlankBehind(text, at);

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n' or '\f';
}

/// <summary>
/// A start tag with its attributes, the first of each name, by names in lower case and values without character references.
/// </summary>
/// <param name="position">Of its beginning.</param>
/// <param name="name">In lower case.</param>
/// <param name="attributes">The attributes.</param>
internal sealed class HtmlTag(int position, string name, Dictionary<string, string> attributes)
{
    public int Position => position;

    public string Name => name;

    /// <summary>The value of an attribute; empty where there is none.</summary>
    public string this[string attribute] => attributes.GetValueOrDefault(attribute, "");

    /// <summary>Whether it has an attribute.</summary>
    public bool Has(string attribute) => attributes.ContainsKey(attribute);
}
