namespace ImageSync.Storage;

/// <summary>
/// A lock between processes: a file that only one can hold open. The file itself stays, so that nobody locks a deleted one.
/// </summary>
internal static class FileLock
{
    /// <summary>Waits for the lock and returns the file, open; disposing it frees the lock, and so does the end of the process.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="patience">How long to wait while somebody else has it. Whatever else is in the way is told at once.</param>
    /// <exception cref="IOException">It is a link, not a regular file, or cannot be opened.</exception>
    /// <exception cref="TimeoutException">Somebody else held it for too long.</exception>
    public static FileStream Acquire(string path, LockPatience patience)
    {
        while (true)
        {
            if (RegularFile.TryOpenAlone(path) is { } file)
            {
                return file;
            }

            if (!patience.TryWait())
            {
                var (name, waited) = (Path.GetFileName(path), patience.Waited.TotalSeconds);
                throw new TimeoutException($"another build or sync holds {name}, and this one has waited {waited:0} s");
            }
        }
    }
}
