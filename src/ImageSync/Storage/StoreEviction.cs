namespace ImageSync.Storage;

/// <summary>Keeps a shared store within its bound: what was used least recently goes first.</summary>
internal static class StoreEviction
{
    // Room for a while, so that the next run that adds something need not do it all again.
    private const double KeptShare = 0.9;

    /// <summary>Deletes bytes until there are few enough, records whose bytes are gone, and what killed builds left.</summary>
    /// <param name="layout">The store.</param>
    /// <param name="maxBytes">The most bytes that may stay.</param>
    public static void Run(StoreLayout layout, long maxBytes)
    {
        FileStream held;
        try
        {
            held = FileLock.Acquire(layout.Mutex, LockTimeout.None);
        }
        catch (TimeoutException)
        {
            // Somebody is at it.
            return;
        }

        using (held)
        {
            var contents = WithoutAbandoned(layout.AllContents());
            var total = long.CreateSaturating(contents.Sum(content => (decimal)content.Length));
            if (total <= maxBytes)
            {
                return;
            }

            var oldestFirst = contents.OrderBy(content => content.LastWriteTimeUtc).ThenBy(content => content.Name, StringComparer.Ordinal);
            foreach (var content in oldestFirst)
            {
                if (total <= maxBytes * KeptShare)
                {
                    break;
                }

                var length = content.Length;
                total -= Delete(content) ? length : 0;
            }

            foreach (var record in WithoutAbandoned(layout.AllRecords()).Where(record => !IsOfUse(layout, record)))
            {
                Delete(record);
            }
        }
    }

    private static List<FileInfo> WithoutAbandoned(IEnumerable<FileInfo> files)
    {
        var (temporary, whole) = (new List<FileInfo>(), new List<FileInfo>());
        foreach (var file in files)
        {
            (TemporaryFiles.IsTemporary(file.Name) ? temporary : whole).Add(file);
        }

        temporary.ForEach(TemporaryFiles.DeleteAbandoned);
        return whole;
    }

    private static bool IsOfUse(StoreLayout layout, FileInfo record)
    {
        try
        {
            return ValidatorCacheFormat.TryRead(SharedStore.ReadRecord(record.FullName), out var known) && known.HoldsBytes
                && File.Exists(layout.ContentOf(known.Sha256));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool Delete(FileInfo file)
    {
        try
        {
            file.Delete();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody reads it, or it is not ours to delete.
            return false;
        }
    }
}
