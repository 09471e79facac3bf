using System.Diagnostics.CodeAnalysis;

namespace ImageSync.Storage;

/// <summary>The project's directory: local files are below it, under names that a file system takes.</summary>
internal sealed class ProjectFolder
{
    private readonly string _called;
    private readonly string _root;
    private readonly string _below;
    private readonly string _realBelow;
    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal);
    private Folder _last;

    /// <param name="directory">The directory.</param>
    /// <param name="called">What messages call it.</param>
    public ProjectFolder(string directory, string called = "the project's directory")
    {
        _called = called;
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _below = WithSeparator(_root);
        _last = FolderOf(_root);
        _realBelow = WithSeparator(_last.Real ?? _root);
    }

    /// <summary>Finds the place of a local path.</summary>
    /// <param name="localPath">As declared, with <c>/</c>.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="fault">Why it can be nowhere.</param>
    public bool TryLocate(string localPath, [NotNullWhen(true)] out LocalPlace? place, [NotNullWhen(false)] out PathFault? fault)
    {
        place = null;
        if (localPath.Length == 0 || localPath.EndsWith('/'))
        {
            fault = new PathFault("names no file");
            return false;
        }

        // A shell's home and a page's root; here it would be a folder of that name.
        if (localPath.StartsWith("~/", StringComparison.Ordinal))
        {
            fault = new PathFault("begins with \"~/\", which means nothing here")
            {
                Relative = InProject(localPath[1..]),
                Beginning = "~/",
            };
            return false;
        }

        if (localPath is [var drive, ':', '/', ..] && char.IsAsciiLetter(drive))
        {
            fault = new PathFault($"is absolute, and local paths are relative to {_called}");
            return false;
        }

        if (FileNames.Objection(localPath) is { } objection)
        {
            fault = new PathFault(objection);
            return false;
        }

        var path = Path.GetFullPath(localPath, _root);
        if (!IsBelow(path, _below) && path != _root)
        {
            fault = new PathFault($"is outside {_called}") { Relative = localPath[0] == '/' ? InProject(localPath) : null };
            return false;
        }

        if (localPath[(localPath.LastIndexOf('/') + 1)..] is "." or ".." || path == _root)
        {
            fault = new PathFault("names a folder, not a file") { IsFolder = true };
            return false;
        }

        if (RealPath(path) is not { } real)
        {
            fault = new PathFault("lies behind too many symbolic links, or a loop of them");
            return false;
        }

        if (!IsBelow(real, _realBelow))
        {
            fault = new PathFault($"leads outside {_called} through a symbolic link");
            return false;
        }

        (place, fault) = (new LocalPlace(RelativeOf(path, localPath), real), null);
        return true;
    }

    /// <summary>Whether a place that was found is below the project's directory, and not that itself.</summary>
    /// <param name="filePath">Absolute, symbolic links resolved.</param>
    public bool Contains(string filePath) => IsBelow(filePath, _realBelow);

    // A web page's way to write a path: it begins at the root of the site.
    private static string InProject(string absolute) =>
        absolute.TrimStart('/') is { Length: > 1 } relative ? relative : "./" + absolute.TrimStart('/');

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

    private static string WithSeparator(string folder) =>
        Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;

    private static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path.StartsWith(folder, StringComparison.Ordinal);

    private sealed record Folder(string Path, string? Real)
    {
        public bool IsReal { get; } = Path == Real;
    }
}

/// <summary>The place of a local file.</summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>, without detours.</param>
/// <param name="FilePath">Absolute, symbolic links resolved.</param>
internal sealed record LocalPlace(string LocalPath, string FilePath);

/// <summary>Why there can be no file of a path: a clause that follows the path.</summary>
internal sealed record PathFault(string Clause)
{
    /// <summary>Whether it names a folder.</summary>
    public bool IsFolder { get; init; }

    /// <summary>The same path below the project's directory, where its beginning leads elsewhere; null for none.</summary>
    public string? Relative { get; init; }

    /// <summary>What it has at its beginning and <see cref="Relative"/> has not.</summary>
    public string Beginning { get; init; } = "the slash";
}

/// <summary>What is in a file's place, or in that of a folder above it, so that there can be no such file.</summary>
/// <param name="LocalPath">Where it is, relative to the project's directory.</param>
/// <param name="IsFolder">Whether it is a folder in the file's own place; otherwise it is a file, and a folder is needed there.</param>
internal sealed record PathObstacle(string LocalPath, bool IsFolder)
{
    /// <summary>Looks for one; null where there is none. Systems tell of it in as many ways as there are, and not by name.</summary>
    /// <param name="filePath">The file, absolute.</param>
    /// <param name="localPath">The same, relative to the project's directory, with <c>/</c>.</param>
    public static PathObstacle? To(string filePath, string localPath)
    {
        if (Directory.Exists(filePath))
        {
            return new PathObstacle(localPath, IsFolder: true);
        }

        for (var slash = localPath.LastIndexOf('/'); slash > 0; slash = localPath.LastIndexOf('/'))
        {
            (localPath, filePath) = (localPath[..slash], Path.GetDirectoryName(filePath)!);
            if (File.Exists(filePath))
            {
                return new PathObstacle(localPath, IsFolder: false);
            }
        }

        return null;
    }
}
