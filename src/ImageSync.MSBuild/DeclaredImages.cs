using ImageSync.Http;
using ImageSync.Reporting;
using ImageSync.Storage;
using ImageSync.Sync;
using Microsoft.Build.Framework;

namespace ImageSync.MSBuild;

/// <summary>DECLARE: the items of one run: which can be synced, which are settled elsewhere, and which are not valid.</summary>
internal sealed class DeclaredImages
{
    // Thousands of URLs come from one list, and have the same in each.
    private const int MostDoubts = 20;

    private readonly List<RemoteImage> _valid;
    private readonly List<SyncOutcome> _invalid = [];
    private readonly List<ITaskItem> _files = [];
    private readonly List<(int Index, Diagnostic Doubt)> _doubts = [];
    private readonly Dictionary<string, RemoteImage> _claims;
    private readonly IReadOnlyList<ITaskItem> _items;
    private readonly ItemDefaults _defaults;

    public DeclaredImages(
        SyncOptions options, IReadOnlyList<ITaskItem> items, ItemDefaults defaults, IReadOnlyList<ITaskItem> alreadySynced)
    {
        (_items, _defaults, Elsewhere) = (items, defaults, alreadySynced);
        (_valid, _claims) = (new(items.Count), new(items.Count, StringComparer.OrdinalIgnoreCase));
        var (folder, reach) = (new ProjectFolder(options.ProjectDirectory), options.Reach);
        var settled = new HashSet<string>(alreadySynced.Select(item => KeyOf(item.ItemSpec, item.GetMetadata(nameof(SyncOutcome.Url)))), StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (Declare(i, folder, reach) is { } image
                && (settled.Count == 0 || !settled.Contains(KeyOf(image.LocalPath, image.RecordedUrl))))
            {
                _valid.Add(image);
            }
        }

        RefuseFilesInFoldersPlaces(folder);

        // For those who ask what has lost its item.
        Claimed = (options.Prune || options.LockFile is not null) && _invalid.Count == 0 ? ClaimedBy(folder) : null;
    }

    /// <summary>What can be synced.</summary>
    public IReadOnlyList<RemoteImage> Valid => _valid;

    /// <summary>The items that this instance of the project answers for.</summary>
    public IReadOnlyList<ITaskItem> Own => Elsewhere.Count == 0 ? _items
        : [.. _valid.Select(image => image.Index).Concat(_invalid.Select(outcome => outcome.Index)).Select(index => _items[index])];

    /// <summary>What is valid, and mostly not meant.</summary>
    public IEnumerable<(ITaskItem Item, Diagnostic Doubt)> Doubts =>
        _doubts.Where(one => _valid.Exists(image => image.Index == one.Index)).Select(one => (_items[one.Index], one.Doubt));

    /// <summary>What all of them claim; null where one is not valid, or where nobody asks.</summary>
    public ClaimedFiles? Claimed { get; }

    /// <summary>What another instance of the project has synced.</summary>
    public IReadOnlyList<ITaskItem> Elsewhere { get; }

    /// <summary>The files of all valid images that are to be items of the project, wherever they are synced.</summary>
    public IReadOnlyList<ITaskItem> Files => _files;

    /// <summary>The item behind an outcome.</summary>
    public ITaskItem ItemOf(SyncOutcome outcome) => _items[outcome.Index];

    /// <summary>A run with the declarations that were not valid in their places.</summary>
    public SyncRun Complete(SyncRun run) => _invalid.Count == 0 ? run : run with { Outcomes = [.. run.Outcomes.Concat(_invalid).OrderBy(outcome => outcome.Index)] };

    private RemoteImage? Declare(int index, ProjectFolder folder, Reach reach)
    {
        var declaration = RemoteImageItem.Read(_items[index], index, _defaults);
        var (image, problems) = declaration.Validate(folder, reach, Environment.GetEnvironmentVariable);
        if (image is null && index > 0
            && SplitUrl.Advice(RemoteImageItem.Read(_items[index - 1], index - 1, _defaults).Written, declaration.Written) is { } split)
        {
            problems = [.. problems.Select(one => one.Code == DiagnosticCode.NotAnHttpUrl ? one with { Advice = split } : one)];
        }

        foreach (var problem in RemoteImageItem.ProblemsOf(_items[index]))
        {
            (image, problems) = (null, [.. problems, problem]);
        }

        if (image is not null && !_claims.TryAdd(image.FilePath, image))
        {
            problems = [Problems.ClaimedTwice(_claims[image.FilePath].Url.Redacted)];
            image = null;
        }

        if (image is null)
        {
            _invalid.Add(Invalid(declaration, problems));
            return null;
        }

        if (_doubts.Count < MostDoubts && CutUrl.Advice(declaration.Written) is { } advice)
        {
            var doubt = Problems.UrlCut(image.Url.Redacted, advice);
            _doubts.Add((index, doubt.ToDiagnostic(image.LocalPath, LocalCopy.Good, optional: false)));
        }

        if (RemoteImageItem.HasBuildAction(_items[index]))
        {
            _files.Add(RemoteImageItem.FileOf(_items[index], image.LocalPath));
        }

        return image;
    }

    // The shorter path is the mistake: where its name was forgotten, the folder is left.
    private void RefuseFilesInFoldersPlaces(ProjectFolder project)
    {
        var inside = new Dictionary<string, RemoteImage>(StringComparer.OrdinalIgnoreCase);
        var last = "";
        foreach (var image in _claims.Values.Where(image => !Path.GetDirectoryName(image.FilePath.AsSpan()).SequenceEqual(last)))
        {
            last = Path.GetDirectoryName(image.FilePath)!;
            for (var folder = last; project.Contains(folder) && inside.TryAdd(folder, image); folder = Path.GetDirectoryName(folder)!)
            {
            }
        }

        foreach (var (folder, image) in inside)
        {
            if (_claims.TryGetValue(folder, out var file) && _valid.Remove(file))
            {
                _files.RemoveAll(item => item.ItemSpec == file.LocalPath);
                var problem = Problems.ClaimedAsFolder(file.LocalPath, image.Url.Redacted, image.LocalPath);
                _invalid.Add(Invalid(RemoteImageItem.Read(_items[file.Index], file.Index, _defaults), [problem]));
            }
        }
    }

    // Its path was not accepted, so it may be anything.
    private static SyncOutcome Invalid(RemoteImageDeclaration declaration, IReadOnlyList<Problem> problems) =>
        new(InertText.Of(declaration.LocalPath.Replace('\\', '/')), declaration.ShownUrl, SyncStatus.Failed)
    {
        Index = declaration.Index,
        Diagnostics = [.. problems.Select(problem => problem.ToldOf(declaration.Written).ToDiagnostic(declaration.Subject, LocalCopy.None, optional: false))],
    };

    private ClaimedFiles ClaimedBy(ProjectFolder folder)
    {
        var places = Elsewhere.Select(item => folder.TryLocate(item.ItemSpec, out var place, out _) ? place : null).OfType<LocalPlace>().ToList();
        return new ClaimedFiles(
            _claims.Values.Select(image => image.LocalPath).Concat(places.Select(place => place.LocalPath)).ToHashSet(StringComparer.Ordinal),
            _claims.Keys.Concat(places.Select(place => place.FilePath)).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static string KeyOf(string localPath, string url) => localPath + "\n" + url;
}
