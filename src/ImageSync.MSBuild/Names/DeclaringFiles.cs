using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild.Names;

/// <summary>The project files that declare items, each read once: an outage brings thousands of questions about one file.</summary>
internal sealed class DeclaringFiles
{
    private const int All = int.MaxValue;

    // One that has to be tried again and again at one text is given up: a place is not worth a build's time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly string[] Metadata = ["Url", "LocalPath"];
    private static readonly Regex Escape = new("%[0-9A-Fa-f]{2}", RegexOptions.CultureInvariant, Patience);
    private static readonly Regex Expression = new(@"[$@%]\((?:[^()]|\([^()]*\))*\)", RegexOptions.CultureInvariant, Patience);

    // Lists are found by patterns; to a URL these characters are nothing special.
    private static readonly Regex Pattern = new(@"[*?]+[/\\]?", RegexOptions.CultureInvariant, Patience);

    private readonly Dictionary<string, IReadOnlyList<XElement>> _elements = new(StringComparer.Ordinal);

    /// <summary>Finds the element of an item; the project's file alone where it cannot be told.</summary>
    /// <param name="item">The item; null for what concerns none.</param>
    /// <param name="projectFile">What stands in where the item names no file.</param>
    public SourceLocation SourceOf(ITaskItem? item, string projectFile)
    {
        if (item is null || ListedItem.ProjectOf(item) is not { Length: > 0 } file)
        {
            return new SourceLocation(projectFile, 0, 0);
        }

        if (!_elements.TryGetValue(file, out var elements))
        {
            _elements[file] = elements = Elements(file);
        }

        var best = elements
            .Select(element => (Element: element, Fit: FitOf(element, item)))
            .Where(one => one.Fit is not null)
            .OrderByDescending(one => one.Fit)
            .FirstOrDefault();
        return best.Element is IXmlLineInfo position
            ? new SourceLocation(file, position.LineNumber, position.LinePosition - 1)
            : new SourceLocation(file, 0, 0);
    }

    private static IReadOnlyList<XElement> Elements(string file)
    {
        try
        {
            return [.. XDocument.Load(file, LoadOptions.SetLineInfo).Descendants().Where(IsDeclaration)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            return [];
        }
    }

    private static bool IsDeclaration(XElement element) => Is(element.Name, KnownNames.Item) || Is(element.Name, KnownNames.List);

    // The attributes as written may hold properties, metadata and lists; each of them can be any text. What fits literally
    // counts more, and so does what has less that can be any text. An item is where its Include is: an Update elsewhere may have
    // changed its metadata, so these decide only between several elements of one Include. Null where the element cannot have made it.
    private static (bool IsLiteral, int Metadata, int Literal)? FitOf(XElement element, ITaskItem item)
    {
        var list = ListedItem.IncludeOf(item);
        if (Is(element.Name, KnownNames.List) != list.Length > 0
            || Written(element, "Include") is not { } include
            || LiteralPart(list.Length > 0 ? Pattern.Replace(include, "$(any)") : include, list.Length > 0 ? list : item.ItemSpec)
                is not { } literal)
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
            ? MSBuildSyntax.Trim(text)
            : null;

    private static bool Is(XName written, string name) => written.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>How much of the value is in the text: all, or some characters; null where it cannot have become it.</summary>
    private static int? LiteralPart(string written, string value) =>
        written == value ? All : written.Split(';').Max(part => Fit(part.Trim(), value));

    // An escape is data: what it stands for is no expression. MSBuild undoes it octet by octet, so that %C3%B6 is two characters.
    private static int? Fit(string written, string value)
    {
        var parts = Expression.Split(written);
        return Fit([.. parts.Select(Octets)], value) ?? Fit([.. parts.Select(Uri.UnescapeDataString)], value);
    }

    private static int? Fit(string[] parts, string value) =>
        parts.Length == 1 ? (parts[0] == value ? parts[0].Length : null)
        : Holds(parts, value) ? parts.Sum(part => part.Length)
        : null;

    // The parts in their order, with any text between them: what comes first is looked for first, which is as good as any other.
    private static bool Holds(string[] parts, string value)
    {
        var (first, last) = (parts[0], parts[parts.Length - 1]);
        if (value.Length < first.Length + last.Length
            || !value.StartsWith(first, StringComparison.Ordinal) || !value.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var (at, end) = (first.Length, value.Length - last.Length);
        foreach (var part in parts.Skip(1).Take(parts.Length - 2))
        {
            at = value.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            at += part.Length;
        }

        return true;
    }

    private static string Octets(string escaped) =>
        Escape.Replace(escaped, escape => ((char)Convert.ToByte(escape.Value.Substring(1), 16)).ToString());
}

/// <summary>
/// Where an item is written. MSBuild keeps the file only; <see cref="DeclaringFiles"/> looks the line up when there is
/// something to report.
/// </summary>
/// <param name="File">The project file that declares the item.</param>
/// <param name="Line">From 1; 0 where it was not found.</param>
/// <param name="Column">From 1; 0 where it was not found.</param>
internal sealed record SourceLocation(string File, int Line, int Column);
