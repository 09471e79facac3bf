using System.Text.RegularExpressions;

namespace ImageSync.Testing;

/// <summary>The README's sections and tables, which say what people may write.</summary>
public static partial class ReadmeTable
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.PathOf("README.md")).ReplaceLineEndings("\n");

    /// <summary>What stands below a heading, up to the next.</summary>
    /// <param name="heading">The whole line, such as <c>### Properties</c>.</param>
    public static string Section(string heading) =>
        Regex.Match(Text, $@"^{Regex.Escape(heading)}\n(.*?)^##", RegexOptions.Multiline | RegexOptions.Singleline) is { Success: true } section
            ? section.Groups[1].Value
            : throw new ArgumentException($"The README has no \"{heading}\".", nameof(heading));

    /// <summary>The rows of a section's tables: the name in the first cell, and the second as it stands.</summary>
    public static IReadOnlyList<(string Name, string Second)> Rows(string heading) =>
        [.. Row().Matches(Section(heading)).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    // The line below a table's head is of dashes.
    [GeneratedRegex(@"^\| `(\w+)` \| (.*?) ?\|.*$(?!\n\|-)", RegexOptions.Multiline)]
    private static partial Regex Row();
}
