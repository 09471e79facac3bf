namespace ImageSync.Storage;

/// <summary>
/// Copies of what a run replaces, for its report to show: in a folder of their own under obj/, where those of the last run
/// stay and no others.
/// </summary>
/// <param name="folder">The folder; null where no report is wanted.</param>
internal sealed class PreviousVersions(string? folder)
{
    private readonly Lazy<bool> _emptied = new(() => Empty(folder!));

    /// <summary>Copies a file that is about to be replaced, and says where; null where it is not wanted or cannot be done.</summary>
    public string? Copy(string file, string localPath, long maxLength)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            _ = _emptied.Value;
            var copy = Path.GetFullPath(localPath, folder);
            using var bytes = new AtomicFile(copy);
            bytes.CopyFrom(file, maxLength);
            bytes.Commit();
            return copy;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A report without the old picture is no reason to go without the new one.
            return null;
        }
    }

    private static bool Empty(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return true;
    }
}
