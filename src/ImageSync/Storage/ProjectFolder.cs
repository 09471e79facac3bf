using System.Diagnostics.CodeAnalysis;

namespace ImageSync.Storage;

/// <summary>The project's directory: local files are below it, under names that a file system takes.</summary>
internal sealed class ProjectFolder
{
    private readonly string _root;
    private readonly string _below;
    private readonly string _realBelow;
    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal);
    private Folder _last;

    public ProjectFolder(string directory)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _below = WithSeparator(_root);
        _last = FolderOf(_root);
        _realBelow = WithSeparator(_last.Real ?? _root);
    }

    /// <summary>Finds the place of a local path.</summary>
    /// <param name="localPath">As declared, with <c>/</c>.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="problem">Why it can be nowhere: a clause.</param>
    public bool TryLocate(string localPath, [NotNullWhen(true)] out LocalPlace? place, [NotNullWhen(false)] out string? problem)
    {
        place = null;
        if (localPath.Length == 0 || localPath.EndsWith('/'))
        {
            problem = "the URL's path ends without a file name, and the LocalPath gives none";
            return false;
        }

        if (FileNames.Objection(localPath) is { } objection)
        {
            problem = $"the LocalPath \"{localPath}\" {objection}";
            return false;
        }

        var path = Path.GetFullPath(localPath, _root);
        if (!IsBelow(path, _below))
        {
            problem = $"the LocalPath \"{localPath}\" is outside the project's directory";
            return false;
        }

        if (RealPath(path) is not { } real)
        {
            problem = $"the LocalPath \"{localPath}\" lies behind too many symbolic links, or a loop of them";
            return false;
        }

        if (!IsBelow(real, _realBelow))
        {
            problem = $"the LocalPath \"{localPath}\" leads outside the project's directory through a symbolic link";
            return false;
        }

        (place, problem) = (new LocalPlace(RelativeOf(path, localPath), real), null);
        return true;
    }

    /// <summary>Whether a place that was found is below the project's directory, and not that itself.</summary>
    /// <param name="filePath">Absolute, symbolic links resolved.</param>
    public bool Contains(string filePath) => IsBelow(filePath, _realBelow);

    private string RelativeOf(string path, string localPath) =>
        path.AsSpan(_below.Length).SequenceEqual(localPath) ? localPath : path[_below.Length..].Replace('\\', '/');

    // Thousands of images share a few folders: each is resolved once, and mostly for the one that comes next, too.
    private string? RealPath(string path)
    {
        var folder = Path.GetDirectoryName(path.AsSpan());
        if (!folder.SequenceEqual(_last.Path))
        {
            _last = FolderOf(folder.ToString());
        }

        return _last.Real is not { } real ? null
            : SymbolicLinks.Follow(_last.IsReal ? path : Path.Join(real, Path.GetFileName(path.AsSpan())));
    }

    private Folder FolderOf(string path)
    {
        if (!_folders.TryGetValue(path, out var folder))
        {
            _folders[path] = folder = new Folder(path, SymbolicLinks.Resolve(path));
        }

        return folder;
    }

    private static string WithSeparator(string folder) => Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    private static bool IsBelow(string path, string folder) => path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal);

    private sealed record Folder(string Path, string? Real)
    {
        public bool IsReal { get; } = Path == Real;
    }
}

/// <summary>The place of a local file.</summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>, without detours.</param>
/// <param name="FilePath">Absolute, symbolic links resolved.</param>
internal sealed record LocalPlace(string LocalPath, string FilePath);
