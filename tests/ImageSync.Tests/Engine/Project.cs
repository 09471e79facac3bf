using ImageSync.Http;
using ImageSync.Storage;
using ImageSync.Sync;
using ImageSync.Testing;

namespace ImageSync.Tests.Engine;

/// <summary>A project's folder and the engine over it: each run is a build of its own, with nothing kept but the disk.</summary>
internal sealed class Project
{
    private readonly TestDirectory _directory = new();

    public SyncOptions Options { get; set; }

    public Project() => Options = new SyncOptions
    {
        ProjectDirectory = _directory.FullPath,
        CacheFile = _directory.PathOf("obj/p.imagesync.cache"),
        KeptFolder = _directory.PathOf("obj/kept"),
        RetryDelay = TimeSpan.FromMilliseconds(10),
    };

    /// <summary>Makes what stands in for the network, for each run; null for the product's own.</summary>
    public Func<SyncOptions, HttpMessageHandler>? Network { get; set; }

    /// <summary>How far the latest run is.</summary>
    public Func<SyncProgress> Progress { get; private set; } = () => default;

    public TestDirectory Files => _directory;

    public Task<SyncOutcome> SyncAsync(string url, string localPath = "img/a.png", Func<RemoteImageDeclaration, RemoteImageDeclaration>? with = null) =>
        SyncAsync(new RemoteImageDeclaration(url) { LocalPath = localPath }, with);

    public async Task<SyncOutcome> SyncAsync(RemoteImageDeclaration declaration, Func<RemoteImageDeclaration, RemoteImageDeclaration>? with = null) =>
        (await RunAsync([with?.Invoke(declaration) ?? declaration])).Outcomes[0];

    public async Task<SyncRun> RunAsync(IEnumerable<RemoteImageDeclaration> declarations, CancellationToken build = default)
    {
        var images = Validate(declarations);
        var options = Options with { Claimed = new ClaimedFiles(images.Select(image => image.LocalPath).ToHashSet(), images.Select(image => image.FilePath).ToHashSet()) };
        using var connections = new ConnectionPool(options.Connections, NetworkOf(options));
        var synchronizer = new ImageSynchronizer(options, TimeProvider.System, connections);
        Progress = () => synchronizer.Progress;
        return await Task.Factory.StartNew(() => synchronizer.Run(images, build), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>A check; that it wrote nothing is asserted each time.</summary>
    public async Task<SyncRun> CheckAsync(IEnumerable<RemoteImageDeclaration> declarations)
    {
        var before = FolderState.Of(_directory.FullPath);
        var images = Validate(declarations);
        using var connections = new ConnectionPool(Options.Connections with { AbandonsBodies = true }, NetworkOf(Options));
        var checker = new ImageChecker(Options, TimeProvider.System, connections);
        var run = await Task.Factory.StartNew(() => checker.Run(images, CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.That(FolderState.Of(_directory.FullPath), Is.EqualTo(before), "a check writes nothing");
        return run;
    }

    /// <summary>The record of a local file, as the next build would read it.</summary>
    public ValidatorRecord? Record(string localPath = "img/a.png") => ValidatorCache.Load(Options.CacheFile).Find(localPath);

    /// <summary>The lock file's text; null where there is none.</summary>
    public string? LockText => File.Exists(Options.LockFile) ? File.ReadAllText(Options.LockFile) : null;

    /// <summary>From now on in a folder of its own below the test's, which has room for more then.</summary>
    public void UseFolder(string name)
    {
        var folder = _directory.PathOf(name);
        Directory.CreateDirectory(folder);
        Options = Options with { ProjectDirectory = folder, CacheFile = Path.Combine(folder, "obj/p.imagesync.cache"), KeptFolder = Path.Combine(folder, "obj/kept") };
    }

    /// <summary>From now on with a lock file.</summary>
    public void UseLockFile() => Options = Options with { LockFile = _directory.PathOf("images.lock.json") };

    /// <summary>What <c>git clean -xdf</c> does, where no image is committed.</summary>
    public void Clean()
    {
        foreach (var folder in new[] { "obj", "img" }.Select(name => Path.Combine(Options.ProjectDirectory, name)).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a clean checkout does: files that are committed stay, with the time of the checkout, and obj/ is gone.</summary>
    public void CheckOutAnew()
    {
        if (Directory.Exists(_directory.PathOf("obj")))
        {
            Directory.Delete(_directory.PathOf("obj"), recursive: true);
        }

        foreach (var file in _directory.Files())
        {
            File.SetLastWriteTimeUtc(_directory.PathOf(file), DateTime.UtcNow.AddDays(-1));
        }
    }

    /// <summary>Every file below the project's directory but the cache's own.</summary>
    public IEnumerable<string> FilesPresent => _directory.Files().Where(file => !file.Contains(".imagesync.cache", StringComparison.Ordinal));

    /// <summary>Sets a file's time back, so that a later write of any kind shows.</summary>
    public DateTime Age(string localPath = "img/a.png")
    {
        var time = DateTime.UtcNow.AddDays(-3);
        File.SetLastWriteTimeUtc(_directory.PathOf(localPath), time);
        return File.GetLastWriteTimeUtc(_directory.PathOf(localPath));
    }

    public DateTime TimeOf(string localPath = "img/a.png") => File.GetLastWriteTimeUtc(_directory.PathOf(localPath));

    private Func<HttpMessageHandler>? NetworkOf(SyncOptions options) => Network is null ? null : () => Network(options);

    private List<RemoteImage> Validate(IEnumerable<RemoteImageDeclaration> declarations)
    {
        var folder = new ProjectFolder(Options.ProjectDirectory);
        return [.. declarations.Select(declaration => declaration.Validate(folder, Options.Egress, Environment.GetEnvironmentVariable))
            .Select(result => result.Image ?? throw new ArgumentException(string.Join(' ', result.Problems.Select(problem => problem.Cause))))];
    }
}
