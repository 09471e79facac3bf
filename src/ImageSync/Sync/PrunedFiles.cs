using ImageSync.Images;
using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>The files whose items are gone: those that were deleted, and those that stay.</summary>
/// <param name="Deleted">Local paths.</param>
/// <param name="Staying">Local paths, and why each stays: a clause.</param>
internal sealed record PrunedFiles(IReadOnlyList<string> Deleted, IReadOnlyList<(string LocalPath, string Reason)> Staying)
{
    private const string NotOurs = "ImageSync found it there and did not write it";

    private static readonly string[] BuildFolders = ["obj", "bin"];

    public static readonly PrunedFiles None = new([], []);

    /// <summary>
    /// Deletes what ImageSync wrote, nobody changed, and no item claims. The validator cache is the evidence for it, and in a
    /// clean checkout the lock file. Folders stay.
    /// </summary>
    public static PrunedFiles Prune(
        SyncOptions options, ClaimedFiles claimed, ValidatorCache cache, IReadOnlyCollection<LockEntry> entries, SiblingCaches siblings)
    {
        var deleted = new List<string>();
        var staying = new List<(string, string)>();
        var folder = new ProjectFolder(options.ProjectDirectory);
        if (SymbolicLinks.Resolve(Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.ProjectDirectory))) is not { } root)
        {
            return None;
        }

        var files = EvidenceIn(options, cache, entries).GroupBy(evidence => evidence.LocalPath, StringComparer.Ordinal);
        foreach (var evidence in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            // Both files can be written by anyone: where a path leads is judged as if an item had declared it.
            if (claimed.LocalPaths.Contains(evidence.Key)
                || !folder.TryLocate(evidence.Key, out var place, out _)
                || claimed.FilePaths.Contains(place.FilePath))
            {
                continue;
            }

            var reason = !File.Exists(place.FilePath) ? ""
                : siblings.OtherOwnerOf(evidence.Key, options.ProjectDirectory) is { } other ? $"{other} has it, too"
                : Objection(place, root, [.. evidence]) ?? Delete(place.FilePath);
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

    /// <summary>Why a file may not go on the lock file's word alone, which anyone can send: a clause; null where it may.</summary>
    /// <param name="localPath">The file, with <c>/</c>.</param>
    /// <param name="isImage">Whether its bytes are an image.</param>
    public static string? ObjectionToLockFile(string localPath, bool isImage)
    {
        var folders = localPath.Split('/')[..^1];
        var why = !isImage || !ImageFormat.IsNameOfImage(localPath) ? "it is no image"
            : folders.Any(folder => folder.StartsWith('.')) ? "it is in a folder whose name begins with a dot"
            : folders.Any(folder => BuildFolders.Contains(folder, StringComparer.OrdinalIgnoreCase)) ? "it is in a folder of the build"
            : null;
        return why is null ? null : $"only the lock file says that ImageSync wrote it, and {why}";
    }

    private static IEnumerable<Evidence> EvidenceIn(SyncOptions options, ValidatorCache cache, IReadOnlyCollection<LockEntry> entries) =>
        cache.Records.Where(record => record.HoldsBytes && options.Owns(record.TargetFramework))
            .Select(record => new Evidence(record.LocalPath, record.Written ? record.Sha256 : null, record.Stamp.Length, false))
            .Concat(entries.Where(entry => options.Owns(entry.TargetFramework))
                .Select(entry => new Evidence(entry.LocalPath, entry.Found ? null : entry.Sha256, entry.Length, true)));

    private static string? Objection(LocalPlace place, string root, Evidence[] evidence)
    {
        if (place.FilePath != Path.Combine(root, place.LocalPath.Replace('/', Path.DirectorySeparatorChar)))
        {
            return "a symbolic link leads to it";
        }

        if (evidence.All(one => one.Sha256 is null))
        {
            return NotOurs;
        }

        var digest = LocalFile.Digest(place.FilePath, evidence.Max(one => one.Length)) ?? "";
        var vouching = evidence.Where(one => one.Sha256 == digest).ToList();
        return vouching.Count == 0 ? "it no longer has the bytes that ImageSync wrote"
            : vouching.All(one => one.IsOfLockFile) ? ObjectionToLockFile(place.LocalPath, IsImage(place.FilePath, vouching[0].Length))
            : null;
    }

    private static bool IsImage(string path, long length)
    {
        try
        {
            using var file = RegularFile.Open(path, length);
            return MediaTypeCheck.Judge(MediaRange.Images, contentType: null, file).Problem is null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

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

    /// <summary>One file's word that ImageSync wrote bytes to a path; no digest where it found them there.</summary>
    private sealed record Evidence(string LocalPath, string? Sha256, long Length, bool IsOfLockFile);
}

/// <summary>
/// The files that items claim, those of the project's other instances included: whatever is recorded beside them has lost its item.
/// </summary>
/// <param name="LocalPaths">As recorded.</param>
/// <param name="FilePaths">Where they are, symbolic links resolved; letter case counts for nothing.</param>
internal sealed record ClaimedFiles(IReadOnlySet<string> LocalPaths, IReadOnlySet<string> FilePaths);
