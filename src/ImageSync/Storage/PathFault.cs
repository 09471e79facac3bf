namespace ImageSync.Storage;

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
