namespace ImageSync.Sync;

/// <summary>
/// The files that items claim, those of the project's other instances included: whatever is recorded beside them has lost its item.
/// </summary>
/// <param name="LocalPaths">As recorded.</param>
/// <param name="FilePaths">Where they are, symbolic links resolved; letter case counts for nothing.</param>
internal sealed record ClaimedFiles(IReadOnlySet<string> LocalPaths, IReadOnlySet<string> FilePaths);
