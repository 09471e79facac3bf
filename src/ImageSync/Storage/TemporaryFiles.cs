using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ImageSync.Storage;

/// <summary>The temporary files beside destinations: what they are called, and the sweep of those that killed builds left.</summary>
internal sealed class TemporaryFiles
{
    private const string Prefix = ".imagesync-";

    // Links are none of ours, and nothing to open.
    private static readonly EnumerationOptions OwnFiles = new() { AttributesToSkip = FileAttributes.ReparsePoint };

    private readonly ConcurrentDictionary<string, bool> _swept = new(StringComparer.Ordinal);

    /// <summary>A name that nobody else uses. It names the process, whose end makes the file an abandoned one.</summary>
    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");

    /// <summary>Deletes what killed builds left in a folder, once a run.</summary>
    public void Sweep(string folder)
    {
        if (!Directory.Exists(folder) || !_swept.TryAdd(folder, true))
        {
            return;
        }

        foreach (var file in new DirectoryInfo(folder).EnumerateFiles(Prefix + "*.tmp", OwnFiles))
        {
            DeleteAbandoned(file);
        }
    }

    /// <summary>Whether a name is one of these.</summary>
    public static bool IsTemporary(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".tmp", StringComparison.Ordinal);

    /// <summary>Deletes one whose process has ended.</summary>
    public static void DeleteAbandoned(FileInfo file)
    {
        if (!IsOwnerAlive(file.Name))
        {
            Delete(file);
        }
    }

    private static bool IsOwnerAlive(string name)
    {
        var digits = name.AsSpan(Prefix.Length, Math.Max(name.IndexOf('-', Prefix.Length) - Prefix.Length, 0));
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        try
        {
            using var owner = Process.GetProcessById(id);
            return !IsZombie(id);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // A killed process stays as a number until its parent asks for it: in a container whose first process does not, for good
    // (proc(5): the state follows the name, which may hold anything).
    private static bool IsZombie(int id)
    {
        try
        {
            return OperatingSystem.IsLinux() && File.ReadAllText($"/proc/{id}/stat") is var stat
                && stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It has gone meanwhile, or is not ours to look at.
            return false;
        }
    }

    // The number may be that of a process in another container, over the same folder: its file is held open.
    private static void Delete(FileInfo file)
    {
        try
        {
            file.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            file.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use, or not ours to delete.
        }
    }
}
