namespace ImageSync.Storage;

/// <summary>Follows the symbolic links in a path, so that containment is judged by where the bytes really go.</summary>
internal static class SymbolicLinks
{
    // As many as Linux follows before it says ELOOP.
    private const int MaxLinks = 40;

    /// <summary>The real place of an absolute path; parts that do not exist yet stay as they are.</summary>
    public static string Resolve(string path) => Resolve(path, MaxLinks);

    /// <summary>The real place of a path whose folder is a real place.</summary>
    public static string Follow(string path) => Follow(path, MaxLinks);

    private static string Resolve(string path, int linksLeft)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var segment in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Follow(Path.Combine(real, segment), linksLeft);
        }

        return real;
    }

    // A link's target may run through links of its own, hence its whole path is resolved in turn. In a loop of links nothing
    // can be written, and the write will say so.
    private static string Follow(string path, int linksLeft) =>
        linksLeft > 0 && new FileInfo(path).LinkTarget is { } target
            ? Resolve(Path.GetFullPath(target, Path.GetDirectoryName(path)!), linksLeft - 1)
            : path;
}
