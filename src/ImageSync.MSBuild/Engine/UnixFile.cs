using System.Runtime.InteropServices;

namespace ImageSync.MSBuild;

/// <summary>What a file's mode says on Unix.</summary>
internal static class UnixFile
{
    /// <summary>The error of a file that is not there (ENOENT).</summary>
    public const int NoSuchFile = 2;

    private const int Execute = 1;
    private const uint ReadAndExecuteForAll = 0x1ED; // 0755

    /// <summary>Makes a program of a file: NuGet unpacks without the mode bit that makes one.</summary>
    /// <remarks>
    /// Only its owner can. Where the package folder is another user's, or is mounted without the right to execute (noexec), the
    /// file stays what it is.
    /// </remarks>
    /// <returns>Whether the file can be executed.</returns>
    public static bool MakeExecutable(string file)
    {
        try
        {
            return access(file, Execute) == 0 || (chmod(file, ReadAndExecuteForAll) == 0 && access(file, Execute) == 0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Whoever starts it will see.
            return true;
        }
    }

#pragma warning disable SYSLIB1054, CA2101, IDE1006 // .NET Standard has no other way; paths are UTF-8 on Unix, which ANSI means there.
    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int access(string path, int mode);

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int chmod(string path, uint mode);
#pragma warning restore SYSLIB1054, CA2101, IDE1006
}
