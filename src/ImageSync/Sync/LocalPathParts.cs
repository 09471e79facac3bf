using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>A local path by those who made it: only who has written a part can mend it.</summary>
/// <param name="Path">The whole, with <c>/</c>.</param>
/// <param name="Name">What the URL has given of it, its end; null where the author has written all.</param>
/// <param name="IsOfProperty">Whether the rest is <c>ImageSyncDirectory</c>, and not of the item's own.</param>
/// <param name="Words">Those of its author.</param>
internal sealed record LocalPathParts(string Path, string? Name, bool IsOfProperty, Wording Words)
{
    private string Folder => Path[..^(Name?.Length ?? 0)];

    /// <summary>What is wrong, told of the part that it is wrong with.</summary>
    /// <param name="project">The project's directory.</param>
    /// <param name="fault">What is wrong with the path as a whole.</param>
    public Problem Tell(ProjectFolder project, PathFault fault)
    {
        if (Name is null)
        {
            return Problems.LocalPathInvalid(Words, Path, fault);
        }

        if (Name.Length == 0)
        {
            return Problems.NamelessUrl(Words, IsOfProperty);
        }

        // Another name in the same folder tells whether it is the folder.
        if (!project.TryLocate(Folder + "a", out _, out var ofFolder))
        {
            ofFolder = ofFolder with { Relative = ofFolder.Relative?[..^1] };
            return IsOfProperty ? Problems.DirectoryInvalid(Words, Folder, ofFolder) : Problems.LocalPathInvalid(Words, Folder, ofFolder);
        }

        return Problems.NameInvalid(
            Words, Name, FileNames.Objection(Name) ?? $"gives the local path \"{Path}\", which {fault.Clause}");
    }
}
