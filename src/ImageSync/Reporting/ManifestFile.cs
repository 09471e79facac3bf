using System.Text;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>
/// The manifest of a project: what its images are, for pages. It is written when it says something else than it did, and only then;
/// all frameworks of a project have one.
/// </summary>
internal static class ManifestFile
{
    // A hundred thousand images; it is held in memory as a whole.
    private const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Brings the file up to date, where it is not.</summary>
    /// <param name="path">The file, absolute.</param>
    /// <param name="outcomes">What came of the images that the run has synced.</param>
    /// <param name="options">The run's options.</param>
    /// <exception cref="IOException">It could not be written, or is none of ours; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written, or not be read.</exception>
    /// <exception cref="TimeoutException">Somebody else was at it for too long.</exception>
    public static void Update(string path, IReadOnlyList<SyncOutcome> outcomes, SyncOptions options)
    {
        var images = outcomes.Select(outcome => (outcome.LocalPath, Entry: ManifestEntry.Of(outcome, options))).ToList();
        if (Next(TextOf(path)) is null)
        {
            return;
        }

        // As for the lock file: a lock beside the file would show up in the repository.
        var mutex = ValidatorCache.MutexOf(options.CacheFile);
        Directory.CreateDirectory(Path.GetDirectoryName(mutex)!);
        using var held = FileLock.Acquire(mutex, LockTimeout.OfARun());
        if (Next(TextOf(path)) is { } next)
        {
            AtomicFile.WriteWhole(path, next);
        }

        string? Next(string text)
        {
            var before = ManifestFormat.Read(text)
                ?? (FileOwnership.GivesWayToManifest(text) ? [] : throw new IOException(FileOwnership.NotOurs));
            var entries = Merge(before, images, options);
            var next = entries.Count == 0 && text.Length == 0 ? text : ManifestFormat.Write(entries);
            return next == text ? null : next;
        }
    }

    /// <summary>The entries after a run: those that it knows nothing of stay. Pure.</summary>
    /// <param name="before">The entries before it.</param>
    /// <param name="images">The images of the run; no entry for those without a good copy.</param>
    /// <param name="options">The run's options.</param>
    public static IReadOnlyCollection<ManifestEntry> Merge(
        IReadOnlyList<ManifestEntry> before, IReadOnlyList<(string LocalPath, ManifestEntry? Entry)> images, SyncOptions options)
    {
        var entries = new Dictionary<string, ManifestEntry>(StringComparer.Ordinal);
        foreach (var entry in before)
        {
            if (!options.Owns(entry.TargetFramework) || options.Claimed?.LocalPaths.Contains(entry.LocalPath) != false)
            {
                entries[entry.LocalPath] = entry;
            }
        }

        foreach (var (localPath, entry) in images)
        {
            if (entry is null)
            {
                entries.Remove(localPath);
            }
            else
            {
                entries[localPath] = entry.After(entries.GetValueOrDefault(localPath));
            }
        }

        return entries.Values;
    }

    // A link in its place is replaced, and what it leads to stays.
    private static string TextOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is null ? Encoding.UTF8.GetString(RegularFile.ReadAllBytes(path, MaxLength)) : "";
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }
}
