using System.Text.RegularExpressions;

namespace ImageSync.Engine.Lists.Import;

/// <summary>A kind of file that names images, and who reads it.</summary>
/// <param name="Name">As <c>--from</c> has it.</param>
/// <param name="Read">Its reader.</param>
/// <param name="PathsAreOfTheFile">Whether the paths in it are relative to its own folder, and not to that of whoever uses it.</param>
internal sealed partial record ImportKind(string Name, Func<string, Findings> Read, bool PathsAreOfTheFile)
{
    private static readonly ImportKind Curl = new("curl", CurlConfig.Read, PathsAreOfTheFile: false);
    private static readonly ImportKind LibMan = new("libman", LibManManifest.Read, PathsAreOfTheFile: true);
    private static readonly ImportKind DotNetFile = new("netconfig", NetConfig.Read, PathsAreOfTheFile: true);
    private static readonly ImportKind Html = new("html", HtmlPage.Read, PathsAreOfTheFile: true);
    private static readonly ImportKind Markdown = new("markdown", MarkdownPage.Read, PathsAreOfTheFile: true);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImportKind> All { get; } = [Curl, LibMan, DotNetFile, Html, Markdown];

    /// <summary>The kind of that name.</summary>
    public static ImportKind Of(string name) => All.Single(kind => kind.Name == name);

    /// <summary>What a file is by its name, and otherwise by what stands in it; null where neither tells.</summary>
    public static ImportKind? Of(string fileName, string text) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".netconfig" => DotNetFile,
        ".html" or ".htm" or ".xhtml" => Html,
        ".md" or ".markdown" => Markdown,
        ".curlrc" or ".curl" => Curl,
        ".json" => LibMan,
        _ => text.AsSpan().TrimStart(" \t\r\n\uFEFF") switch
        {
            ['{', ..] => LibMan,
            ['<', ..] => Html,
            _ when FileSection().IsMatch(text) => DotNetFile,
            _ when CurlUrl().IsMatch(text) => Curl,
            _ when Image().IsMatch(text) => Markdown,
            _ => null,
        },
    };

    [GeneratedRegex("""^[ \t]*\[file[ \t]*("|\])""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex FileSection();

    [GeneratedRegex("""^[ \t]*(--url[ \t]|url[ \t=:]+["h])""", RegexOptions.Multiline)]
    private static partial Regex CurlUrl();

    [GeneratedRegex(@"!\[[^\[\]\r\n]{0,999}\][(\[]")]
    private static partial Regex Image();
}
