namespace ImageSync.Engine.Lists.Import;

/// <summary>A kind of file that names images, and who reads it.</summary>
/// <param name="name">As <c>--from</c> has it.</param>
/// <param name="read">Its reader.</param>
/// <param name="pathsAreOfTheFile">Whether the paths in it are relative to its own folder, and not to that of whoever uses it.</param>
internal sealed class ImportKind(string name, Func<string, Findings> read, bool pathsAreOfTheFile)
{
    private static readonly ImportKind Curl = new("curl", CurlConfig.Read, pathsAreOfTheFile: false);
    private static readonly ImportKind LibMan = new("libman", LibManManifest.Read, pathsAreOfTheFile: true);
    private static readonly ImportKind DotNetFile = new("netconfig", NetConfig.Read, pathsAreOfTheFile: true);
    private static readonly ImportKind Html = new("html", HtmlPage.Read, pathsAreOfTheFile: true);
    private static readonly ImportKind Markdown = new("markdown", MarkdownPage.Read, pathsAreOfTheFile: true);

    private static readonly ImportKind[] All = [Curl, LibMan, DotNetFile, Html, Markdown];

    /// <summary>The names of all of them.</summary>
    public static string[] Names => Array.ConvertAll(All, kind => kind.Name);

    public string Name => name;

    public bool PathsAreOfTheFile => pathsAreOfTheFile;

    /// <summary>Reads a text.</summary>
    public Findings Read(string text) => read(text);

    /// <summary>The kind of that name.</summary>
    public static ImportKind Of(string name) => Array.Find(All, kind => kind.Name == name)!;

    /// <summary>What a file is by its name, and otherwise by what stands in it; null where neither tells.</summary>
    public static ImportKind? Of(string fileName, string text) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".netconfig" => DotNetFile,
        ".html" or ".htm" or ".xhtml" => Html,
        ".md" or ".markdown" => Markdown,
        ".curlrc" or ".curl" => Curl,
        ".json" => LibMan,
        _ => text.AsSpan().TrimStart(" \t\r\n") switch
        {
            ['{', ..] => LibMan,
            ['<', ..] => Html,
            _ => OfLines(text),
        },
    };

    private static ImportKind? OfLines(string text)
    {
        var isMarkdown = false;
        foreach (var whole in text.AsSpan().EnumerateLines())
        {
            var line = whole.TrimStart(" \t");
            if (line.StartsWith("[file", StringComparison.OrdinalIgnoreCase) && line["[file".Length..].TrimStart(" \t") is ['"' or ']', ..])
            {
                return DotNetFile;
            }

            if (line.StartsWith("--url ") || IsUrlOption(line))
            {
                return Curl;
            }

            isMarkdown = isMarkdown || HoldsImage(line);
        }

        return isMarkdown ? Markdown : null;
    }

    private static bool IsUrlOption(ReadOnlySpan<char> line) =>
        line.StartsWith("url") && line["url".Length..] is [' ' or '\t' or '=' or ':', .. var parameter]
            && parameter.TrimStart(" \t=:") is ['"' or 'h', ..];

    private static bool HoldsImage(ReadOnlySpan<char> line) =>
        line.IndexOf("![") is >= 0 and var start
            && (line[start..].Contains("](", StringComparison.Ordinal) || line[start..].Contains("][", StringComparison.Ordinal));
}
