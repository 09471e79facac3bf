namespace ImageSync.Storage;

/// <summary>A lock between processes: a file that only one can hold open. The file itself stays, so that nobody locks a deleted one.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock and returns the file, open; disposing it frees the lock, and so does the end of the process.</summary>
    /// <exception cref="IOException">It is a link, not a regular file, or cannot be opened.</exception>
    /// <exception cref="TimeoutException">Somebody else held it for longer than <paramref name="patience"/>.</exception>
    public static FileStream Acquire(string path, TimeSpan patience)
    {
        var give = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            if (RegularFile.TryOpenAlone(path) is { } file)
            {
                return file;
            }

            if (Environment.TickCount64 >= give)
            {
                throw new TimeoutException($"another build has held {Path.GetFileName(path)} for {patience.TotalSeconds:0} s");
            }

            Thread.Sleep(Pause);
        }
    }
}
