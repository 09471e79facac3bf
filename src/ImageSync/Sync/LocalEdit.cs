using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>What is said of a local file that is somebody's edit: a clause about it that is true. Pure.</summary>
internal static class LocalEdit
{
    /// <summary>The clause.</summary>
    /// <param name="found">What the cache knows; null for nothing.</param>
    /// <param name="stored">The file.</param>
    public static string Of(ValidatorRecord? found, StoredImage stored) => ImageState.WithBytes(found) switch
    {
        { Stamp.WriteTime: not 0 } => "was edited since it was synced",

        // The record is of what was received, and the file was never that: it came to be there in the meantime, and was left alone.
        { } => "is not the image that was received for it",
        null when stored.State == FileState.Altered => "is not the one that the lock file names",
        null => "was written while the image was on its way",
    };
}
