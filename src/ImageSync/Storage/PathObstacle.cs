namespace ImageSync.Storage;

/// <summary>What is in a file's place, or in that of a folder above it, so that there can be no such file.</summary>
/// <param name="LocalPath">Where it is, relative to the project's directory.</param>
/// <param name="IsFolder">Whether it is a folder in the file's own place; otherwise it is a file, and a folder is needed there.</param>
internal sealed record PathObstacle(string LocalPath, bool IsFolder)
{
    /// <summary>Looks for one; null where there is none. Systems tell of it in as many ways as there are, and not by name.</summary>
    /// <param name="filePath">The file, absolute.</param>
    /// <param name="localPath">The same, relative to the project's directory, with <c>/</c>.</param>
    public static PathObstacle? To(string filePath, string localPath)
    {
        if (Directory.Exists(filePath))
        {
            return new PathObstacle(localPath, IsFolder: true);
        }

        for (var slash = localPath.LastIndexOf('/'); slash > 0; slash = localPath.LastIndexOf('/'))
        {
            (localPath, filePath) = (localPath[..slash], Path.GetDirectoryName(filePath)!);
            if (File.Exists(filePath))
            {
                return new PathObstacle(localPath, IsFolder: false);
            }
        }

        return null;
    }
}
