namespace ImageSync.Package.Tests;

/// <summary>What came of one round of a pipeline.</summary>
/// <param name="Number">0 is the first sync of a project that has no image yet.</param>
/// <param name="Events">What happened before it.</param>
/// <param name="Traffic">What the origin answered.</param>
/// <param name="ExitCode">The job's.</param>
/// <param name="Images">Images that its commit changes, adds or deletes, sorted.</param>
/// <param name="Entries">Images whose entries in the lock file its commit changes, adds or deletes, sorted.</param>
internal sealed record PipelineRound(
    int Number, PipelineEvents Events, PipelineTraffic Traffic, int ExitCode, IReadOnlyList<string> Images, IReadOnlyList<string> Entries)
{
    /// <summary>Whether it made a commit.</summary>
    public bool HasCommit { get; init; }

    /// <summary>Files that were whole before and have bytes afterwards that are neither the old nor the origin's.</summary>
    public int Damaged { get; init; }

    /// <summary>Images that the origin, which was not down, has with other bytes than the repository.</summary>
    public int Stale { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>What must come out as expected, as a line to compare.</summary>
    public override string ToString() =>
        $"{Number} ({Events}): {Traffic}, exit code {ExitCode}, {(HasCommit ? "commit" : "no commit")} of images [{string.Join(' ', Images)}], lock entries [{string.Join(' ', Entries)}]; {Damaged} damaged, {Stale} stale";
}
