namespace ImageSync.Storage;

/// <summary>
/// The validator caches of other projects that have the same obj folder: they say which files those projects keep in step.
/// </summary>
/// <param name="cacheFile">This project's own cache.</param>
internal sealed class SiblingCaches(string cacheFile)
{
    /// <summary>What follows the project file's name in the name of its cache.</summary>
    private const string Suffix = ".imagesync.cache";

    private readonly Lazy<IReadOnlyList<(string Project, ValidatorCache Cache)>> _caches = new(() => Load(cacheFile));

    /// <summary>The file name of the project that has written a local file as it is now; null for none.</summary>
    public string? WriterOf(string localPath, FileStamp stamp) =>
        _caches.Value.FirstOrDefault(sibling => Records(sibling.Cache, localPath)
            .Any(record => record is { HoldsBytes: true, Written: true } && record.Stamp == stamp)).Project;

    /// <summary>The file name of a project or a list that has a local file, too, and still exists; null for none.</summary>
    /// <param name="localPath">The file.</param>
    /// <param name="folder">Where projects and lists are, absolute.</param>
    public string? OtherOwnerOf(string localPath, string folder) =>
        _caches.Value.FirstOrDefault(sibling => Records(sibling.Cache, localPath).Any(record => record.HoldsBytes)
            && File.Exists(Path.Combine(folder, sibling.Project))).Project;

    // What a project writes now, or wrote before it was killed, is in its journals.
    private static IEnumerable<ValidatorRecord> Records(ValidatorCache cache, string localPath) =>
        cache.Find(localPath) is { } record ? [record, .. cache.FindNews(localPath)] : cache.FindNews(localPath);

    private static IReadOnlyList<(string Project, ValidatorCache Cache)> Load(string cacheFile)
    {
        try
        {
            var folder = Path.GetDirectoryName(cacheFile)!;
            var journals = Directory.EnumerateFiles(folder, "*" + Suffix + CacheJournal.Infix + "*");
            return [.. Directory.EnumerateFiles(folder, "*" + Suffix).Concat(journals)
                .Select(file => file[..(file.LastIndexOf(Suffix, StringComparison.Ordinal) + Suffix.Length)])
                .Where(file => Path.GetFileName(file) != Path.GetFileName(cacheFile))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetFileName(file)[..^Suffix.Length], ValidatorCache.Load(file)))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
