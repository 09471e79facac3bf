using System.Text;
using ImageSync.Storage;

namespace ImageSync.Reporting;

/// <summary>Files that several builds may add to at once: one at a time.</summary>
internal static class SharedFile
{
    /// <summary>Opens a file, for this build alone until it is closed; makes it and its folder where there is none.</summary>
    /// <exception cref="IOException">It could not be opened.</exception>
    /// <exception cref="TimeoutException">Somebody else held the file for too long.</exception>
    public static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return FileLock.Acquire(path, LockTimeout.OfARun());
    }

    /// <summary>Adds text to the end of a file, in one write.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="TimeoutException">Somebody else held the file for too long.</exception>
    public static void Append(string path, string text)
    {
        using var file = Open(path);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(text));
    }
}
