using ImageSync.Testing;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ImageSync.MSBuild.Tests;

/// <summary>The task over a project's folder, as the targets call it.</summary>
internal sealed class TaskRun
{
    /// <summary>The project's folder; one of its own unless it is given.</summary>
    public TestDirectory Project { get => field ??= new TestDirectory(); init; }

    public FakeEngine Engine { get; private set; } = new();

    public ITaskItem[] Synced { get; private set; } = [];

    /// <summary>The task that runs, or has run.</summary>
    public SyncImages? Task { get; private set; }

    /// <summary>What joins the project.</summary>
    public ITaskItem[] Files { get; private set; } = [];

    public string Summary { get; private set; } = "";

    /// <summary>What else is set on the task before it runs.</summary>
    public Action<SyncImages>? Prepare { get; init; }

    /// <summary>Runs the task on these items; each call is a build of its own.</summary>
    public bool Execute(IEnumerable<TaskItem> items, Action<SyncSettings>? with = null)
    {
        Engine = new FakeEngine();
        var succeeded = ExecuteOn(Engine, items, with);
        Engine.End();
        return succeeded;
    }

    /// <summary>Runs the task on these items in a build that goes on.</summary>
    public bool ExecuteOn(FakeEngine engine, IEnumerable<TaskItem> items, Action<SyncSettings>? with = null)
    {
        var settings = new SyncSettings
        {
            ProjectDirectory = Project.FullPath,
            ProjectFile = Project.PathOf("app.csproj"),
            CacheFile = "obj/app.csproj.imagesync.cache",
            InBuild = true,
            Retries = "0",
        };
        with?.Invoke(settings);
        using var task = Task = new SyncImages
        {
            BuildEngine = engine,
            Images = [.. items],
            AlreadySynced = settings.AlreadySynced,
            Check = settings.Check,
            Options = settings.Options,
            ProjectDirectory = settings.ProjectDirectory,
            ProjectFile = settings.ProjectFile,
            TargetFramework = settings.TargetFramework,
            IsOneOfSeveral = settings.IsOneOfSeveral,
            ImportedFiles = settings.ImportedFiles,
            EngineFolder = settings.EngineFolder,
            Native = settings.Native,
            FailIfNotIncremental = settings.FailIfNotIncremental,
        };
        Prepare?.Invoke(task);
        var succeeded = task.Execute();
        (Synced, Files, Summary) = (task.SyncedImages, task.Files, task.Summary);
        return succeeded;
    }

    public bool Execute(string include, params (string Name, string Value)[] metadata) => Execute([Item(include, metadata)]);

    /// <summary>An item as MSBuild hands it over; the include is in its escaped form.</summary>
    public static TaskItem Item(string include, params (string Name, string Value)[] metadata) =>
        new(include, metadata.ToDictionary(pair => pair.Name, pair => pair.Value));
}
