namespace ImageSync.Storage;

/// <summary>The validator caches of other projects that have the same obj folder: they say which files those projects keep in step.</summary>
/// <param name="cacheFile">This project's own cache.</param>
internal sealed class SiblingCaches(string cacheFile)
{
    /// <summary>What follows the project file's name in the name of its cache.</summary>
    private const string Suffix = ".imagesync.cache";

    private readonly Lazy<IReadOnlyList<(string Project, ValidatorCache Cache)>> _caches = new(() => Load(cacheFile));

    /// <summary>The file name of the project that has written a local file as it is now; null for none.</summary>
    public string? WriterOf(string localPath, FileStamp stamp) =>
        _caches.Value.FirstOrDefault(sibling => sibling.Cache.Find(localPath) is { HoldsBytes: true, Written: true } record && record.Stamp == stamp).Project;

    private static IReadOnlyList<(string Project, ValidatorCache Cache)> Load(string cacheFile)
    {
        try
        {
            return [.. Directory.EnumerateFiles(Path.GetDirectoryName(cacheFile)!, "*" + Suffix)
                .Where(file => Path.GetFileName(file) != Path.GetFileName(cacheFile))
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file)[..^Suffix.Length], ValidatorCache.Load(file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
