namespace ImageSync.Testing;

/// <summary>The checkout that the tests run in.</summary>
public static class RepositoryRoot
{
    public static string FullPath { get; } = Find();

    public static string PathOf(string relative) => Path.GetFullPath(relative, FullPath);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ImageSync.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No ImageSync.sln above {AppContext.BaseDirectory}");
    }
}
