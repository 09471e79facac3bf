using ImageSync.Sync;
using ImageSync.Testing;
using ImageSync.Tests.Chaos;
using Task = System.Threading.Tasks.Task;

namespace ImageSync.MSBuild.Tests.Chaos;

/// <summary>Builds that run the task, each with an engine of its own in a process of its own, which a kill really ends.</summary>
internal sealed class ThroughTask : IBuildWay
{
    private readonly FakeProgram _program;
    private readonly List<int> _killed = [];
    private int _atWork;
    private bool _isMissed;

    /// <param name="isReplaced">
    /// Whether the package has a second program: then an engine that has told nothing is replaced, and otherwise the build tells of it.
    /// </param>
    public ThroughTask(bool isReplaced)
    {
        // The IL in the place of the program compiled ahead; by a path below this folder, by which its processes are known.
        _program = new FakeProgram("exec dotnet exec \"${0%/*/*}/il/ImageSync.Engine.dll\" engine\n", withIL: isReplaced);
        Directory.CreateSymbolicLink(Path.Combine(_program.Folder, "il"), Path.Combine(AppContext.BaseDirectory, "engine", "net8.0"));
    }

    public TestDirectory Files { get; } = new();

    public Task<SyncRun?> RunAsync(SyncOptions options, IReadOnlyList<RemoteImageDeclaration> images, CancellationToken cancelled) =>
        Task.Factory.StartNew(
            () => Run(options, images, cancelled), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public KilledState? Kill(string folder)
    {
        var engines = EngineProcesses.Of(_program.Folder);
        _isMissed |= engines.Count == 0 && Volatile.Read(ref _atWork) > 0;
        _killed.AddRange(engines);
        engines.ToList().ForEach(EngineProcesses.Kill);
        return null;
    }

    public bool MayLeave(string file) => _killed.Exists(id => Path.GetFileName(file).Contains($"-{id}-", StringComparison.Ordinal));

    public IEnumerable<string> Violations()
    {
        if (_isMissed)
        {
            yield return "a kill has found no engine";
        }

        // One that was killed is gone a moment later.
        SpinWait.SpinUntil(() => EngineProcesses.Of(_program.Folder).Count == 0, TimeSpan.FromSeconds(10));
        foreach (var id in EngineProcesses.Of(_program.Folder))
        {
            yield return $"the engine {id} is there still";
        }
    }

    private SyncRun? Run(SyncOptions options, IReadOnlyList<RemoteImageDeclaration> images, CancellationToken cancelled)
    {
        var build = new FakeEngine { EndsItsEngines = true };
        CancellationTokenRegistration registration = default;
        var run = new TaskRun { Project = Files, Prepare = task => registration = cancelled.Register(task.Cancel) };
        Interlocked.Increment(ref _atWork);
        try
        {
            var items = images.Select(image => TaskRun.Item(image.Include, ("LocalPath", image.LocalPath)));
            var succeeded = run.ExecuteOn(build, items, settings => Set(settings, options));
            return new ToldRun(run, build).Read(succeeded, [.. images.Select(image => image.LocalPath)]);
        }
        finally
        {
            registration.Dispose();
            Interlocked.Decrement(ref _atWork);
            build.End();
        }
    }

    private void Set(SyncSettings settings, SyncOptions options)
    {
        (settings.ProjectDirectory, settings.ProjectFile) = (options.ProjectDirectory, Path.Combine(options.ProjectDirectory, "p.csproj"));
        settings.EngineFolder = _program.Folder;
        settings.CacheFile = options.CacheFile;
        settings.LockFile = options.LockFile ?? "";
        settings.Store = options.StoreFolder ?? "";
        settings.ReportFile = options.ReplacedFolder is null ? "" : "obj/report.html";
        settings.Force = options.Force ? "true" : "";
        settings.OnLocalEdit = $"{options.OnLocalEdit}";
        settings.Retries = FormattableString.Invariant($"{options.Retries}");
        settings.ConnectTimeout = options.ConnectTimeout.ToString("c");
        settings.IdleTimeout = options.IdleTimeout.ToString("c");
        settings.MaxConnectionsPerHost = FormattableString.Invariant($"{options.MaxConnectionsPerHost}");
    }
}
