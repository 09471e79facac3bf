using System.Collections.Concurrent;
using System.Diagnostics;

namespace ImageSync.Testing;

/// <summary>
/// The compiler server and the MSBuild servers that the dotnet commands of this test process share, and nobody else: to start a
/// compiler and to warm MSBuild up is most of what a small build costs. They end with this process.
/// </summary>
internal static class BuildServers
{
    private static readonly ConcurrentQueue<int> Free = [];
    private static int _last;

    static BuildServers() => AppDomain.CurrentDomain.ProcessExit += (_, _) => EndAll();

    /// <summary>What makes the compiler server ours: MSBuild's property SharedCompilationId. All that is started inherits it.</summary>
    public static string CompilerId { get; } = $"imagesync-tests-{Environment.ProcessId}";

    /// <summary>No server: MSBuild runs in the command's own process.</summary>
    public static BuildServer None { get; } = new(null);

    /// <summary>
    /// A server for one command alone: one takes one build at a time, and lets a second command build without it. Of those that are free
    /// one always rests: what has just answered resets itself, and is gone if the last command left too early.
    /// </summary>
    public static BuildServer Rent() =>
        new(Free.Count > 1 && Free.TryDequeue(out var longest) ? longest : Interlocked.Increment(ref _last));

    public static void Return(int number) => Free.Enqueue(number);

    // Elsewhere than on Linux nobody tells a process's environment; there they end by themselves, some minutes after the last build.
    private static void EndAll()
    {
        foreach (var folder in Directory.Exists("/proc/self") ? Directory.GetDirectories("/proc") : [])
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && id != Environment.ProcessId && IsOurs(folder))
            {
                End(id);
            }
        }

        // The compiler server's socket, which it would have taken away at the end of its time.
        File.Delete("/tmp/" + CompilerId);
    }

    private static bool IsOurs(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains($"SharedCompilationId={CompilerId}");
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
            server.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }
}
