namespace ImageSync.Storage;

/// <summary>
/// How far symbolic links may lead what is written where a property says: not out of the folder that it shares with the
/// project. Links can come with a repository; so <c>out/report.html</c> stays below the project whatever <c>out</c> is, and
/// <c>../artifacts/report.html</c> below the folder of both. What shares nothing with the project is where the system has it.
/// </summary>
/// <param name="ProjectDirectory">Absolute.</param>
/// <param name="IntermediateFolder">
/// That of the validator cache, absolute; null for none. It may be a link, since the build trusts it, and bounds what is below it.
/// </param>
internal sealed record LinkBounds(string ProjectDirectory, string? IntermediateFolder)
{
    private static readonly StringComparison Comparison =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>What is to be said against a path, absolute, as a clause that follows its name; null for nothing.</summary>
    public string? ObjectionTo(string path)
    {
        var isIntermediate = IntermediateFolder is not null && IsWithin(path, IntermediateFolder);
        var anchor = isIntermediate ? IntermediateFolder! : Shared(path, ProjectDirectory);
        return (SymbolicLinks.Resolve(path), SymbolicLinks.Resolve(anchor)) switch
        {
            ({ } real, { } bound) => IsWithin(real, bound) ? null : $"leads out of {anchor} through a symbolic link",
            _ => "lies behind too many symbolic links, or a loop of them",
        };
    }

    /// <summary>The deepest folder that two absolute paths have in common.</summary>
    private static string Shared(string path, string directory)
    {
        var shared = Path.TrimEndingDirectorySeparator(directory);
        while (!IsWithin(path, shared) && Path.GetDirectoryName(shared) is { } parent)
        {
            shared = parent;
        }

        // On Windows: another drive, where nothing is shared.
        return IsWithin(path, shared) ? shared : Path.GetPathRoot(path)!;
    }

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, Comparison)
        && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder) || path[folder.Length] == Path.DirectorySeparatorChar);
}
