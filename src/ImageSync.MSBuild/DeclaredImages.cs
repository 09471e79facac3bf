using ImageSync.Storage;
using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>DECLARE: the items of one run: which can be synced, which are settled elsewhere, and which are not valid.</summary>
internal sealed class DeclaredImages
{
    private readonly List<(int Index, ITaskItem Item)> _validItems = [];
    private readonly List<(SyncOutcome Outcome, ITaskItem Item)> _invalid = [];
    private readonly Dictionary<int, ITaskItem> _items = [];
    private readonly List<ITaskItem> _files = [];

    public DeclaredImages(SyncOptions options, IReadOnlyList<ITaskItem> items, string directory, IReadOnlyList<ITaskItem> alreadySynced)
    {
        var folder = new ProjectFolder(options.ProjectDirectory);
        var claims = new Dictionary<string, RemoteImage>(StringComparer.OrdinalIgnoreCase);
        var elsewhere = alreadySynced.ToDictionary(item => (item.ItemSpec, item.GetMetadata(nameof(SyncOutcome.Url))));
        var valid = new List<RemoteImage>();
        for (var i = 0; i < items.Count; i++)
        {
            var declaration = RemoteImageItem.Read(items[i], directory);
            var (image, problems) = declaration.Validate(folder, options.AllowedHosts, Environment.GetEnvironmentVariable);
            if (image is not null && claims.TryGetValue(image.FilePath, out var other))
            {
                problems = [Problems.ClaimedTwice(other.Url.Redacted)];
                image = null;
            }

            if (image is null)
            {
                Refuse(i, items[i], declaration, problems);
                continue;
            }

            claims.Add(image.FilePath, image);
            _files.Add(RemoteImageItem.FileOf(items[i], image.LocalPath));
            if (!elsewhere.ContainsKey((image.LocalPath, image.RecordedUrl)))
            {
                valid.Add(image);
                _validItems.Add((i, items[i]));
            }
        }

        var places = alreadySynced.Select(item => folder.TryLocate(item.ItemSpec, out var place, out _) ? place : null).OfType<LocalPlace>().ToList();
        Claimed = _invalid.Count > 0 ? null : new ClaimedFiles(
            claims.Values.Select(image => image.LocalPath).Concat(places.Select(place => place.LocalPath)).ToHashSet(StringComparer.Ordinal),
            claims.Keys.Concat(places.Select(place => place.FilePath)).ToHashSet(StringComparer.OrdinalIgnoreCase));
        Valid = valid;
        Elsewhere = alreadySynced;
    }

    /// <summary>What can be synced.</summary>
    public IReadOnlyList<RemoteImage> Valid { get; }

    /// <summary>What all of them claim; null where one is not valid.</summary>
    public ClaimedFiles? Claimed { get; }

    /// <summary>What another instance of the project has synced.</summary>
    public IReadOnlyList<ITaskItem> Elsewhere { get; }

    /// <summary>The files of all valid images, wherever they are synced.</summary>
    public IReadOnlyList<ITaskItem> Files => _files;

    /// <summary>The item behind an outcome.</summary>
    public ITaskItem ItemOf(SyncOutcome outcome) => _items[outcome.Index];

    /// <summary>A run with the declarations that were not valid in their places.</summary>
    public SyncRun Complete(SyncRun run)
    {
        var outcomes = run.Outcomes.Select((outcome, i) => (Outcome: outcome with { Index = _validItems[i].Index }, _validItems[i].Item)).Concat(_invalid).ToList();
        foreach (var (outcome, item) in outcomes)
        {
            _items[outcome.Index] = item;
        }

        return run with { Outcomes = [.. outcomes.Select(pair => pair.Outcome).OrderBy(outcome => outcome.Index)] };
    }

    private void Refuse(int index, ITaskItem item, RemoteImageDeclaration declaration, IReadOnlyList<Problem> problems) =>
        _invalid.Add((new SyncOutcome(declaration.LocalPath, declaration.ShownUrl, SyncStatus.Failed)
        {
            Index = index,
            Diagnostics = [.. problems.Select(problem => problem.ToDiagnostic(declaration.Subject, hasUsableCopy: false, optional: false))],
        }, item));
}
