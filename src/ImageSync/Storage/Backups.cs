namespace ImageSync.Storage;

/// <summary>Copies of what a run is about to replace, in folders under obj/: somebody's edits, and what the report shows.</summary>
/// <param name="editFolder">Where bytes are kept that ImageSync did not write.</param>
/// <param name="reportFolder">
/// Where those are copied that a report shows: the last run's copies stay, and no others. Null where no report is wanted.
/// </param>
internal sealed class Backups(string editFolder, string? reportFolder)
{
    private readonly Lazy<bool> _emptied = new(() => Empty(reportFolder!));

    /// <summary>Keeps the bytes of an edit and says where. The same bytes are kept once.</summary>
    /// <exception cref="IOException">It is not regular, larger than that, or cannot be kept; then it is not to be replaced.</exception>
    public string KeepEdit(string file, string localPath, long maxLength)
    {
        var digest = ContentDigest.OfFile(file, maxLength);
        var kept = Path.Combine(editFolder, Path.ChangeExtension(localPath, digest[..12] + Path.GetExtension(localPath)));
        if (!File.Exists(kept))
        {
            Copy(file, kept, maxLength);
        }

        return kept;
    }

    /// <summary>Copies a file for the report and says where; null where it is not wanted or cannot be done.</summary>
    public string? CopyForReport(string file, string localPath, long maxLength)
    {
        if (reportFolder is null)
        {
            return null;
        }

        try
        {
            _ = _emptied.Value;
            var copy = Path.GetFullPath(localPath, reportFolder);
            Copy(file, copy, maxLength);
            return copy;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A report without the old picture is no reason to go without the new one.
            return null;
        }
    }

    private static void Copy(string file, string to, long maxLength)
    {
        using var copy = new AtomicFile(to);
        copy.CopyFrom(file, maxLength);
        copy.Commit();
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
