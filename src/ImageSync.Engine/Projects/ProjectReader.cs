using System.Xml;
using ImageSync.Engine.Lists.Import;

namespace ImageSync.Engine.Projects;

/// <summary>Finds in the text of a project where its images and its item groups are.</summary>
/// <param name="text">Without a byte order mark.</param>
internal sealed class ProjectReader(string text)
{
    /// <summary>What the items are called.</summary>
    public const string ItemName = "RemoteImage";

    private readonly LineNumbers _lines = new(text);

    /// <summary>All images, in the order of the text.</summary>
    public List<ProjectItem> Items { get; } = [];

    /// <summary>All item groups, in the order of the text.</summary>
    public List<ProjectItemGroup> Groups { get; } = [];

    /// <summary>What the names of elements begin with; empty for nothing.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>The root element; the end of its content is that of the element where it is empty.</summary>
    public (int Start, int ContentEnd, bool IsEmpty) Root { get; private set; }

    /// <summary>Reads it, once.</summary>
    /// <returns>Why it is no project, a clause; null where it is one.</returns>
    /// <exception cref="XmlException">It is not XML.</exception>
    public string? Read()
    {
        // What is behind an entity of a DTD's would have no place here.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(new StringReader(text), settings);
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

                    Prefix = reader.Prefix.Length > 0 ? reader.Prefix + ":" : "";
                    Root = (start, reader.IsEmptyElement ? EndOfTag(text, start) : 0, reader.IsEmptyElement);
                }

                var (name, isEmpty) = (reader.LocalName, reader.IsEmptyElement);
                var isCertain = open.Count == 0 || (open.Peek().IsCertain && name == "ItemGroup" && open.Count == 1
                    && reader.GetAttribute("Condition") is not { Length: > 0 });
                if (name == "ItemGroup")
                {
                    var content = EndOfTag(text, start);
                    Groups.Add(new(start, content, content, content, reader.HasAttributes, isCertain && !isEmpty));
                }

                var group = name == "ItemGroup" ? Groups.Count - 1 : open.Count > 0 ? open.Peek().Group : -1;
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
                        Close(ref item, start, EndOfTag(text, start), group);
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
                    Root = Root with { ContentEnd = end };
                }
                else if (closed.Name == "ItemGroup")
                {
                    var group = Groups[closed.Group];
                    (group.ContentEnd, group.End) = (end, EndOfTag(text, end));
                }
                else if (item is not null && open.Count == item.Depth)
                {
                    Close(ref item, closed.Start, EndOfTag(text, end), closed.Group);
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
        Items.Add(new(_lines.Of(start), start, end, group, item!.Include, item.Url, item.LocalPath));
        item = null;
    }

    private int PositionOf(IXmlLineInfo position) => _lines.StartOf(position.LineNumber) + position.LinePosition - 1;

    /// <summary>The position behind a tag; in what is well-formed, a <c>&gt;</c> that ends none is in quotes.</summary>
    /// <param name="text">Well-formed XML.</param>
    /// <param name="start">Where the tag begins.</param>
    public static int EndOfTag(string text, int start)
    {
        for (var (at, quote) = (start, '\0'); ; at++)
        {
            var c = text[at];
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
