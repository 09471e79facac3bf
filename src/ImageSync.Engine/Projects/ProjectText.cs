using System.Text;
using System.Xml;
using ImageSync.Sync;

namespace ImageSync.Engine.Projects;

/// <summary>
/// The text of a project, and where its images are in it. Pure: texts in, texts out; what is not changed stays as it is written.
/// </summary>
internal sealed class ProjectText
{
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<ProjectItemGroup> _groups;
    private readonly string _prefix;
    private readonly (int Start, int ContentEnd, bool IsEmpty) _root;

    private ProjectText(string text, ProjectReader read)
    {
        (Text, Items) = (text, read.Items);
        (_groups, _prefix, _root) = (read.Groups, read.Prefix, read.Root);
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>All images, in the order of the text.</summary>
    public List<ProjectItem> Items { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">Without a byte order mark.</param>
    /// <param name="problem">Why it is no project, a clause; null where it is one.</param>
    /// <param name="line">The line that it is about; 0 where it is the whole.</param>
    public static ProjectText? Read(string text, out string? problem, out int line)
    {
        (problem, line) = (null, 0);
        try
        {
            var reader = new ProjectReader(text);
            problem = reader.Read();
            return problem is null ? new ProjectText(text, reader) : null;
        }
        catch (XmlException exception)
        {
            (problem, line) = ("is not XML: " + exception.Message.TrimEnd('.'), exception.LineNumber);
            return null;
        }
    }

    /// <summary>Where and what is to be put in for an image more.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="path">Its file; empty where the URL names it.</param>
    /// <param name="inAscii">Whether the file's encoding does not have all characters.</param>
    public TextEdit With(string url, string path, bool inAscii = false)
    {
        var element = Element(url, path, inAscii);
        if (Items.FindLast(item => item.Group >= 0 && _groups[item.Group].IsCertain) is { } last)
        {
            var indentation = IndentationOf(last.Start);
            return indentation is null ? new(last.End, last.End, element)
                : new(EndOfLine(last.End), EndOfLine(last.End), LineEnd + indentation + element);
        }

        var outer = OuterIndentation();
        var inner = outer.Length > 0 ? outer + outer : "  ";
        string[] lines = [outer + $"<{_prefix}ItemGroup>", inner + element, outer + $"</{_prefix}ItemGroup>"];
        var group = string.Join(LineEnd, lines) + LineEnd;
        if (_root.IsEmpty)
        {
            // <Project Sdk="…" />
            var start = Text[..(_root.ContentEnd - "/>".Length)].TrimEnd().Length;
            return new(start, _root.ContentEnd, $">{LineEnd}{group}</{_prefix}Project>");
        }

        var at = _root.ContentEnd;
        if (IndentationOf(at) is not { } before)
        {
            return new(at, at, LineEnd + group);
        }

        // A blank line before the end is the author's way to part the groups.
        at -= before.Length;
        var isParted = Text.AsSpan(0, at).EndsWith("\n\n") || Text.AsSpan(0, at).EndsWith("\n\r\n");
        return new(at, at, group + (isParted ? LineEnd : ""));
    }

    /// <summary>What is to be taken out for some images less, from the end of the text to its beginning.</summary>
    public List<TextEdit> Without(List<ProjectItem> items)
    {
        var edits = new List<TextEdit>();
        for (var number = 0; number < _groups.Count; number++)
        {
            var (group, inside) = (_groups[number], items.FindAll(item => item.Group == number));

            // A group that has nothing else any more says nothing.
            if (inside.Count > 0 && !group.HasAttributes && IsEmptyWithout(group, inside))
            {
                edits.Add(WholeLines(group.Start, group.End, takesBlank: true));
            }
            else
            {
                edits.AddRange(inside.ConvertAll(item => WholeLines(item.Start, item.End, takesBlank: false)));
            }
        }

        edits.Sort((one, other) => other.Start.CompareTo(one.Start));
        return edits;
    }

    private string LineEnd => Text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private string Element(string url, string path, bool inAscii)
    {
        var escaped = ProjectEscaping.OfUrl(url);
        var fits = ProjectEscaping.FitsInclude(escaped);

        // Then Include is only a name.
        var include = fits ? escaped : MSBuildSyntax.Escape(path.Length > 0 && !path.EndsWith('/') ? path : url.Split('?', '*')[0]);
        return $"<{_prefix}{ProjectReader.ItemName}{Attribute("Include", include)}{Attribute("Url", fits ? "" : escaped)}"
            + $"{Attribute("LocalPath", MSBuildSyntax.Escape(path))} />";

        string Attribute(string name, string value) =>
            value.Length == 0 ? "" : $" {name}=\"{ProjectEscaping.OfAttribute(value, inAscii)}\"";
    }

    // Null where something else is before it on its line.
    private string? IndentationOf(int position)
    {
        var start = StartOfLine(position);
        var before = Text[start..position];
        return before.Trim(Blanks).Length == 0 && start > 0 ? before : null;
    }

    private int StartOfLine(int position) => Text.AsSpan(0, position).LastIndexOfAny('\r', '\n') + 1;

    // With a comment that stands behind it: it is about what is before it.
    private int EndOfLine(int position)
    {
        var length = Text.AsSpan(position).IndexOfAny('\r', '\n');
        var rest = length < 0 ? "" : Text[position..(position + length)].Trim(Blanks);
        var isComment = rest.StartsWith("<!--", StringComparison.Ordinal)
            && rest.IndexOf("-->", StringComparison.Ordinal) == rest.Length - "-->".Length;
        return length >= 0 && (rest.Length == 0 || isComment) ? position + length : position;
    }

    private string OuterIndentation() =>
        _groups.Find(group => IndentationOf(group.Start) is not null) is { } group ? IndentationOf(group.Start)!
        : FirstIndentation() ?? "  ";

    // Of whatever is first in the project.
    private string? FirstIndentation()
    {
        var at = _root.IsEmpty ? -1 : Text.IndexOf('<', ProjectReader.EndOfTag(Text, _root.Start));
        return at < 0 || at >= _root.ContentEnd ? null : IndentationOf(at);
    }

    private bool IsEmptyWithout(ProjectItemGroup group, List<ProjectItem> items)
    {
        var rest = new StringBuilder();
        var at = group.ContentStart;
        foreach (var item in items)
        {
            rest.Append(Text, at, item.Start - at);
            at = item.End;
        }

        return rest.Append(Text, at, group.ContentEnd - at).ToString().Trim().Length == 0;
    }

    private TextEdit WholeLines(int start, int end, bool takesBlank)
    {
        var behind = end + (Text.AsSpan(end).IndexOfAnyExcept(Blanks) is > 0 and var blanks ? blanks : 0);
        if (IndentationOf(start) is not { } indentation || behind >= Text.Length || Text[behind] is not ('\r' or '\n'))
        {
            return new(start, end, "");
        }

        behind = AfterLineEnd(behind);
        var first = start - indentation.Length;

        // Of the two blank lines around it one would be too many.
        if (takesBlank && behind < Text.Length && Text[behind] is '\r' or '\n'
            && (Text.AsSpan(0, first).EndsWith("\n\n") || Text.AsSpan(0, first).EndsWith("\n\r\n")))
        {
            behind = AfterLineEnd(behind);
        }

        return new(first, behind, "");
    }

    private int AfterLineEnd(int at) => at + (Text.AsSpan(at).StartsWith("\r\n") ? 2 : 1);
}
