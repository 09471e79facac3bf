using System.Diagnostics;

namespace ImageSync.Storage;

/// <summary>
/// A lock between processes: a file that only one can hold open. The file itself stays, so that nobody locks a deleted one.
/// </summary>
internal static class FileLock
{
    /// <summary>Waits for the lock and returns the file, open; disposing it frees the lock, and so does the end of the process.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="timeout">How long to wait while somebody else has it. Whatever else is in the way is told at once.</param>
    /// <exception cref="IOException">It is a link, not a regular file, or cannot be opened.</exception>
    /// <exception cref="TimeoutException">Somebody else held it for too long.</exception>
    public static FileStream Acquire(string path, LockTimeout timeout)
    {
        while (true)
        {
            if (RegularFile.TryOpenAlone(path) is { } file)
            {
                return file;
            }

            if (!timeout.TryWait())
            {
                var (name, waited) = (Path.GetFileName(path), timeout.Waited.TotalSeconds);
                throw new TimeoutException($"another build or sync holds {name}, and this one has waited {waited:0} s");
            }
        }
    }
}

/// <summary>
/// For how long a run waits for locks that somebody else holds: for all of them together, and not once its build was cancelled.
/// </summary>
/// <param name="total">The time for all waits.</param>
/// <param name="build">Ends them.</param>
internal sealed class LockTimeout(TimeSpan total, CancellationToken build = default)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private long _waited;

    /// <summary>For those who can do without the lock for now.</summary>
    public static LockTimeout None => new(TimeSpan.Zero);

    /// <summary>What a run has in all.</summary>
    public static LockTimeout OfARun(CancellationToken build = default) => new(TimeSpan.FromSeconds(10), build);

    /// <summary>
    /// For those who do not depend on it, or whose build was cancelled; a lock that is held for an append is free in a moment.
    /// </summary>
    public static LockTimeout Short => new(TimeSpan.FromSeconds(1));

    /// <summary>How long the waits were so far.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Interlocked.Read(ref _waited));

    /// <summary>Waits for a moment; false where there is no more patience.</summary>
    /// <exception cref="OperationCanceledException">The build was cancelled.</exception>
    public bool TryWait()
    {
        build.ThrowIfCancellationRequested();
        if (Waited >= total)
        {
            return false;
        }

        var start = Stopwatch.GetTimestamp();
        build.WaitHandle.WaitOne(Pause);
        Interlocked.Add(ref _waited, Stopwatch.GetElapsedTime(start).Ticks);
        return true;
    }
}
