namespace ImageSync.Engine.Lists.Import;

/// <summary>Paths of another file's, as the list has to write them. Pure.</summary>
/// <param name="listFolder">The list's folder, absolute.</param>
/// <param name="baseFolder">To which folder they are relative, absolute.</param>
internal sealed class ImportedPaths(string listFolder, string baseFolder)
{
    /// <summary>The path in the list; one that leaves the list's folder stays as it is recognized, and is refused with it.</summary>
    public string Of(string path)
    {
        var slashes = path.Replace('\\', '/');
        if (slashes.Length == 0 || slashes.Any(char.IsControl) || (!Path.IsPathRooted(slashes) && baseFolder == listFolder))
        {
            return slashes;
        }

        var relative = Path.GetRelativePath(listFolder, Path.Combine(baseFolder, slashes)).Replace('\\', '/');
        relative = slashes.EndsWith('/') && !relative.EndsWith('/') ? relative + "/" : relative;
        return Path.IsPathRooted(slashes) && relative.StartsWith("..", StringComparison.Ordinal) ? slashes : relative;
    }
}
