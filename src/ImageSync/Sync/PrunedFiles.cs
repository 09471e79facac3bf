using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>The files whose items are gone: those that were deleted, and those that stay.</summary>
/// <param name="Deleted">Local paths.</param>
/// <param name="Staying">Local paths, and why each stays: a clause.</param>
internal sealed record PrunedFiles(IReadOnlyList<string> Deleted, IReadOnlyList<(string LocalPath, string Reason)> Staying)
{
    private const string NotOurs = "ImageSync found it there and did not write it";

    public static readonly PrunedFiles None = new([], []);

    /// <summary>
    /// Deletes what ImageSync wrote, nobody changed, and no item claims. The validator cache is the evidence for it, and in a
    /// clean checkout the lock file. Folders stay.
    /// </summary>
    public static PrunedFiles Prune(SyncOptions options, ClaimedFiles claimed, ValidatorCache cache, IReadOnlyCollection<LockEntry> entries)
    {
        var deleted = new List<string>();
        var staying = new List<(string, string)>();
        var folder = new ProjectFolder(options.ProjectDirectory);
        var root = SymbolicLinks.Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.ProjectDirectory)));
        var written = cache.Records.Where(record => record.HoldsBytes && options.Owns(record.TargetFramework)).Select(record => (record.LocalPath, Sha256: record.Written ? record.Sha256 : null))
            .Concat(entries.Where(entry => options.Owns(entry.TargetFramework)).Select(entry => (entry.LocalPath, Sha256: entry.Found ? null : entry.Sha256)));
        foreach (var evidence in written.GroupBy(evidence => evidence.LocalPath, evidence => evidence.Sha256, StringComparer.Ordinal).OrderBy(evidence => evidence.Key, StringComparer.Ordinal))
        {
            // Both files can be written by anyone: where a path leads is judged as if an item had declared it.
            if (claimed.LocalPaths.Contains(evidence.Key) || !folder.TryLocate(evidence.Key, out var place, out _) || claimed.FilePaths.Contains(place.FilePath))
            {
                continue;
            }

            var reason = !File.Exists(place.FilePath) ? "" : Objection(place, root, evidence.OfType<string>().ToList()) ?? Delete(place.FilePath);
            if (reason is null)
            {
                deleted.Add(evidence.Key);
            }
            else if (reason.Length > 0)
            {
                staying.Add((evidence.Key, reason));
            }

            // What was edited may get its bytes back; of all else there is nothing more to say.
            if (reason is null or "" or NotOurs)
            {
                cache.Forget(evidence.Key);
            }
        }

        return new PrunedFiles(deleted, staying);
    }

    private static string? Objection(LocalPlace place, string root, List<string> digests) =>
        place.FilePath != Path.Combine(root, place.LocalPath.Replace('/', Path.DirectorySeparatorChar)) ? "a symbolic link leads to it"
        : digests.Count == 0 ? NotOurs
        : digests.Contains(LocalFile.Digest(place.FilePath) ?? "") ? null
        : "it no longer has the bytes that ImageSync wrote";

    private static string? Delete(string path)
    {
        try
        {
            File.Delete(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"it could not be deleted ({exception.Message.TrimEnd('.')})";
        }
    }
}
