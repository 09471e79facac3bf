using System.Security.Cryptography;

namespace ImageSync.Testing;

/// <summary>All that a folder holds: files and folders with their times, files with their bytes. For tests that nothing was written.</summary>
public static class FolderState
{
    // A FIFO has the length 0, and would be waited for.
    private const long LargestRead = 1L << 30;

    /// <summary>One line an entry, sorted; entries whose path contains the text left out are passed over.</summary>
    public static IReadOnlyList<string> Of(string folder, string? leftOut = null) =>
        [.. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(entry => leftOut is null || !entry.FullName.Contains(leftOut, StringComparison.Ordinal))
            .Select(entry => $"{Path.GetRelativePath(folder, entry.FullName)} {entry.LastWriteTimeUtc:O} {Digest(entry)}")
            .Order(StringComparer.Ordinal)];

    private static string Digest(FileSystemInfo entry) =>
        entry is FileInfo { Length: > 0 and < LargestRead } ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName))) : "";
}
