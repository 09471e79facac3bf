using ImageSync.Storage;

namespace ImageSync.Sync;

/// <summary>
/// RECORD: what is known of the images from runs before, and what this run adds. The validator cache remembers for this
/// checkout; the lock file, where there is one, for all.
/// </summary>
internal sealed class SyncRecords : IDisposable
{
    // Each one more needs another build that has replaced the file since.
    private const int MostReloads = 10;

    private readonly SyncOptions _options;
    private readonly ValidatorCache _cache;
    private readonly LockFile? _lock;
    private readonly bool _isFromBeforeBoot;
    private readonly SiblingCaches _siblings;

    private SyncRecords(SyncOptions options)
    {
        _options = options;
        _cache = ValidatorCache.Load(options.CacheFile, localPath => FileStamp.Of(PathOf(localPath)));
        _isFromBeforeBoot = _cache.IsFromBeforeBoot;
        _cache.TakeInAbandoned(Fits);
        _siblings = new SiblingCaches(options.CacheFile);
        var bounds = new LinkBounds(options.ProjectDirectory, Path.GetDirectoryName(options.CacheFile));
        _lock = options.LockFile is null ? null : LockFile.Load(options.LockFile, bounds);
    }

    public static SyncRecords Open(SyncOptions options) => new(options);

    /// <summary>Why the images cannot be synced at all; null where nothing is in the way.</summary>
    public Diagnostic? ObstacleTo(IReadOnlyCollection<RemoteImage> images) => _lock switch
    {
        { Fault: { } fault } => Unreadable(fault),
        not { Exists: true } when images.Count > 0 && _options.Locked =>
            Problems.NoLockFile(_options.Wording, _options.LockFile).OfTheRun(LocalCopy.None),
        _ => null,
    };

    /// <summary>The rows of a run that something is in the way of.</summary>
    public SyncRun Stopped(IReadOnlyList<RemoteImage> images, Diagnostic obstacle) =>
        new([.. images.Select(image => Load(image).Untouched())], TimeSpan.Zero) { Diagnostics = [obstacle] };

    /// <summary>What is known of an image, and what is on disk.</summary>
    public ImageState Load(RemoteImage image)
    {
        // A file that another build has written since the cache was read is no edit; and that build may do so while we look.
        var record = _cache.Find(image.LocalPath);
        var state = Gather(image, record);
        for (var reloads = 0; IsUnknown(state.Stored) && reloads < MostReloads; reloads++)
        {
            var news = NewsOf(image, state.Stored.Stamp);
            if ((news is null || news == record) && FileStamp.Of(image.FilePath) == state.Stored.Stamp)
            {
                break;
            }

            record = news ?? record;
            state = Gather(image, record);
        }

        return IsUnknown(state.Stored) ? state with { Stored = Attributed(image, state.Stored) } : state;
    }

    /// <summary>What is on disk when an image's answer has come.</summary>
    /// <param name="state">What was known when the question was put.</param>
    /// <param name="ask">The question.</param>
    /// <param name="exchange">What it came to.</param>
    public StoredImage Reload(ImageState state, SyncStep.Ask ask, Exchange exchange)
    {
        var stored = ImageStateReader.Reload(state, ask, exchange);
        for (var reloads = 0; IsUnknown(stored) && stored.Stamp != state.Stored.Stamp && reloads < MostReloads; reloads++)
        {
            if (NewsOf(state.Image, stored.Stamp) is { Written: true })
            {
                return stored with { IsOfAnotherBuild = true };
            }

            if (FileStamp.Of(state.Image.FilePath) == stored.Stamp)
            {
                break;
            }

            stored = ImageStateReader.Reload(state, ask, exchange);
        }

        return stored.Stamp == state.Stored.Stamp ? stored : Attributed(state.Image, stored);
    }

    /// <summary>Takes in what this checkout is to remember.</summary>
    public void Cache(ValidatorRecord record) => _cache.Put(Own(record));

    /// <summary>Tells other builds, and those that come after a kill, what is about to be true of a file.</summary>
    /// <exception cref="IOException">That cannot be, and the file would be somebody's edit from then on.</exception>
    public void Announce(ValidatorRecord record)
    {
        try
        {
            _cache.Announce(Own(record));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An edit that is replaced costs a request, if it was none. One that stays, stays for good.
            if (_options.OnLocalEdit != OnLocalEdit.Restore)
            {
                throw new IOException(
                    $"{exception.Message.TrimEnd('.')}; "
                        + $"without a record, {_options.Wording.Given("OnLocalEdit", $"{_options.OnLocalEdit}")} would take it for an edit",
                    exception);
            }
        }
    }

    /// <summary>Takes in what the lock file is to say, where there is one.</summary>
    public void Note(RemoteImage image, ValidatorRecord record) => _lock?.Note(new LockEntry(image.LocalPath)
    {
        Url = image.StoredUrls.InLockFile,
        EffectiveUrl = image.StoredUrls.EffectiveToLockFile(record.EffectiveUrl),
        RequestKey = record.RequestKey,
        EntityTags = ObservedValidators.Of(record.Validators.EntityTag),
        LastModified = ObservedValidators.Of(record.Validators.LastModified),
        Length = record.Stamp.Length,
        Sha256 = record.Sha256,
        Found = !record.Written,
        TargetFramework = _options.TargetFramework,
    });

    /// <summary>Deletes the files whose items are gone, where that is wanted.</summary>
    public PrunedFiles Prune() => _options is { Prune: true, Locked: false, TargetFramework: null, Claimed: { } claimed }
        ? PrunedFiles.Prune(_options, claimed, _cache, _lock?.Entries ?? [], _siblings)
        : PrunedFiles.None;

    /// <summary>Brings all to the disk, and says what could not be.</summary>
    /// <param name="isComplete">Whether the run came to its end, so that entries whose items are gone may go.</param>
    /// <param name="timeout">For how long the lock file waits for other builds; the cache's records have a journal to go to.</param>
    /// <exception cref="OperationCanceledException">The build was cancelled while it waited.</exception>
    public IReadOnlyList<Diagnostic> Save(bool isComplete, LockTimeout timeout)
    {
        var diagnostics = new List<Diagnostic>();
        _cache.Save(LockTimeout.Short);
        if (_isFromBeforeBoot && isComplete && _options.TargetFramework is null)
        {
            _cache.Touch();
        }

        if (_cache.SaveProblem is { } cause)
        {
            var unsaved = Problems.CacheUnsaved(_options.Wording, _options.CacheFile, cause, _cache.Unsaved);
            diagnostics.Add(unsaved.OfTheRun(LocalCopy.Good));
        }

        if (_lock is not null && !_options.Locked)
        {
            _lock.Save(ValidatorCache.MutexOf(_options.CacheFile), timeout, entry => isComplete && IsGone(entry));
            diagnostics.AddRange(_lock.Fault is { } fault ? [Unreadable(fault)] : []);
            diagnostics.AddRange(_lock.SaveProblem is { } problem
                ? [Problems.LockFileUnsaved(_options.LockFile!, problem, _lock.IsHeld).OfTheRun(LocalCopy.Good)]
                : []);
        }

        return diagnostics;
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    // What a project beside this one has written is nobody's edit. One that is not there has been renamed, and was this one.
    private StoredImage Attributed(RemoteImage image, StoredImage stored) =>
        !IsUnknown(stored) || _siblings.WriterOf(image.LocalPath, stored.Stamp) is not { } writer ? stored
        : File.Exists(PathOf(writer)) ? stored with { WrittenBy = writer }
        : stored with { IsOfAnotherBuild = true };

    private static bool IsUnknown(StoredImage stored) => stored.State is FileState.Altered or FileState.Unrecorded;

    private string PathOf(string localPath) => Path.Combine(_options.ProjectDirectory, localPath);

    private ValidatorRecord Own(ValidatorRecord record) => record with { TargetFramework = _options.TargetFramework };

    private ValidatorRecord? NewsOf(RemoteImage image, FileStamp stamp) =>
        _cache.FindNews(image.LocalPath).FirstOrDefault(news => news.HoldsBytes && news.Stamp == stamp);

    // Whatever was about to be written when a run was killed, or could not be saved, is true of a file that has those bytes. Its stamp
    // alone does not say so: the run may have ended with the machine's power.
    private bool Fits(ValidatorRecord record) => !record.HoldsBytes
        || LocalFile.Examine(PathOf(record.LocalPath), record, needsDigest: false, record.Stamp.Length, trustsStamp: false)
            .State == FileState.Intact;

    private ImageState Gather(RemoteImage image, ValidatorRecord? found) =>
        ImageStateReader.Gather(image, found, _lock?.Find(image.LocalPath), _options, _isFromBeforeBoot);

    private bool IsGone(LockEntry entry) =>
        _options.Owns(entry.TargetFramework) && _options.Claimed is { } claimed && !claimed.LocalPaths.Contains(entry.LocalPath);

    private Diagnostic Unreadable(LockFileFault fault) =>
        Problems.LockFileNotReadable(_options.Wording, _options.LockFile!, fault.Cause, fault.IsOfSomethingElse)
            .OfTheRun(LocalCopy.None) with
        {
            Place = new TextLocation(_options.LockFile!, fault.Line, fault.Column),
        };
}
