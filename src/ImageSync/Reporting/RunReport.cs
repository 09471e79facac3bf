using ImageSync.Sync;

namespace ImageSync.Reporting;

/// <summary>Everything that a report tells.</summary>
/// <param name="Title">The project's name.</param>
/// <param name="Summary">The outcome in one line.</param>
/// <param name="Run">What came of it.</param>
internal sealed record RunReport(string Title, string Summary, SyncRun Run)
{
    /// <summary>When the run ended.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The project's directory, absolute: local paths are relative to it.</summary>
    public required string ProjectDirectory { get; init; }

    /// <summary>The page of a diagnostic, by its code.</summary>
    public required Func<string, string> HelpLink { get; init; }

    /// <summary>The runs up to this one, the latest last; empty where none are kept.</summary>
    public IReadOnlyList<PastRun> History { get; init; } = [];

    /// <summary>Where the images are declared; null where that is not known.</summary>
    public DeclarationLocations? Places { get; init; }

    /// <summary>Outcomes of a kind: replaced files before new ones, otherwise in the order of declaration.</summary>
    public IEnumerable<SyncOutcome> Of(OutcomeKind kind) =>
        Run.Outcomes.Where(outcome => StatusWords.KindOf(outcome) == kind).OrderBy(outcome => outcome.Replaced is null);

    /// <summary>What the file of an outcome says of itself now.</summary>
    public ImageInfo? FactsOf(SyncOutcome outcome) =>
        outcome.Length is null ? null : ImageInfo.Of(Path.GetFullPath(outcome.LocalPath, ProjectDirectory));
}
