using System.Diagnostics;
using System.Net.Sockets;

namespace ImageSync.Testing;

/// <summary>What can stand in a file's place and is no file: somebody or something else relies on it.</summary>
public enum SpecialFile
{
    Fifo,
    Device,
    Socket,
}

/// <summary>Makes special files, and tells whether they are still there.</summary>
public static class SpecialFiles
{
    /// <summary>Puts one in a place. A device can be made by root alone; other users skip the test.</summary>
    public static string Make(this SpecialFile kind, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        switch (kind)
        {
            case SpecialFile.Fifo:
                Run("mkfifo", path);
                break;
            case SpecialFile.Device when !Run("mknod", path, "c", "1", "3"):
                Assert.Ignore("A device can be made by root alone.");
                break;
            case SpecialFile.Socket:
                // Bound to a name that is short enough for one; .NET deletes that when the socket is closed.
                var name = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
                using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
                {
                    socket.Bind(new UnixDomainSocketEndPoint(name));
                    File.Move(name, path);
                }

                break;
        }

        return path;
    }

    /// <summary>Whether it is in its place.</summary>
    public static bool IsAt(this SpecialFile kind, string path) => Run("test", kind switch
    {
        SpecialFile.Fifo => "-p",
        SpecialFile.Device => "-c",
        _ => "-S",
    }, path);

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
