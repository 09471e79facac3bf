using System.Net;
using System.Text.RegularExpressions;

namespace ImageSync.Reporting;

/// <summary>On which line of a project file each URL is included, by the text alone. Pure.</summary>
internal static partial class IncludeLines
{
    // A place is not worth a build's time.
    private const int PatienceInMilliseconds = 1000;

    /// <summary>The lines, from 1, by the URL as XML means it; 0 for one that is included several times.</summary>
    public static IReadOnlyDictionary<string, int> Of(string project)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            var (line, counted) = (1, 0);
            foreach (var (start, url) in IncludeOrComment().Matches(project).SelectMany(match => Parts(match.Groups["value"])))
            {
                line += project.AsSpan(counted, start - counted).Count('\n');
                counted = start;
                lines[url] = lines.ContainsKey(url) ? 0 : line;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            // What was found until then is right, but for what comes again further down.
            lines.Clear();
        }

        return lines;
    }

    // A semicolon that ends an entity ends no URL.
    private static IEnumerable<(int Start, string Url)> Parts(Group value) =>
        Part().Matches(value.Value).Select(part => (value.Index + part.Index, WebUtility.HtmlDecode(part.Value)));

    // What is commented out is no Include, hence comments are matches without a value.
    [GeneratedRegex(
        """<!--.*?-->|\bInclude\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)')""",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, PatienceInMilliseconds)]
    private static partial Regex IncludeOrComment();

    [GeneratedRegex("""(?:&[a-z0-9#]+;|[^;\s])+""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PatienceInMilliseconds)]
    private static partial Regex Part();
}
