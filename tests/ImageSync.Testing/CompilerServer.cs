using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>
/// The compiler that all dotnet commands of this test process share, and nobody else: to start one is half of what a small build costs.
/// It ends with this process.
/// </summary>
internal static class CompilerServer
{
    static CompilerServer() => AppDomain.CurrentDomain.ProcessExit += (_, _) => End();

    /// <summary>What makes it ours: MSBuild's property SharedCompilationId, and the name of the server's pipe.</summary>
    public static string Id { get; } = $"imagesync-tests-{Environment.ProcessId}";

    // Elsewhere than on Linux nobody tells a process's arguments; there it ends by itself, ten minutes after the last build.
    private static void End()
    {
        foreach (var folder in Directory.Exists("/proc/self") ? Directory.GetDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && IsOurs(folder))
            {
                End(id);
            }
        }
    }

    private static bool IsOurs(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0').Contains($"-pipename:{Id}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile, or is somebody else's.
            return false;
        }
    }

    private static void End(int id)
    {
        try
        {
            using var server = Process.GetProcessById(id);

            // Its pipe's socket, which it would have taken away at the end of its time.
            File.Delete("/tmp/" + Id);
            server.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
