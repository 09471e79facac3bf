using System.Text;

namespace ImageSync.Engine.Lists.Import;

/// <summary>A file in the syntax of git-config ("Syntax"). What is none of it is passed over. Pure.</summary>
/// <param name="text">The file's.</param>
internal sealed class GitConfig(string text)
{
    private int _at;
    private int _line = 1;

    /// <summary>Sections and variables, in the order of the text.</summary>
    public IEnumerable<GitConfigEntry> Entries
    {
        get
        {
            var (section, subsection) = ("", "");
            while (_at < text.Length)
            {
                var c = text[_at];
                if (c == '[')
                {
                    (section, subsection) = Header();
                    yield return new GitConfigEntry(_line, section, subsection, "", null);
                }
                else if (char.IsAsciiLetter(c))
                {
                    var (line, name) = (_line, Name("-"));
                    Skip(" \t");
                    var hasValue = _at < text.Length && text[_at] == '=';
                    yield return new GitConfigEntry(line, section, subsection, name, hasValue ? Value() : null);
                }
                else if (c is '\n' or '\r' or ' ' or '\t')
                {
                    Step();
                }
                else
                {
                    SkipLine();
                }
            }
        }
    }

    private (string Section, string Subsection) Header()
    {
        _at++;
        Skip(" \t");
        var section = Name("-.");
        Skip(" \t");
        var subsection = new StringBuilder();
        if (_at < text.Length && text[_at] == '"')
        {
            for (_at++; _at < text.Length && text[_at] is not ('"' or '\n'); _at++)
            {
                _at += text[_at] == '\\' && _at + 1 < text.Length ? 1 : 0;
                subsection.Append(text[_at]);
            }

            _at += _at < text.Length && text[_at] == '"' ? 1 : 0;
        }

        while (_at < text.Length && text[_at] is not ('\n' or ']'))
        {
            _at++;
        }

        _at += _at < text.Length && text[_at] == ']' ? 1 : 0;
        return (section, subsection.ToString());
    }

    private string Name(string more)
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || more.Contains(text[_at], StringComparison.Ordinal)))
        {
            _at++;
        }

        return text[start.._at];
    }

    private string Value()
    {
        _at++;
        Skip(" \t");
        var (value, isQuoted, kept) = (new StringBuilder(), false, 0);
        for (; _at < text.Length && text[_at] != '\n'; _at++)
        {
            var c = text[_at];
            if (c == '"')
            {
                isQuoted = !isQuoted;
                kept = value.Length;
                continue;
            }

            if (!isQuoted && c is ('#' or ';'))
            {
                SkipLine();
                break;
            }

            if (c == '\\' && _at + 1 < text.Length)
            {
                _at++;
                if (text[_at] == '\r' && _at + 1 < text.Length && text[_at + 1] == '\n')
                {
                    _at++;
                }

                if (text[_at] == '\n')
                {
                    _line++;
                    continue;
                }

                value.Append(text[_at] switch { 'n' => '\n', 't' => '\t', 'b' => '\b', var other => other });
                kept = value.Length;
                continue;
            }

            value.Append(c);
            kept = isQuoted || c is not (' ' or '\t' or '\r') ? value.Length : kept;
        }

        // Blanks at the end are none of it, but for those in quotes.
        return value.ToString(0, kept);
    }

    private void Skip(string characters)
    {
        while (_at < text.Length && characters.Contains(text[_at], StringComparison.Ordinal))
        {
            _at++;
        }
    }

    private void SkipLine()
    {
        var length = text.AsSpan(_at).IndexOf('\n');
        _at = length < 0 ? text.Length : _at + length;
    }

    private void Step()
    {
        _line += text[_at] == '\n' ? 1 : 0;
        _at++;
    }
}

/// <summary>One variable; without a name the beginning of its section.</summary>
/// <param name="line">From 1.</param>
/// <param name="section">The section's name.</param>
/// <param name="subsection">What stands in quotes behind it; empty for nothing.</param>
/// <param name="name">The variable's.</param>
/// <param name="value">Its value; null where it has none, which means true.</param>
internal sealed class GitConfigEntry(int line, string section, string subsection, string name, string? value)
{
    public int Line => line;

    public string Section => section;

    public string Subsection => subsection;

    public string Name => name;

    public string? Value => value;
}
