using ImageSync.Reporting;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>Everything that the options of a run say.</summary>
/// <param name="Sync">What holds for the sync itself.</param>
internal sealed record RunSettings(SyncOptions Sync)
{
    /// <summary>The project as people know it.</summary>
    public string ProjectName { get; init; } = "";

    /// <summary>Whether the summary names the project, since others may be synced beside it.</summary>
    public bool NamesProject { get; init; }

    /// <summary>Whether each image is to have a line.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>Where files go whose items have no local path; relative to the project's directory, with a slash at its end.</summary>
    public string Directory { get; init; } = "";

    /// <summary><c>ImageSyncMaxAge</c>, as written, for items that have none.</summary>
    public string MaxAge { get; init; } = "";

    /// <summary><c>ImageSyncMaxBytes</c>, as written, for items that have none.</summary>
    public string MaxBytes { get; init; } = "";

    /// <summary>The files that options name, in the order of the table.</summary>
    public IReadOnlyList<NamedFile> Files { get; init; } = [];

    /// <summary>The file that an option names, absolute; null where it names none.</summary>
    public string? FileOf(string option) => Files.FirstOrDefault(file => file.Option == option)?.Path;

    /// <summary>
    /// The files that the run writes for people. A build for one of several frameworks has a report and a history of its own, named
    /// by it; the manifest is one.
    /// </summary>
    public ReportFiles ReportFiles
    {
        get
        {
            var report = FileOf("ReportFile");
            var history = FileOf("HistoryFile") ?? (report is null ? null : Path.ChangeExtension(Sync.CacheFile, "history"));
            return new ReportFiles(OfFramework(report), FileOf("SummaryFile"), OfFramework(history))
            {
                Manifest = FileOf("ManifestFile"),
                IntermediateFolder = Path.GetDirectoryName(Sync.CacheFile),
            };
        }
    }

    /// <summary>Where copies of what is replaced go; null where no report shows them.</summary>
    public string? ReplacedFolder =>
        FileOf("ReportFile") is null && FileOf("SummaryFile") is null ? null
        : OfFramework(Path.ChangeExtension(Sync.CacheFile, "previous"));

    /// <summary>An option with the file that it names.</summary>
    public RunSettings With(string option, string text, string path) => this with { Files = [.. Files, new NamedFile(option, text, path)] };

    private string? OfFramework(string? path) =>
        Sync.TargetFramework is not { } framework || path is null ? path
        : Path.ChangeExtension(path, framework + Path.GetExtension(path));
}

/// <summary>A file that an option names.</summary>
/// <param name="Option">The option's name.</param>
/// <param name="Text">As written.</param>
/// <param name="Path">Absolute.</param>
internal sealed record NamedFile(string Option, string Text, string Path)
{
    /// <summary>Where its bytes go, links followed: as for the places of images.</summary>
    public string Place => SymbolicLinks.Resolve(Path) ?? Path;
}
