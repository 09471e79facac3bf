using System.Xml;
using ImageSync.Engine.Lists.Import;
using ImageSync.Sync;

namespace ImageSync.Engine.Projects;

/// <summary>
/// The text of a project, and where its images are in it. Pure: texts in, texts out; what is not changed stays as it is written.
/// </summary>
internal sealed class ProjectText
{
    private const string ItemName = "RemoteImage";

    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<ProjectItem> _items = [];
    private readonly List<ProjectItemGroup> _groups = [];
    private readonly LineNumbers _lines;
    private string _prefix = "";
    private (int Start, int ContentEnd, bool IsEmpty) _root;

    private ProjectText(string text) => (Text, _lines) = (text, new LineNumbers(text));

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>All images, in the order of the text.</summary>
    public List<ProjectItem> Items => _items;

    /// <summary>Reads a text.</summary>
    /// <param name="text">Without a byte order mark.</param>
    /// <param name="problem">Why it is no project, a clause; null where it is one.</param>
    /// <param name="line">The line that it is about; 0 where it is the whole.</param>
    public static ProjectText? Read(string text, out string? problem, out int line)
    {
        (problem, line) = (null, 0);
        try
        {
            var project = new ProjectText(text);
            problem = project.Read();
            return problem is null ? project : null;
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
        if (_items.FindLast(item => item.Group >= 0 && _groups[item.Group].IsCertain) is { } last)
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
        return $"<{_prefix}{ItemName}{Attribute("Include", include)}{Attribute("Url", fits ? "" : escaped)}"
            + $"{Attribute("LocalPath", MSBuildSyntax.Escape(path))} />";

        string Attribute(string name, string value) =>
            value.Length == 0 ? "" : $" {name}=\"{ProjectEscaping.OfAttribute(value, inAscii)}\"";
    }

    private string? Read()
    {
        // What is behind an entity of a DTD's would have no place here.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(Text), settings);
        var position = (IXmlLineInfo)reader;
        var open = new Stack<OpenElement>();
        OpenItem? item = null;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var start = PositionOf(position) - 1;
                if (open.Count == 0)
                {
                    if (reader.LocalName != "Project")
                    {
                        return $"is no project: its root is <{reader.Name}>, and not <Project>";
                    }

                    _prefix = reader.Prefix.Length > 0 ? reader.Prefix + ":" : "";
                    _root = (start, reader.IsEmptyElement ? EndOfTag(start) : 0, reader.IsEmptyElement);
                }

                var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                var isCertain = open.Count == 0 || (open.Peek().IsCertain && name == "ItemGroup" && open.Count == 1
                    && reader.GetAttribute("Condition") is not { Length: > 0 });
                if (name == "ItemGroup")
                {
                    _groups.Add(new(start, EndOfTag(start), EndOfTag(start), EndOfTag(start), reader.HasAttributes, isCertain && !isEmpty));
                }

                var group = name == "ItemGroup" ? _groups.Count - 1 : open.Count > 0 ? open.Peek().Group : -1;
                if (name.Equals(ItemName, StringComparison.OrdinalIgnoreCase) && open.Count > 0 && open.Peek().Name == "ItemGroup"
                    && reader.GetAttribute("Include") is { } include)
                {
                    item = new(open.Count, include)
                    {
                        Url = MetadatumOf(reader, "Url"),
                        LocalPath = MetadatumOf(reader, "LocalPath"),
                    };
                    if (isEmpty)
                    {
                        Close(ref item, start, EndOfTag(start), group);
                    }
                }

                if (!isEmpty)
                {
                    open.Push(new OpenElement(name, start, isCertain, group));
                }
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && item is not null && open.Count == item.Depth + 2)
            {
                var name = open.Peek().Name;
                item.Url += name.Equals("Url", StringComparison.OrdinalIgnoreCase) ? reader.Value : "";
                item.LocalPath += name.Equals("LocalPath", StringComparison.OrdinalIgnoreCase) ? reader.Value : "";
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                var end = PositionOf(position) - "</".Length;
                var closed = open.Pop();
                if (open.Count == 0)
                {
                    _root = _root with { ContentEnd = end };
                }
                else if (closed.Name == "ItemGroup")
                {
                    var group = _groups[closed.Group];
                    (group.ContentEnd, group.End) = (end, EndOfTag(end));
                }
                else if (item is not null && open.Count == item.Depth)
                {
                    Close(ref item, closed.Start, EndOfTag(end), closed.Group);
                }
            }
        }

        return null;
    }

    // MSBuild takes names of items and metadata in any case of letters.
    private static string MetadatumOf(XmlReader reader, string name)
    {
        var value = "";
        while (reader.MoveToNextAttribute())
        {
            value = reader.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) ? reader.Value : value;
        }

        reader.MoveToElement();
        return value;
    }

    private void Close(ref OpenItem? item, int start, int end, int group)
    {
        _items.Add(new(_lines.Of(start), start, end, group, item!.Include, item.Url, item.LocalPath));
        item = null;
    }

    private int PositionOf(IXmlLineInfo position) => _lines.StartOf(position.LineNumber) + position.LinePosition - 1;

    // The reader has found it well-formed: a > that ends no tag is in quotes.
    private int EndOfTag(int start)
    {
        for (var (at, quote) = (start, '\0'); ; at++)
        {
            var c = Text[at];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c == '>')
            {
                return at + 1;
            }
        }
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
        var at = _root.IsEmpty ? -1 : Text.IndexOf('<', EndOfTag(_root.Start));
        return at < 0 || at >= _root.ContentEnd ? null : IndentationOf(at);
    }

    private bool IsEmptyWithout(ProjectItemGroup group, List<ProjectItem> items)
    {
        var rest = new System.Text.StringBuilder();
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

    private sealed class OpenElement(string name, int start, bool isCertain, int group)
    {
        public string Name => name;

        public int Start => start;

        public bool IsCertain => isCertain;

        public int Group => group;
    }

    private sealed class OpenItem(int depth, string include)
    {
        public int Depth => depth;

        public string Include => include;

        public string Url { get; set; } = "";

        public string LocalPath { get; set; } = "";
    }
}

/// <summary>A part of a text, and what is to be in its place.</summary>
/// <param name="start">Where it begins.</param>
/// <param name="end">Behind it.</param>
/// <param name="replacement">What is to be there.</param>
internal sealed class TextEdit(int start, int end, string replacement)
{
    public int Start => start;

    public string Replacement => replacement;

    /// <summary>The text with it.</summary>
    public string In(string text) => string.Concat(text.AsSpan(0, start), replacement, text.AsSpan(end));
}
