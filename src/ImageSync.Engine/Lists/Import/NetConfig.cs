using System.Text;

namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A <c>.netconfig</c> of dotnet-file: sections <c>[file "path"]</c> with a <c>url</c>, in the syntax of git-config. Pure.
/// </summary>
internal static class NetConfig
{
    private const string GitHub = "https://github.com/";

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        var findings = new Findings();
        var files = new Dictionary<string, File>(StringComparer.Ordinal);
        File? open = null;
        foreach (var entry in new GitConfig(text).Entries)
        {
            if (entry.Name.Length == 0)
            {
                open = !entry.Section.Equals("file", StringComparison.OrdinalIgnoreCase) ? null
                    : files.TryGetValue(entry.Subsection, out var known) ? known
                    : files[entry.Subsection] = new File { Line = entry.Line, Path = entry.Subsection.Replace('\\', '/') };
            }
            else if (open is not null && entry.Name.Equals("url", StringComparison.OrdinalIgnoreCase))
            {
                (open.Line, open.Url) = (entry.Line, entry.Value ?? "");
            }
            else if (open is not null && entry.Name.Equals("skip", StringComparison.OrdinalIgnoreCase))
            {
                open.IsSkipped = entry.Value is null || entry.Value.ToLowerInvariant() is "true" or "yes" or "on" or "1";
            }
        }

        foreach (var file in files.Values)
        {
            Tell(file, findings);
        }

        return findings;
    }

    private static void Tell(File file, Findings findings)
    {
        var (url, path) = (Raw(file.Url), file.Path is "." or ".." ? file.Path + "/" : file.Path);
        if (file.IsSkipped)
        {
            findings.Leave(file.Line, file.Path, "skipped there, too");
        }
        else if (url is null)
        {
            findings.Warn(file.Line, file.Url, "is a folder of a repository, whose files nobody knows without asking");
        }
        else if (path.Length == 0)
        {
            findings.Warn(file.Line, file.Url, "has a section without a path");
        }
        else
        {
            findings.File(file.Line, url, path);
        }
    }

    // A page of GitHub's about a file means the file; null for one about a folder.
    private static string? Raw(string url)
    {
        var parts = url.StartsWith(GitHub, StringComparison.OrdinalIgnoreCase) ? url[GitHub.Length..].Split('/', 4) : [];
        return parts switch
        {
            [var owner, var repository, "blob" or "raw", var place] when place.Contains('/', StringComparison.Ordinal) =>
                $"https://raw.githubusercontent.com/{owner}/{repository}/{place[..End(place)]}",
            [_, _, "tree", ..] or [_, _] => null,
            _ => url,
        };
    }

    private static int End(string place) => place.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : place.Length;

    private sealed class File
    {
        public int Line { get; set; }

        public string Path { get; init; } = "";

        public string Url { get; set; } = "";

        public bool IsSkipped { get; set; }
    }

    /// <summary>One variable; without a name the beginning of its section.</summary>
    private sealed class Entry(int line, string section, string subsection, string name, string? value)
    {
        public int Line => line;

        public string Section => section;

        public string Subsection => subsection;

        public string Name => name;

        public string? Value => value;
    }

    /// <summary>The syntax (git-config, "Syntax"). What is none of it is passed over.</summary>
    private sealed class GitConfig(string text)
    {
        private int _at;
        private int _line = 1;

        public IEnumerable<Entry> Entries
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
                        yield return new Entry(_line, section, subsection, "", null);
                    }
                    else if (char.IsAsciiLetter(c))
                    {
                        var (line, name) = (_line, Name("-"));
                        Skip(" \t");
                        var hasValue = _at < text.Length && text[_at] == '=';
                        yield return new Entry(line, section, subsection, name, hasValue ? Value() : null);
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
}
