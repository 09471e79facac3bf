namespace ImageSync.Storage;

/// <summary>Where a file is that a property names.</summary>
internal static class FilePlace
{
    /// <summary>What is valid, for error messages.</summary>
    public const string ValidValues = "the path of a file, and not that of a folder";

    /// <summary>The file, absolute; null where the text names a folder, or what no file can be called.</summary>
    /// <param name="text">The property.</param>
    /// <param name="projectDirectory">What a relative path is relative to.</param>
    public static string? Locate(string text, string projectDirectory)
    {
        // .NET takes a slash at the end away with what it makes absolute, and a file of the folder's name would be written.
        var path = text.Replace('\\', '/');
        return path.Any(char.IsControl) || path[(path.LastIndexOf('/') + 1)..] is "" or "." or ".." ? null
            : Path.GetFullPath(path, projectDirectory);
    }
}
