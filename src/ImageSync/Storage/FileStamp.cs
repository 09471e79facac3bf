namespace ImageSync.Storage;

/// <summary>Size and time of last write: the quick test of whether a file is still the one that was seen.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="WriteTime">UTC ticks of the last write.</param>
internal readonly record struct FileStamp(long Length, long WriteTime)
{
    /// <summary>The stamp of a file; null where there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc.Ticks) : null;
    }
}
