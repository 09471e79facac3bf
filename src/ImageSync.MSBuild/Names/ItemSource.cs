namespace ImageSync.MSBuild.Names;

/// <summary>
/// Where an item is written. MSBuild keeps the file only; <see cref="DeclaringFiles"/> looks the line up when there is
/// something to report.
/// </summary>
/// <param name="File">The project file that declares the item.</param>
/// <param name="Line">From 1; 0 where it was not found.</param>
/// <param name="Column">From 1; 0 where it was not found.</param>
internal sealed record SourceLocation(string File, int Line, int Column);
