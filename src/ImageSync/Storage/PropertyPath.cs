namespace ImageSync.Storage;

/// <summary>Where a file or folder is that a property names.</summary>
internal static class PropertyPath
{
    /// <summary>What names a file, for error messages.</summary>
    public const string ValidFiles = "the path of a file, and not that of a folder";

    /// <summary>What names a folder, for error messages.</summary>
    public const string ValidFolders = "the path of a folder; it may begin with ~/ where the user has a home folder";

    /// <summary>The file, absolute; null where the text names a folder, or what no file can be called.</summary>
    /// <param name="text">The property.</param>
    /// <param name="projectDirectory">What a relative path is relative to.</param>
    public static string? LocateFile(string text, string projectDirectory)
    {
        // .NET takes a slash at the end away with what it makes absolute, and a file of the folder's name would be written.
        var path = text.Replace('\\', '/');
        return path.Any(char.IsControl) || path[(path.LastIndexOf('/') + 1)..] is "" or "." or ".." ? null
            : Path.GetFullPath(path, projectDirectory);
    }

    /// <summary>The folder, absolute; null where it cannot be told.</summary>
    /// <param name="text">The property.</param>
    /// <param name="projectDirectory">What a relative path is relative to.</param>
    /// <param name="home">What <c>~</c> stands for; empty where there is none.</param>
    public static string? LocateFolder(string text, string projectDirectory, string home)
    {
        // In an environment variable, or in a project, no shell has replaced it.
        var path = text.Trim().Replace('\\', '/');
        return path.Any(char.IsControl) ? null
            : path is not ("~" or ['~', '/', ..]) ? Path.GetFullPath(path, projectDirectory)
            : home.Length == 0 ? null
            : Path.GetFullPath(path[1..].TrimStart('/'), home);
    }
}
