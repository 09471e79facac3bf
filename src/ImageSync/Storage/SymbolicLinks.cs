namespace ImageSync.Storage;

/// <summary>Follows the symbolic links in a path, so that containment is judged by where the bytes really go.</summary>
internal static class SymbolicLinks
{
    // As many as Linux follows in a path before it says ELOOP. They are counted in all and not by depth: links to links to
    // links, two in each, would be followed a million times, and behind the last one counted there may be another.
    private const int MaxLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>
    /// The real place of an absolute path; parts that do not exist yet stay as they are. Null in a loop of links, or behind
    /// more of them than are followed: there is no such place.
    /// </summary>
    public static string? Resolve(string path)
    {
        var linksLeft = MaxLinks;
        return Walk(Path.GetPathRoot(path)!, path, ref linksLeft);
    }

    /// <summary>The real place of a path whose folder is a real place; null as above.</summary>
    public static string? Follow(string path)
    {
        var linksLeft = MaxLinks;
        return Follow(path, ref linksLeft);
    }

    // From a real folder, segment by segment. What ".." means behind a link is known only when the link was followed.
    private static string? Walk(string folder, string path, ref int linksLeft)
    {
        string? real = folder;
        foreach (var segment in path[Path.GetPathRoot(path)!.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            real = segment switch
            {
                "." => real,
                ".." => Path.GetDirectoryName(real) ?? real,
                _ => Follow(Path.Combine(real, segment), ref linksLeft),
            };
            if (real is null)
            {
                return null;
            }
        }

        return real;
    }

    private static string? Follow(string path, ref int linksLeft)
    {
        if (new FileInfo(path).LinkTarget is not { } target)
        {
            return path;
        }

        var folder = Path.GetDirectoryName(path)!;
        var start = Path.IsPathRooted(target) ? Path.GetPathRoot(Path.GetFullPath(target, folder))! : folder;
        return --linksLeft < 0 ? null : Walk(start, target, ref linksLeft);
    }
}
