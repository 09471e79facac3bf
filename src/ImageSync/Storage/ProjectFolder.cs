using System.Diagnostics.CodeAnalysis;

namespace ImageSync.Storage;

/// <summary>The project's directory: local files are below it, under names that a file system takes.</summary>
internal sealed class ProjectFolder
{
    private static readonly char[] InvalidHere = Array.FindAll(Path.GetInvalidFileNameChars(), c => c is not ('/' or '\\'));

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
        _realBelow = WithSeparator(_last.Real);
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
            problem = "the URL's path ends without a file name, and no LocalPath is given";
            return false;
        }

        if (localPath.AsSpan().IndexOfAny(InvalidHere) >= 0 || HasControl(localPath))
        {
            problem = $"the LocalPath \"{localPath}\" has a character that a file name cannot have";
            return false;
        }

        if (NameImpossibleOnWindows(localPath) is { } name)
        {
            problem = $"the LocalPath \"{localPath}\" contains the name \"{name}\", which Windows cannot have";
            return false;
        }

        var path = Path.GetFullPath(localPath, _root);
        if (!IsBelow(path, _below))
        {
            problem = $"the LocalPath \"{localPath}\" is outside the project's directory";
            return false;
        }

        var real = RealPath(path);
        if (!IsBelow(real, _realBelow))
        {
            problem = $"the LocalPath \"{localPath}\" leads outside the project's directory through a symbolic link";
            return false;
        }

        (place, problem) = (new LocalPlace(RelativeOf(path, localPath), real), null);
        return true;
    }

    private string RelativeOf(string path, string localPath) =>
        path.AsSpan(_below.Length).SequenceEqual(localPath) ? localPath : path[_below.Length..].Replace('\\', '/');

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }

    // Refused everywhere, so that a project which builds here builds for a colleague on Windows too.
    private static string? NameImpossibleOnWindows(string localPath)
    {
        for (var rest = localPath.AsSpan(); !rest.IsEmpty;)
        {
            var slash = rest.IndexOf('/');
            var name = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? [] : rest[(slash + 1)..];
            if (name is not ("" or "." or "..") && (name[^1] is '.' or ' ' || IsDevice(name)))
            {
                return name.ToString();
            }
        }

        return null;
    }

    // CON.png is the console, too.
    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name[..dot]).TrimEnd();
        return stem.Length switch
        {
            3 => Is(stem, "CON") || Is(stem, "PRN") || Is(stem, "AUX") || Is(stem, "NUL"),
            4 => stem[3] is >= '1' and <= '9' && (Is(stem[..3], "COM") || Is(stem[..3], "LPT")),
            _ => false,
        };

        static bool Is(ReadOnlySpan<char> text, string device) => text.Equals(device, StringComparison.OrdinalIgnoreCase);
    }

    // Thousands of images share a few folders: each is resolved once, and mostly for the one that comes next, too.
    private string RealPath(string path)
    {
        var folder = Path.GetDirectoryName(path.AsSpan());
        if (!folder.SequenceEqual(_last.Path))
        {
            _last = FolderOf(folder.ToString());
        }

        return SymbolicLinks.Follow(_last.IsReal ? path : Path.Join(_last.Real, Path.GetFileName(path.AsSpan())));
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

    private sealed record Folder(string Path, string Real)
    {
        public bool IsReal { get; } = Path == Real;
    }
}

/// <summary>The place of a local file.</summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>, without detours.</param>
/// <param name="FilePath">Absolute, symbolic links resolved.</param>
internal sealed record LocalPlace(string LocalPath, string FilePath);
