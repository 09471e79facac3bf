using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ImageSync.MSBuild.Tests.Chaos;

/// <summary>The engines that run from one folder, as Linux knows them: by their command lines, which name it.</summary>
internal static class EngineProcesses
{
    /// <summary>Their ids. One that has ended has no command line any more (proc(5)).</summary>
    public static IReadOnlyList<int> Of(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && CommandLineOf(id).Contains(folder + "/", StringComparison.Ordinal))];

    /// <summary>SIGKILL to one of them.</summary>
    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended meanwhile.
        }
    }

    private static string CommandLineOf(int id)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
