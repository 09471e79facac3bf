using ImageSync.Images;

namespace ImageSync.Storage;

/// <summary>What is on disk, judged against the record.</summary>
/// <param name="State">How file and record fit.</param>
/// <param name="Stamp">Size and time; zero where there is no file.</param>
/// <param name="Sha256">Digest, where it is known without doubt.</param>
internal sealed record StoredImage(FileState State, FileStamp Stamp, string? Sha256)
{
    /// <summary>No file.</summary>
    public static readonly StoredImage Missing = new(FileState.Missing, default, null);

    /// <summary>Why it is plainly no such image, where that was looked for: a clause about the file. Null for nothing.</summary>
    public string? Flaw { get; init; }

    /// <summary>What the bytes say of themselves, where they were read and no record is of them; null otherwise.</summary>
    public Picture? Picture { get; init; }

    /// <summary>The other project that has written the file as it is; null for none.</summary>
    public string? WrittenBy { get; init; }

    /// <summary>Whether another build of the same project has written the file as it is.</summary>
    public bool IsOfAnotherBuild { get; init; }

    /// <summary>Whether Git has left the pointer to a file in the file's place.</summary>
    public bool IsGitLfsPointer { get; init; }
}

/// <summary>How a local file and its record fit.</summary>
internal enum FileState
{
    /// <summary>There is no file.</summary>
    Missing,

    /// <summary>There is a file, and nothing is recorded of it.</summary>
    Unrecorded,

    /// <summary>The file holds the recorded bytes.</summary>
    Intact,

    /// <summary>The file holds the recorded lines with other line ends, as Git makes them.</summary>
    LineEndsDiffer,

    /// <summary>The file holds other bytes than those recorded: in the cache or, where that knows of none, in the lock file.</summary>
    Altered,
}

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
