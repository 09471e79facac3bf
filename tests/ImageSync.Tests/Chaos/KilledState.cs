using ImageSync.Storage;

namespace ImageSync.Tests.Chaos;

/// <summary>What a killed build leaves: its folder as it was at one moment, taken while it runs and put back after its end.</summary>
internal sealed class KilledState
{
    private const string DeadProcess = "2147483647";
    private readonly string _folder;
    private readonly string _copy;

    /// <summary>
    /// Copies the folder. Records come first, then images, and journals last: so no record is newer than its file, and no journal
    /// older, as it is when a process ends. Where records change meanwhile, it is copied anew.
    /// </summary>
    public KilledState(string folder)
    {
        (_folder, _copy) = (folder, folder + "-killed");
        string records;
        do
        {
            records = Records();
            if (Directory.Exists(_copy))
            {
                Directory.Delete(_copy, recursive: true);
            }

            Directory.CreateDirectory(_copy);
            for (var turn = 0; turn <= 2; turn++)
            {
                Files().Where(file => Turn(file) == turn).ToList().ForEach(Copy);
            }
        }
        while (Records() != records);
    }

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        Directory.Delete(_folder, recursive: true);
        Directory.Move(_copy, _folder);
    }

    /// <summary>Whether a temporary file is a killed build's.</summary>
    public static bool Left(string file) => file.Contains($"-{DeadProcess}-", StringComparison.Ordinal);

    // What is kept of an edit is kept before its file is replaced, and its record is announced before: so they are copied after it.
    private static int Turn(string file) =>
        file.StartsWith("img/", StringComparison.Ordinal) ? 1
        : file.Contains(".kept/", StringComparison.Ordinal) || file.Contains(CacheJournal.Infix, StringComparison.Ordinal) ? 2
        : 0;

    private string Records() => string.Join('\n', Files()
        .Where(file => file.EndsWith(".cache", StringComparison.Ordinal)).Select(file => $"{file} {FileStamp.Of(Path.Combine(_folder, file))}"));

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(_folder, file).Replace('\\', '/'));

    private void Copy(string file)
    {
        // Its process is dead, and this one is not.
        var copy = Path.Combine(_copy, file.Replace($"-{Environment.ProcessId}-", $"-{DeadProcess}-", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        try
        {
            // Shared with all, since a reader that locks would be a disturbance of its own.
            const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;
            using var from = new FileStream(Path.Combine(_folder, file), FileMode.Open, FileAccess.Read, Anything);
            using (var to = File.Create(copy))
            {
                from.CopyTo(to);
            }

            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(from.SafeFileHandle));
        }
        catch (IOException exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // It was renamed or deleted since it was seen.
        }
    }
}
