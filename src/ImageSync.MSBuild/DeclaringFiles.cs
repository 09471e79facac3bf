using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>The project files that declare items, each read once: an outage brings thousands of questions about one file.</summary>
internal sealed partial class DeclaringFiles
{
    private const int All = int.MaxValue;

    private static readonly string[] Metadata = ["Url", "LocalPath"];

    private readonly Dictionary<string, IReadOnlyList<XElement>> _elements = new(StringComparer.Ordinal);

    /// <summary>Finds the element of an item; the project's file alone where it cannot be told.</summary>
    /// <param name="item">The item; null for what concerns none.</param>
    /// <param name="projectFile">What stands in where the item names no file.</param>
    public ItemSource SourceOf(ITaskItem? item, string projectFile)
    {
        if (item?.GetMetadata("DefiningProjectFullPath") is not { Length: > 0 } file)
        {
            return new ItemSource(projectFile, 0, 0);
        }

        if (!_elements.TryGetValue(file, out var elements))
        {
            _elements[file] = elements = Elements(file);
        }

        var best = elements.Select(element => (Element: element, Fit: FitOf(element, item))).DefaultIfEmpty().MaxBy(one => one.Fit);
        return best.Fit is not null && best.Element is IXmlLineInfo position
            ? new ItemSource(file, position.LineNumber, position.LinePosition - 1)
            : new ItemSource(file, 0, 0);
    }

    private static IReadOnlyList<XElement> Elements(string file)
    {
        try
        {
            return [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(element => Is(element.Name, KnownNames.Item))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            return [];
        }
    }

    // The attributes as written may hold properties, metadata and lists; each of them can be any text. What fits literally
    // counts more, and so does what has less that can be any text. An item is where its Include is: an Update elsewhere may have
    // changed its metadata, so these decide only between several elements of one Include. Null where the element cannot have made it.
    private static (bool IsLiteral, int Metadata, int Literal)? FitOf(XElement element, ITaskItem item)
    {
        if (Written(element, "Include") is not { } include || LiteralPart(include, item.ItemSpec) is not { } literal)
        {
            return null;
        }

        var metadata = Metadata.Sum(name => Written(element, name) is not { } written ? 0
            : LiteralPart(written, RemoteImageItem.AsWritten(item, name)) switch { All => 1, null => -1, _ => 0 });
        return (literal == All, metadata, literal);
    }

    // MSBuild passes over the case of elements and of attributes.
    private static string? Written(XElement element, string name) =>
        (element.Attributes().FirstOrDefault(attribute => Is(attribute.Name, name))?.Value
            ?? element.Elements().FirstOrDefault(child => Is(child.Name, name))?.Value) is { } text
            ? AuthorsText.Trim(text)
            : null;

    private static bool Is(XName written, string name) => written.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How much of the value is in the text: all, or some characters; null where it cannot have become it.</summary>
    private static int? LiteralPart(string written, string value) =>
        written == value ? All : written.Split(';').Max(part => Fit(part.Trim(), value));

    // An escape is data: what it stands for is no expression. MSBuild undoes it octet by octet, so that %C3%B6 is two characters.
    private static int? Fit(string written, string value)
    {
        var parts = Expression().Split(written);
        return Fit([.. parts.Select(Octets)], value) ?? Fit([.. parts.Select(Uri.UnescapeDataString)], value);
    }

    private static int? Fit(string[] parts, string value) =>
        parts.Length == 1 ? (parts[0] == value ? parts[0].Length : null)
        : value.StartsWith(parts[0], StringComparison.Ordinal) && value.EndsWith(parts[^1], StringComparison.Ordinal)
            && Regex.IsMatch(value, "^" + string.Join(".*", parts.Select(Regex.Escape)) + "$",
                RegexOptions.Singleline | RegexOptions.NonBacktracking)
            ? parts.Sum(part => part.Length)
            : null;

    private static string Octets(string escaped) =>
        Escape().Replace(escaped, escape => ((char)Convert.ToByte(escape.Value[1..], 16)).ToString());

    [GeneratedRegex("%[0-9A-Fa-f]{2}")]
    private static partial Regex Escape();

    [GeneratedRegex(@"[$@%]\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex Expression();
}
