using ImageSync.Sync;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Task = Microsoft.Build.Utilities.Task;

namespace ImageSync.MSBuild;

/// <summary>What the tasks have in common: items and properties in, items and diagnostics out.</summary>
/// <remarks>
/// The shell around the engine. Every property is text, so that a value that is not valid gets an error of ours, which says
/// what would be.
/// </remarks>
public abstract class ImageTask : Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    // Only the tasks of this assembly: what they share is not public.
    private protected ImageTask()
    {
    }

    /// <summary>The <c>RemoteImage</c> items.</summary>
    [Required]
    public ITaskItem[] Images { get; set; } = [];

    /// <summary>Images that another instance of the project has synced, or checked, in this build; they are not asked for again.</summary>
    public ITaskItem[] AlreadySynced { get; set; } = [];

    /// <summary>The project's directory, absolute: local paths are relative to it and stay inside it.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary><c>ImageSyncEnabled</c>: <c>false</c> switches everything off, and no task runs. Default <c>true</c>.</summary>
    public string Enabled { get; set; } = "";

    /// <summary><c>ImageSyncOnBuild</c>: <c>false</c> has builds run no task. Default <c>true</c>.</summary>
    public string OnBuild { get; set; } = "";

    /// <summary><c>ImageSyncOwnsDirectory</c>: <c>true</c> leaves the directory out of the project's globs. Default <c>false</c>.</summary>
    public string OwnsDirectory { get; set; } = "";

    /// <summary><c>ImageSyncDirectory</c>: where files go whose item has no local path; relative to the project's directory, with a slash at its end.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The validator cache; relative to the project's directory.</summary>
    [Required]
    public string CacheFile { get; set; } = "";

    /// <summary><c>ImageSyncLockFile</c>: the lock file; relative to the project's directory. Default: none.</summary>
    public string LockFile { get; set; } = "";

    /// <summary><c>ImageSyncLocked</c>: <c>true</c> to accept only bytes that the lock file names. Default <c>false</c>.</summary>
    public string Locked { get; set; } = "";

    /// <summary><c>ImageSyncStore</c>: a folder that checkouts share; relative to the project's directory, <c>~/</c> is the user's home. Default: none.</summary>
    public string Store { get; set; } = "";

    /// <summary><c>ImageSyncStoreMaxBytes</c>: the most bytes that stay in it, 1 or more. Default 1073741824.</summary>
    public string StoreMaxBytes { get; set; } = "";

    /// <summary><c>ImageSyncPrune</c>: <c>true</c> to delete files that ImageSync wrote and whose items are gone. Default <c>false</c>.</summary>
    public string Prune { get; set; } = "";

    /// <summary>The framework of an inner build of a project with several; empty for the project as a whole.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary>The frameworks of a project with several.</summary>
    public string[] TargetFrameworks { get; set; } = [];

    /// <summary>The project's file: the location of what concerns no single item.</summary>
    public string ProjectFile { get; set; } = "";

    /// <summary><c>true</c> where the same command may sync other projects, too: then the summary names the project.</summary>
    public string IsOneOfSeveral { get; set; } = "";

    /// <summary>Other files in which the project's author writes, such as a Directory.Build.props: names that do nothing are looked for there.</summary>
    public string[] ImportedFiles { get; set; } = [];

    /// <summary><c>true</c> when a build runs the task, <c>false</c> when a person asked for it: then no age spares a request.</summary>
    public bool InBuild { get; set; }

    /// <summary><c>ImageSyncForce</c>: <c>true</c> for unconditional requests. Default <c>false</c>.</summary>
    public string Force { get; set; } = "";

    /// <summary><c>ImageSyncOffline</c>: <c>true</c> for no request at all. Default <c>false</c>.</summary>
    public string Offline { get; set; } = "";

    /// <summary><c>ImageSyncOnLocalEdit</c>: <c>Restore</c> (default), <c>Keep</c> or <c>Fail</c>.</summary>
    public string OnLocalEdit { get; set; } = "";

    /// <summary><c>ImageSyncRefreshAfter</c>: a time span after which bytes are fetched in full once. Default: never.</summary>
    public string RefreshAfter { get; set; } = "";

    /// <summary><c>ImageSyncMaxAge</c>: a time span, <c>0</c> (default) or <c>server</c>, for items that have none of their own.</summary>
    public string MaxAge { get; set; } = "";

    /// <summary><c>ImageSyncMaxBytes</c>: bytes, 1 or more. Default 67108864. It holds for items that have none of their own.</summary>
    public string MaxBytes { get; set; } = "";

    /// <summary><c>ImageSyncRetries</c>: retries after a transient failure, 0 or more. Default 3.</summary>
    public string Retries { get; set; } = "";

    /// <summary><c>ImageSyncConnectTimeout</c>: a time span. Default 00:00:10.</summary>
    public string ConnectTimeout { get; set; } = "";

    /// <summary><c>ImageSyncIdleTimeout</c>: a time span between two reads. Default 00:00:30.</summary>
    public string IdleTimeout { get; set; } = "";

    /// <summary><c>ImageSyncTimeout</c>: a time span for one image with all its retries. Default 00:01:40.</summary>
    public string Timeout { get; set; } = "";

    /// <summary><c>ImageSyncMaxConcurrency</c>: images in flight at once, 1 or more. Default 100.</summary>
    public string MaxConcurrency { get; set; } = "";

    /// <summary><c>ImageSyncMaxConnectionsPerHost</c>: connections to one host, 1 or more; over HTTP/2 one of them carries up to 100 requests. Default 16.</summary>
    public string MaxConnectionsPerHost { get; set; } = "";

    /// <summary><c>ImageSyncUserAgent</c>: the User-Agent field. Default: ImageSync, its version and its home.</summary>
    public string UserAgent { get; set; } = "";

    /// <summary><c>ImageSyncAllowedHosts</c>: host names separated by <c>;</c>, <c>*.example.com</c> for subdomains. Default: all.</summary>
    public string AllowedHosts { get; set; } = "";

    /// <summary><c>ImageSyncMirror</c>: <c>prefix=mirror</c> pairs of URLs separated by <c>;</c> or white space. Default: none.</summary>
    public string Mirror { get; set; } = "";

    /// <summary>In a sync that MSBuild.exe has handed over: the images that it has synced already, as a file; empty for none.</summary>
    public string SettledFile { get; set; } = "";

    /// <summary>In a sync that MSBuild.exe has handed over: where it finds the results; empty for nowhere.</summary>
    public string ResultsFile { get; set; } = "";

    /// <summary>
    /// One item an image, in the order of declaration. The identity is the local path; metadata: Url, EffectiveUrl, Status,
    /// Changed, StatusCode, ETag, LastModified, Sha256, Length, MediaType, BytesReceived, FromStore, Attempts, ElapsedMilliseconds, Code.
    /// </summary>
    [Output]
    public ITaskItem[] SyncedImages { get; set; } = [];

    /// <summary>One item a valid image with a <c>BuildAction</c>: the identity is its local path, the metadata are those of its <c>RemoteImage</c>.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The files that were deleted because their items are gone: whatever globs have made of them is to leave the build.</summary>
    [Output]
    public ITaskItem[] Pruned { get; set; } = [];

    /// <summary>The outcome in one line.</summary>
    [Output]
    public string Summary { get; set; } = "";

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override bool Execute()
    {
        TrimTexts();
        var log = new BuildLog(Log, ProjectFile);
        if (TaskProperties.Read(this, log) is not { } options)
        {
            return false;
        }

        var settled = SettledFile.Length == 0 ? AlreadySynced : SyncedImagesFile.Read(SettledFile).Images;
        var declared = new DeclaredImages(options, Images, new ItemDefaults(Directory, MaxAge, MaxBytes), settled);
        Files = [.. declared.Files];
        if (TakenPlaces.OfImages(this, declared.Valid).ToList() is { Count: > 0 } taken)
        {
            taken.ForEach(problem => log.Write(problem.ToDiagnostic("ImageSync", LocalCopy.None, optional: false), item: null));
            return false;
        }

        TellOfUnknownNames(log, declared.Own);
        foreach (var (item, doubt) in declared.Doubts)
        {
            log.Write(doubt, item);
        }

        try
        {
            Report(log, declared.Complete(Run(options with { Claimed = declared.Claimed }, declared.Valid, log, _cancellation.Token)), declared);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // MSBuild says that the build was cancelled; what was finished until then is recorded.
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>What the task is there for.</summary>
    private protected abstract SyncRun Run(SyncOptions options, IReadOnlyList<RemoteImage> images, BuildLog log, CancellationToken build);

    /// <summary>Takes away what surrounds a text that is written over several lines; what is read as a value does so itself.</summary>
    private protected virtual void TrimTexts()
    {
        (Directory, CacheFile) = (AuthorsText.Trim(Directory), AuthorsText.Trim(CacheFile));
        (LockFile, Store, UserAgent) = (AuthorsText.Trim(LockFile), AuthorsText.Trim(Store), AuthorsText.Trim(UserAgent));
    }

    /// <summary>The properties that name files in which the run is told of, with their values.</summary>
    internal virtual IEnumerable<(string Property, string Path)> FilesToWrite => [];

    /// <summary>Tells of the run elsewhere than in the log.</summary>
    private protected virtual void Publish(SyncRun run, BuildLog log)
    {
    }

    /// <summary>The project as people know it.</summary>
    private protected string ProjectName => TargetFramework.Length == 0
        ? Path.GetFileNameWithoutExtension(ProjectFile)
        : $"{Path.GetFileNameWithoutExtension(ProjectFile)} ({TargetFramework})";

    private bool NamesProject() => NodeProjects.IsAnother(BuildEngine, ProjectFile) || IsOneOfSeveral == "true";

    // The project as a whole tells of its properties; an inner build would tell of them once more.
    private void TellOfUnknownNames(BuildLog log, IReadOnlyList<ITaskItem> items)
    {
        var declaring = items.Select(item => item.GetMetadata("DefiningProjectFullPath")).Where(file => file.Length > 0).Distinct();
        var names = new UnknownNames(log, new OwnFiles([ProjectFile, ProjectFile + ".user", .. ImportedFiles, .. declaring]));
        if (TargetFramework.Length == 0)
        {
            names.TellOfProperties(BuildEngine is IBuildEngine6 engine ? engine.GetGlobalProperties().Keys : []);
            names.TellOfItemTypes();
        }

        names.TellOfMetadata(items);
    }

    private void Report(BuildLog log, SyncRun run, DeclaredImages declared)
    {
        SyncedImages = [.. declared.Elsewhere, .. run.Outcomes.Select(outcome => new SyncedImageItem(outcome))];
        Pruned = [.. run.Pruned.Deleted.Select(file => new TaskItem(MSBuildEscaping.Escape(file)))];
        log.Report(run, declared.ItemOf);
        if (run.Outcomes.Count > 0 || run.Pruned.Deleted.Count > 0)
        {
            Summary = BuildLog.Summarize(run);
            log.Summary(Summary, NamesProject() ? ProjectName : null);
            Publish(run, log);
        }

        if (ResultsFile.Length > 0)
        {
            SyncedImagesFile.Write(ResultsFile, SyncedImages, Summary);
        }
    }
}
