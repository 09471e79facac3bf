using System.Runtime.Versioning;

namespace ImageSync.Storage;

/// <summary>The permissions of a file that is new: what the process's umask leaves. There is no way to ask for it without setting it.</summary>
[UnsupportedOSPlatform("windows")]
internal static class NewFileMode
{
    private const int Unknown = -1;

    private static volatile int _mode = Unknown;

    /// <summary>Finds it out, once, by a file in this folder.</summary>
    public static UnixFileMode Of(string folder)
    {
        if (_mode == Unknown)
        {
            var file = Path.Combine(folder, TemporaryFiles.NewName());
            using var handle = File.OpenHandle(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
            _mode = (int)File.GetUnixFileMode(handle);
        }

        return (UnixFileMode)_mode;
    }
}
