extern alias TheEngine;
extern alias TheTask;

using System.Runtime.CompilerServices;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using TheEngine::ImageSync.Engine.Runs;
using MSBuildSyntax = TheTask::ImageSync.Sync.MSBuildSyntax;

namespace ImageSync.MSBuild.Tests;

/// <summary>What the targets hand to the task: its parameters, and the options by the names of their properties.</summary>
public sealed class SyncSettings
{
    private readonly Dictionary<string, string> _options = [];

    public bool Check { get; set; }

    public bool FailIfNotIncremental { get; set; }

    public string ProjectDirectory { get; set; } = "";

    public string ProjectFile { get; set; } = "";

    public string TargetFramework { get; set; } = "";

    public string IsOneOfSeveral { get; set; } = "";

    public string[] ImportedFiles { get; set; } = [];

    public ITaskItem[] AlreadySynced { get; set; } = [];

    public string EngineFolder { get; set; } = Path.Combine(AppContext.BaseDirectory, "engine");

    public string Native { get; set; } = "";

    public string Enabled { get => Option(); set => SetOption(value); }

    public string OnBuild { get => Option(); set => SetOption(value); }

    public string OwnsDirectory { get => Option(); set => SetOption(value); }

    public string Directory { get => Option(); set => SetOption(value); }

    public string CacheFile { get => Option(); set => SetOption(value); }

    public string LockFile { get => Option(); set => SetOption(value); }

    public string Locked { get => Option(); set => SetOption(value); }

    public string Store { get => Option(); set => SetOption(value); }

    public string StoreMaxBytes { get => Option(); set => SetOption(value); }

    public string Prune { get => Option(); set => SetOption(value); }

    public string Force { get => Option(); set => SetOption(value); }

    public string Offline { get => Option(); set => SetOption(value); }

    public string OnLocalEdit { get => Option(); set => SetOption(value); }

    public string RefreshAfter { get => Option(); set => SetOption(value); }

    public string MaxAge { get => Option(); set => SetOption(value); }

    public string MaxBytes { get => Option(); set => SetOption(value); }

    public string Retries { get => Option(); set => SetOption(value); }

    public string ConnectTimeout { get => Option(); set => SetOption(value); }

    public string IdleTimeout { get => Option(); set => SetOption(value); }

    public string Timeout { get => Option(); set => SetOption(value); }

    public string MaxConcurrency { get => Option(); set => SetOption(value); }

    public string MaxConnectionsPerHost { get => Option(); set => SetOption(value); }

    public string UserAgent { get => Option(); set => SetOption(value); }

    public string AllowedHosts { get => Option(); set => SetOption(value); }

    public string Mirror { get => Option(); set => SetOption(value); }

    public string TargetFrameworks { get => Option(); set => SetOption(value); }

    public string ManifestFile { get => Option(); set => SetOption(value); }

    public string ReportFile { get => Option(); set => SetOption(value); }

    public string SummaryFile { get => Option(); set => SetOption(value); }

    public string HistoryFile { get => Option(); set => SetOption(value); }

    public bool InBuild { get => Option() == "true"; set => SetOption(value ? "true" : "false"); }

    /// <summary>The options as the targets give them: those that nobody has set, too.</summary>
    public ITaskItem[] Options => [.. RunOptions.All.Where(option => !option.IsPrivate || _options.ContainsKey(option.Name)).Select(option =>
        new TaskItem(option.Name, new Dictionary<string, string>
        {
            ["Value"] = MSBuildSyntax.Escape(Option(option.Name)),
            ["IsPrivate"] = option.IsPrivate ? "true" : "",
        }))];

    /// <summary>Sets an option by its name.</summary>
    public void Set(string option, string value) => SetOption(value, option);

    private string Option([CallerMemberName] string name = "") => _options.GetValueOrDefault(name, "");

    private void SetOption(string value, [CallerMemberName] string name = "") => _options[name] = value;
}
