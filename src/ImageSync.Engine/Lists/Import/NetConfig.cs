namespace ImageSync.Engine.Lists.Import;

/// <summary>
/// A <c>.netconfig</c> of dotnet-file: sections <c>[file "path"]</c> with a <c>url</c>, in the syntax of git-config. Pure.
/// </summary>
internal static class NetConfig
{
    private const string GitHub = "https://github.com/";

    /// <summary>Reads a text.</summary>
    public static Findings Read(string text)
    {
        var findings = new Findings();
        var files = new Dictionary<string, File>(StringComparer.Ordinal);
        File? open = null;
        foreach (var entry in new GitConfig(text).Entries)
        {
            if (entry.Name.Length == 0)
            {
                open = !entry.Section.Equals("file", StringComparison.OrdinalIgnoreCase) ? null
                    : files.TryGetValue(entry.Subsection, out var known) ? known
                    : files[entry.Subsection] = new File { Line = entry.Line, Path = entry.Subsection.Replace('\\', '/') };
            }
            else if (open is not null && entry.Name.Equals("url", StringComparison.OrdinalIgnoreCase))
            {
                (open.Line, open.Url) = (entry.Line, entry.Value ?? "");
            }
            else if (open is not null && entry.Name.Equals("skip", StringComparison.OrdinalIgnoreCase))
            {
                open.IsSkipped = entry.Value is null || entry.Value.ToLowerInvariant() is "true" or "yes" or "on" or "1";
            }
        }

        foreach (var file in files.Values)
        {
            Tell(file, findings);
        }

        return findings;
    }

    private static void Tell(File file, Findings findings)
    {
        var (url, path) = (Raw(file.Url), file.Path is "." or ".." ? file.Path + "/" : file.Path);
        if (file.IsSkipped)
        {
            findings.Leave(file.Line, file.Path, "skipped there, too");
        }
        else if (url is null)
        {
            findings.Warn(file.Line, file.Url, "is a folder of a repository, whose files nobody knows without asking");
        }
        else if (path.Length == 0)
        {
            findings.Warn(file.Line, file.Url, "has a section without a path");
        }
        else
        {
            findings.File(file.Line, url, path);
        }
    }

    // A page of GitHub's about a file means the file; null for one about a folder.
    private static string? Raw(string url)
    {
        var parts = url.StartsWith(GitHub, StringComparison.OrdinalIgnoreCase) ? url[GitHub.Length..].Split('/', 4) : [];
        return parts switch
        {
            [var owner, var repository, "blob" or "raw", var place] when place.Contains('/', StringComparison.Ordinal) =>
                $"https://raw.githubusercontent.com/{owner}/{repository}/{place[..End(place)]}",
            [_, _, "tree", ..] or [_, _] => null,
            _ => url,
        };
    }

    private static int End(string place) => place.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : place.Length;

    private sealed class File
    {
        public int Line { get; set; }

        public string Path { get; init; } = "";

        public string Url { get; set; } = "";

        public bool IsSkipped { get; set; }
    }
}
