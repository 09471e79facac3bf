using System.Text;

namespace ImageSync.Engine.Lists;

/// <summary>
/// The text of a list of images (docs/command-line.md): a line an image, its URL, white space, and the path of its file, which may be left
/// out. <c>#</c> at the start of a line, or behind white space, begins a comment. Pure: texts in, texts out.
/// </summary>
/// <param name="Text">The whole text.</param>
internal sealed record ImageList(string Text)
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<(int Start, int End)> _lines = LinesOf(Text);

    /// <summary>The images, in the order of their lines.</summary>
    public IReadOnlyList<ListedImage> Images =>
        [.. _lines.Select((line, i) => Read(i + 1, Text[line.Start..line.End])).OfType<ListedImage>()];

    /// <summary>The list with one image more, as its last line.</summary>
    public ImageList With(string url, string path) => With([LineOf(url, path)]);

    /// <summary>The list with more lines.</summary>
    public ImageList With(IEnumerable<string> lines)
    {
        var (longer, end) = (new StringBuilder(Text), LineEnd);
        _ = Text.Length == 0 || Text[^1] is '\n' or '\r' ? longer : longer.Append(end);
        foreach (var line in lines)
        {
            longer.Append(line).Append(end);
        }

        return new(longer.ToString());
    }

    /// <summary>The line of an image.</summary>
    public static string LineOf(string url, string path) => path.Length > 0 ? $"{url} {path}" : url;

    /// <summary>Whether a list would read that line as it is meant.</summary>
    public static bool CanHold(string url, string path) =>
        !(url + path).Any(char.IsControl) && !url.Any(char.IsWhiteSpace) && path.Trim() == path
        && Read(1, LineOf(url, path)) is { } read && (read.Url, read.Path) == (url, path);

    /// <summary>The list without some of its lines; all else stays as it is written.</summary>
    /// <param name="lines">Their numbers, from 1.</param>
    public ImageList Without(IReadOnlySet<int> lines)
    {
        var rest = new StringBuilder(Text.Length).Append(Text, 0, Beginning(Text));
        for (var i = 0; i < _lines.Count; i++)
        {
            var next = i + 1 < _lines.Count ? _lines[i + 1].Start : Text.Length;
            _ = lines.Contains(i + 1) ? rest : rest.Append(Text, _lines[i].Start, next - _lines[i].Start);
        }

        return new(rest.ToString());
    }

    // What the list has, so that no line ends otherwise than its neighbours.
    private string LineEnd => Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static ListedImage? Read(int number, string line)
    {
        var written = WithoutComment(line).Trim(Blanks);
        if (written.Length == 0)
        {
            return null;
        }

        var end = written.IndexOfAny(Blanks);
        return end < 0 ? new(number, written, "") : new(number, written[..end], written[end..].TrimStart(Blanks));
    }

    // A number sign in the middle of a URL or a name is part of it.
    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || line[at - 1] is ' ' or '\t')
            {
                return line[..at];
            }
        }

        return line;
    }

    // Behind the mark of the encoding, which editors on Windows write and nobody sees.
    private static int Beginning(string text) => text.StartsWith('\uFEFF') ? 1 : 0;

    private static List<(int Start, int End)> LinesOf(string text)
    {
        var lines = new List<(int, int)>();
        for (var start = Beginning(text); start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            lines.Add((start, end));
            start = end + (text.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
        }

        return lines;
    }
}

/// <summary>One image of a list.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Url">As written, escapes intact.</param>
/// <param name="Path">As written; empty where the line has none, and then the URL gives the file's name.</param>
internal sealed record ListedImage(int Line, string Url, string Path)
{
    /// <summary>Whether it is what a person means by a URL, or by a path.</summary>
    public bool IsCalled(string urlOrPath) => Url == urlOrPath || (Path.Length > 0 && Slashes(Path) == Slashes(urlOrPath));

    private static string Slashes(string path) => path.Replace('\\', '/');
}
