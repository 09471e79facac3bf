namespace ImageSync.Storage;

/// <summary>A lock between processes: a file that only one can hold open. The file itself stays, so that nobody locks a deleted one.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits for the lock and returns the file, open; disposing it frees the lock, and so does the end of the process.</summary>
    /// <exception cref="TimeoutException">Somebody else held it for longer than <paramref name="patience"/>.</exception>
    public static FileStream Acquire(string path, TimeSpan patience)
    {
        var give = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (Environment.TickCount64 < give && !Directory.Exists(path))
            {
                Thread.Sleep(Pause);
            }
            catch (IOException exception) when (!Directory.Exists(path))
            {
                throw new TimeoutException($"another build has held {Path.GetFileName(path)} for {patience.TotalSeconds:0} s", exception);
            }
        }
    }
}
