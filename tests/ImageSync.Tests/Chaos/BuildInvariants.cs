using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Chaos;

/// <summary>What holds after a build in which things went wrong.</summary>
internal sealed class BuildInvariants
{
    private const string NotReached = "IMGSYNC2001";
    private const string Overloaded = "IMGSYNC2002";
    private const string Edited = "IMGSYNC4001";
    private const string NoEngine = "IMGSYNC5001";

    private readonly Schedule _schedule;
    private readonly BuildPlan _build;
    private readonly List<ImageState> _images;
    private readonly List<string?> _before;
    private readonly List<bool> _wasRecorded;
    private readonly List<bool> _isDisproved;

    /// <summary>Looks at the files before the build.</summary>
    public BuildInvariants(Schedule schedule, BuildPlan build, SyncOptions options, List<ImageState> images)
    {
        (_schedule, _build, _images) = (schedule, build, images);
        _before = images.ConvertAll(image => image.Digest());
        var cache = ValidatorCache.Load(options.CacheFile);
        _wasRecorded = [.. images.Zip(_before, (image, digest) => digest is not null && cache.Find(image.LocalPath)?.Sha256 == digest)];
        var locked = options.LockFile is { } path ? LockFile.Load(path) : null;
        _isDisproved = [.. images.Select((image, i) =>
            !_wasRecorded[i] && locked?.Find(image.LocalPath) is { } entry && entry.Sha256 != _before[i])];
    }

    // Whoever waits for a lock for less time than it is held cannot bring the lock file up to date, and says so.
    private bool MayNotSave => _schedule.Settings is { LockPatienceMs: < 1_000, HasLockFile: true } && (_build.HeldMs > 0 || _build.IsTwofold);

    /// <summary>What is not as it must be, a line each.</summary>
    public IEnumerable<string> Violations(IReadOnlyList<SyncRun> runs, IReadOnlyList<FaultyExchange> exchanges)
    {
        foreach (var run in runs)
        {
            for (var i = 0; i < _images.Count; i++)
            {
                if (Objection(i, run.Outcomes[i], exchanges) is { } objection)
                {
                    yield return $"{_images[i].LocalPath}: {objection}; {Told(run.Outcomes[i])}";
                }
            }

            foreach (var diagnostic in run.Diagnostics)
            {
                if (!MayNotSave || !diagnostic.Message.Contains("another build or sync holds", StringComparison.Ordinal))
                {
                    yield return diagnostic.Message;
                }
            }
        }
    }

    /// <summary>How many edits of files in step were overwritten, while the bytes were on their way, that OnLocalEdit should save.</summary>
    public int OverwrittenEdits(IReadOnlyList<SyncRun> runs) =>
        _images.Where((_, i) => runs.Any(run => Overwrites(i, run.Outcomes[i]))).Count();

    public static string Told(SyncOutcome outcome) =>
        $"{outcome.Status} after {outcome.Attempts} attempts in {outcome.Elapsed.TotalSeconds:0.0} s: "
        + string.Join(" | ", outcome.Diagnostics.Select(diagnostic => diagnostic.Message));

    /// <summary>Whether nothing was done for the image, since there was no engine.</summary>
    public static bool HasNoEngine(SyncOutcome outcome) => outcome.Diagnostics is [{ CodeText: NoEngine }];

    private bool Overwrites(int i, SyncOutcome outcome) =>
        _schedule.Settings.OnLocalEdit != OnLocalEdit.Restore && !_build.IsTwofold && _wasRecorded[i] && outcome.Changed
        && _images[i] is { IsEditedInBuild: true, HoldsEdit: false, Edits.Count: > 0 }
        && _build.Edits.LastOrDefault(edit => edit.Image == i && edit.Kind != EditKind.Touch)?.Kind is not (null or EditKind.Delete);

    private string? Objection(int i, SyncOutcome outcome, IReadOnlyList<FaultyExchange> exchanges)
    {
        var image = _images[i];
        var codes = outcome.Diagnostics.Select(diagnostic => diagnostic.CodeText).ToArray();
        var held = _before[i] is { } old && image.Edits.Contains(old);
        var mayBeEdit = held || image.IsEditedInBuild || image.HoldsEdit;
        var mayStay = _schedule.Settings.OnLocalEdit != OnLocalEdit.Restore;
        return HasNoEngine(outcome) ? ObjectionToNoEngine(i, outcome)
            : codes.Contains(Edited) && !mayBeEdit ? "nobody has edited it"
            : Overwrites(i, outcome) ? "an edit was overwritten"
            : codes is [Edited] && (outcome.Status is SyncStatus.Kept or SyncStatus.Failed) ? (mayStay ? null : "an edit stays")
            : QuietInvariants.InStep.Contains(outcome.Status) ? ObjectionToSuccess(image, codes)
            : _build.Dooms.FirstOrDefault(doom => doom.Image == i) is { } doom ? ObjectionToDoom(i, outcome, doom, codes)
            : ObjectionToFailure(i, outcome, codes, exchanges);
    }

    // An engine that is killed is replaced by another as long as it has told nothing; otherwise the build tells of its end.
    private string? ObjectionToNoEngine(int i, SyncOutcome outcome) =>
        _build.Ending.Kind != EndingKind.Killed ? "nobody has killed the engine"
        : _build.IsTwofold || _images[i].IsEditedInBuild ? null
        : outcome.Status != (_images[i].Digest() is null ? SyncStatus.Failed : SyncStatus.Kept) ? "it is told of another copy"
        : null;

    private static string? ObjectionToSuccess(ImageState image, string[] codes) =>
        codes.Any(code => code != Edited) ? "in step, and told of"
        : image.IsEditedInBuild || (image.Digest() is { } digest && image.CurrentInBuild.Contains(digest)) ? null
        : "it is not in step";

    // Faults of the network may have used up the attempts before.
    private string? ObjectionToDoom(int i, SyncOutcome outcome, DoomPlan doom, string[] codes) =>
        codes is [var code] && (code == doom.Code || code is NotReached or Overloaded)
            ? ObjectionToCopy(i, outcome)
            : $"{doom.Code} was expected";

    private string? ObjectionToFailure(int i, SyncOutcome outcome, string[] codes, IReadOnlyList<FaultyExchange> exchanges)
    {
        if (codes is not [NotReached or Overloaded])
        {
            return "the code is another one";
        }

        if ((outcome.Attempts == 0 && _images[i].IsPostponed) || WasGivenUp(i, outcome, exchanges))
        {
            return ObjectionToCopy(i, outcome);
        }

        return _schedule.IsSureOf(i, _build) && !_images[i].IsPostponed ? "the origin would have answered"
            : _build.Ending.Kind == EndingKind.None && outcome.Attempts <= _schedule.Settings.Retries && !WasOutlasted(outcome)
                ? "it was given up early"
            : ObjectionToCopy(i, outcome);
    }

    // Where images that are always reset have used up the patience with their origin, another one has one attempt. An origin that
    // has never answered is not waited for after a silence.
    private bool WasGivenUp(int i, SyncOutcome outcome, IReadOnlyList<FaultyExchange> exchanges) =>
        IsNotAskedAgain(outcome)
        && ((HasEndlessStall && NobodyIsAnswered(exchanges))
            || (outcome.Attempts > 0 && Schedule.HasFault(i, _build) && _build.Dooms.Any(doom => doom.Fault == OriginFault.AbortStream)));

    // Connections that are silent for ever, one after the other, may be all that an origin's probes come to, for all images at once.
    private bool WasOutlasted(SyncOutcome outcome) => HasEndlessStall
        && (IsNotAskedAgain(outcome)
            || outcome.Diagnostics[0].Message.Contains("the origin was silent again", StringComparison.Ordinal));

    private bool HasEndlessStall => _build.Links.Any(link => link is { End: LinkEnd.Stall, PauseMs: null });

    private static bool IsNotAskedAgain(SyncOutcome outcome) =>
        outcome.Diagnostics[0].Message.Contains("was not asked again", StringComparison.Ordinal);

    // Of two builds, one may be.
    private bool NobodyIsAnswered(IReadOnlyList<FaultyExchange> exchanges) =>
        _build.IsTwofold || exchanges.All(exchange => exchange.Status is null);

    // A failure leaves the copy, and is an error where there is none, or where the lock file says that it is none. An engine that was
    // killed may have written another before.
    private string? ObjectionToCopy(int i, SyncOutcome outcome)
    {
        if (_build.IsTwofold || _images[i].IsEditedInBuild)
        {
            return null;
        }

        var digest = _images[i].Digest();
        var expected = digest is null || _isDisproved[i] || _images[i].IsCut ? (SyncStatus.Failed, Severity.Error) : (SyncStatus.Kept, Severity.Warning);
        return digest != _before[i] && _build.Ending.Kind != EndingKind.Killed ? "the copy is another one"
            : (outcome.Status, outcome.Diagnostics[0].Severity) != expected ? "the severity is wrong"
            : null;
    }
}
