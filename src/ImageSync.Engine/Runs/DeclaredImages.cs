using ImageSync.Http;
using ImageSync.Reporting;
using ImageSync.Storage;
using ImageSync.Sync;

namespace ImageSync.Engine.Runs;

/// <summary>DECLARE: the images of one run: which can be synced, which are settled elsewhere, and which are not valid.</summary>
internal sealed class DeclaredImages
{
    // Thousands of URLs come from one list, and have the same in each.
    private const int MostDoubts = 20;

    private readonly List<RemoteImageDeclaration> _declarations;
    private readonly List<string> _occupied;
    private readonly List<RemoteImage> _valid;
    private readonly List<SyncOutcome> _invalid = [];
    private readonly List<RemoteImage> _files = [];
    private readonly List<int> _settled = [];
    private readonly List<(int Index, Diagnostic Doubt)> _doubts = [];
    private readonly Dictionary<string, RemoteImage> _claims;

    private DeclaredImages(RunSettings settings, RunRequest request)
    {
        Settings = settings;
        var images = request.Images;
        (_declarations, _occupied) = (new(images.Count), request.Occupied);
        (_valid, _claims) = (new(images.Count), new(images.Count, StringComparer.OrdinalIgnoreCase));
        var folder = new ProjectFolder(settings.Sync.ProjectDirectory, settings.Sync.Wording.Folder);
        var egress = settings.Sync.Egress;
        foreach (var written in images)
        {
            _declarations.Add(WithDefaults(written, settings));
            if (Declare(written.Index, folder, egress) is not { } image)
            {
                continue;
            }

            if (request.IsAsked?.Invoke(image) == false
                || (request.Settled.Count > 0 && request.Settled.Contains(RunRequest.KeyOf(image.LocalPath, image.StoredUrls.InCache))))
            {
                _settled.Add(image.Index);
            }
            else
            {
                _valid.Add(image);
            }
        }

        RefuseFilesInFoldersPlaces(folder);
        _invalid.Sort(static (one, other) => one.Index.CompareTo(other.Index));

        // For those who ask what has lost its item.
        var isAsked = settings.Sync.Prune || settings.Sync.LockFile is not null || settings.FileOf("ManifestFile") is not null;
        Claimed = isAsked && _invalid.Count == 0 ? ClaimedBy(folder, request.SettledPaths) : null;
    }

    /// <summary>Reads a request; null where its options are not valid, and that is told.</summary>
    public static DeclaredImages? Of(RunRequest request, Action<Diagnostic> tell)
    {
        if (RunOptions.Read(request.Wording, request.Options, out var problems) is { } settings)
        {
            return new DeclaredImages(settings, request);
        }

        foreach (var problem in problems)
        {
            tell(problem.OfTheRun(LocalCopy.None));
        }

        return null;
    }

    /// <summary>What the options of the run say.</summary>
    public RunSettings Settings { get; }

    /// <summary>What can be synced.</summary>
    public IReadOnlyList<RemoteImage> Valid => _valid;

    /// <summary>The positions of what another run has settled.</summary>
    public IReadOnlyList<int> Settled => _settled;

    /// <summary>What is valid, and mostly not meant.</summary>
    public IEnumerable<(int Index, Diagnostic Doubt)> Doubts =>
        _doubts.Where(one => _valid.Exists(image => image.Index == one.Index));

    /// <summary>What all of them claim; null where one is not valid, or where nobody asks.</summary>
    public ClaimedFiles? Claimed { get; }

    /// <summary>All valid images that are to be items of the project, wherever they are synced.</summary>
    public IReadOnlyList<RemoteImage> Files => _files;

    /// <summary>What comes of those that are not valid, in the order of declaration.</summary>
    public IReadOnlyList<SyncOutcome> Invalid => _invalid;

    /// <summary>A run with the declarations that were not valid in their places.</summary>
    public SyncRun Complete(SyncRun run) => _invalid.Count == 0 ? run
        : run with { Outcomes = [.. run.Outcomes.Concat(_invalid).OrderBy(outcome => outcome.Index)] };

    private static RemoteImageDeclaration WithDefaults(RemoteImageDeclaration written, RunSettings settings) =>
        written.LocalPath.Length > 0 && (written.MaxAge.Length > 0 || settings.MaxAge.Length == 0)
            && (written.MaxBytes.Length > 0 || settings.MaxBytes.Length == 0) ? written
        : written with
        {
            LocalPath = written.LocalPath.Length > 0 ? written.LocalPath : settings.Directory,
            MaxAge = written.MaxAge.Length > 0 ? written.MaxAge : settings.MaxAge,
            MaxBytes = written.MaxBytes.Length > 0 ? written.MaxBytes : settings.MaxBytes,
        };

    private RemoteImage? Declare(int index, ProjectFolder folder, EgressPolicy egress)
    {
        var declaration = _declarations[index];
        var words = declaration.Wording;
        var (image, problems) = declaration.Validate(folder, egress, Environment.GetEnvironmentVariable);
        if (image is null && index > 0 && words.IsOfItems
            && UrlMistakes.AdviceOnSplit(_declarations[index - 1].Written, declaration.Written) is { } split)
        {
            problems = [.. problems.Select(one => one.Code == DiagnosticCode.NotAnHttpUrl ? one with { Advice = split } : one)];
        }

        if (image is not null && _occupied.Contains(image.FilePath, StringComparer.OrdinalIgnoreCase))
        {
            problems = [Problems.PlaceOfTheList(words, image.LocalPath)];
            image = null;
        }

        if (image is not null && !_claims.TryAdd(image.FilePath, image))
        {
            problems = [Problems.ClaimedTwice(words, _claims[image.FilePath].Url.Redacted)];
            image = null;
        }

        if (image is null)
        {
            _invalid.Add(OutcomeOf(declaration, problems));
            return null;
        }

        if (_doubts.Count < MostDoubts && UrlMistakes.AdviceOnFragment(words, declaration.Written) is { } advice)
        {
            var doubt = Problems.UrlCut(image.Url.Redacted, advice);
            _doubts.Add((index, doubt.ToDiagnostic(image.LocalPath, LocalCopy.Good, optional: false)));
        }

        if (declaration.BuildAction.Length > 0)
        {
            _files.Add(image);
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
                _files.Remove(file);
                var problem = Problems.ClaimedAsFolder(file.Wording, file.LocalPath, image.Url.Redacted, image.LocalPath);
                _invalid.Add(OutcomeOf(_declarations[file.Index], [problem]));
            }
        }
    }

    // Its path was not accepted, so it may be anything.
    private static SyncOutcome OutcomeOf(RemoteImageDeclaration declaration, IReadOnlyList<Problem> problems) =>
        new(UntrustedText.EscapeForLog(declaration.LocalPath.Replace('\\', '/')), declaration.ShownUrl, SyncStatus.Failed)
        {
            Index = declaration.Index,
            Diagnostics =
            [
                .. problems.Select(problem =>
                    problem.ToldOf(declaration.Wording, declaration.Written)
                        .ToDiagnostic(declaration.Subject, LocalCopy.None, optional: false)),
            ],
        };

    private ClaimedFiles ClaimedBy(ProjectFolder folder, IReadOnlyList<string> settled)
    {
        var places = settled.Select(path => folder.TryLocate(path, out var place, out _) ? place : null).OfType<LocalPlace>().ToList();
        return new ClaimedFiles(
            _claims.Values.Select(image => image.LocalPath).Concat(places.Select(place => place.LocalPath))
                .ToHashSet(StringComparer.Ordinal),
            _claims.Keys.Concat(places.Select(place => place.FilePath))
                .ToHashSet(StringComparer.OrdinalIgnoreCase));
    }
}
