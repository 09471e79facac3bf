namespace ImageSync.Storage;

/// <summary>Where the shared store is, as <c>ImageSyncStore</c> says.</summary>
internal static class StorePath
{
    /// <summary>What is valid, for error messages.</summary>
    public const string ValidValues = "the path of a folder; it may begin with ~/ where the user has a home folder";

    /// <summary>The folder, absolute; null where it cannot be told.</summary>
    /// <param name="text">The property.</param>
    /// <param name="projectDirectory">What a relative path is relative to.</param>
    /// <param name="home">What <c>~</c> stands for; empty where there is none.</param>
    public static string? Locate(string text, string projectDirectory, string home)
    {
        // In an environment variable, or in a project, no shell has replaced it.
        var path = text.Trim().Replace('\\', '/');
        return path.Any(char.IsControl) ? null
            : path is not ("~" or ['~', '/', ..]) ? Path.GetFullPath(path, projectDirectory)
            : home.Length == 0 ? null
            : Path.GetFullPath(path[1..].TrimStart('/'), home);
    }
}
