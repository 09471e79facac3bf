using System.Diagnostics;
using System.Globalization;

namespace ImageSync.Package.Tests;

/// <summary>The processes below one, as Linux knows them; each is named by its id alone.</summary>
internal static class EngineProcesses
{
    /// <summary>All that a process has started, and what these have.</summary>
    public static IReadOnlyList<int> Below(int id)
    {
        var parents = AllParents();
        return Of(id).ToList();

        IEnumerable<int> Of(int parent) => parents.Where(one => one.Value == parent).SelectMany(one => Of(one.Key).Prepend(one.Key));
    }

    /// <summary>SIGKILL to one process, and to none that it started.</summary>
    public static void KillAlone(int id)
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

    /// <summary>Waits until none of them runs any more.</summary>
    public static async Task UntilGoneAsync(IEnumerable<int> ids)
    {
        foreach (var id in ids)
        {
            var watch = Stopwatch.StartNew();
            while (IsRunning(id))
            {
                Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)), $"process {id} stays");
                await Task.Delay(10);
            }

            TestContext.Out.WriteLine($"process {id} was gone after {watch.ElapsedMilliseconds} ms");
        }
    }

    private static Dictionary<int, int> AllParents()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && StatOf(id) is [_, var parent, ..])
            {
                parents[id] = int.Parse(parent, CultureInfo.InvariantCulture);
            }
        }

        return parents;
    }

    // One that has ended and that nobody has asked for stays as a number, Z.
    private static bool IsRunning(int id) => StatOf(id) is [not ("Z" or "X"), ..];

    // State, parent, and more: behind the name, which may hold anything.
    private static string[]? StatOf(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
