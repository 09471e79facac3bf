using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>The project files that declare items, each read once: an outage brings thousands of questions about one file.</summary>
internal sealed partial class DeclaringFiles
{
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

        var best = elements.MaxBy(element => Score(element, item));
        return best is IXmlLineInfo position && Score(best, item) > 0 ? new ItemSource(file, position.LineNumber, position.LinePosition - 1) : new ItemSource(file, 0, 0);
    }

    private static IReadOnlyList<XElement> Elements(string file)
    {
        try
        {
            return [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(element => element.Name.LocalName == "RemoteImage")];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            return [];
        }
    }

    // The attributes as written may hold properties, metadata and lists; each of them can be any text. What fits literally
    // counts more. An item is where its Include is: an Update elsewhere may have changed its metadata, so these decide only
    // between several elements of one Include.
    private static int Score(XElement element, ITaskItem item)
    {
        var include = Written(element, "Include");
        return include is null ? 0 : 4 * Likeness(include, item.ItemSpec) is > 0 and var score
            ? score + Metadata.Sum(name =>
                Written(element, name) is { } written ? Likeness(written, RemoteImageItem.AsWritten(item, name)) - 1 : 0)
            : 0;
    }

    private static string? Written(XElement element, string name) =>
        ((string?)element.Attribute(name) ?? (string?)element.Elements().FirstOrDefault(child => child.Name.LocalName == name)) is { } text
            ? AuthorsText.Trim(text)
            : null;

    /// <summary>2 where the text is the value, 1 where it may have become it, 0 where it cannot.</summary>
    private static int Likeness(string written, string value) =>
        written == value ? 2 : written.Split(';').Any(part => Fits(part.Trim(), value)) ? 1 : 0;

    private static bool Fits(string written, string value)
    {
        var parts = Expression().Split(Uri.UnescapeDataString(written));
        return parts.Length == 1 ? parts[0] == value
            : value.StartsWith(parts[0], StringComparison.Ordinal) && value.EndsWith(parts[^1], StringComparison.Ordinal)
                && Regex.IsMatch(value, "^" + string.Join(".*", parts.Select(Regex.Escape)) + "$", RegexOptions.Singleline | RegexOptions.NonBacktracking);
    }

    [GeneratedRegex(@"[$@%]\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex Expression();
}
