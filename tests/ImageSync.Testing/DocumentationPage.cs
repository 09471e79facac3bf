using System.Text;
using System.Text.RegularExpressions;

namespace ImageSync.Testing;

/// <summary>A page of Markdown that people read: its snippets, its links, and what can be linked to.</summary>
public sealed partial class DocumentationPage
{
    private const string Fence = "```";

    private readonly string _prose;

    private DocumentationPage(string name)
    {
        Name = name;
        Text = File.ReadAllText(RepositoryRoot.PathOf(name));
        (_prose, Snippets) = Split(name, Text);
    }

    /// <summary>Those at the root (README, CONTRIBUTING, CHANGELOG, …), and all below docs/.</summary>
    public static IReadOnlyList<DocumentationPage> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.FullPath, "*.md")
            .Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryRoot.FullPath, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(name => new DocumentationPage(name)),
    ];

    /// <summary>The path from the root, with forward slashes.</summary>
    public string Name { get; }

    public string Text { get; }

    public IReadOnlyList<Snippet> Snippets { get; }

    /// <summary>Where links and images lead, as written: inline ones, references, and HTML's.</summary>
    public IEnumerable<string> Links => InlineLink().Matches(_prose).Concat(Definition().Matches(_prose)).Concat(HtmlLink().Matches(_prose)).Select(match => match.Groups["target"].Value).Distinct();

    /// <summary>Where each reference leads that is defined.</summary>
    public IReadOnlyDictionary<string, string> References => Definition().Matches(_prose).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["target"].Value);

    /// <summary>The names of references that are used and not defined.</summary>
    public IEnumerable<string> UndefinedReferences =>
        Reference().Matches(_prose).Select(match => match.Groups["name"].Value).Except(References.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>The anchors of the headings, as GitHub makes them: letters, digits, - and _ stay, blanks become -, what comes twice is numbered.</summary>
    public IReadOnlyList<string> Anchors
    {
        get
        {
            var anchors = new List<string>();
            foreach (var heading in Heading().Matches(_prose).Select(match => LinkText().Replace(match.Groups["text"].Value, "$1")))
            {
                var anchor = NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');
                var same = anchors.Count(other => other == anchor || Regex.IsMatch(other, $@"^{Regex.Escape(anchor)}-\d+$"));
                anchors.Add(same == 0 ? anchor : $"{anchor}-{same}");
            }

            return anchors;
        }
    }

    public override string ToString() => Name;

    private static (string Prose, IReadOnlyList<Snippet> Snippets) Split(string page, string text)
    {
        var (prose, snippets) = (new StringBuilder(), new List<Snippet>());
        (int Line, int Indentation, string Language, StringBuilder Text)? open = null;
        foreach (var (number, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var indentation = line.Length - line.TrimStart().Length;
            var isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (open is { } snippet)
            {
                if (isFence)
                {
                    snippets.Add(new Snippet(page, snippet.Line, snippet.Language, snippet.Text.ToString()));
                    open = null;
                }
                else
                {
                    snippet.Text.Append(line[Math.Min(indentation, snippet.Indentation)..]).Append('\n');
                }
            }
            else if (isFence)
            {
                open = (number + 1, indentation, line.Trim()[Fence.Length..], new StringBuilder());
            }
            else
            {
                prose.Append(line).Append('\n');
            }
        }

        return open is { } left ? throw new InvalidDataException($"{page}:{left.Line}: a fence that is not closed") : (prose.ToString(), snippets);
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(\s+""[^""]*"")?\)")]
    private static partial Regex InlineLink();

    [GeneratedRegex(@"^\[(?<name>[^\]]+)\]: (?<target>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"\]\[(?<name>[^\]]+)\]")]
    private static partial Regex Reference();

    [GeneratedRegex(@"<\w+ [^>]*\b(href|src|srcset)=""(?<target>[^""\s]+)""")]
    private static partial Regex HtmlLink();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{N}\p{M} _-]")]
    private static partial Regex NotInAnchors();
}
