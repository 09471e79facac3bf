namespace ImageSync.MSBuild;

/// <summary>Paths as project files have them, before anybody has judged them.</summary>
/// <remarks>
/// Hazard: on .NET Framework the functions of Path throw on characters that no path has on Windows (quotes, angle brackets, a bar),
/// on a colon in the middle, and on a path that is too long; on .NET most of that is merely the name of no file.
/// </remarks>
internal static class UntrustedPath
{
    /// <summary>A path made absolute; null where no file can be called so.</summary>
    /// <param name="folder">What it is relative to, absolute.</param>
    /// <param name="path">The path.</param>
    public static string? MakeAbsolute(string folder, string path)
    {
        try
        {
            return Path.GetFullPath(Path.Combine(folder, path));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException or PathTooLongException)
        {
            return null;
        }
    }
}
