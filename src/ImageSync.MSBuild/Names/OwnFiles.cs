using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ImageSync.Sync;

namespace ImageSync.MSBuild.Names;

/// <summary>The files in which a project's author writes: a look at their text, since tasks are not told of properties.</summary>
internal sealed class OwnFiles
{
    // A file of more than that was not written by hand, and is not worth a build's time.
    private const long LargestText = 1024 * 1024;
    private const int Most = 50;

    // A path that MSBuild has to work out is left; a package's own files are no author's.
    private static readonly Regex Import = new(
        """<Import\s[^>]*?Project\s*=\s*["'](?:\$\(MSBuildThisFileDirectory\))?([^"'$@%*?<>|:]+)["']""",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    private static readonly string[] UrlAttributes = ["Include", "Url"];

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Reads these files, and those that they import by a plain path.</summary>
    /// <param name="files">Absolute; such as are not there are passed over.</param>
    public OwnFiles(IEnumerable<string> files)
    {
        var waiting = new Queue<string>(files);
        while (_texts.Count < Most && waiting.Count > 0)
        {
            var file = waiting.Dequeue();
            if (!_texts.ContainsKey(file) && Read(file) is { } text)
            {
                _texts[file] = text;
                var folder = Path.GetDirectoryName(file)!;
                foreach (var import in ImportsOf(text))
                {
                    if (UntrustedPath.MakeAbsolute(folder, import.Replace('\\', '/')) is { } imported)
                    {
                        waiting.Enqueue(imported);
                    }
                }
            }
        }
    }

    /// <summary>Names of properties that are set in the files and begin so.</summary>
    public IEnumerable<string> PropertiesThatBegin(string prefix) =>
        _texts.Values.SelectMany(text => NamesIn(text, "<" + prefix)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names of elements that begin so, but for the one that is known; thousands of items may have that.</summary>
    public IEnumerable<string> ElementsThatBegin(string prefix, string except) =>
        _texts.Values.SelectMany(text => NamesIn(text, "<" + prefix, except)).Distinct(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the files make use of a property: then it is the author's own.</summary>
    /// <remarks>Any mention but the element that sets it: targets and analyzers may be told of it by its name alone.</remarks>
    public bool Use(string property) => _texts.Values.Any(text =>
        EndsOf(text, property).Any(end => NameUsage.IsOfProperty(text, end - property.Length, end)));

    /// <summary>Whether the files make use of a list of items.</summary>
    public bool UseItems(string type) => Contain("@(" + type) || Contain("%(" + type);

    /// <summary>Whether the files make use of a metadatum: then it is the author's own.</summary>
    public bool UseMetadatum(string name) => _texts.Values.Any(text =>
        EndsOf(text, name).Any(end => NameUsage.IsOfMetadatum(text, end - name.Length, end)));

    /// <summary>The element that sets a property; null where it is in a comment, or an item's.</summary>
    public SourceLocation? PlaceOf(string property) => PlaceOf(property, "PropertyGroup", _ => true);

    /// <summary>An item of a type that has a URL, as far as that can be told; null for none.</summary>
    public SourceLocation? PlaceOfUrl(string type) => PlaceOf(type, "ItemGroup", item =>
        UrlAttributes.Any(name => (string?)item.Attribute(name) is { } text && MayBeUrl(text)));

    private SourceLocation? PlaceOf(string name, string group, Func<XElement, bool> isMeant)
    {
        foreach (var own in _texts.Where(one => one.Value.IndexOf("<" + name, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            var element = Parse(own.Value)?.Descendants()
                .Where(element => element.Parent?.Name.LocalName == group)
                .FirstOrDefault(element => element.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase) && isMeant(element));
            if (element is IXmlLineInfo position)
            {
                return new SourceLocation(own.Key, position.LineNumber, position.LinePosition - 1);
            }
        }

        return null;
    }

    private static bool MayBeUrl(string text) =>
        text.Contains("://") || text.Contains("$(");

    private bool Contain(string reference) => _texts.Values.Any(text => EndsOf(text, reference).Any(end =>
        end == text.Length || !MSBuildSyntax.IsOfName(text[end]) || string.CompareOrdinal(text, end, "->", 0, 2) == 0));

    private static List<string> ImportsOf(string text) =>
        text.Contains("<Import") ? [.. Import.Matches(text).Cast<Match>().Select(match => match.Groups[1].Value)] : [];

    private static IEnumerable<int> EndsOf(string text, string reference)
    {
        for (var from = 0; text.IndexOf(reference, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; from = at + 1)
        {
            yield return at + reference.Length;
        }
    }

    private static IEnumerable<string> NamesIn(string text, string opening, string? except = null)
    {
        foreach (var end in EndsOf(text, opening))
        {
            var (first, last) = (end - opening.Length + 1, end);
            while (last < text.Length && MSBuildSyntax.IsOfName(text[last]))
            {
                last++;
            }

            var name = text.Substring(first, last - first);
            if (!name.Equals(except, StringComparison.OrdinalIgnoreCase))
            {
                yield return name;
            }
        }
    }

    private static string? Read(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: <= LargestText } ? File.ReadAllText(file) : null;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static XDocument? Parse(string text)
    {
        try
        {
            return XDocument.Parse(text, LoadOptions.SetLineInfo);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
