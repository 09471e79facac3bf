using System.Diagnostics.CodeAnalysis;

namespace ImageSync.Storage;

/// <summary>The project's directory: local files are below it, under names that a file system takes.</summary>
internal sealed class ProjectFolder
{
    private static readonly char[] InvalidHere = [.. Path.GetInvalidFileNameChars().Where(c => c is not ('/' or '\\'))];

    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(1, 9).SelectMany(i => new[] { $"COM{i}", $"LPT{i}" })], StringComparer.OrdinalIgnoreCase);

    private readonly string _root;
    private readonly string _realRoot;
    private readonly Dictionary<string, string> _realFolders = new(StringComparer.Ordinal);

    public ProjectFolder(string directory)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _realRoot = SymbolicLinks.Resolve(_root);
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

        if (localPath.AsSpan().IndexOfAny(InvalidHere) >= 0 || localPath.Any(char.IsControl))
        {
            problem = $"the LocalPath \"{localPath}\" has a character that a file name cannot have";
            return false;
        }

        if (localPath.Split('/').FirstOrDefault(IsImpossibleOnWindows) is { } name)
        {
            problem = $"the LocalPath \"{localPath}\" contains the name \"{name}\", which Windows cannot have";
            return false;
        }

        var path = Path.GetFullPath(localPath, _root);
        if (!IsBelow(path, _root))
        {
            problem = $"the LocalPath \"{localPath}\" is outside the project's directory";
            return false;
        }

        var real = SymbolicLinks.Resolve(RealFolder(Path.GetDirectoryName(path)!), Path.GetFileName(path));
        if (!IsBelow(real, _realRoot))
        {
            problem = $"the LocalPath \"{localPath}\" leads outside the project's directory through a symbolic link";
            return false;
        }

        (place, problem) = (new LocalPlace(Path.GetRelativePath(_root, path).Replace('\\', '/'), real), null);
        return true;
    }

    // Refused everywhere, so that a project which builds here builds for a colleague on Windows too.
    private static bool IsImpossibleOnWindows(string name) =>
        name is not ("." or "..") && (name.EndsWith('.') || name.EndsWith(' ') || Devices.Contains(name.Split('.')[0].TrimEnd()));

    // Thousands of images share a few folders: each is resolved once.
    private string RealFolder(string folder)
    {
        if (!_realFolders.TryGetValue(folder, out var real))
        {
            _realFolders[folder] = real = SymbolicLinks.Resolve(folder);
        }

        return real;
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && path.Length > root.Length + 1;
}

/// <summary>The place of a local file.</summary>
/// <param name="LocalPath">Relative to the project's directory, with <c>/</c>, without detours.</param>
/// <param name="FilePath">Absolute, symbolic links resolved.</param>
internal sealed record LocalPlace(string LocalPath, string FilePath);
