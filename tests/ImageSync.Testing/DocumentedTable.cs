using System.Text.RegularExpressions;

namespace ImageSync.Testing;

/// <summary>Sections and tables of the documentation, which say what people may write.</summary>
public static partial class DocumentedTable
{
    public const string Properties = "# Properties";
    public const string RemoteImage = "## `RemoteImage`";
    public const string SyncedImage = "## `SyncedImage`";
    public const string Targets = "## Targets";
    public const string Settings = "## Settings that most projects need";

    private static readonly Dictionary<string, string> Pages = new()
    {
        [Properties] = "docs/properties.md",
        [RemoteImage] = "docs/items.md",
        [SyncedImage] = "docs/items.md",
        [Targets] = "docs/using.md",
        [Settings] = "README.md",
    };

    /// <summary>What stands below a heading, up to the next of its level or above.</summary>
    /// <param name="heading">The whole line, one of those above.</param>
    public static string Section(string heading)
    {
        var page = DocumentationPage.All.Single(page => page.Name == Pages[heading]);
        var text = page.Text.ReplaceLineEndings("\n");
        var pattern = $@"^{Regex.Escape(heading)}\n(.*?)(^#{{1,{heading.IndexOf(' ')}}} |\z)";
        return Regex.Match(text, pattern, RegexOptions.Multiline | RegexOptions.Singleline) is { Success: true } section
            ? section.Groups[1].Value
            : throw new ArgumentException($"{page} has no \"{heading}\".", nameof(heading));
    }

    /// <summary>The rows of a section's tables: the name in the first cell, and the second as it stands.</summary>
    public static IReadOnlyList<(string Name, string Second)> Rows(string heading) =>
        [.. Row().Matches(Section(heading)).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    /// <summary>The rows of the tables of a whole page: the heading that each stands under, and its cells as they stand.</summary>
    /// <param name="title">The page's first line, one of those above.</param>
    public static IEnumerable<(string Section, string Name, string Second, string Third)> RowsBySection(string title) =>
        from part in Section(title).Split("\n## ").Skip(1)
        from Match row in ThreeCells().Matches(part)
        select (part[..part.IndexOf('\n')], row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value);

    // The line below a table's head is of dashes.
    [GeneratedRegex(@"^\| `(\w+)` \| (.*?) ?\|.*$(?!\n\|-)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(\w+)` \| (.*?) ?\| (.*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex ThreeCells();
}
