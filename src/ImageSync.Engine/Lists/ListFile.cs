using ImageSync.Storage;

namespace ImageSync.Engine.Lists;

/// <summary>The file of a list, and what is kept beside it.</summary>
/// <param name="path">Of the list, absolute.</param>
/// <param name="shownAs">The list, as its user calls it.</param>
internal sealed class ListFile(string path, string shownAs)
{
    /// <summary>What a list is called where nobody says so.</summary>
    public const string UsualName = "images.txt";

    /// <summary>The list that a user names.</summary>
    /// <param name="path">As the user writes it; null or empty for the usual one.</param>
    public static ListFile Of(string? path) =>
        path is { Length: > 0 } ? new(Path.GetFullPath(path), path) : new(Path.GetFullPath(UsualName), UsualName);

    /// <summary>The list, as its user calls it.</summary>
    public string ShownAs => shownAs;

    /// <summary>Whether a command means this list where it names none.</summary>
    public bool IsUsual => shownAs == UsualName;

    /// <summary>The list, absolute.</summary>
    public string FullPath => path;

    /// <summary>Its name.</summary>
    public string Name => Path.GetFileName(path);

    /// <summary>Where its images go: paths are relative to it, and stay inside it.</summary>
    public string Folder => Path.GetDirectoryName(path)!;

    /// <summary>What is known of its images.</summary>
    public string CacheFile => Path.Combine(StateFolder, Name + ".imagesync.cache");

    /// <summary>The lock file that is used where it is there.</summary>
    public string LockFile => Path.ChangeExtension(path, "lock.json");

    private string StateFolder => Path.Combine(Folder, ".imagesync");

    /// <summary>Reads the list.</summary>
    /// <param name="problem">Why it cannot be read: a clause; null where it can.</param>
    public ImageList? Read(out string? problem)
    {
        var text = TextFile.Read(path, out problem);

        // Each line would be told as an image that is none.
        if (text is not null && text.AsSpan().TrimStart('\uFEFF').TrimStart().StartsWith("<"))
        {
            problem = $"is XML, and no list. If it is a project, sync its images with: dotnet build {ShownAs} -t:SyncImages";
            return null;
        }

        return text is null ? null : new ImageList(text);
    }

    /// <summary>Writes the list anew; where it is a link, the file that the link leads to.</summary>
    /// <exception cref="IOException">It could not be written; then it is what it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(ImageList list) => AtomicFile.WriteWhole(SymbolicLinks.Resolve(path) ?? path, list.Text);

    /// <summary>Keeps others from changing the list until it is disposed of.</summary>
    /// <exception cref="IOException">There is no place for the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    /// <exception cref="TimeoutException">Somebody else has it for too long.</exception>
    public IDisposable Lock()
    {
        HideState();
        return FileLock.Acquire(Path.Combine(StateFolder, Name + ".lock"), LockTimeout.OfARun());
    }

    /// <summary>Has Git leave out what is known of the images: it is of this checkout alone.</summary>
    public void HideState()
    {
        try
        {
            var ignore = Path.Combine(StateFolder, ".gitignore");
            if (!File.Exists(ignore))
            {
                Directory.CreateDirectory(StateFolder);
                AtomicFile.WriteWhole(ignore, "*\n");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The validator cache cannot be written either, and that is told.
        }
    }
}
