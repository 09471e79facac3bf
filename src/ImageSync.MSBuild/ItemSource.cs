using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>Where an item is written. MSBuild keeps the file only; the line is looked up when there is something to report.</summary>
/// <param name="File">The project file that declares the item.</param>
/// <param name="Line">From 1; 0 where it was not found.</param>
/// <param name="Column">From 1; 0 where it was not found.</param>
internal sealed partial record ItemSource(string File, int Line, int Column)
{
    private static readonly string[] Attributes = ["Include", "Url", "LocalPath"];

    /// <summary>Finds the element of an item; the project's file alone where it cannot be told.</summary>
    public static ItemSource Of(ITaskItem? item, string projectFile)
    {
        if (item?.GetMetadata("DefiningProjectFullPath") is not { Length: > 0 } file)
        {
            return new ItemSource(projectFile, 0, 0);
        }

        var best = Elements(file).MaxBy(element => Score(element, item));
        return best is IXmlLineInfo position && Score(best, item) > 0 ? new ItemSource(file, position.LineNumber, position.LinePosition - 1) : new ItemSource(file, 0, 0);
    }

    private static IEnumerable<XElement> Elements(string file)
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
    // counts more, and what contradicts rules the element out.
    private static int Score(XElement element, ITaskItem item)
    {
        var score = 0;
        foreach (var name in Attributes)
        {
            if (((string?)element.Attribute(name) ?? (string?)element.Elements().FirstOrDefault(child => child.Name.LocalName == name)) is not { } written)
            {
                continue;
            }

            var value = name == "Include" ? item.ItemSpec : item.GetMetadata(name);
            if (written == value)
            {
                score += 3;
            }
            else if (written.Split(';').Any(part => Fits(part.Trim(), value)))
            {
                score += 1;
            }
            else
            {
                return 0;
            }
        }

        return score;
    }

    private static bool Fits(string written, string value) =>
        Regex.IsMatch(value, "^" + string.Join(".*", Expression().Split(Uri.UnescapeDataString(written)).Select(Regex.Escape)) + "$", RegexOptions.Singleline | RegexOptions.NonBacktracking);

    [GeneratedRegex(@"[$@%]\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex Expression();
}
